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

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps optional what is optional: each library that an application may lack is known to
 * one package.
 */
@AnalyzeClasses(packages = "io.github.imspring.autoconfigure", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "io.github.imspring.autoconfigure.";

	@ArchTest
	static final ArchRule metersAreOptional = onlyKnownTo("metrics", "io.micrometer.core..");

	@ArchTest
	static final ArchRule healthIsOptional = onlyKnownTo("health", "org.springframework.boot.health..");

	@ArchTest
	static final ArchRule actuatorIsOptional = onlyKnownTo("endpoint", "org.springframework.boot.actuate..");

	@ArchTest
	static final ArchRule redisIsOptional = onlyKnownTo("redis", "org.springframework.data.redis..");

	@ArchTest
	static final ArchRule servletsAreOptional = onlyKnownTo("callback", "jakarta.servlet..");

	@ArchTest
	static final ArchRule springMvcIsOptional = onlyKnownTo("callback", "org.springframework.web.servlet..");

	@ArchTest
	static final ArchRule testsAreUnknown = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.github.imspring.emulator..", "org.springframework.test..",
				"org.springframework.boot.test..", "org.junit..");

	@ArchTest
	static void packagesAreNullMarked(JavaClasses classes) {
		assertThat(classes).allMatch((type) -> type.getPackage().isAnnotatedWith(NullMarked.class));
	}

	private static ArchRule onlyKnownTo(String module, String library) {
		return noClasses().that()
			.resideOutsideOfPackage(ROOT + module)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(library);
	}

}
