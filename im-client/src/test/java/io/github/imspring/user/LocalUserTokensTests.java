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

package io.github.imspring.user;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.agora.media.AccessToken2;
import io.agora.media.AccessToken2.PrivilegeChat;
import io.agora.media.AccessToken2.ServiceChat;
import io.github.imspring.StubService;
import io.github.imspring.StubService.Request;
import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImNotFoundException;
import io.github.imspring.error.ImServerException;
import io.github.imspring.error.ImValidationException;
import io.github.imspring.token.TokenSources;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for tokens of users that are built from the App certificate, read back by the
 * vendor's own parser.
 */
class LocalUserTokensTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final String APP_ID = "970CA35de60c44645bbae8a215061b33";

	private static final String CERTIFICATE = "5CFd2fd1755d40ecb72977518be15d3b";

	private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.890Z");

	private static final String UNKNOWN = "{\"error\":\"service_resource_not_found\"}";

	private final StubService service = new StubService();

	private final InstantSource clock = InstantSource.fixed(NOW);

	private final UserOperations users = UserOperations.create(this.service.rest(),
			TokenSources.userTokens(APP_ID, CERTIFICATE, this.clock), this.clock);

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void theVendorsParserReadsTheToken() {
		this.service.answer(user("alice", "1a2b-3c"));
		UserToken token = token(UserTokenRequest.forUser("alice").lasting(Duration.ofHours(2)));
		AccessToken2 parsed = parse(token);
		assertThat(parsed.appId).isEqualTo(APP_ID);
		assertThat(parsed.issueTs).isEqualTo((int) NOW.getEpochSecond());
		assertThat(parsed.expire).isEqualTo(7200);
		ServiceChat chat = (ServiceChat) parsed.services.get(AccessToken2.SERVICE_TYPE_CHAT);
		assertThat(chat.getUserId()).isEqualTo("1a2b-3c");
		assertThat(chat.getPrivileges()).containsOnlyKeys(PrivilegeChat.PRIVILEGE_CHAT_USER.intValue)
			.containsValue(7200);
		assertThat(token.expiresAt()).isEqualTo(Instant.parse("2026-03-04T07:06:07Z"));
		assertThat(token.username()).isEqualTo("alice");
		assertThat(token.toString()).doesNotContain(token.value());
	}

	@Test
	void theTokenEqualsTheVendorsByteForByte() throws Exception {
		this.service.answer(user("alice", "1a2b-3c"));
		UserToken token = token(UserTokenRequest.forUser("alice").lasting(Duration.ofHours(2)));
		AccessToken2 vendors = new AccessToken2(APP_ID, CERTIFICATE, 7200);
		ServiceChat chat = new ServiceChat("1a2b-3c");
		chat.addPrivilegeChat(PrivilegeChat.PRIVILEGE_CHAT_USER, 7200);
		vendors.addService(chat);
		vendors.issueTs = (int) NOW.getEpochSecond();
		vendors.salt = parse(token).salt;
		assertThat(token.value()).isEqualTo(vendors.build());
	}

	@Test
	void aDayIsTheDefaultAndTheMost() {
		this.service.answer(user("alice", "1"));
		assertThat(token(UserTokenRequest.forUser("alice")).expiresAt())
			.isEqualTo(Instant.parse("2026-03-05T05:06:07Z"));
		token(UserTokenRequest.forUser("alice").lasting(Duration.ofHours(24)));
		token(UserTokenRequest.forUser("alice").lasting(Duration.ofSeconds(1)));
		for (Duration wrong : List.of(Duration.ZERO, Duration.ofHours(24).plusSeconds(1), Duration.ofMillis(1500))) {
			assertThatExceptionOfType(ImValidationException.class)
				.isThrownBy(() -> token(UserTokenRequest.forUser("alice").lasting(wrong)));
		}
	}

	@Test
	void theUuidIsLookedUpOnceHoweverTheNameIsSpelt() {
		this.service.answer(user("alice", "1"));
		token(UserTokenRequest.forUser("alice"));
		token(UserTokenRequest.forUser("ALICE"));
		assertThat(this.service.onlyRequest().target()).isEqualTo("/users/alice");
	}

	@Test
	void whoAskAtTheSameTimeShareOneLookUp() {
		AtomicInteger asked = new AtomicInteger();
		this.service.answer((request) -> {
			asked.incrementAndGet();
			return StubService.json(200, user("alice", "1"));
		});
		List<UserToken> tokens = Flux.range(0, 50)
			.flatMap((number) -> this.users.token("alice"), 50)
			.collectList()
			.block(TIMEOUT);
		assertThat(tokens).hasSize(50);
		assertThat(asked).hasValue(1);
	}

	@Test
	void theUuidOfWhoWasRegisteredHereIsKnown() {
		this.service.answer(user("alice", "1"));
		this.users.ensure("alice").block(TIMEOUT);
		token(UserTokenRequest.forUser("alice"));
		assertThat(this.service.requests()).hasSize(1);
	}

	@Test
	void aFailedLookUpIsNotRemembered() {
		this.service.answer(400, "{}");
		assertThatExceptionOfType(ImApiException.class).isThrownBy(() -> token(UserTokenRequest.forUser("alice")));
		this.service.answer(user("alice", "1"));
		token(UserTokenRequest.forUser("alice"));
	}

	@Test
	void whoIsDeletedHereIsForgotten() {
		this.service.answer(user("alice", "1"));
		token(UserTokenRequest.forUser("alice"));
		this.users.delete("Alice").block(TIMEOUT);
		this.service.answer(user("alice", "2"));
		UserToken token = token(UserTokenRequest.forUser("alice"));
		assertThat(((ServiceChat) parse(token).services.get(AccessToken2.SERVICE_TYPE_CHAT)).getUserId())
			.isEqualTo("2");
	}

	@Test
	void anUnknownUserHasNoToken() {
		this.service.answer(404, UNKNOWN);
		assertThatExceptionOfType(ImNotFoundException.class).isThrownBy(() -> token(UserTokenRequest.forUser("alice")));
	}

	@Test
	void anUnknownUserIsCreatedIfAskedFor() {
		this.service.answer((request) -> request.method().equals("GET") ? StubService.json(404, UNKNOWN)
				: StubService.json(200, user("alice", "1")));
		token(UserTokenRequest.forUser("alice").creatingUser());
		assertThat(this.service.requests()).extracting(Request::method).containsExactly("GET", "POST");
	}

	@Test
	void aFailureIsNoUnknownUser() {
		this.service.answer(500, "{}");
		assertThatExceptionOfType(ImServerException.class)
			.isThrownBy(() -> token(UserTokenRequest.forUser("alice").creatingUser()));
	}

	private UserToken token(UserTokenRequest request) {
		UserToken token = this.users.token(request).block(TIMEOUT);
		assertThat(token).isNotNull();
		return token;
	}

	private static AccessToken2 parse(UserToken token) {
		AccessToken2 parsed = new AccessToken2();
		assertThat(parsed.parse(token.value())).isTrue();
		return parsed;
	}

	private static String user(String name, String uuid) {
		return "{\"entities\":[{\"username\":\"%s\",\"uuid\":\"%s\"}]}".formatted(name, uuid);
	}

}
