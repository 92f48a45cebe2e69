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

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.emulator.UserPolicy;
import io.github.imspring.error.ErrorHints;
import io.github.imspring.error.ImApiException;
import io.github.imspring.exchange.ImEndpoint;
import io.github.imspring.exchange.ImRequest;
import io.github.imspring.exchange.ImResponse;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.exchange.ImRestOperationsBuilder;
import io.github.imspring.exchange.RetrySettings;
import io.github.imspring.operation.Operation;
import io.github.imspring.token.AccessToken;
import io.github.imspring.token.TokenProvider;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * An emulator with small limits, and requests that the operations would not send: for the
 * tables of errors of the documents.
 */
public final class RefusingService implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final Pattern NAMES = Pattern.compile("NAMES\\{(\\d+)}");

	private static final Pattern LETTERS = Pattern.compile("x\\{(\\d+)}");

	private final ErrorHints hints;

	private final ImEmulator emulator = ImEmulator.builder()
		.users(UserPolicy.REGISTERED)
		.messagesPerMinute(10)
		.maxRooms(3)
		.maxRoomsPerUser(2)
		.start();

	/**
	 * Starts the emulator.
	 * @param hints what the requests are sent with
	 */
	public RefusingService(ErrorHints hints) {
		this.hints = hints;
	}

	/**
	 * Forgets everything, and opens a chatroom 1 and a group 1 of a user "owner" with a
	 * member "user1", beside registered users "user2" and "busy".
	 */
	public void reset() {
		this.emulator.reset();
		for (String user : new String[] { "user1", "user2", "owner", "busy" }) {
			call("POST", "users", "{'username':'%s','password':'p'}".formatted(user));
		}
		this.emulator.chatrooms().create("1", "owner", "user1");
		this.emulator.groups().create("1", "owner", "user1");
		call("PUT", "metadata/chatroom/1/user/owner", "{'metaData':{'mine':'a'}}");
	}

	public ImEmulator emulator() {
		return this.emulator;
	}

	/**
	 * A client that does not wait when it is refused.
	 */
	private ImRestOperations rest(String token) {
		TokenProvider tokens = new TokenProvider() {
			@Override
			public Mono<AccessToken> token() {
				return Mono.just(new AccessToken(token, Instant.EPOCH, null));
			}

			@Override
			public void invalidate(AccessToken rejected) {
				// There is no other.
			}
		};
		return new ImRestOperationsBuilder(ImEndpoint.ofOrgApp(URI.create(this.emulator.baseUrl()),
				this.emulator.orgName(), this.emulator.appName()), WebClient::create, tokens, StubService.unlimited())
			.retry(new RetrySettings(1, TIMEOUT.multipliedBy(3), TIMEOUT.multipliedBy(3), false))
			.timeout(TIMEOUT)
			.build();
	}

	public ImResponse call(String method, String path, @Nullable String json) {
		return call(this.emulator.tokens().issue(), this.hints, method, path, json);
	}

	private ImResponse call(String token, ErrorHints hints, String method, String path, @Nullable String json) {
		ImRequest.Builder request = ImRequest.of(Operation.of("any", false), HttpMethod.valueOf(method))
			.path(NAMES.matcher(path).replaceAll((names) -> names(names, "%s")).split("/"))
			.errorHints(hints);
		if (json != null) {
			request.json(JSON.readValue(json(json), JsonNode.class));
		}
		return rest(token).exchange(request.build(), (response) -> response).block(TIMEOUT);
	}

	public ImApiException refused(String method, String path, @Nullable String json) {
		return refused(this.hints, method, path, json);
	}

	public ImApiException refused(ErrorHints hints, String method, String path, @Nullable String json) {
		return refused(this.emulator.tokens().issue(), hints, method, path, json);
	}

	public ImApiException refused(String token, String method, String path, @Nullable String json) {
		return refused(token, this.hints, method, path, json);
	}

	private ImApiException refused(String token, ErrorHints hints, String method, String path, @Nullable String json) {
		ImApiException ex = catchThrowableOfType(ImApiException.class, () -> call(token, hints, method, path, json));
		assertThat(ex).isNotNull();
		return ex;
	}

	/**
	 * Checks all that an exception says of an answer.
	 */
	public static void fits(ImApiException ex, int status, @Nullable String error, @Nullable String description,
			String kind, String hint) {
		assertThat(ex.status()).isEqualTo(status);
		assertThat(ex.error()).isEqualTo(error);
		assertThat(ex.errorDescription()).isEqualTo(description);
		assertThat(ex.getClass().getSimpleName()).isEqualTo(kind);
		assertThat(ex.hint()).isEqualTo(hint);
	}

	/**
	 * Single quotes stand for double ones, {@code x{65}} for 65 letters, and
	 * {@code NAMES{61}} for 61 names.
	 */
	private static String json(String json) {
		String quoted = json.replace('\'', '"')
			.replace("ELEVEN_KEYS", eleven("\"key%d\""))
			.replace("ELEVEN_VALUES", eleven("\"key%d\":\"v\""));
		String named = NAMES.matcher(quoted).replaceAll((names) -> names(names, "\"%s\""));
		return LETTERS.matcher(named).replaceAll((letters) -> "x".repeat(Integer.parseInt(letters.group(1))));
	}

	private static String names(MatchResult names, String format) {
		return IntStream.rangeClosed(1, Integer.parseInt(names.group(1)))
			.mapToObj((number) -> format.formatted("u" + number))
			.collect(Collectors.joining(","));
	}

	private static String eleven(String format) {
		return IntStream.rangeClosed(1, 11).mapToObj(format::formatted).collect(Collectors.joining(","));
	}

	@Override
	public void close() {
		this.emulator.close();
	}

}
