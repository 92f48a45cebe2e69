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

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * User names, which the service compares without regard to case.
 *
 * @since 0.1.0
 */
public final class Names {

	/** Characters of the longest name. */
	public static final int MAX_LENGTH = 64;

	private Names() {
	}

	/** The one spelling of a name. */
	public static String canonical(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

	/** The names in their one spelling, each once. */
	public static List<String> canonical(Collection<String> names) {
		Set<String> distinct = new LinkedHashSet<>();
		names.forEach((name) -> distinct.add(canonical(name)));
		return List.copyOf(distinct);
	}

	/** Names in a path, with commas between them. */
	public static List<String> inPath(String segment) {
		return canonical(Arrays.stream(segment.split(",")).filter((name) -> !name.isEmpty()).toList());
	}

	/** Whether there can be a user of that name. */
	public static boolean isPossible(String name) {
		return !name.isEmpty() && Fields.length(name) <= MAX_LENGTH;
	}

}
