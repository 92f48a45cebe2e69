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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the javadoc of one module links to all packages of another.
 */
class ElementListTests {

	private static final Pattern EXCLUDED = Pattern.compile("<excludePackageNames>(.+\\.)\\*</excludePackageNames>");

	private static final Path LISTS = Document.ROOT.resolve(Path.of("src", "javadoc"));

	@ParameterizedTest
	@MethodSource("modules")
	void everyDocumentedPackageIsListed(String module) throws IOException {
		Path sources = Document.ROOT.resolve(Path.of(module, "src", "main", "java"));
		try (Stream<Path> files = Files.walk(sources)) {
			assertThat(files.filter((file) -> file.endsWith("package-info.java"))
				.map((file) -> sources.relativize(file.getParent()).toString().replace('/', '.').replace('\\', '.'))
				.filter((name) -> !isExcluded(module, name))
				.sorted()).containsExactlyElementsOf(listed(module));
		}
	}

	private static boolean isExcluded(String module, String name) {
		return EXCLUDED.matcher(Document.read(Document.ROOT.resolve(module).resolve("pom.xml")).text())
			.results()
			.anyMatch((match) -> name.startsWith(match.group(1)));
	}

	/**
	 * The modules of the project that are linked to.
	 */
	static Stream<String> modules() {
		try (Stream<Path> lists = Files.list(LISTS)) {
			return lists.map((list) -> list.getFileName().toString())
				.filter((name) -> name.startsWith("im-"))
				.sorted()
				.toList()
				.stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The packages of a module, as listed for javadoc.
	 */
	static List<String> listed(String module) {
		try {
			return Files.readAllLines(LISTS.resolve(module).resolve("element-list"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
