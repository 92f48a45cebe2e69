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

package io.github.imspring.emulator.service;

import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * About how many bytes of memory something takes, rather too many than too few: many
 * small things take more for being objects than for what is in them.
 *
 * @since 0.1.0
 */
public final class Footprint {

	/** An object, and its place in whatever holds it. */
	private static final int OBJECT = 64;

	private Footprint() {
	}

	public static long of(@Nullable String text) {
		return (text != null) ? OBJECT + 2L * text.length() : 0;
	}

	public static long of(Collection<String> texts) {
		long sum = OBJECT;
		for (String text : texts) {
			sum += of(text);
		}
		return sum;
	}

	public static long of(Map<String, ? extends Collection<String>> texts) {
		long sum = OBJECT;
		for (Map.Entry<String, ? extends Collection<String>> entry : texts.entrySet()) {
			sum += OBJECT + of(entry.getKey()) + of(entry.getValue());
		}
		return sum;
	}

	public static long of(@Nullable JsonNode json) {
		return (json != null) ? 2L * json.toString().length() + (long) OBJECT * objects(json) : 0;
	}

	/** Nodes and names. Trees are no deeper than their parser allows. */
	private static long objects(JsonNode node) {
		long sum = 1L + (node.isObject() ? node.size() : 0);
		for (JsonNode child : node) {
			sum += objects(child);
		}
		return sum;
	}

}
