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

package io.github.imspring.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import io.github.imspring.operation.Operations;
import io.github.imspring.operation.Quota;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the metadata that editors show, and of the documents' tables of properties.
 */
class ConfigurationMetadataTests {

	/**
	 * The documents' words for types, where they are not the English ones.
	 */
	private static final Map<String, Map<String, String>> WORDS = Map.of("properties.md", Map.of(),
			"properties.zh-CN.md",
			Map.of("boolean", "布尔", "number", "数字", "fraction", "小数", "duration", "时长", "size", "大小", "text", "文本"));

	private static final Pattern ROW = Pattern.compile("^\\| `(im\\.[^`]+)` \\| ([^|]*) \\| ([^|]*)\\| ([^|]+) \\|$",
			Pattern.MULTILINE);

	private static JsonNode metadata;

	@BeforeAll
	static void read() throws IOException {
		String own = ImProperties.class.getProtectionDomain().getCodeSource().getLocation().getPath();
		try (InputStream json = Files.newInputStream(Path.of(own, "META-INF", "spring-configuration-metadata.json"))) {
			metadata = JsonMapper.shared().readTree(json);
		}
	}

	@Test
	void everyPropertyHasADescriptionAndAType() {
		assertThat(properties()).hasSizeGreaterThan(30).allSatisfy((name, property) -> {
			assertThat(name).matches("im(\\.[a-z]+(-[a-z]+)*)+");
			assertThat(property.path("description").asString("")).endsWith(".").hasSizeGreaterThan(15);
			assertThat(property.path("type").asString("")).isNotEmpty();
		});
	}

	@Test
	void everyDefaultIsTheOneThatApplies() {
		BeanWrapper bean = new BeanWrapperImpl(new ImProperties());
		assertThat(properties()).allSatisfy((name, property) -> {
			Object value = bean.getPropertyValue(bean(name));
			if (value instanceof Map<?, ?> map) {
				assertThat(map).isEmpty();
			}
			else if (value instanceof List<?> list) {
				assertThat(list).isEmpty();
			}
			else if (value == null) {
				assertThat(property.has("defaultValue")).isFalse();
			}
			else {
				assertThat(convert(property.path("defaultValue").asString(null), value.getClass())).isEqualTo(value);
			}
		});
	}

	@Test
	void everyChoiceHasItsValues() throws Exception {
		Map<String, List<String>> hints = items("hints").stream()
			.collect(Collectors.toMap((hint) -> hint.path("name").asString(),
					(hint) -> items(hint, "values").stream().map((value) -> value.path("value").asString()).toList()));
		for (Map.Entry<String, JsonNode> property : properties().entrySet()) {
			Class<?> type = raw(property.getValue().path("type").asString());
			if (type.isEnum()) {
				assertThat(hints.get(property.getKey())).describedAs(property.getKey())
					.containsExactlyInAnyOrderElementsOf(choices(type));
			}
		}
		assertThat(hints.get("im.quota.limits.keys")).containsExactlyElementsOf(namesOfLimits());
		assertThat(items("hints")).flatExtracting((hint) -> items(hint, "values"))
			.allSatisfy((value) -> assertThat(value.path("description").asString("")).endsWith("."));
	}

	@ParameterizedTest
	@ValueSource(strings = { "properties.md", "properties.zh-CN.md" })
	void documentKnowsExactlyTheProperties(String document) throws IOException {
		assertThat(rows(document)).extracting((row) -> beforePlaceholder(row.group(1)))
			.containsOnlyOnceElementsOf(singles())
			.allSatisfy((name) -> assertThat(properties()).containsKey(name));
		assertThat(rows(document)).extracting((row) -> row.group(1))
			.contains("im.accounts.<name>.*")
			.filteredOn((name) -> name.startsWith("im.quota.limits."))
			.containsExactlyInAnyOrderElementsOf(limits());
	}

	@ParameterizedTest
	@ValueSource(strings = { "properties.md", "properties.zh-CN.md" })
	void documentHasTheTypesAndDefaults(String document) throws Exception {
		for (MatchResult row : rows(document)) {
			JsonNode property = properties().get(beforePlaceholder(row.group(1)));
			String name = row.group(1);
			if (!name.contains("<")) {
				String type = type(raw(property.path("type").asString()));
				assertThat(row.group(2)).describedAs(name).isEqualTo(WORDS.get(document).getOrDefault(type, type));
				String value = property.path("defaultValue").asString("");
				assertThat(row.group(3).strip()).describedAs(name).isEqualTo(value.isEmpty() ? "" : "`" + value + "`");
			}
		}
	}

	@Test
	void healthCanBeSwitchedOff() {
		assertThat(items("properties"))
			.filteredOn((property) -> property.path("name").asString().equals("management.health.im.enabled"))
			.singleElement()
			.satisfies((property) -> {
				assertThat(property.path("type").asString()).isEqualTo("java.lang.Boolean");
				assertThat(property.path("defaultValue").asBoolean()).isTrue();
				assertThat(property.path("description").asString()).endsWith(".");
			});
	}

	private static String type(Class<?> type) {
		if (type.isEnum()) {
			return choices(type).stream().map((choice) -> "`" + choice + "`").collect(Collectors.joining(", "));
		}
		return switch (type.getSimpleName()) {
			case "Boolean" -> "boolean";
			case "Integer" -> "number";
			case "Double" -> "fraction";
			case "Duration" -> "duration";
			case "DataSize" -> "size";
			default -> "text";
		};
	}

	private static List<MatchResult> rows(String document) throws IOException {
		return ROW.matcher(Files.readString(Path.of("..", "docs", document))).results().toList();
	}

	/**
	 * The properties that are not maps.
	 */
	private static List<String> singles() {
		return properties().entrySet()
			.stream()
			.filter((property) -> !property.getValue().path("type").asString().startsWith("java.util.Map"))
			.map(Map.Entry::getKey)
			.toList();
	}

	private static List<String> limits() {
		return List.of(BeanUtils.getPropertyDescriptors(ImAccountProperties.Limits.class))
			.stream()
			.filter((property) -> property.getWriteMethod() != null)
			.map((property) -> "im.quota.limits.<operation>." + kebab(property.getName()))
			.toList();
	}

	private static List<String> namesOfLimits() {
		return Operations.all()
			.stream()
			.flatMap((operation) -> operation.quotas().stream())
			.map(Quota::operation)
			.distinct()
			.toList();
	}

	private static List<String> choices(Class<?> type) {
		return List.of(type.getEnumConstants())
			.stream()
			.map((constant) -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.toList();
	}

	private static Map<String, JsonNode> properties() {
		Map<String, JsonNode> properties = new TreeMap<>();
		items("properties").forEach((property) -> properties.put(property.path("name").asString(), property));
		// As Spring Boot has them for each actuator endpoint and health check.
		properties.keySet().removeIf((name) -> name.startsWith("management."));
		return properties;
	}

	private static List<JsonNode> items(String field) {
		return items(metadata, field);
	}

	private static List<JsonNode> items(JsonNode node, String field) {
		return StreamSupport.stream(node.path(field).spliterator(), false).toList();
	}

	private static String beforePlaceholder(String name) {
		return name.contains(".<") ? name.substring(0, name.indexOf(".<")) : name;
	}

	private static Class<?> raw(String type) throws ClassNotFoundException {
		return ClassUtils.forName(type.replaceAll("<.*", ""), null);
	}

	private static @Nullable Object convert(@Nullable String value, Class<?> type) {
		return ApplicationConversionService.getSharedInstance()
			.convert(value, TypeDescriptor.valueOf(String.class), TypeDescriptor.valueOf(type));
	}

	private static String bean(String name) {
		return Pattern.compile("-(.)")
			.matcher(name.substring("im.".length()))
			.replaceAll((match) -> match.group(1).toUpperCase(Locale.ROOT));
	}

	private static String kebab(String name) {
		return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

}
