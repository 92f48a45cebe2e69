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
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.imspring.autoconfigure.ImProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what the documents tell users to write into files, and to type, works.
 */
class SnippetTests {

	private static final Pattern DEPENDENCY = Pattern.compile(
			"<dependency>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>(?:\\s*<version>([^<]+)</version>)?");

	private static final Pattern MODULES = Pattern.compile("-pl (\\S+)");

	private static final Pattern PROFILE = Pattern.compile("-P(\\w+)");

	private static final Pattern JAR = Pattern.compile("(im-[a-z-]+)/target/\\1-([^ ]+?)(-exec)?\\.jar");

	private static final Pattern REDIS_COMMAND = Pattern.compile("redis\\.call\\('([A-Z]+)'");

	/**
	 * Redis is not on the class path here.
	 */
	private static final String REDIS = "spring.data.redis.";

	@ParameterizedTest
	@MethodSource("yaml")
	void yamlHasOnlyPropertiesThatExist(Document.Snippet snippet) throws IOException {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
		Set<String> names = new HashSet<>();
		for (PropertySource<?> source : new YamlPropertySourceLoader().load("snippet",
				new ByteArrayResource(snippet.code().getBytes(StandardCharsets.UTF_8)))) {
			environment.getPropertySources().addLast(source);
			Collections.addAll(names, ((EnumerablePropertySource<?>) source).getPropertyNames());
		}
		assertThat(names).isNotEmpty();
		Binder.get(environment)
			.bind("im", Bindable.of(ImProperties.class), new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
		Set<String> known = documentedProperties();
		assertThat(names).filteredOn((name) -> !name.startsWith("im.") && !name.startsWith(REDIS))
			.allSatisfy((name) -> assertThat(known).contains(name));
	}

	@ParameterizedTest
	@MethodSource("xml")
	void dependenciesExist(Document.Snippet snippet) throws IOException {
		List<MatchResult> dependencies = DEPENDENCY.matcher(snippet.code()).results().toList();
		assertThat(dependencies).isNotEmpty();
		String version = version();
		String poms = poms();
		for (MatchResult dependency : dependencies) {
			String artifact = dependency.group(2);
			if (dependency.group(1).equals("io.github.imspring")) {
				assertThat(Document.ROOT.resolve(artifact).resolve("pom.xml")).exists();
				assertThat(dependency.group(3)).isIn(version, null);
			}
			else {
				assertThat(dependency.group(3)).isNull();
				assertThat(poms).contains("<artifactId>" + artifact + "</artifactId>");
			}
		}
	}

	@Test
	void bomManagesTheHttpClientThatSpringBootManages() throws IOException {
		String managed = DEPENDENCY
			.matcher(Files.readString(Document.ROOT.resolve(Path.of("im-spring-boot-bom", "pom.xml"))))
			.results()
			.filter((dependency) -> dependency.group(2).equals("reactor-netty-http"))
			.map((dependency) -> dependency.group(3))
			.findFirst()
			.orElseThrow();
		assertThat(HttpClient.class.getProtectionDomain().getCodeSource().getLocation().getPath())
			.endsWith("reactor-netty-http-" + managed + ".jar");
	}

	@ParameterizedTest
	@MethodSource("shell")
	void commandsNameWhatExists(Document.Snippet snippet) throws IOException {
		String poms = poms();
		assertThat(
				MODULES.matcher(snippet.code()).results().flatMap((match) -> Stream.of(match.group(1).split(",", -1))))
			.allSatisfy((module) -> assertThat(Document.ROOT.resolve(module).resolve("pom.xml")).exists());
		assertThat(PROFILE.matcher(snippet.code()).results().map((match) -> match.group(1)))
			.allSatisfy((profile) -> assertThat(poms).contains("<id>" + profile + "</id>"));
		String version = version();
		assertThat(JAR.matcher(snippet.code()).results()).allSatisfy((jar) -> {
			assertThat(jar.group(2)).isEqualTo(version);
			assertThat(Files.readString(Document.ROOT.resolve(jar.group(1)).resolve("pom.xml")))
				.contains("<goal>repackage</goal>");
		});
	}

	@ParameterizedTest
	@MethodSource("quotaDocuments")
	void documentNamesTheCommandsOfRedis(Document document) throws IOException {
		Path scripts = Document.ROOT.resolve(Path.of("im-client", "src", "main", "resources"));
		Set<String> commands;
		try (Stream<Path> files = Files.walk(scripts)) {
			commands = files.filter((file) -> file.toString().endsWith(".lua"))
				.map(Document::read)
				.flatMap((script) -> REDIS_COMMAND.matcher(script.text()).results())
				.map((match) -> match.group(1))
				.collect(Collectors.toSet());
		}
		assertThat(commands).isNotEmpty();
		Collections.addAll(commands, "EVAL", "EVALSHA");
		String line = document.text()
			.lines()
			.filter((candidate) -> candidate.contains("`EVALSHA`"))
			.findFirst()
			.orElseThrow();
		assertThat(Pattern.compile("`([A-Z]+)`").matcher(line).results().map((match) -> match.group(1)))
			.containsExactlyInAnyOrderElementsOf(commands);
	}

	/**
	 * The names in all metadata on the class path.
	 */
	private static Set<String> documentedProperties() throws IOException {
		Set<String> names = new HashSet<>();
		for (URL metadata : Collections
			.list(SnippetTests.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream json = metadata.openStream()) {
				JsonMapper.shared()
					.readTree(json)
					.path("properties")
					.forEach((property) -> names.add(property.path("name").asString()));
			}
		}
		return names;
	}

	private static String version() throws IOException {
		return Pattern.compile("<version>([^<]+)</version>")
			.matcher(Files.readString(Document.ROOT.resolve("pom.xml")))
			.results()
			.findFirst()
			.orElseThrow()
			.group(1);
	}

	/**
	 * What all modules depend on, and the profiles.
	 */
	private static String poms() throws IOException {
		StringBuilder poms = new StringBuilder(Files.readString(Document.ROOT.resolve("pom.xml")));
		try (Stream<Path> modules = Files.list(Document.ROOT)) {
			for (Path pom : modules.map((module) -> module.resolve("pom.xml")).filter(Files::exists).toList()) {
				poms.append(Files.readString(pom));
			}
		}
		return poms.toString();
	}

	private static Stream<Document.Snippet> snippets(String language) {
		return Document.forUsers().stream().flatMap((document) -> document.snippets(language).stream());
	}

	static Stream<Document.Snippet> yaml() {
		return snippets("yaml");
	}

	static Stream<Document.Snippet> xml() {
		return snippets("xml");
	}

	static Stream<Document.Snippet> shell() {
		return snippets("shell");
	}

	static Stream<Document> quotaDocuments() {
		return Document.forUsers().stream().filter((document) -> document.path().toString().contains("quotas"));
	}

}
