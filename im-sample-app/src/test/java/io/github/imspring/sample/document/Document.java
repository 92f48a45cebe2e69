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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown document of the project.
 *
 * @param path where it is, from the root of the repository
 * @param text what it says
 */
record Document(Path path, String text) {

	/**
	 * Root of the repository; tests run in the folder of their module.
	 */
	static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern FENCED = Pattern.compile("^```(\\w*)\\n(.*?)^```$",
			Pattern.MULTILINE | Pattern.DOTALL);

	private static final Pattern CODE = Pattern.compile("`[^`\\n]*`");

	private static final Pattern HEADING = Pattern.compile("^(#+) (.*)$", Pattern.MULTILINE);

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

	/**
	 * Code in a document.
	 *
	 * @param document the name of the document
	 * @param language what follows the fence
	 * @param code the lines between the fences
	 */
	record Snippet(Path document, String language, String code) {

	}

	/**
	 * A heading.
	 *
	 * @param level 1 for the title
	 * @param text what it says
	 */
	record Heading(int level, String text) {

		/**
		 * What follows the hash sign in a link to the heading, as GitHub makes it.
		 */
		String anchor() {
			return this.text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{M}\\p{N} _-]", "").replace(' ', '-');
		}

	}

	static Document read(Path file) {
		try {
			return new Document(ROOT.relativize(file), Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The documents for users: the README and what is in {@code docs}, in both languages.
	 */
	static List<Document> forUsers() {
		return Stream
			.concat(markdown(ROOT).filter((file) -> file.getFileName().toString().startsWith("README")),
					markdown(ROOT.resolve("docs")))
			.map(Document::read)
			.toList();
	}

	/**
	 * All documents.
	 */
	static List<Document> all() {
		List<Path> folders = new ArrayList<>(List.of(ROOT, ROOT.resolve("docs"), ROOT.resolve(".github")));
		try (Stream<Path> modules = Files.list(ROOT)) {
			modules.filter((folder) -> Files.exists(folder.resolve("pom.xml"))).forEach(folders::add);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return folders.stream().filter(Files::isDirectory).flatMap(Document::markdown).map(Document::read).toList();
	}

	private static Stream<Path> markdown(Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter((file) -> file.toString().endsWith(".md")).sorted().toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	boolean isChinese() {
		return this.path.toString().endsWith(".zh-CN.md");
	}

	/**
	 * The same document in the other language.
	 */
	Path twin() {
		String name = this.path.getFileName().toString();
		return this.path.resolveSibling(
				isChinese() ? name.replace(".zh-CN.md", ".md") : name.substring(0, name.length() - 3) + ".zh-CN.md");
	}

	List<Snippet> snippets() {
		return FENCED.matcher(this.text)
			.results()
			.map((match) -> new Snippet(this.path, match.group(1), match.group(2)))
			.toList();
	}

	List<Snippet> snippets(String language) {
		return snippets().stream().filter((snippet) -> snippet.language().equals(language)).toList();
	}

	List<Heading> headings() {
		return HEADING.matcher(FENCED.matcher(this.text).replaceAll(""))
			.results()
			.map((match) -> new Heading(match.group(1).length(), match.group(2).strip()))
			.toList();
	}

	List<String> links() {
		String prose = CODE.matcher(FENCED.matcher(this.text).replaceAll("")).replaceAll("");
		return LINK.matcher(prose).results().map((match) -> match.group(1)).toList();
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

}
