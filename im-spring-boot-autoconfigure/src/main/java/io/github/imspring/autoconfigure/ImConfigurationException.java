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

package io.github.imspring.autoconfigure;

/**
 * A setting that keeps the IM client from being configured.
 *
 * @since 0.1.0
 * @serial exclude
 */
public final class ImConfigurationException extends RuntimeException {

	private final String action;

	/**
	 * Creates the exception.
	 * @param problem which key is wrong and what was found, never a secret
	 * @param action what to write instead
	 */
	public ImConfigurationException(String problem, String action) {
		super(problem);
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
