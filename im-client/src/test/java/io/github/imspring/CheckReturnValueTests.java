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

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.reactivestreams.Publisher;

import org.springframework.lang.CheckReturnValue;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

/**
 * Nothing is sent before somebody subscribes: who drops what a method returns must be
 * warned.
 */
@AnalyzeClasses(packages = "io.github.imspring", importOptions = ImportOption.DoNotIncludeTests.class)
class CheckReturnValueTests {

	@ArchTest
	static final ArchRule publishersOfOperationsAreNotDropped = methods().that()
		.arePublic()
		.and()
		.areDeclaredInClassesThat(DescribedPredicate.describe("are interfaces named …Operations, or the client",
				(type) -> type.getFullName().equals(ImClient.class.getName())
						|| (type.isInterface() && type.getSimpleName().endsWith("Operations"))))
		.and()
		.haveRawReturnType(DescribedPredicate.describe("a publisher", (type) -> type.isAssignableTo(Publisher.class)))
		.should(warnWhenTheResultIsDropped());

	private static ArchCondition<JavaMethod> warnWhenTheResultIsDropped() {
		return new ArchCondition<>("warn when the result is dropped") {
			@Override
			public void check(JavaMethod method, ConditionEvents events) {
				boolean warns = method.isAnnotatedWith(CheckReturnValue.class)
						|| method.getOwner().isAnnotatedWith(CheckReturnValue.class);
				events.add(new SimpleConditionEvent(method, warns, method.getFullName() + " has no @CheckReturnValue"));
			}
		};
	}

}
