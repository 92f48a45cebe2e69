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

package io.github.imspring.sample.attribute;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.imspring.exchange.BatchResult;

/**
 * What became of each attribute that was to be set or deleted: some may fail while others
 * succeed.
 *
 * @param successKeys the keys that were set or deleted
 * @param errorKeys why each other key was not
 */
record AttributeChanges(List<String> successKeys, Map<String, String> errorKeys) {

	static AttributeChanges of(BatchResult result) {
		Map<String, String> reasons = new LinkedHashMap<>();
		result.errors().forEach((key, error) -> reasons.put(key, error.reason()));
		return new AttributeChanges(result.succeeded(), reasons);
	}

}
