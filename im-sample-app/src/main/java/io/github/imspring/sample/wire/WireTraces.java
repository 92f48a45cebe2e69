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

package io.github.imspring.sample.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The last traces, by their ids, which nobody can guess.
 */
@Component
class WireTraces {

	private static final int CAPACITY = 64;

	private final Map<String, WireTrace> traces = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, WireTrace> eldest) {
			return size() > CAPACITY;
		}

	};

	synchronized String add(WireTrace trace) {
		String id = UUID.randomUUID().toString();
		this.traces.put(id, trace);
		return id;
	}

	synchronized @Nullable WireTrace get(String id) {
		return this.traces.get(id);
	}

}
