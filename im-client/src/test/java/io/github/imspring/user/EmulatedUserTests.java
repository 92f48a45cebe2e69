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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.imspring.EmulatedService;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.error.ImNotFoundException;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.user.Registration.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link UserOperations} against the emulator: what only shows over several
 * calls.
 */
class EmulatedUserTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final EmulatedService service = new EmulatedService();

	private final ImEmulator emulator = this.service.emulator();

	private final UserOperations users = UserOperations.create(this.service.rest());

	@AfterEach
	void close() {
		this.service.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void lifeOfAUserInBothPathStyles(boolean byAppId) {
		UserOperations users = byAppId ? UserOperations.create(this.service.restByAppId()) : this.users;
		User alice = get(users.register(NewUser.named("Alice").withPassword("p").withNickname("Al")));
		assertThat(alice.username()).isEqualTo("alice");
		assertThat(alice.nickname()).isEqualTo("Al");
		assertThat(get(users.get("ALICE")).uuid()).isEqualTo(alice.uuid());
		assertThat(get(users.exists("aLiCe"))).isTrue();
		assertThat(get(users.exists("bob"))).isFalse();
		assertThat(get(users.isOnline("alice"))).isFalse();
		users.setPassword("alice", "q").block(TIMEOUT);
		users.deactivate("alice").block(TIMEOUT);
		assertThat(get(users.get("alice")).activated()).isFalse();
		users.activate("alice").block(TIMEOUT);
		assertThat(get(users.get("alice")).activated()).isTrue();
		users.delete("ALICE").block(TIMEOUT);
		assertThat(get(users.exists("alice"))).isFalse();
		assertThat(catchThrowableOfType(ImNotFoundException.class, () -> users.delete("alice").block(TIMEOUT)))
			.isNotNull();
	}

	@Test
	void tenThousandInOneStream() {
		this.service
			.register(IntStream.range(0, 100).mapToObj((number) -> "user" + number * 100).toArray(String[]::new));
		Flux<NewUser> source = Flux.range(0, 10_000)
			.map((number) -> (number % 100 == 1) ? "not legal " + number : "user" + number)
			.map((name) -> NewUser.named(name).withPassword("p"));
		Map<Status, Long> results = this.users.registerAll(source)
			.collect(Collectors.groupingBy(Registration::status, Collectors.counting()))
			.block(TIMEOUT);
		assertThat(results)
			.containsExactlyInAnyOrderEntriesOf(Map.of(Status.MADE, 9800L, Status.EXISTED, 100L, Status.REFUSED, 100L));
		assertThat(this.emulator.requests()).filteredOn((request) -> request.method().equals("POST")).hasSize(167);
		Set<String> listed = new HashSet<>(get(this.users.listAll().map(User::username).collectList()));
		assertThat(listed).hasSize(9900);
	}

	@Test
	void oneUserRegisteredByFiftyAtATime() {
		List<Registration> results = get(
				Flux.range(0, 50).flatMap((number) -> this.users.ensure("Alice"), 50).collectList());
		assertThat(results.stream().collect(Collectors.groupingBy(Registration::status, Collectors.counting())))
			.containsExactlyInAnyOrderEntriesOf(Map.of(Status.MADE, 1L, Status.EXISTED, 49L));
	}

	@Test
	void fiftyTokensAtATimeForAUserWhoIsCreatedWithThem() {
		List<UserToken> tokens = get(Flux.range(0, 50)
			.flatMap((number) -> this.users.token(UserTokenRequest.forUser("bob").creatingUser()), 50)
			.collectList());
		assertThat(tokens).hasSize(50).allSatisfy((token) -> assertThat(token.expiresAt()).isNotNull());
		assertThat(get(this.users.exists("bob"))).isTrue();
	}

	@Test
	void fromAnUnknownUserToATokenInThreeCalls() {
		get(this.users.ensure("carol"));
		get(MessageOperations.create(this.service.rest()).send(Message.text("Welcome!").to("carol").build()));
		UserToken token = get(this.users.token("carol"));
		assertThat(token.value()).isNotEmpty();
		assertThat(this.emulator.requests()).hasSize(3);
		assertThat(this.emulator.deliveriesTo("carol")).hasSize(1);
	}

	@Test
	void onlineStatusesOfManyInTheirOrder() {
		this.service.register("alice", "bob");
		this.emulator.users().logIn("alice", "web_1");
		List<String> names = IntStream.range(0, 250)
			.mapToObj((number) -> (number == 120) ? "Alice" : "nobody" + number)
			.toList();
		List<OnlineStatus> statuses = get(this.users.onlineStatuses(Flux.fromIterable(names)).collectList());
		assertThat(statuses).extracting(OnlineStatus::username).containsExactlyElementsOf(names);
		assertThat(statuses).filteredOn(OnlineStatus::online)
			.extracting(OnlineStatus::username)
			.containsExactly("Alice");
		assertThat(get(this.users.devices("alice"))).extracting(Device::resource).containsExactly("web_1");
		this.users.disconnect("alice").block(TIMEOUT);
		assertThat(get(this.users.isOnline("alice"))).isFalse();
	}

	private static <T> T get(Mono<T> call) {
		T result = call.block(TIMEOUT);
		assertThat(result).isNotNull();
		return result;
	}

}
