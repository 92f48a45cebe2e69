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

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.imspring.chatroom.ChatroomMemberOperations;
import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.chatroom.ChatroomUpdate;
import io.github.imspring.chatroom.NewChatroom;
import io.github.imspring.error.ImValidationException;
import io.github.imspring.exchange.ImRequest;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.file.FileOperations;
import io.github.imspring.file.UploadOptions;
import io.github.imspring.group.GroupOperations;
import io.github.imspring.group.GroupUpdate;
import io.github.imspring.group.NewGroup;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.message.Recall;
import io.github.imspring.metadata.AutoDelete;
import io.github.imspring.metadata.ChatroomMetadataOperations;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import io.github.imspring.resource.FileReference;
import io.github.imspring.user.NewUser;
import io.github.imspring.user.UserOperations;
import io.github.imspring.user.UserTokenRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests what becomes of a {@code null} for each argument of each operation that does not
 * allow it: an error in what is returned that names the argument, and nothing is sent.
 */
class NullArgumentsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final Map<Class<?>, Function<ImRestOperations, Object>> SUBJECTS = Map.of(ImRestOperations.class,
			(rest) -> rest, MessageOperations.class, MessageOperations::create, ChatroomOperations.class,
			ChatroomOperations::create, ChatroomMemberOperations.class, ChatroomMemberOperations::create,
			ChatroomMetadataOperations.class, ChatroomMetadataOperations::create, GroupOperations.class,
			GroupOperations::create, UserOperations.class, UserOperations::create, FileOperations.class,
			FileOperations::create);

	private static final Map<Class<?>, Object> SAMPLES = Map.ofEntries(Map.entry(String.class, "u1"),
			Map.entry(int.class, 1), Map.entry(Collection.class, List.of("u1")), Map.entry(Map.class, Map.of("k", "v")),
			Map.entry(Duration.class, Duration.ofSeconds(1)), Map.entry(AutoDelete.class, AutoDelete.values()[0]),
			Map.entry(Message.class, Message.text("hi").to("u1").build()),
			Map.entry(Recall.class, Recall.message("1").sentTo("u1")), Map.entry(Publisher.class, Flux.just("u1")),
			Map.entry(Flux.class, Flux.empty()), Map.entry(UnaryOperator.class, UnaryOperator.identity()),
			Map.entry(Function.class, Function.identity()), Map.entry(NewUser.class, NewUser.named("u1")),
			Map.entry(UserTokenRequest.class, UserTokenRequest.forUser("u1")),
			Map.entry(NewChatroom.class, NewChatroom.named("n").description("d").owner("u1").build()),
			Map.entry(ChatroomUpdate.class, ChatroomUpdate.builder().name("n").build()),
			Map.entry(NewGroup.class, NewGroup.publicOf("u1").build()),
			Map.entry(GroupUpdate.class, GroupUpdate.builder().name("n").build()),
			Map.entry(Path.class, Path.of("a.txt")), Map.entry(Resource.class, new ByteArrayResource(new byte[1]) {
				@Override
				public String getFilename() {
					return "a.txt";
				}
			}), Map.entry(UploadOptions.class, UploadOptions.defaults()),
			Map.entry(FileReference.class, new Reference("https://h/chatfiles/u", null, null)),
			Map.entry(Operation.class, Operations.SEND_MESSAGE),
			Map.entry(ImRequest.class, ImRequest.get(Operations.LIST_USERS).path("users").build()));

	private final StubService service = new StubService();

	@AfterEach
	void close() {
		this.service.close();
	}

	@ParameterizedTest(name = "{0}, argument {1}")
	@MethodSource("arguments")
	void isRefusedByName(Method method, int argument) {
		Object subject = SUBJECTS.get(method.getDeclaringClass()).apply(this.service.rest());
		Object[] arguments = Arrays.stream(method.getParameterTypes()).map(NullArgumentsTests::sample).toArray();
		arguments[argument] = null;
		if (!Publisher.class.isAssignableFrom(method.getReturnType())) {
			assertThat(catchThrowable(() -> method.invoke(subject, arguments)))
				.hasCauseInstanceOf(IllegalArgumentException.class);
			return;
		}
		Throwable failure = failureOf(subject, method, arguments);
		if (failure instanceof ImValidationException refused) {
			assertThat(refused.field()).isNotBlank();
			assertThat(refused.mayHaveBeenProcessed()).isFalse();
		}
		else {
			assertThat(failure).isExactlyInstanceOf(IllegalArgumentException.class)
				.hasMessageContaining("must not be null");
			assertThat(method.getDeclaringClass()).isEqualTo(ImRestOperations.class);
		}
		assertThat(this.service.requests()).isEmpty();
	}

	private static Throwable failureOf(Object subject, Method method, Object[] arguments) {
		List<Object> returned = new ArrayList<>();
		assertThat(catchThrowable(() -> returned.add(method.invoke(subject, arguments)))).isNull();
		return catchThrowable(() -> Flux.from((Publisher<?>) returned.get(0)).blockLast(TIMEOUT));
	}

	@Test
	void allOperationsAreCovered() {
		assertThat(Arrays.stream(ImClient.class.getMethods())
			.filter((method) -> method.getParameterCount() == 0)
			.map(Method::getReturnType)
			.filter((type) -> type.getSimpleName().endsWith("Operations"))).isNotEmpty()
			.allSatisfy((type) -> assertThat(SUBJECTS).containsKey(type));
	}

	/**
	 * In the same order in each JVM: tools know a test by its number.
	 */
	static Stream<Arguments> arguments() {
		return SUBJECTS.keySet()
			.stream()
			.flatMap((type) -> Arrays.stream(type.getDeclaredMethods()))
			.sorted((first, second) -> first.toString().compareTo(second.toString()))
			.filter((method) -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
			.flatMap(NullArgumentsTests::argumentsOf);
	}

	private static Stream<Arguments> argumentsOf(Method method) {
		List<Arguments> arguments = new ArrayList<>();
		for (int i = 0; i < method.getParameterCount(); i++) {
			if (!method.getParameterTypes()[i].isPrimitive()
					&& !method.getAnnotatedParameterTypes()[i].isAnnotationPresent(Nullable.class)) {
				arguments.add(Arguments.of(method, i));
			}
		}
		return arguments.stream();
	}

	private static Object sample(Class<?> type) {
		return SAMPLES.entrySet()
			.stream()
			.filter((sample) -> type.equals(sample.getKey()))
			.findFirst()
			.orElseThrow(() -> new AssertionError("Add a sample of " + type))
			.getValue();
	}

	private record Reference(String url, @Nullable String secret, @Nullable String filename) implements FileReference {

	}

}
