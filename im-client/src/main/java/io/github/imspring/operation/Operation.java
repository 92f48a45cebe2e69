/*
 * Copyright 2026 the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.imspring.operation;

import java.util.List;
import java.util.regex.Pattern;

import org.springframework.util.Assert;

/**
 * An operation of the service. {@link Operations} lists those that this library models.
 *
 * @param name the name in metrics, errors and properties: kebab case, lower-case letters,
 * digits and hyphens
 * @param idempotent whether doing it twice leaves what doing it once leaves, so that it
 * may be repeated when nobody knows whether the service acted
 * @param quotas the quotas that count it, possibly none
 * @since 0.1.0
 */
public record Operation(String name, boolean idempotent, List<Quota> quotas) {

	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

	/**
	 * Checks the name and copies the quotas.
	 * @param name the name
	 * @param idempotent whether it may be repeated
	 * @param quotas the quotas that count it
	 * @throws IllegalArgumentException if the name is not in kebab case
	 */
	public Operation {
		Assert.notNull(name, "'name' must not be null");
		Assert.notNull(quotas, "'quotas' must not be null");
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException("The name of an operation must be in kebab case but is '" + name + "'");
		}
		quotas = List.copyOf(quotas);
	}

	/**
	 * An operation that no quota counts.
	 * @param name the name, in kebab case
	 * @param idempotent whether it may be repeated
	 * @return the operation
	 */
	public static Operation of(String name, boolean idempotent) {
		return new Operation(name, idempotent, List.of());
	}

	@Override
	public String toString() {
		return this.name;
	}

}
