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

package io.github.imspring.message;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MessageRuntimeHints}, found as Spring finds them.
 */
class MessageRuntimeHintsTests {

	private final RuntimeHints hints = new RuntimeHints();

	@BeforeEach
	void register() {
		SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)
			.stream()
			.filter((registrar) -> registrar.getClass().getName().startsWith("io.github.imspring."))
			.forEach((registrar) -> registrar.registerHints(this.hints, getClass().getClassLoader()));
	}

	@ParameterizedTest
	@MethodSource("wireTypes")
	void everyFieldOfAMessageCanBeWritten(Class<?> type) {
		for (RecordComponent component : type.getRecordComponents()) {
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(component.getAccessor()))
				.accepts(this.hints);
		}
	}

	/**
	 * Whatever a request to send a message holds, and what that holds.
	 */
	static Set<Class<?>> wireTypes() {
		Set<Class<?>> types = new LinkedHashSet<>();
		collect(WireMessage.class, types);
		assertThat(types).contains(MessageBody.Text.class, MessageBody.Size.class).hasSize(10);
		return types;
	}

	private static void collect(Type type, Set<Class<?>> types) {
		if (type instanceof ParameterizedType generic) {
			List.of(generic.getActualTypeArguments()).forEach((argument) -> collect(argument, types));
		}
		else if (type instanceof Class<?> found && found.isSealed()) {
			Stream.of(found.getPermittedSubclasses()).forEach((permitted) -> collect(permitted, types));
		}
		else if (type instanceof Class<?> found && found.isRecord() && types.add(found)) {
			Stream.of(found.getRecordComponents()).forEach((component) -> collect(component.getGenericType(), types));
		}
	}

}
