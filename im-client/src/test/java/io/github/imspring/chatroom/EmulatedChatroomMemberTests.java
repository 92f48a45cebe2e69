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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.github.imspring.EmulatedService;
import io.github.imspring.chatroom.Affiliation.Role;
import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImNotFoundException;
import io.github.imspring.exchange.BatchResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link ChatroomMemberOperations} against the emulator: what only shows over
 * several calls.
 */
class EmulatedChatroomMemberTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final EmulatedService service = new EmulatedService();

	private final ChatroomMemberOperations members = ChatroomMemberOperations.create(this.service.rest());

	@BeforeEach
	void open() {
		this.service.register("host", "alice", "bob", "carol");
		this.service.emulator().chatrooms().create("1", "host");
	}

	@AfterEach
	void close() {
		this.service.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void anEveningInAChatroom(boolean byAppId) {
		ChatroomMemberOperations members = byAppId ? ChatroomMemberOperations.create(this.service.restByAppId())
				: this.members;
		done(members.add("1", "Alice"));
		done(members.add("1", "alice"));
		assertThat(get(members.add("1", List.of("alice", "bob"))).complete()).isTrue();
		assertThat(get(members.listAll("1").collectList())).containsExactlyInAnyOrder(
				new Affiliation("host", Role.OWNER), new Affiliation("alice", Role.MEMBER),
				new Affiliation("bob", Role.MEMBER));
		done(members.addAdmin("1", "alice"));
		assertThat(get(members.admins("1"))).containsExactly("alice");
		done(members.removeAdmin("1", "alice"));
		assertThat(get(members.admins("1"))).isEmpty();
		done(members.mute("1", "bob", Duration.ofMinutes(10)));
		done(members.remove("1", "bob"));
		done(members.add("1", "bob"));
		assertThat(get(members.muted("1"))).extracting(MutedMember::username).containsExactly("bob");
		done(members.unmute("1", "bob"));
		assertThat(get(members.muted("1"))).isEmpty();
		done(members.muteForever("1", "bob"));
		assertThat(get(members.muted("1"))).hasSize(1);
		done(members.muteAll("1"));
		done(members.unmuteAll("1"));
		done(members.allow("1", "alice"));
		assertThat(get(members.allowed("1"))).contains("alice");
		done(members.disallow("1", "alice"));
		done(members.block("1", "bob"));
		assertThat(get(members.blocked("1"))).containsExactly("bob");
		assertThat(get(members.listAll("1").collectList())).extracting(Affiliation::username).doesNotContain("bob");
		done(members.unblock("1", "bob"));
		assertThat(get(members.blocked("1"))).isEmpty();
		done(members.addSuperAdmin("carol"));
		assertThat(get(members.listAllSuperAdmins().collectList())).containsExactly("carol");
		done(members.removeSuperAdmin("carol"));
		assertThat(get(members.superAdmins(1, 10))).isEmpty();
	}

	@Test
	void manyComeAndGoAndOneWhoDoesNotExistCostsNobodyTheEvening() {
		List<String> fans = IntStream.range(0, 200).mapToObj((number) -> "fan" + number).toList();
		this.service.register(fans.toArray(String[]::new));
		List<String> guests = new ArrayList<>(fans);
		guests.add(77, "ghost");
		BatchResult added = get(this.members.add("1", guests));
		assertThat(added.succeeded()).containsExactlyElementsOf(fans);
		assertThat(added.errors()).containsOnlyKeys("ghost");
		assertThat(added.errors().get("ghost").cause()).isInstanceOf(ImNotFoundException.class);
		assertThat(get(this.members.listAll("1").collectList())).hasSize(201);
		guests.set(77, "carol");
		BatchResult removed = get(this.members.remove("1", guests));
		assertThat(removed.succeeded()).containsExactlyInAnyOrderElementsOf(fans);
		assertThat(removed.errors()).containsOnlyKeys("carol");
		assertThat(removed.errors().get("carol").reason()).contains("carol");
		assertThat(get(this.members.listAll("1").collectList())).hasSize(1);
	}

	@Test
	void whatTheServiceRefuses() {
		assertThat(fails(ImNotFoundException.class, this.members.add("99", "alice")).hint())
			.isEqualTo("Use the ID of an existing chatroom.");
		assertThat(fails(ImNotFoundException.class, this.members.list("99", 1, 10)).errorDescription())
			.isEqualTo("do not find this group:99");
		assertThat(fails(ImNotFoundException.class, this.members.add("1", "ghost")).hint())
			.isEqualTo("Use the ID of a registered user.");
		assertThat(fails(ImApiException.class, this.members.remove("1", "alice")).hint())
			.isEqualTo("Name users who are members of the chatroom.");
		assertThat(fails(ImApiException.class, this.members.muteForever("1", "alice")).error())
			.isEqualTo("forbidden_op");
	}

	private static <T> T get(Mono<T> call) {
		T result = call.block(TIMEOUT);
		assertThat(result).isNotNull();
		return result;
	}

	private static void done(Mono<Void> call) {
		assertThat(call.thenReturn(true).block(TIMEOUT)).isTrue();
	}

	private static <E extends ImApiException> E fails(Class<E> kind, Mono<?> call) {
		E ex = catchThrowableOfType(kind, () -> call.block(TIMEOUT));
		assertThat(ex).isNotNull();
		return ex;
	}

}
