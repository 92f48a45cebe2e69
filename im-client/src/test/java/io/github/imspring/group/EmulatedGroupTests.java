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

package io.github.imspring.group;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.github.imspring.EmulatedService;
import io.github.imspring.error.ImForbiddenException;
import io.github.imspring.error.ImNotFoundException;
import io.github.imspring.group.GroupMember.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link GroupOperations} against the emulator: what only shows over several
 * calls.
 */
class EmulatedGroupTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final EmulatedService service = new EmulatedService();

	private final GroupOperations groups = GroupOperations.create(this.service.rest());

	@BeforeEach
	void register() {
		this.service.register("alice", "bob", "carol");
	}

	@AfterEach
	void close() {
		this.service.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void lifeOfAGroupInBothPathStyles(boolean byAppId) {
		GroupOperations groups = byAppId ? GroupOperations.create(this.service.restByAppId()) : this.groups;
		String id = get(groups
			.create(NewGroup.privateOf("alice").name("Hikers").description("d").members("bob").custom("{}").build()));
		Group created = get(groups.get(id));
		assertThat(created.name()).isEqualTo("Hikers");
		assertThat(created.owner()).isEqualTo("alice");
		assertThat(created.isPublic()).isFalse();
		assertThat(created.affiliations()).extracting(GroupMember::username).containsExactlyInAnyOrder("alice", "bob");
		done(groups.addMember(id, "carol"));
		done(groups.addMember(id, "Carol"));
		assertThat(get(groups.addMembers(id, List.of("bob", "carol"))).complete()).isTrue();
		assertThat(get(groups.listAllMembers(id).collectList())).filteredOn((member) -> member.role() == Role.OWNER)
			.extracting(GroupMember::username)
			.containsExactly("alice");
		assertThat(get(groups.listAllJoined("carol").collectList())).extracting(JoinedGroup::id).containsExactly(id);
		done(groups.setAnnouncement(id, "Meet at nine"));
		assertThat(get(groups.getAnnouncement(id))).isEqualTo("Meet at nine");
		done(groups.update(id, GroupUpdate.builder().name("Climbers").maxUsers(10).build()));
		done(groups.transfer(id, "bob"));
		Group changed = get(groups.get(id));
		assertThat(changed.name()).isEqualTo("Climbers");
		assertThat(changed.owner()).isEqualTo("bob");
		done(groups.removeMember(id, "carol"));
		assertThat(get(groups.removeMembers(id, List.of("alice", "carol"))).errors()).containsOnlyKeys("carol");
		assertThat(get(groups.listAll().collectList())).extracting(GroupSummary::id, GroupSummary::owner)
			.containsExactly(tuple(id, "bob"));
		done(groups.delete(id));
		assertThat(get(groups.get(List.of(id, "99")).collectList())).noneMatch(GroupLookup::found);
		fails(ImNotFoundException.class, groups.delete(id));
	}

	@Test
	void manyGroupsAreListedAndLookedUp() {
		List<String> ids = IntStream.range(0, 45)
			.mapToObj((number) -> get(this.groups.create(NewGroup.publicOf("alice").name("g" + number).build())))
			.toList();
		assertThat(get(this.groups.listAll().map(GroupSummary::id).collectList()))
			.containsExactlyInAnyOrderElementsOf(ids);
		assertThat(get(this.groups.listAllJoined("alice").map(JoinedGroup::id).collectList()))
			.containsExactlyInAnyOrderElementsOf(ids);
		assertThat(get(this.groups.get(List.of(ids.get(3), "99", ids.get(4))).collectList()))
			.extracting(GroupLookup::found)
			.containsExactly(true, false, true);
	}

	@Test
	void whatTheServiceRefuses() {
		String id = get(this.groups.create(NewGroup.publicOf("alice").name("g").build()));
		fails(ImForbiddenException.class, this.groups.removeMember(id, "bob"));
		fails(ImForbiddenException.class, this.groups.removeMember(id, "alice"));
		fails(ImForbiddenException.class, this.groups.transfer(id, "alice"));
		fails(ImNotFoundException.class, this.groups.addMember(id, "ghost"));
		fails(ImNotFoundException.class, this.groups.addMember("99", "bob"));
		fails(ImNotFoundException.class, this.groups.get("99"));
	}

	private static <T> T get(Mono<T> call) {
		T result = call.block(TIMEOUT);
		assertThat(result).isNotNull();
		return result;
	}

	private static void done(Mono<Void> call) {
		assertThat(call.thenReturn(true).block(TIMEOUT)).isTrue();
	}

	private static void fails(Class<? extends Throwable> kind, Mono<?> call) {
		assertThat(catchThrowableOfType(kind, () -> call.block(TIMEOUT))).isNotNull();
	}

}
