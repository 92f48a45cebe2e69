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

package io.github.imspring.chatroom;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.imspring.EmulatedService;
import io.github.imspring.chatroom.Affiliation.Role;
import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImForbiddenException;
import io.github.imspring.error.ImNotFoundException;
import io.github.imspring.error.ImServerException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link ChatroomOperations} against the emulator: what only shows over several
 * calls.
 */
class EmulatedChatroomTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final EmulatedService service = new EmulatedService();

	private final ImEmulator emulator = this.service.emulator();

	private final ChatroomOperations chatrooms = ChatroomOperations.create(this.service.rest());

	@AfterEach
	void close() {
		this.service.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void lifeOfAChatroomInBothPathStyles(boolean byAppId) {
		ChatroomOperations rooms = byAppId ? ChatroomOperations.create(this.service.restByAppId()) : this.chatrooms;
		this.service.register("alice", "bob", "carol");
		String id = get(rooms.create(NewChatroom.named("Stage")
			.description("Live")
			.owner("alice")
			.members("bob", "carol")
			.maxUsers(300)
			.custom("{\"vip\":true}")
			.build()));
		Chatroom created = get(rooms.get(id));
		assertThat(created.id()).isEqualTo(id);
		assertThat(created.name()).isEqualTo("Stage");
		assertThat(created.custom()).isEqualTo("{\"vip\":true}");
		assertThat(created.created()).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
		assertThat(created.affiliations()).containsExactlyInAnyOrder(new Affiliation("alice", Role.OWNER),
				new Affiliation("bob", Role.MEMBER), new Affiliation("carol", Role.MEMBER));
		done(rooms.update(id, ChatroomUpdate.builder().name("Backstage").build()));
		done(rooms.update(id, ChatroomUpdate.builder().description("Off").maxUsers(50).build()));
		done(rooms.transfer(id, "bob"));
		Chatroom changed = get(rooms.get(id));
		assertThat(changed.name()).isEqualTo("Backstage");
		assertThat(changed.description()).isEqualTo("Off");
		assertThat(changed.maxUsers()).isEqualTo(50);
		assertThat(changed.owner()).isEqualTo("bob");
		assertThat(get(rooms.list(10)).chatrooms())
			.containsExactly(new ChatroomSummary(id, "Backstage", "bob", 3, false));
		assertThat(rooms.listAllJoined("carol").collectList().block(TIMEOUT))
			.containsExactly(new JoinedChatroom(id, "Backstage", false));
		done(rooms.delete(id));
		assertThat(rooms.listAll().collectList().block(TIMEOUT)).isEmpty();
		assertThat(catchThrowableOfType(ImNotFoundException.class, () -> rooms.delete(id).block(TIMEOUT))).isNotNull();
	}

	@ParameterizedTest
	@CsvSource({ "1000, 1000", "100, 2147483647", "1000, 20" })
	void roomsCreatedMeanwhileNeitherHideNorRepeatThoseListed(int pageSize, int prefetch) {
		this.service.register("o", "p");
		this.emulator.chatrooms().createMany(2500, "o");
		ChatroomOperations rooms = ChatroomOperations.create(this.service.rest(),
				new ChatroomSettings(1024, 10_000, pageSize));
		AtomicInteger listed = new AtomicInteger();
		List<ChatroomSummary> all = rooms.listAll().doOnNext((room) -> {
			if (listed.incrementAndGet() % 25 == 0) {
				this.emulator.chatrooms().createMany(1, "p");
			}
		}).limitRate(prefetch).collectList().block(TIMEOUT);
		assertThat(this.emulator.chatrooms().count()).isEqualTo(2600);
		assertThat(all).hasSize(2500);
		assertThat(all.stream().map(ChatroomSummary::id).distinct()).hasSize(2500);
		assertThat(all).extracting(ChatroomSummary::owner).containsOnly("o");
		int calls = Math.toIntExact(this.emulator.requestCount("list-chatrooms"));
		assertThat(calls).isLessThanOrEqualTo((prefetch < 1000) ? 10 : (2600 + pageSize - 1) / pageSize);
	}

	@Test
	void takingAFewCostsOneCall() {
		this.service.register("o");
		this.emulator.chatrooms().createMany(100, "o");
		assertThat(this.chatrooms.listAll().take(25).count().block(TIMEOUT)).isEqualTo(25);
		assertThat(this.emulator.requestCount("list-chatrooms")).isOne();
	}

	@Test
	void pagesByCursor() {
		this.service.register("o");
		this.emulator.chatrooms().createMany(5, "o");
		ChatroomPage first = get(this.chatrooms.list(3));
		assertThat(first.chatrooms()).extracting(ChatroomSummary::name).containsExactly("room 5", "room 4", "room 3");
		assertThat(first.count()).isEqualTo(3);
		ChatroomPage second = get(this.chatrooms.list(3, first.cursor()));
		assertThat(second.chatrooms()).extracting(ChatroomSummary::name).containsExactly("room 2", "room 1");
		assertThat(second.cursor()).isNull();
	}

	@Test
	void looksUpKnownAndUnknownRoomsTogether() {
		this.service.register("o");
		IntStream.range(0, 150).forEach((number) -> this.emulator.chatrooms().create("r" + number, "o"));
		List<String> ids = IntStream.range(0, 160).mapToObj((number) -> "r" + number).toList();
		List<ChatroomLookup> found = this.chatrooms.get(ids).collectList().block(TIMEOUT);
		assertThat(found).extracting(ChatroomLookup::id).isEqualTo(ids);
		assertThat(found).filteredOn(ChatroomLookup::found).hasSize(150);
		assertThat(this.chatrooms.get(List.of("x", "y")).filter(ChatroomLookup::found).count().block(TIMEOUT)).isZero();
	}

	@Test
	void unknownRoomsCostNoMoreCallsThanDocumented() {
		List<String> ids = IntStream.range(0, 250).mapToObj((number) -> "r" + number).toList();
		assertThat(this.chatrooms.get(ids).filter(ChatroomLookup::found).count().block(TIMEOUT)).isZero();
		assertThat(this.emulator.requestCount("get-chatrooms")).isEqualTo(111 + 111 + 56);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a b/c", "..%2f", "用户1", "x?y#z", "user+1", "😀" })
	void namesComeBackUnchanged(String name) {
		this.service.register(name, "bob");
		String id = get(
				this.chatrooms.create(NewChatroom.named(name).description(name).owner(name).members("bob").build()));
		assertThat(get(this.chatrooms.get(id)).owner()).isEqualTo(name);
		assertThat(this.chatrooms.listAllJoined(name).map(JoinedChatroom::name).collectList().block(TIMEOUT))
			.containsExactly(name);
		done(this.chatrooms.transfer(id, "bob"));
		done(this.chatrooms.transfer(id, name));
		this.emulator.chatrooms().create(name, "bob");
		assertThat(get(this.chatrooms.get(name)).id()).isEqualTo(name);
		done(this.chatrooms.delete(name));
		assertThat(this.emulator.chatrooms().count()).isOne();
	}

	@Test
	void errorsOfTheService() {
		this.service.register("alice", "bob");
		String id = get(this.chatrooms.create(NewChatroom.named("n").description("d").owner("alice").build()));
		assertThat(catchThrowableOfType(ImForbiddenException.class,
				() -> this.chatrooms.transfer(id, "alice").block(TIMEOUT)))
			.hasMessageContaining("new owner and old owner are the same");
		assertThat(catchThrowableOfType(ImApiException.class, () -> this.chatrooms.transfer(id, "bob").block(TIMEOUT))
			.hint()).contains("members of the chatroom");
		assertThat(catchThrowableOfType(ImNotFoundException.class,
				() -> this.chatrooms.transfer(id, "nobody").block(TIMEOUT)))
			.hasMessageContaining("username nobody doesn't exist!");
		assertThat(catchThrowableOfType(ImNotFoundException.class,
				() -> this.chatrooms.listJoined("nobody", 1, 10).block(TIMEOUT))
			.hint()).contains("registered user");
	}

	@Test
	void deletionWhoseAnswerWasLostIsDone() {
		this.service.register("o");
		this.emulator.chatrooms().create("r", "o");
		this.emulator.faults().fail("delete-chatroom", Fault.resetAfterProcessing(), 1);
		done(this.chatrooms.delete("r"));
		assertThat(this.emulator.requestCount("delete-chatroom")).isEqualTo(2);
		assertThat(this.emulator.chatrooms().count()).isZero();
	}

	@Test
	void listingResumesAfterAFailureThatPasses() {
		this.service.register("o");
		this.emulator.chatrooms().createMany(30, "o");
		ChatroomOperations small = ChatroomOperations.create(this.service.rest(),
				new ChatroomSettings(1024, 10_000, 10));
		Set<String> seen = new TreeSet<>();
		this.emulator.faults().fail("list-chatrooms", Fault.status(503), 1);
		assertThat(small.listAll().doOnNext((room) -> seen.add(room.id())).count().block(TIMEOUT)).isEqualTo(30);
		assertThat(seen).hasSize(30);
		this.emulator.faults().fail("list-chatrooms", Fault.status(503), 3);
		assertThat(catchThrowableOfType(ImServerException.class, () -> small.listAll().blockLast(TIMEOUT))).isNotNull();
	}

	private static <T> T get(Mono<T> call) {
		T result = call.block(TIMEOUT);
		assertThat(result).isNotNull();
		return result;
	}

	private static void done(Mono<Void> call) {
		assertThat(call.thenReturn(true).block(TIMEOUT)).isTrue();
	}

}
