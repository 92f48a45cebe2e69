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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.github.imspring.message.MessageBody;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the packages in their layers: each imports only from layers below it.
 */
@AnalyzeClasses(packages = "io.github.imspring",
		importOptions = { ImportOption.DoNotIncludeTests.class, ArchitectureTests.ThisModule.class })
class ArchitectureTests {

	private static final String ROOT = "io.github.imspring";

	private static final String EMULATOR = ROOT + ".emulator";

	private static final Map<String, Integer> LAYERS = Map.ofEntries(Map.entry("operation", 1), Map.entry("error", 1),
			Map.entry("validation", 1), Map.entry("resource", 1), Map.entry("token", 2), Map.entry("quota", 2),
			Map.entry("observation", 2), Map.entry("exchange", 3), Map.entry("message", 4), Map.entry("chatroom", 4),
			Map.entry("metadata", 4), Map.entry("file", 4), Map.entry("user", 4), Map.entry("group", 4),
			Map.entry("callback", 4), Map.entry("", 5));

	/**
	 * Errors name operations, and bounds that are broken are errors: what may be imported
	 * within the first layer.
	 */
	private static final Map<String, Set<String>> WITHIN_FIRST_LAYER = Map.of("error", Set.of("operation"),
			"validation", Set.of("operation", "error"));

	@ArchTest
	static final ArchRule packagesImportOnlyFromLayersBelow = classes().should(importOnlyFromLayersBelow());

	@ArchTest
	static final ArchRule noCircles = slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule springBootAndTheEmulatorAreUnknown = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.boot..", EMULATOR + "..");

	@ArchTest
	static final ArchRule metersAreUnknown = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("io.micrometer.core..");

	@ArchTest
	static final ArchRule logsAreWrittenThroughOneFacade = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.slf4j..", "java.util.logging..", "org.apache.logging..")
		.orShould()
		.dependOnClassesThat()
		.haveNameMatching("reactor\\.util\\.Loggers?");

	@ArchTest
	static final ArchRule callbacksKnowNoWebFramework = noClasses().that()
		.resideInAPackage(ROOT + ".callback..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.web..", "org.springframework.http..");

	@ArchTest
	static final ArchRule callbacksKnowOnlyTheBodiesOfMessages = noClasses().that()
		.resideInAPackage(ROOT + ".callback..")
		.should()
		.dependOnClassesThat(JavaClass.Predicates.resideInAPackage(ROOT + ".message")
			.and(DescribedPredicate.not(JavaClass.Predicates.belongToAnyOf(MessageBody.class))));

	@ArchTest
	static final ArchRule implementationsOfOperationsArePackagePrivate = classes().that()
		.areNotInterfaces()
		.and()
		.implement(DescribedPredicate.describe("an interface named …Operations",
				(type) -> type.getPackageName().startsWith(ROOT) && type.getSimpleName().endsWith("Operations")))
		.should()
		.bePackagePrivate();

	@ArchTest
	static final ArchRule packagesAreNullMarked = classes().should(resideInANullMarkedPackage());

	/**
	 * What a subject offers, beside records and what they are made with: one interface.
	 */
	@ArchTest
	static void oneEntryForEachSubject(JavaClasses types) {
		Map<String, List<String>> entries = types.stream()
			.filter((type) -> type.isInterface() && type.getModifiers().contains(JavaModifier.PUBLIC))
			.filter((type) -> type.getSimpleName().endsWith("Operations"))
			.collect(Collectors.groupingBy(ArchitectureTests::subjectOf,
					Collectors.mapping(JavaClass::getSimpleName, Collectors.toList())));
		assertThat(entries).containsKeys("message", "file", "exchange")
			.allSatisfy((subject, names) -> assertThat(names).describedAs(subject).hasSize(1));
	}

	/**
	 * The members of chatrooms are a subject of their own in the package of chatrooms,
	 * whose records they share.
	 */
	private static String subjectOf(JavaClass type) {
		return type.getSimpleName().equals("ChatroomMemberOperations") ? "chatroom members" : layerOf(type);
	}

	@ParameterizedTest
	@MethodSource("sources")
	void noClassIsLongerThan500Lines(Path source) throws IOException {
		assertThat(ClassLengths.in(Files.readAllLines(source))).allSatisfy(
				(name, lines) -> assertThat(lines).describedAs("%s in %s", name, source).isLessThanOrEqualTo(500));
	}

	/**
	 * Of what is published: whoever completes a name in an editor sees one type.
	 */
	@Test
	void noTwoPublicTypesHaveOneName() throws IOException {
		Map<String, List<Path>> published = new TreeMap<>();
		for (Path source : mainSources()) {
			String type = source.getFileName().toString().replace(".java", "");
			boolean hidden = source.startsWith("../im-sample-app") || source.startsWith("../im-benchmarks");
			if (!hidden && Files.readString(source).matches("(?s).*\\npublic [^\\n(]*\\b" + type + "\\b.*")) {
				published.computeIfAbsent(type, (name) -> new ArrayList<>()).add(source);
			}
		}
		assertThat(published).hasSizeGreaterThan(200)
			.allSatisfy((type, sources) -> assertThat(sources).describedAs(type).hasSize(1));
	}

	/**
	 * The classes of all modules, but for those that only hold properties and those of
	 * the quotas, whose bound is narrower.
	 */
	static List<Path> sources() throws IOException {
		return mainSources().stream()
			.filter((file) -> !file.toString().endsWith("Properties.java"))
			.filter((file) -> !file.toString().contains("/io/github/imspring/quota/"))
			.toList();
	}

	private static List<Path> mainSources() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of(".."), 12)) {
			return files.filter((file) -> file.toString().matches("\\.\\./im-[^/]+/src/main/java/.*\\.java")).toList();
		}
	}

	private static ArchCondition<JavaClass> importOnlyFromLayersBelow() {
		return new ArchCondition<>("import only from layers below their own") {
			@Override
			public void check(JavaClass type, ConditionEvents events) {
				type.getDirectDependenciesFromSelf()
					.stream()
					.filter((dependency) -> layerOf(dependency.getTargetClass()) != null)
					.filter((dependency) -> !mayImport(layerOf(type), layerOf(dependency.getTargetClass())))
					.forEach((dependency) -> events
						.add(SimpleConditionEvent.violated(dependency, dependency.getDescription())));
			}
		};
	}

	private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
		return new ArchCondition<>("reside in a @NullMarked package") {
			@Override
			public void check(JavaClass type, ConditionEvents events) {
				JavaPackage residence = type.getPackage();
				boolean marked = residence.isAnnotatedWith(NullMarked.class);
				if (!marked) {
					events.add(SimpleConditionEvent.violated(type, residence.getName() + " is not @NullMarked"));
				}
			}
		};
	}

	/**
	 * Callbacks know nothing of calls, but carry the bodies of messages.
	 */
	private static boolean mayImport(String from, String to) {
		int layer = (from.equals("callback")) ? 2 : LAYERS.get(from);
		return from.equals(to) || LAYERS.get(to) < layer || WITHIN_FIRST_LAYER.getOrDefault(from, Set.of()).contains(to)
				|| (from.equals("callback") && to.equals("message"));
	}

	private static String layerOf(JavaClass type) {
		String name = type.getPackageName();
		if ((!name.equals(ROOT) && !name.startsWith(ROOT + ".")) || name.startsWith(EMULATOR)) {
			return null;
		}
		String below = name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1).split("\\.")[0];
		if (!LAYERS.containsKey(below)) {
			throw new AssertionError(name + " is in no layer: give it one of " + Set.copyOf(LAYERS.values()));
		}
		return below;
	}

	static final class ThisModule implements ImportOption {

		@Override
		public boolean includes(com.tngtech.archunit.core.importer.Location location) {
			return !location.contains("emulator");
		}

	}

}
