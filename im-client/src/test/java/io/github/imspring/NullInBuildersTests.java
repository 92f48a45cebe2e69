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

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.imspring.callback.CallbackReceiver;
import io.github.imspring.callback.Verdict;
import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.chatroom.ChatroomUpdate;
import io.github.imspring.chatroom.NewChatroom;
import io.github.imspring.error.ImValidationException;
import io.github.imspring.exchange.ImEndpoint;
import io.github.imspring.exchange.ImRequest;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.exchange.ImRestOperationsBuilder;
import io.github.imspring.exchange.RetrySettings;
import io.github.imspring.exchange.StrictReactorNetty;
import io.github.imspring.file.UploadOptions;
import io.github.imspring.group.GroupOperations;
import io.github.imspring.group.GroupUpdate;
import io.github.imspring.group.NewGroup;
import io.github.imspring.message.BulkOptions;
import io.github.imspring.message.ContentBuilder;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageBuilder;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.message.Recall;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaLimiterBuilder;
import io.github.imspring.quota.QuotaSettings;
import io.github.imspring.token.ClientCredentials;
import io.github.imspring.token.ManagedTokenProvider;
import io.github.imspring.token.TokenSource;
import io.github.imspring.token.TokenSources;
import io.github.imspring.user.NewUser;
import io.github.imspring.user.UserOperations;
import io.github.imspring.user.UserTokenRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests what becomes of a {@code null} for each argument of a builder, a static factory
 * or a copy with something else that does not allow it: an error that names it, at once.
 * In what is sent it is an error too, or left out.
 */
class NullInBuildersTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final StubService SERVICE = new StubService();

	private static final ImRestOperations REST = SERVICE.rest();

	private static final ImEndpoint ENDPOINT = ImEndpoint.ofOrgApp(URI.create("https://localhost"), "org", "app");

	private static final TokenSource TOKENS = TokenSources.fixed("t", InstantSource.system());

	private static final Object[] CONFIGURING = { ImClient.class, ImClient.builder(ENDPOINT), ImEndpoint.class,
			RetrySettings.class, StrictReactorNetty.class, ImRequest.class, ImRequest.get(Operations.LIST_USERS),
			ImRestOperationsBuilder.class,
			new ImRestOperationsBuilder(ENDPOINT, StrictReactorNetty.webClient()::build,
					ManagedTokenProvider.builder(TOKENS).build(), QuotaLimiter.unlimited()),
			QuotaLimiterBuilder.class, new QuotaLimiterBuilder(), QuotaSettings.class, QuotaSettings.defaults(),
			BulkOptions.class, BulkOptions.DEFAULTS, UploadOptions.defaults(), ClientCredentials.class,
			TokenSources.class, ManagedTokenProvider.class, ManagedTokenProvider.builder(TOKENS), Operation.class,
			CallbackReceiver.class, CallbackReceiver.builder(List.of("secret")) };

	private static final Object[] SENT = { Message.class, Message.text("hi"), Message.custom("e"),
			Message.image("https://h/u"), Message.voice("https://h/u"), Message.video("https://h/u"),
			Message.file("https://h/u"), Message.text("hi").to("u1"), Message.text("hi").toChatrooms("r1"),
			Message.text("hi").toGroups("g1"), Message.text("hi").to("u1").build(), Recall.class, Recall.message("1"),
			Recall.message("1").sentTo("u1"), NewChatroom.class, NewChatroom.named("n"),
			NewChatroom.named("n").description("d"), NewChatroom.named("n").description("d").owner("u1"),
			ChatroomUpdate.builder().name("n"), NewGroup.class, NewGroup.publicOf("u1"),
			GroupUpdate.builder().name("n"), NewUser.class, NewUser.named("u1"), UserTokenRequest.class,
			UserTokenRequest.forUser("u1") };

	private static final Map<Class<?>, Object> SAMPLES = Map.ofEntries(Map.entry(String.class, "u1"),
			Map.entry(int.class, 1), Map.entry(long.class, 1L), Map.entry(double.class, 0.5),
			Map.entry(boolean.class, true), Map.entry(Duration.class, Duration.ofSeconds(1)),
			Map.entry(Collection.class, List.of("u1")), Map.entry(String[].class, new String[] { "u1" }),
			Map.entry(URI.class, URI.create("https://localhost")), Map.entry(ImEndpoint.class, ENDPOINT),
			Map.entry(Object.class, "value"), Map.entry(Operation.class, Operations.LIST_USERS),
			Map.entry(HttpMethod.class, HttpMethod.GET), Map.entry(HttpClient.class, HttpClient.create()),
			Map.entry(Verdict.class, Verdict.deliver()),
			Map.entry(ClientCredentials.class, new ClientCredentials("id", "secret", null)),
			Map.entry(JsonMapper.class, new JsonMapper()));

	@AfterAll
	static void close() {
		SERVICE.close();
	}

	@ParameterizedTest(name = "{1}, argument {2}")
	@MethodSource("configuring")
	void isRefusedAtOnce(@Nullable Object target, Executable executable, int argument) {
		assertRefused(catchThrowable(() -> invoke(target, executable, argument)), executable, argument);
	}

	static Stream<Arguments> configuring() {
		return arguments(CONFIGURING);
	}

	@ParameterizedTest(name = "{1}, argument {2}")
	@MethodSource("sent")
	void isRefusedOrLeftOut(@Nullable Object target, Executable executable, int argument) {
		SERVICE.requests().clear();
		Throwable failure = catchThrowable(() -> send(invoke(target, executable, argument)));
		if (SERVICE.requests().isEmpty()) {
			assertRefused(failure, executable, argument);
		}
		else {
			assertThat(SERVICE.requests().get(0).body()).doesNotContain("null");
		}
	}

	static Stream<Arguments> sent() {
		return arguments(SENT);
	}

	private static void assertRefused(@Nullable Throwable failure, Executable executable, int argument) {
		assertThat(failure).isNotNull();
		if (failure instanceof ImValidationException refused) {
			assertThat(refused.field()).isNotBlank();
		}
		else {
			assertThat(failure).isExactlyInstanceOf(IllegalArgumentException.class)
				.hasMessage("'%s' must not be null", executable.getParameters()[argument].getName());
		}
	}

	private static @Nullable Object invoke(@Nullable Object target, Executable executable, int argument)
			throws Throwable {
		Class<?>[] types = executable.getParameterTypes();
		Object[] arguments = IntStream.range(0, types.length)
			.mapToObj((index) -> (index != argument) ? sample(types[index]) : null)
			.toArray();
		executable.trySetAccessible();
		try {
			return (executable instanceof Method method) ? method.invoke(target, arguments)
					: ((Constructor<?>) executable).newInstance(arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private static void send(@Nullable Object built) {
		Publisher<?> call;
		if (built instanceof ContentBuilder<?> content) {
			call = MessageOperations.create(REST).send(content.to("u1").build());
		}
		else if (built instanceof MessageBuilder<?> message) {
			call = MessageOperations.create(REST).send(message.build());
		}
		else if (built instanceof Message message) {
			call = MessageOperations.create(REST).send(message);
		}
		else if (built instanceof Recall.Sent sent) {
			call = MessageOperations.create(REST).recall(sent.sentTo("u1"));
		}
		else if (built instanceof Recall recall) {
			call = MessageOperations.create(REST).recall(recall);
		}
		else if (built instanceof NewChatroom.DescriptionStep room) {
			call = ChatroomOperations.create(REST).create(room.description("d").owner("u1").build());
		}
		else if (built instanceof NewChatroom.OwnerStep room) {
			call = ChatroomOperations.create(REST).create(room.owner("u1").build());
		}
		else if (built instanceof NewChatroom.Builder room) {
			call = ChatroomOperations.create(REST).create(room.build());
		}
		else if (built instanceof ChatroomUpdate.Builder update) {
			call = ChatroomOperations.create(REST).update("r1", update.build());
		}
		else if (built instanceof NewGroup.Builder group) {
			call = GroupOperations.create(REST).create(group.build());
		}
		else if (built instanceof GroupUpdate.Builder update) {
			call = GroupOperations.create(REST).update("g1", update.build());
		}
		else if (built instanceof NewUser user) {
			call = UserOperations.create(REST).register(user);
		}
		else if (built instanceof UserTokenRequest request) {
			call = UserOperations.create(REST).token(request);
		}
		else {
			throw new AssertionError("Say how " + built + " is sent");
		}
		Flux.from(call).blockLast(TIMEOUT);
	}

	/**
	 * In the same order in each JVM: tools know a test by its number.
	 */
	private static Stream<Arguments> arguments(Object[] targets) {
		return Arrays.stream(targets).flatMap((target) -> sorted(executables(target)).flatMap((executable) -> {
			List<Arguments> arguments = new ArrayList<>();
			for (int i = 0; i < executable.getParameterCount(); i++) {
				Parameter parameter = executable.getParameters()[i];
				if (!parameter.getType().isPrimitive()
						&& !parameter.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
					arguments.add(Arguments.of((target instanceof Class) ? null : target, executable, i));
				}
			}
			return arguments.stream();
		}));
	}

	private static Stream<? extends Executable> sorted(Stream<? extends Executable> executables) {
		return executables.sorted((first, second) -> first.toString().compareTo(second.toString()));
	}

	private static Stream<? extends Executable> executables(Object target) {
		if (target instanceof Class<?> type) {
			Stream<Constructor<?>> constructors = Modifier.isAbstract(type.getModifiers()) ? Stream.empty()
					: Arrays.stream(type.getConstructors());
			return Stream.concat(constructors,
					Arrays.stream(type.getDeclaredMethods())
						.filter((method) -> Modifier.isPublic(method.getModifiers())
								&& Modifier.isStatic(method.getModifiers()) && !method.isSynthetic()));
		}
		return Arrays.stream(target.getClass().getMethods())
			.filter((method) -> !Modifier.isStatic(method.getModifiers()) && method.getDeclaringClass() != Object.class
					&& !method.isSynthetic() && !method.isBridge() && !method.getName().equals("equals"));
	}

	/**
	 * Something for the other arguments: were they {@code null} too, it would not matter
	 * which of them is looked at.
	 */
	private static Object sample(Class<?> type) {
		Object sample = SAMPLES.get(type);
		if (sample != null) {
			return sample;
		}
		if (type.isEnum()) {
			return type.getEnumConstants()[0];
		}
		assertThat(type).as("a sample of %s", type).isInterface();
		return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
			throw new UnsupportedOperationException(method.toString());
		});
	}

}
