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
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import io.github.imspring.ImClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the Java code of the documents compiles.
 * <p>
 * Types are compiled as they stand, methods as members of a class, statements in a
 * method. Except in a file with imports of its own, all packages of the project are
 * imported, and the client's operations are fields.
 */
class JavaSnippetTests {

	private static final Pattern TYPE = Pattern.compile("^(?:public |final )*(?:class|interface|record|enum) (\\w+)",
			Pattern.MULTILINE);

	private static final Pattern METHOD = Pattern
		.compile("^(?!try\\b|if\\b|for\\b|while\\b)[\\w<>?., ]+ \\w+\\([^;]*\\) \\{");

	private static final List<String> IMPORTS = List.of("java.net.URI", "java.nio.file.*", "java.time.*", "java.util.*",
			"java.util.function.*", "reactor.core.publisher.*", "org.junit.jupiter.api.Test",
			"org.springframework.beans.factory.annotation.*", "org.springframework.boot.test.context.SpringBootTest",
			"org.springframework.context.annotation.*", "org.springframework.core.io.buffer.*",
			"org.springframework.http.*", "org.springframework.stereotype.*",
			"org.springframework.test.context.bean.override.mockito.*", "org.springframework.web.bind.annotation.*",
			"static org.assertj.core.api.Assertions.assertThat");

	/**
	 * What statements may use, beside the operations.
	 */
	private static final String PARAMETERS = "String chatroomId, String groupId, String clientId, String clientSecret, "
			+ "io.github.imspring.file.UploadedFile uploaded, io.github.imspring.file.UploadedFile uploadedThumbnail, "
			+ "Flux<String> users, Path target";

	@Test
	void javaOfTheDocumentsCompiles(@TempDir Path classes) throws IOException {
		List<JavaFileObject> sources = sources();
		assertThat(sources).hasSizeGreaterThan(20);
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, Locale.ROOT,
				StandardCharsets.UTF_8)) {
			compiler
				.getTask(null, files, problems, List.of("-proc:none", "-d", classes.toString(), "-classpath",
						System.getProperty("java.class.path")), null, sources)
				.call();
		}
		assertThat(problems.getDiagnostics()).filteredOn((problem) -> problem.getKind().name().equals("ERROR"))
			.extracting(Object::toString)
			.isEmpty();
	}

	private static List<JavaFileObject> sources() {
		List<JavaFileObject> sources = new ArrayList<>();
		for (Document document : Document.forUsers()) {
			List<Document.Snippet> snippets = document.snippets("java");
			Set<String> declared = new HashSet<>();
			String name = document.path().toString().toLowerCase(Locale.ROOT).replaceAll("\\W", "_");
			for (int i = 0; i < snippets.size(); i++) {
				String code = snippets.get(i).code();
				String folder = Collections.disjoint(declared, types(code)) ? name : name + i;
				sources.add(new Source(folder, "Snippet" + i, code(folder, "Snippet" + i, code)));
				declared.addAll(types(code));
			}
			if (!declared.contains("Greeter")) {
				sources.add(new Source(name, "Greeter", code(name, "Greeter", greeter())));
			}
		}
		return sources;
	}

	/**
	 * The service that the tests in the documents test.
	 */
	private static String greeter() {
		return Document.read(Document.ROOT.resolve("README.md"))
			.snippets("java")
			.stream()
			.map(Document.Snippet::code)
			.filter((code) -> types(code).contains("Greeter"))
			.findFirst()
			.orElseThrow();
	}

	private static List<String> types(String code) {
		return TYPE.matcher(code).results().map((match) -> match.group(1)).toList();
	}

	private static String code(String folder, String name, String code) {
		if (code.startsWith("import ")) {
			return "package " + folder + ";\n" + code;
		}
		String imports = Stream.concat(IMPORTS.stream(), packages().map((element) -> element + ".*"))
			.map((element) -> "import " + element + ";\n")
			.collect(Collectors.joining());
		String body;
		if (!types(code).isEmpty()) {
			body = code;
		}
		else if (METHOD.matcher(code).find()) {
			body = "abstract class " + name + " {\n" + operations() + code + "}\n";
		}
		else {
			body = "abstract class " + name + " {\n" + operations() + "void run(" + PARAMETERS
					+ ") throws Exception {\n" + code + "}\n}\n";
		}
		return "package " + folder + ";\n" + imports + body;
	}

	private static Stream<String> packages() {
		return Stream.concat(Stream.of("io.github.imspring.test"),
				ElementListTests.modules().flatMap((module) -> ElementListTests.listed(module).stream()));
	}

	/**
	 * A field for each of the client's operations.
	 */
	private static String operations() {
		return "io.github.imspring.metadata.ChatroomMetadataOperations metadata;\n"
				+ Arrays.stream(ImClient.class.getMethods())
					.filter((method) -> method.getParameterCount() == 0 && !Modifier.isStatic(method.getModifiers()))
					.filter((method) -> method.getReturnType().getSimpleName().endsWith("Operations"))
					.map((method) -> method.getReturnType().getName() + " " + method.getName() + ";\n")
					.collect(Collectors.joining());
	}

	private static final class Source extends SimpleJavaFileObject {

		private final String code;

		Source(String folder, String name, String code) {
			super(URI.create("string:///" + folder + "/" + name + Kind.SOURCE.extension), Kind.SOURCE);
			this.code = code;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.code;
		}

		@Override
		public boolean isNameCompatible(String simpleName, Kind kind) {
			return true;
		}

	}

}
