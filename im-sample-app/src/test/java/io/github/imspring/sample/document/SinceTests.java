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

package io.github.imspring.sample.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the javadoc of each public type says since when there is one.
 */
class SinceTests {

	private static final Pattern TYPE = Pattern.compile(
			"^\\t*public (?:abstract |final |sealed |non-sealed |static )*(?:class|interface|record|enum|@interface) (\\w+)",
			Pattern.MULTILINE);

	@ParameterizedTest
	@ValueSource(strings = { "im-client", "im-emulator", "im-spring-boot-autoconfigure", "im-spring-boot-test" })
	void everyPublicTypeSaysSinceWhen(String module) throws IOException {
		List<String> missing = new ArrayList<>();
		try (Stream<Path> files = Files.walk(Document.ROOT.resolve(Path.of(module, "src", "main", "java")))) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".java")).toList()) {
				missing.addAll(withoutSince(Files.readString(file)));
			}
		}
		assertThat(missing).isEmpty();
	}

	private static List<String> withoutSince(String source) {
		List<String> types = new ArrayList<>();
		Matcher type = TYPE.matcher(source);
		while (type.find()) {
			int end = source.lastIndexOf("*/", type.start());
			int start = source.lastIndexOf("/**", end);
			if (start < 0 || !source.substring(start, end).contains("@since ")) {
				types.add(type.group(1));
			}
		}
		return types;
	}

}
