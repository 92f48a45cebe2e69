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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.imspring.StubService;
import io.github.imspring.StubService.Request;
import io.github.imspring.chatroom.Affiliation.Role;
import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImNotFoundException;
import io.github.imspring.error.ImRefusedException;
import io.github.imspring.error.ImValidationException;
import io.github.imspring.exchange.BatchResult;
import io.github.imspring.exchange.ImPartialFailureException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import static io.github.imspring.BlockingCall.done;
import static io.github.imspring.BlockingCall.fails;
import static io.github.imspring.BlockingCall.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link ChatroomMemberOperations}: the examples of the documents, their
 * bounds, and what becomes of every member of a call.
 */
class ChatroomMemberOperationsTests {

	private final StubService service = new StubService();

	private final ChatroomMemberOperations members = ChatroomMemberOperations.create(this.service.rest());

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void listsByPage() {
		this.service
			.answer("""
					{"action":"get","params":{"pagesize":["2"],"pagenum":["1"]},"uri":"https://XXXX/XXXX/XXXX/chatrooms/1/users",
					"entities":[],"data":[{"owner":"user1"},{"member":"user2"}],"timestamp":1489074511416,"count":2}""");
		ChatroomMemberPage page = get(this.members.list("1", 1, 2));
		assertThat(page.members()).containsExactly(new Affiliation("user1", Role.OWNER),
				new Affiliation("user2", Role.MEMBER));
		assertThat(page.count()).isEqualTo(2);
		assertRequest("GET", "/chatrooms/1/users?pagenum=1&pagesize=2", null);
	}

	@Test
	void listsAllUntilAPageIsNotFull() {
		this.service.answer((request) -> StubService.json(200,
				IntStream.range(0, request.target().contains("pagenum=1&") ? 1000 : 3)
					.mapToObj((number) -> "{\"member\":\"u" + number + "\"}")
					.collect(Collectors.joining(",", "{\"data\":[", "]}"))));
		assertThat(get(this.members.listAll("1").collectList())).hasSize(1003);
		assertThat(this.service.requests()).hasSize(2);
	}

	@Test
	void addsOne() {
		this.service.answer(
				"{\"action\":\"post\",\"data\":{\"result\":true,\"action\":\"add_member\",\"id\":\"1\",\"user\":\"user1\"}}");
		done(this.members.add("1", "user1"));
		assertRequest("POST", "/chatrooms/1/users/user1", null);
	}

	@Test
	void addsManyOfWhomSomeAreInside() {
		this.service
			.answer("{\"data\":{\"newmembers\":[\"user2\"],\"action\":\"add_member\",\"id\":\"66213271109633\"}}");
		BatchResult result = get(this.members.add("66213271109633", List.of("user2", "user3")));
		assertThat(result.succeeded()).containsExactly("user2", "user3");
		assertThat(result.complete()).isTrue();
		assertRequest("POST", "/chatrooms/66213271109633/users", "{\"usernames\":[\"user2\",\"user3\"]}");
	}

	@Test
	void removesOne() {
		this.service
			.answer("{\"data\":{\"result\":true,\"action\":\"remove_member\",\"user\":\"user1\",\"id\":\"1\"}}");
		done(this.members.remove("1", "user1"));
		assertRequest("DELETE", "/chatrooms/1/users/user1", null);
		this.service.answer(400, """
				{"error":"forbidden_op","error_description":"users [user1] are not members of this group!"}""");
		ImApiException ex = fails(ImApiException.class, this.members.remove("1", "user1"));
		assertThat(ex.hint()).isEqualTo("Name users who are members of the chatroom.");
	}

	@Test
	void aRepeatedRemovalFindsTheMemberGone() {
		this.service.answerInTurn(StubService.json(500, "{}"), StubService.json(400, """
				{"error":"forbidden_op","error_description":"users [user1] are not members of this group!"}"""));
		done(this.members.remove("1", "user1"));
	}

	@Test
	void removesManyAndSaysOfWhomNotAndWhy() {
		this.service
			.answer("""
					{"data":[{"result":true,"action":"remove_member","user":"user1","id":"1"},
					{"result":false,"action":"remove_member","reason":"user: user2 doesn't exist in group: 1","user":"user2",
					"id":"1"}]}""");
		BatchResult result = get(this.members.remove("1", List.of("User1", "user2")));
		assertThat(result.succeeded()).containsExactly("User1");
		assertThat(result.errors()).containsOnlyKeys("user2");
		assertThat(result.errors().get("user2").reason()).isEqualTo("user: user2 doesn't exist in group: 1");
		assertThat(catchThrowableOfType(ImPartialFailureException.class, result::orThrow))
			.hasMessageContaining("1 of 2 failed: 'user2' (user: user2 doesn't exist in group: 1)");
		assertRequest("DELETE", "/chatrooms/1/users/User1%2Cuser2", null);
	}

	@Test
	void adminsComeAndGo() {
		this.service.answer("{\"data\":[\"user1\"],\"count\":1}");
		assertThat(get(this.members.admins("1"))).containsExactly("user1");
		assertRequest("GET", "/chatrooms/1/admin", null);
		this.service.answer("{\"data\":{\"result\":\"success\",\"newadmin\":\"user1\"}}");
		done(this.members.addAdmin("1", "user1"));
		assertRequest("POST", "/chatrooms/1/admin", "{\"newadmin\":\"user1\"}");
		this.service.answer("{\"data\":{\"result\":\"success\",\"oldadmin\":\"user1\"}}");
		done(this.members.removeAdmin("1", "user1"));
		assertRequest("DELETE", "/chatrooms/1/admin/user1", null);
		this.service.answer("{\"data\":{\"result\":\"failure\"}}");
		assertThat(fails(ImRefusedException.class, this.members.addAdmin("1", "user1")).flags())
			.containsExactly("result");
	}

	@Test
	void superAdminsComeAndGo() {
		this.service.answer("{\"data\":[\"user1\",\"user2\"],\"count\":2}");
		assertThat(get(this.members.superAdmins(1, 2))).containsExactly("user1", "user2");
		assertRequest("GET", "/chatrooms/super_admin?pagenum=1&pagesize=2", null);
		assertThat(get(this.members.listAllSuperAdmins().collectList())).containsExactly("user1", "user2");
		this.service.answer("{\"data\":{\"result\":\"success\",\"resource\":\"\"}}");
		done(this.members.addSuperAdmin("user1"));
		assertRequest("POST", "/chatrooms/super_admin", "{\"superadmin\":\"user1\"}");
		this.service.answer("{\"data\":{\"newSuperAdmin\":\"user1\",\"resource\":\"\"}}");
		done(this.members.removeSuperAdmin("user1"));
		assertRequest("DELETE", "/chatrooms/super_admin/user1", null);
	}

	@Test
	void mutesForATimeOrForEver() {
		this.service.answer("{\"data\":[{\"result\":true,\"expire\":1489158589481,\"user\":\"user1\"}]}");
		done(this.members.mute("1", "user1", Duration.ofDays(1)));
		assertRequest("POST", "/chatrooms/1/mute", "{\"mute_duration\":86400000,\"usernames\":[\"user1\"]}");
		done(this.members.muteForever("1", "user1"));
		assertRequest("POST", "/chatrooms/1/mute", "{\"mute_duration\":-1,\"usernames\":[\"user1\"]}");
		this.service.answer("{\"data\":[{\"result\":true,\"user\":\"user1\"}]}");
		done(this.members.unmute("1", "user1"));
		assertRequest("DELETE", "/chatrooms/1/mute/user1", null);
	}

	@Test
	void durationsOnBothSidesOfTheirEdges() {
		this.service.answer("{\"data\":[{\"result\":true,\"user\":\"user1\"}]}");
		done(this.members.mute("1", "user1", Duration.ofMillis(1)));
		done(this.members.mute("1", "user1", Duration.ofDays(36500)));
		refused("mute_duration", this.members.mute("1", "user1", Duration.ZERO));
		refused("mute_duration", this.members.mute("1", "user1", Duration.ofSeconds(-1)));
		refused("mute_duration", this.members.mute("1", "user1", Duration.ofDays(36501)));
		refused("mute_duration", this.members.mute("1", "user1", Duration.ofNanos(1)));
	}

	@Test
	void listsWhoIsMuted() {
		this.service
			.answer("{\"data\":[{\"expire\":1489158589481,\"user\":\"user1\"},{\"expire\":-1,\"user\":\"user2\"}]}");
		assertThat(get(this.members.muted("1"))).containsExactly(
				new MutedMember("user1", Instant.ofEpochMilli(1489158589481L)), new MutedMember("user2", null));
		assertRequest("GET", "/chatrooms/1/mute", null);
	}

	@Test
	void mutesAll() {
		this.service.answer("{\"action\":\"put\",\"data\":{\"mute\":true}}");
		done(this.members.muteAll("1"));
		assertRequest("POST", "/chatrooms/1/ban", null);
		fails(ImRefusedException.class, this.members.unmuteAll("1"));
		this.service.answer("{\"data\":{\"mute\":false}}");
		done(this.members.unmuteAll("1"));
		assertRequest("DELETE", "/chatrooms/1/ban", null);
		fails(ImRefusedException.class, this.members.muteAll("1"));
	}

	@Test
	void allowsAndBlocks() {
		this.service.answer("{\"data\":[\"user1\"],\"count\":1}");
		assertThat(get(this.members.allowed("1"))).containsExactly("user1");
		assertRequest("GET", "/chatrooms/1/white/users", null);
		assertThat(get(this.members.blocked("1"))).containsExactly("user1");
		assertRequest("GET", "/chatrooms/1/blocks/users", null);
		this.service
			.answer("{\"data\":[{\"result\":true,\"action\":\"add\",\"user\":\"user1\",\"chatroomid\":\"1\"}]}");
		done(this.members.allow("1", "user1"));
		assertRequest("POST", "/chatrooms/1/white/users", "{\"usernames\":[\"user1\"]}");
		done(this.members.block("1", "user1"));
		assertRequest("POST", "/chatrooms/1/blocks/users", "{\"usernames\":[\"user1\"]}");
		this.service
			.answer("{\"data\":{\"result\":true,\"action\":\"remove\",\"user\":\"user1\",\"chatroomid\":\"1\"}}");
		done(this.members.disallow("1", "user1"));
		assertRequest("DELETE", "/chatrooms/1/white/users/user1", null);
		done(this.members.unblock("1", "user1"));
		assertRequest("DELETE", "/chatrooms/1/blocks/users/user1", null);
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "1, 1", "60, 1", "61, 2", "180, 3" })
	void anyNumberIsCutIntoSixties(int count, int calls) {
		everybodyIsTaken();
		List<String> users = users(count);
		for (BiFunction<String, Collection<String>, Mono<BatchResult>> call : List
			.<BiFunction<String, Collection<String>, Mono<BatchResult>>>of(this.members::add, this.members::remove,
					this.members::muteForever, this.members::unmute, this.members::allow, this.members::disallow,
					this.members::block, this.members::unblock)) {
			this.service.requests().clear();
			BatchResult result = get(call.apply("1", users));
			assertThat(result.succeeded()).containsExactlyElementsOf(users);
			assertThat(result.complete()).isTrue();
			assertThat(this.service.requests()).hasSize(calls);
		}
	}

	@Test
	void whoIsNamedTwiceIsSentOnce() {
		everybodyIsTaken();
		assertThat(get(this.members.allow("1", List.of("a", "b", "a"))).succeeded()).containsExactly("a", "b");
		assertRequest("POST", "/chatrooms/1/white/users", "{\"usernames\":[\"a\",\"b\"]}");
	}

	@Test
	void aCallRefusedForOneUserCostsTheOthersNothing() {
		this.service.answer((request) -> {
			List<String> asked = names(request);
			return asked.contains("user30") ? StubService.json(404,
					"{\"error\":\"resource_not_found\",\"error_description\":\"username user30 doesn't exist!\"}")
					: StubService.json(200, "{\"data\":{\"newmembers\":[]}}");
		});
		BatchResult result = get(this.members.add("1", users(70)));
		assertThat(result.succeeded()).hasSize(69);
		assertThat(result.errors()).containsOnlyKeys("user30");
		assertThat(result.errors().get("user30").reason()).isEqualTo("username user30 doesn't exist!");
		assertThat(result.errors().get("user30").cause()).isInstanceOf(ImNotFoundException.class);
	}

	@Test
	void aMissingChatroomIsNobodysFault() {
		this.service.answer(404,
				"{\"error\":\"resource_not_found\",\"error_description\":\"grpID 1 does not exist!\"}");
		ImNotFoundException ex = fails(ImNotFoundException.class, this.members.add("1", users(70)));
		assertThat(ex.hint()).isEqualTo("Use the ID of an existing chatroom.");
		assertThat(this.service.requests()).hasSize(1);
	}

	@Test
	void afterAFailureOfACallTheRestIsNotSent() {
		this.service.answer((request) -> names(request).contains("user60") ? StubService.json(500, "{}")
				: StubService.json(200, "{\"data\":{\"newmembers\":[]}}"));
		BatchResult result = get(this.members.add("1", users(130)));
		assertThat(result.succeeded()).hasSize(60);
		assertThat(result.errors()).hasSize(70);
		assertThat(result.errors().get("user60").mayHaveBeenProcessed()).isTrue();
		assertThat(result.errors().get("user120").mayHaveBeenProcessed()).isFalse();
	}

	@Test
	void whatCannotStandInAPathIsRefusedAndAllElseEncoded() {
		for (String wrong : new String[] { "", ".", "..", null }) {
			refused("chatroom_id", this.members.list(wrong, 1, 10));
			refused("chatroom_id", this.members.add(wrong, "a"));
			refused("username", this.members.add("1", wrong));
			refused("username", this.members.remove("1", wrong));
			refused("newadmin", this.members.addAdmin("1", wrong));
			refused("username", this.members.removeAdmin("1", wrong));
			refused("superadmin", this.members.addSuperAdmin(wrong));
			refused("superadmin", this.members.removeSuperAdmin(wrong));
			List<String> users = new ArrayList<>();
			users.add(wrong);
			refused("usernames", this.members.add("1", users));
			refused("usernames", this.members.unblock("1", users));
		}
		refused("usernames", this.members.remove("1", List.of("a,b")));
		refused("pagenum", this.members.list("1", 0, 10));
		refused("pagesize", this.members.list("1", 1, 0));
		refused("pagesize", this.members.list("1", 1, 1001));
		refused("pagesize", this.members.superAdmins(1, 1001));
		this.service.answer("{\"data\":{\"result\":true}}");
		done(this.members.add("1/2", "a?b"));
		assertRequest("POST", "/chatrooms/1%2F2/users/a%3Fb", null);
	}

	private void everybodyIsTaken() {
		this.service.answer((request) -> StubService.json(200,
				names(request).stream()
					.map((name) -> "{\"result\":true,\"user\":\"" + name + "\"}")
					.collect(Collectors.joining(",", "{\"data\":[", "]}"))));
	}

	private static List<String> names(Request request) {
		if (request.body().isEmpty()) {
			return List.of(request.target().substring(request.target().lastIndexOf('/') + 1).split("%2C"));
		}
		List<String> names = new ArrayList<>();
		request.json().path("usernames").forEach((name) -> names.add(name.asString()));
		return names;
	}

	private static List<String> users(int count) {
		return IntStream.range(0, count).mapToObj((number) -> "user" + number).toList();
	}

	private void assertRequest(String method, String target, String json) {
		this.service.requests().get(this.service.requests().size() - 1).assertIs(method, target, json);
	}

	private void refused(String field, Mono<?> call) {
		int before = this.service.requests().size();
		assertThat(fails(ImValidationException.class, call).field()).isEqualTo(field);
		assertThat(this.service.requests()).hasSize(before);
	}

}
