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

package io.github.imspring;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long the classes of a file are, each without those nested in it. Reads the
 * indentation, which the format fixes.
 */
final class ClassLengths {

	private static final Pattern TYPE = Pattern
		.compile("^(\\t*)(?:(?:public|private|protected|static|final|abstract|sealed|non-sealed) )*"
				+ "(?:class|interface|record|enum|@interface) (\\w+).*");

	private ClassLengths() {
	}

	static Map<String, Integer> in(List<String> lines) {
		Map<String, Integer> lengths = new LinkedHashMap<>();
		Deque<String> open = new ArrayDeque<>();
		Deque<String> ends = new ArrayDeque<>();
		for (String line : lines) {
			Matcher type = TYPE.matcher(line);
			if (type.matches()) {
				open.push(type.group(2));
				ends.push(type.group(1) + "}");
			}
			if (!open.isEmpty()) {
				lengths.merge(open.element(), 1, Integer::sum);
				if (line.equals(ends.element())) {
					open.pop();
					ends.pop();
				}
			}
		}
		return lengths;
	}

}
