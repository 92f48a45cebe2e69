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

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that readers of the documents find their way.
 */
class DocumentTests {

	@ParameterizedTest
	@MethodSource("allDocuments")
	void linksLeadSomewhere(Document document) {
		assertThat(document.links()).allSatisfy((link) -> leadsSomewhere(document, link));
	}

	@ParameterizedTest
	@MethodSource("documentsForUsers")
	void isThereInBothLanguages(Document document) {
		assertThat(Document.ROOT.resolve(document.twin())).isRegularFile();
		Document twin = Document.read(Document.ROOT.resolve(document.twin()));
		assertThat(document.links()).contains(twin.path().getFileName().toString());
		assertThat(document.headings()).extracting(Document.Heading::level)
			.containsExactlyElementsOf(twin.headings().stream().map(Document.Heading::level).toList());
		assertThat(rows(document)).isEqualTo(rows(twin));
		assertThat(document.snippets()).extracting(Document.Snippet::language)
			.containsExactlyElementsOf(twin.snippets().stream().map(Document.Snippet::language).toList());
	}

	@ParameterizedTest
	@MethodSource("documentsForUsers")
	void listsItsSections(Document document) {
		List<String> sections = document.headings()
			.stream()
			.filter((heading) -> heading.level() == 2)
			.map((heading) -> "[" + heading.text() + "](#" + heading.anchor() + ")")
			.toList();
		if (sections.size() > 1) {
			assertThat(document.text()).contains(String.join(" · ", sections));
		}
	}

	@ParameterizedTest
	@MethodSource("readmes")
	void readmeLeadsToEveryDocumentAndIsShort(Document readme) {
		assertThat(readme.links()).containsAll(Document.forUsers()
			.stream()
			.filter((document) -> document.path().startsWith("docs"))
			.filter((document) -> document.isChinese() == readme.isChinese())
			.map((document) -> document.path().toString())
			.toList());
		assertThat(readme.text().lines()).hasSizeLessThanOrEqualTo(200);
	}

	@ParameterizedTest
	@MethodSource("readmes")
	void readmeHasTheTwoCommands(Document readme) {
		assertThat(readme.snippets().stream().map(Document.Snippet::code).collect(Collectors.joining()).lines())
			.contains("mvn -pl im-sample-app -am spring-boot:run", "mvn verify");
	}

	@Test
	void chineseLinksStayInTheLanguage() {
		assertThat(documentsForUsers().filter(Document::isChinese))
			.allSatisfy((document) -> assertThat(document.links())
				.filteredOn((link) -> link.matches("[^:]*\\.md(#.*)?") && !link.contains(".zh-CN.md"))
				.filteredOn((link) -> !link.equals(document.twin().getFileName().toString()))
				.filteredOn((link) -> Files.exists(file(document, link.replaceFirst("\\.md(#.*)?$", ".zh-CN.md"))))
				.isEmpty());
	}

	private static void leadsSomewhere(Document document, String link) {
		if (link.matches("https?://.*")) {
			assertThat(URI.create(link).getHost()).isNotEmpty();
			return;
		}
		int hash = link.indexOf('#');
		String name = (hash < 0) ? link : link.substring(0, hash);
		Path target = name.isEmpty() ? Document.ROOT.resolve(document.path()) : file(document, name);
		assertThat(target).exists();
		if (hash >= 0) {
			assertThat(Document.read(target).headings()).extracting(Document.Heading::anchor)
				.contains(link.substring(hash + 1));
		}
	}

	private static Path file(Document document, String name) {
		return Document.ROOT.resolve(document.path()).resolveSibling(name).normalize();
	}

	/**
	 * How many lines of tables a document has.
	 */
	private static long rows(Document document) {
		return document.text().lines().filter((line) -> line.startsWith("|")).count();
	}

	static Stream<Document> allDocuments() {
		return Document.all().stream();
	}

	static Stream<Document> documentsForUsers() {
		return Document.forUsers().stream();
	}

	static Stream<Document> readmes() {
		return documentsForUsers().filter((document) -> document.path().toString().startsWith("README"));
	}

}
