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

package io.github.imspring.emulator.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Finds what answers a method and a path. A template such as {@code /users/{username}} is
 * matched segment by segment, on decoded segments; of two templates that match, the one
 * added first wins.
 *
 * @param <T> what a path leads to
 * @since 0.1.0
 */
public final class Router<T> {

	private final Map<Integer, List<Entry<T>>> bySize = new LinkedHashMap<>();

	/**
	 * Creates a router that knows no path yet.
	 */
	public Router() {
	}

	/**
	 * Adds a path.
	 * @param method the HTTP method
	 * @param template the path, variables in braces
	 * @param target what the path leads to
	 */
	public void add(String method, String template, T target) {
		List<String> segments = List.of(template.substring(1).split("/"));
		this.bySize.computeIfAbsent(segments.size(), (size) -> new ArrayList<>())
			.add(new Entry<>(method, segments, target));
	}

	/**
	 * What all paths lead to.
	 * @return the targets, in no particular order
	 */
	public List<T> targets() {
		return this.bySize.values().stream().flatMap(List::stream).map(Entry::target).toList();
	}

	/**
	 * All paths, such as {@code GET /users/{username}}.
	 * @return the methods and templates, in no particular order
	 */
	public List<String> paths() {
		return this.bySize.values()
			.stream()
			.flatMap(List::stream)
			.map((entry) -> entry.method + " /" + String.join("/", entry.template))
			.toList();
	}

	/**
	 * Finds the target of a method and a path.
	 * @param method the HTTP method
	 * @param segments the path's segments
	 * @return the match, or {@code null} if there is none
	 */
	public @Nullable Match<T> match(String method, List<String> segments) {
		for (Entry<T> entry : this.bySize.getOrDefault(segments.size(), List.of())) {
			if (entry.method.equals(method)) {
				Map<String, String> variables = entry.variables(segments);
				if (variables != null) {
					return new Match<>(entry.target, variables);
				}
			}
		}
		return null;
	}

	/**
	 * The methods that a path takes.
	 * @param segments the path's segments
	 * @return the methods, empty if there is no such path
	 */
	public Set<String> methods(List<String> segments) {
		Set<String> methods = new TreeSet<>();
		for (Entry<T> entry : this.bySize.getOrDefault(segments.size(), List.of())) {
			if (entry.variables(segments) != null) {
				methods.add(entry.method);
			}
		}
		return methods;
	}

	/**
	 * A path that was found.
	 *
	 * @param <T> what a path leads to
	 * @param target what the path leads to
	 * @param variables the values of the template's variables
	 * @since 0.1.0
	 */
	public record Match<T>(T target, Map<String, String> variables) {
	}

	private record Entry<T>(String method, List<String> template, T target) {

		@Nullable Map<String, String> variables(List<String> segments) {
			Map<String, String> variables = new LinkedHashMap<>();
			for (int i = 0; i < this.template.size(); i++) {
				String expected = this.template.get(i);
				String actual = segments.get(i);
				if (expected.startsWith("{")) {
					if (actual.isEmpty()) {
						return null;
					}
					variables.put(expected.substring(1, expected.length() - 1), actual);
				}
				else if (!expected.equals(actual)) {
					return null;
				}
			}
			return variables;
		}

	}

}
