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

package io.github.imspring.exchange;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.imspring.chatroom.ChatroomMemberOperations;
import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.error.ErrorDecoder;
import io.github.imspring.error.ErrorHints;
import io.github.imspring.error.ImException;
import io.github.imspring.error.SettingNames;
import io.github.imspring.file.FileOperations;
import io.github.imspring.group.GroupOperations;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.metadata.ChatroomMetadataOperations;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import io.github.imspring.quota.Lane;
import io.github.imspring.user.UserOperations;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers and arguments of any shape end in a result or an {@link ImException}, never in
 * anything else and never in silence. A failure names its seed:
 * {@code -Dim.fuzz.seed=<seed> -Dim.fuzz.rounds=1} repeats it, {@code -Dim.fuzz.rounds}
 * alone makes the run longer.
 */
class FuzzTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final int ROUNDS = Integer.getInteger("im.fuzz.rounds", 20_000);

	private static final long SEED = Long.getLong("im.fuzz.seed", 20_260_301L);

	private static final List<String> ANSWERS = List.of(
			"{\"action\":\"post\",\"timestamp\":1700000000000,\"duration\":3,\"uri\":\"https://x/a/b\",\"data\":{\"u1\":\"1029457500870543736\"}}",
			"{\"data\":{\"success\":true,\"id\":\"r1\",\"result\":true,\"groupname\":true,\"newowner\":true,\"groupid\":\"r1\",\"action\":\"x\",\"user\":\"u1\"}}",
			"{\"data\":[{\"id\":\"r1\",\"name\":\"n\",\"owner\":\"o\",\"affiliations_count\":2,\"affiliations\":[{\"owner\":\"o\"},{\"member\":\"m\"}],\"maxusers\":200,\"created\":1700000000000,\"mute\":false,\"public\":true,\"custom\":\"\"}],\"count\":1,\"cursor\":\"c2\"}",
			"{\"data\":{\"announcement\":\"a\",\"k1\":\"v1\",\"successKeys\":[\"k1\"],\"errorKeys\":{\"k2\":\"no\"}}}",
			"{\"entities\":[{\"uuid\":\"u-1\",\"type\":\"chatfile\",\"share-secret\":\"s\",\"username\":\"u1\",\"activated\":true,\"created\":1,\"nickname\":\"n\"}],\"uri\":\"https://x/chatfiles\",\"count\":1}",
			"{\"data\":{\"newmembers\":[\"u1\"],\"groupid\":\"r1\"},\"count\":1}",
			"{\"data\":[{\"user\":\"u1\",\"result\":true,\"reason\":\"r\",\"expire\":170,\"member\":\"m\",\"owner\":\"o\"},{\"u1\":\"online\"}]}",
			"{\"access_token\":\"t\",\"expires_in\":3600,\"error\":\"reach_limit\",\"error_description\":\"d\",\"exception\":\"e\",\"error_code\":5}");

	private static final List<String> VALUES = List.of("null", "true", "0", "-1", "1e999", "9223372036854775808",
			"\"\"", "\" \"", "\"x\"", "[]", "{}", "[null]", "[[[]]]", "{\"\":null}", "\"\\ud800\"", "1.5",
			"{\"id\":{}}");

	private static final List<String> TEXTS = List.of("u1", "r1", "", " ", ".", "..", "a/b", "a,b", "\ud800", "\udc00x",
			"\r\nX: 1", "\u0000", "%2e", "用户", "😀", "x".repeat(129), "y".repeat(5000), "null", "k1", "#?&=", "\u202e");

	private final List<Object> subjects = List.of(MessageOperations.create(new FakeRest()),
			ChatroomOperations.create(new FakeRest()), ChatroomMemberOperations.create(new FakeRest()),
			ChatroomMetadataOperations.create(new FakeRest()), FileOperations.create(new FakeRest()),
			GroupOperations.create(new FakeRest()), UserOperations.create(new FakeRest()));

	private Random random = new Random(SEED);

	private boolean mutating;

	@Test
	void answersOfAnyShape() {
		this.mutating = true;
		run((index) -> call(false));
	}

	@Test
	void argumentsOfAnyShape() {
		run((index) -> call(true));
	}

	@Test
	void errorsOfAnyShape() {
		ErrorDecoder decoder = new ErrorDecoder(WireFormat.jsonMapper(), InstantSource.system());
		run((index) -> {
			Operation operation = Operations.all().get(this.random.nextInt(Operations.all().size()));
			ErrorDecoder.Answer answer = new ErrorDecoder.Answer(this.random.nextInt(700), pick(TEXTS), pick(TEXTS),
					mutated(), List.of(pick(TEXTS)));
			assertThat(decoder.decode(operation, ErrorHints.NONE, answer, this.random.nextBoolean()).getMessage())
				.contains(operation.name());
		});
	}

	private void run(IntConsumer round) {
		for (int index = 0; index < ROUNDS; index++) {
			long seed = SEED + index;
			this.random = new Random(seed);
			try {
				round.accept(index);
			}
			catch (ImException ex) {
				// What it may end in.
			}
			catch (Throwable ex) {
				throw new AssertionError("Repeat it with -Dim.fuzz.seed=" + seed + " -Dim.fuzz.rounds=1", ex);
			}
		}
	}

	private @Nullable Object call(boolean wild) {
		Object subject = pick(this.subjects);
		List<Method> methods = Stream.of(subject.getClass().getInterfaces()[0].getMethods())
			.filter((method) -> Publisher.class.isAssignableFrom(method.getReturnType()))
			.filter((method) -> Stream.of(method.getGenericParameterTypes()).allMatch(FuzzTests::isKnown))
			.sorted((first, second) -> first.toString().compareTo(second.toString()))
			.toList();
		Method method = pick(methods);
		Object[] arguments = Stream.of(method.getGenericParameterTypes()).map((type) -> argument(type, wild)).toArray();
		try {
			Object result = method.invoke(subject, arguments);
			return (result instanceof Mono<?> mono) ? mono.block(TIMEOUT)
					: Flux.from((Publisher<?>) result).take(50).collectList().block(TIMEOUT);
		}
		catch (InvocationTargetException ex) {
			throw new AssertionError(method + " threw instead of returning an error", ex.getCause());
		}
		catch (IllegalAccessException ex) {
			throw new AssertionError(ex);
		}
	}

	private static boolean isKnown(Type type) {
		Class<?> raw = raw(type);
		if (type instanceof ParameterizedType generic) {
			return (raw == Map.class || raw == Publisher.class || raw == Collection.class)
					&& Stream.of(generic.getActualTypeArguments()).allMatch((argument) -> argument == String.class);
		}
		return raw == String.class || raw == int.class || raw == Duration.class || raw == Message.class;
	}

	private static Class<?> raw(Type type) {
		return (type instanceof ParameterizedType parameterized) ? (Class<?>) parameterized.getRawType()
				: (type instanceof Class<?> raw) ? raw : Object.class;
	}

	private Object argument(Type type, boolean wild) {
		Class<?> raw = raw(type);
		if (raw == String.class) {
			return wild ? pick(TEXTS) : "u1";
		}
		if (raw == int.class) {
			return wild ? this.random.nextInt(5) * this.random.nextInt() : 10;
		}
		if (raw == Duration.class) {
			return wild ? Duration.ofMillis(this.random.nextLong()) : Duration.ofMinutes(1);
		}
		if (raw == Message.class) {
			return message(wild);
		}
		int size = wild ? this.random.nextInt(150) : 2;
		List<String> texts = IntStream.range(0, size)
			.mapToObj((index) -> wild ? pick(TEXTS) + ((size > 3) ? index : "") : "u" + index)
			.toList();
		if (raw == Map.class) {
			Map<String, String> map = new LinkedHashMap<>();
			texts.forEach((text) -> map.put(text, wild ? pick(TEXTS) : "v"));
			return map;
		}
		return (raw == Publisher.class) ? Flux.fromIterable(texts) : texts;
	}

	private Message message(boolean wild) {
		return Message.text(wild ? pick(TEXTS) : "hi")
			.from(wild ? pick(TEXTS) : "u2")
			.to(wild ? pick(TEXTS) : "u1")
			.ext(wild ? pick(TEXTS) : "k", wild ? pick(TEXTS) : "v")
			.build();
	}

	private <T> T pick(List<T> of) {
		return of.get(this.random.nextInt(of.size()));
	}

	private byte[] mutated() {
		String answer = pick(ANSWERS);
		for (int i = this.random.nextInt(4); i > 0; i--) {
			answer = this.random.nextBoolean() ? withAnotherValue(answer) : withAnotherCharacter(answer);
		}
		byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
		if (this.random.nextInt(8) == 0 && bytes.length > 0) {
			bytes[this.random.nextInt(bytes.length)] = (byte) this.random.nextInt(256);
		}
		return bytes;
	}

	private String withAnotherValue(String answer) {
		int colon = answer.indexOf(':', this.random.nextInt(answer.length() + 1));
		if (colon < 0) {
			return answer;
		}
		int end = colon + 1;
		while (end < answer.length() && ",}]".indexOf(answer.charAt(end)) < 0) {
			end++;
		}
		return answer.substring(0, colon + 1) + pick(VALUES) + answer.substring(end);
	}

	private String withAnotherCharacter(String answer) {
		if (answer.isEmpty()) {
			return answer;
		}
		int at = this.random.nextInt(answer.length());
		return switch (this.random.nextInt(3)) {
			case 0 -> answer.substring(0, at);
			case 1 -> answer.substring(0, at) + answer.substring(at + 1);
			default -> answer.substring(0, at) + "{}[]\",:0".charAt(this.random.nextInt(8)) + answer.substring(at);
		};
	}

	/**
	 * Answers without a network.
	 */
	private final class FakeRest implements ImRestOperations {

		@Override
		public <T> Mono<T> exchange(ImRequest request, Function<ImResponse, T> reader) {
			return Mono.fromSupplier(() -> {
				byte[] body = FuzzTests.this.mutating ? mutated() : pick(ANSWERS).getBytes(StandardCharsets.UTF_8);
				Call call = new Call(request, new Deadline(TIMEOUT, Lane.SINGLE,
						new ExpiryTimer(TIMEOUT, Schedulers.parallel()), Schedulers.parallel()), SettingNames.JAVA);
				return HttpExchange.decode(call, body, reader);
			});
		}

		@Override
		public Flux<DataBuffer> download(ImRequest request) {
			return Flux.empty();
		}

	}

}
