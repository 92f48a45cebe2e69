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

package io.github.imspring.observation;

import io.micrometer.common.KeyValues;

/**
 * Names a call {@code im.client.operations} and gives it always the same keys. Made to be
 * extended: override what is to differ and add to what {@code super} returns. Whatever is
 * added must have few values, and be there for each call, because meters of one name must
 * have the same keys.
 *
 * @since 0.1.0
 */
public class DefaultImClientObservationConvention implements ImClientObservationConvention {

	/**
	 * Creates the convention.
	 */
	public DefaultImClientObservationConvention() {
	}

	@Override
	public String getName() {
		return "im.client.operations";
	}

	@Override
	public String getContextualName(ImClientObservationContext context) {
		return "im " + context.operation().name();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ImClientObservationContext context) {
		return context.keys().of(context.outcome(), context.status(), context.getError());
	}

}
