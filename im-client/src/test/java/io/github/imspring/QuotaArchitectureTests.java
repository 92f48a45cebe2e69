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
import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the quotas a pure core in a thin shell.
 */
@AnalyzeClasses(packages = "io.github.imspring.quota", importOptions = ImportOption.DoNotIncludeTests.class)
class QuotaArchitectureTests {

	private static final String QUOTA = "io.github.imspring.quota";

	private static final int LONGEST = 350;

	@ArchTest
	static final ArchRule arrowsPointOneWay = layeredArchitecture().consideringOnlyDependenciesInLayers()
		.layer("shell")
		.definedBy(QUOTA)
		.layer("redis")
		.definedBy(QUOTA + ".redis..")
		.layer("admission")
		.definedBy(QUOTA + ".admission..")
		.layer("store")
		.definedBy(QUOTA + ".store..")
		.whereLayer("shell")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("redis")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("admission")
		.mayOnlyBeAccessedByLayers("shell")
		.whereLayer("store")
		.mayOnlyBeAccessedByLayers("shell", "redis", "admission");

	@ArchTest
	static final ArchRule admissionIsPure = noClasses().that()
		.resideInAPackage(QUOTA + ".admission..")
		.should()
		.dependOnClassesThat()
		.resideOutsideOfPackages(QUOTA + ".admission..", QUOTA + ".store..", "io.github.imspring.operation..",
				"java.lang", "java.time", "java.util", "java.util.function", "java.util.stream", "java.util.concurrent",
				"org.jspecify.annotations")
		.orShould()
		.dependOnClassesThat(DescribedPredicate
			.describe("locks, schedulers or clocks", (type) -> type.getName().startsWith("java.util.concurrent.")
					&& !type.getSimpleName().equals("CopyOnWriteArrayList")
					|| List.of("java.lang.Thread", "java.time.Clock", "java.time.Instant").contains(type.getName())));

	@ArchTest
	static final ArchRule admissionReadsNoClock = noClasses().that()
		.resideInAPackage(QUOTA + ".admission..")
		.should()
		.callMethod(System.class, "nanoTime")
		.orShould()
		.callMethod(System.class, "currentTimeMillis");

	@ArchTest
	static final ArchRule filesAreFreeOfCycles = slices().assignedFrom(new SourceFiles()).should().beFreeOfCycles();

	@ArchTest
	static final ArchRule rateLimitersAreBehindAnInterface = noClasses().that()
		.resideInAPackage(QUOTA + "..")
		.and()
		.haveNameNotMatching(".*(QuotaRateLimiter|QuotaEvents|Resilience4jRateLimiters|QuotaLimiterBuilder).*")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.github.resilience4j..");

	@Test
	void noClassIsTooLong() throws IOException {
		Path sources = Path.of("src/main/java", QUOTA.split("\\."));
		try (Stream<Path> files = Files.walk(sources)) {
			assertThat(files.filter((file) -> file.toString().endsWith(".java"))).isNotEmpty()
				.allSatisfy((file) -> assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(LONGEST));
		}
	}

	/**
	 * Nested classes belong to the file that they stand in.
	 */
	private static final class SourceFiles implements SliceAssignment {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass type) {
			String name = type.getName();
			int nested = name.indexOf('$');
			return SliceIdentifier.of((nested < 0) ? name : name.substring(0, nested));
		}

		@Override
		public String getDescription() {
			return "source files";
		}

	}

}
