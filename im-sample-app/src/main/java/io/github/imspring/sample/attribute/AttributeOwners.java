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

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.stereotype.Component;

/**
 * Remembers who set which attribute, as far as it was set through this application: the
 * service tells the value of an attribute but not whose it is.
 */
@Component
class AttributeOwners {

	private static final int MAX_ROOMS = 1000;

	private final Map<String, Map<String, String>> byRoom = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Map<String, String>> eldest) {
			return size() > MAX_ROOMS;
		}

	};

	/**
	 * Remembers an owner. The service bounds how many keys a room has.
	 */
	synchronized void set(String roomId, String user, Collection<String> keys) {
		Map<String, String> owners = this.byRoom.computeIfAbsent(roomId, (id) -> new TreeMap<>());
		keys.forEach((key) -> owners.put(key, user));
	}

	synchronized Map<String, String> of(String roomId) {
		return Map.copyOf(this.byRoom.getOrDefault(roomId, Map.of()));
	}

}
