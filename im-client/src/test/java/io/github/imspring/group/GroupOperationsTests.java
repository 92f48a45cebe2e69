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

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.imspring.StubService;
import io.github.imspring.error.ImForbiddenException;
import io.github.imspring.error.ImNotFoundException;
import io.github.imspring.error.ImRefusedException;
import io.github.imspring.error.ImValidationException;
import io.github.imspring.exchange.BatchResult;
import io.github.imspring.group.GroupMember.Role;
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
 * Tests for {@link GroupOperations}: the examples of the documents and their bounds.
 */
class GroupOperationsTests {

	private static final String INSIDE = """
			{"error":"forbidden_op","error_description":"can not join this group, reason:user: user1 already in group: 1"}""";

	private final StubService service = new StubService();

	private final GroupOperations groups = GroupOperations.create(this.service.rest());

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void creates() {
		this.service.answer("{\"action\":\"post\",\"data\":{\"groupid\":\"6602XXXX783617\"}}");
		String id = get(this.groups.create(NewGroup.publicOf("testuser")
			.name("testgroup")
			.description("test")
			.maxUsers(300)
			.membersOnly(false)
			.members("user2", "user3", "user2")
			.build()));
		assertThat(id).isEqualTo("6602XXXX783617");
		assertRequest("POST", "/chatgroups", """
				{"groupname":"testgroup","description":"test","maxusers":300,"membersonly":false,"public":true,
				"owner":"testuser","members":["user2","user3"]}""");
		get(this.groups
			.create(NewGroup.privateOf("o").allowInvites(true).inviteNeedConfirm(false).avatar("a").build()));
		assertRequest("POST", "/chatgroups", """
				{"avatar":"a","allowinvites":true,"invite_need_confirm":false,"public":false,"owner":"o"}""");
	}

	@Test
	void getsOne() {
		this.service.answer(details("1"));
		Group group = get(this.groups.get("1"));
		assertThat(group.name()).isEqualTo("testgroup1");
		assertThat(group.owner()).isEqualTo("user1");
		assertThat(group.created()).isEqualTo(Instant.ofEpochMilli(1542542951527L));
		assertThat(group.isPublic()).isTrue();
		assertThat(group.affiliations()).containsExactly(new GroupMember("user2", Role.MEMBER, null),
				new GroupMember("user1", Role.OWNER, null));
		assertRequest("GET", "/chatgroups/1", null);
	}

	@Test
	void anUnknownOneIsNotFoundHoweverTheServiceSaysSo() {
		this.service.answer(404,
				"{\"error\":\"service_resource_not_found\",\"error_description\":\"do not find this group:9\"}");
		assertThat(fails(ImNotFoundException.class, this.groups.get("9")).hint())
			.isEqualTo("Use the ID of an existing group.");
		this.service.answer("{\"data\":[{\"id\":\"9\",\"error\":\"group id doesn't exist\"}]}");
		fails(ImNotFoundException.class, this.groups.get("9"));
	}

	@Test
	void getsManyOfWhichSomeAreUnknown() {
		this.service.answer("{\"data\":[" + item("1") + ",{\"id\":\"9\",\"error\":\"group id doesn't exist\"}]}");
		assertThat(get(this.groups.get(List.of("1", "9", "1")).collectList())).extracting(GroupLookup::found)
			.containsExactly(true, false, true);
		assertRequest("GET", "/chatgroups/1%2C9", null);
	}

	@Test
	void asksAgainInPartsIfACallIsRefusedForAnUnknownOne() {
		this.service.answer((request) -> request.target().contains("9")
				? StubService.json(404,
						"{\"error\":\"resource_not_found\",\"error_description\":\"grpID 9 does not exist!\"}")
				: StubService.json(200, details(request.target().substring("/chatgroups/".length()).split("%2C"))));
		assertThat(get(this.groups.get(List.of("1", "2", "9", "4")).collectList())).extracting(GroupLookup::found)
			.containsExactly(true, true, false, true);
	}

	@Test
	void listsByCursor() {
		this.service
			.answer("""
					{"action":"get","data":[{"owner":"1122#easemob-demo_user_1","groupid":"10001","affiliations":2,"type":"group",
					"lastModified":"1441021038124","groupname":"testgroup1"}],"count":1,"cursor":"Y2hhdC1ncm91cA"}""");
		GroupPage page = get(this.groups.list(2));
		assertThat(page.groups()).containsExactly(
				new GroupSummary("10001", "testgroup1", "user_1", 2, Instant.ofEpochMilli(1441021038124L)));
		assertThat(page.cursor()).isEqualTo("Y2hhdC1ncm91cA");
		assertRequest("GET", "/chatgroups?limit=2", null);
		get(this.groups.list(2, "Y2hhdC1ncm91cA"));
		assertRequest("GET", "/chatgroups?limit=2&cursor=Y2hhdC1ncm91cA", null);
	}

	@Test
	void listsTheGroupsOfAUserFromPageZero() {
		this.service.answer("""
				{"action":"get","entities":[{"groupId":"182992737402881","id":"182992737402881","name":"testgroup",
				"avatar":"","owner":"user1","description":"d","disabled":false,"public":true,"allowinvites":false,
				"membersonly":false,"maxusers":200,"created":1653994012345}],"count":1,"total":21}""");
		JoinedGroupPage page = get(this.groups.listJoined("user1", 0, 20));
		assertThat(page.groups()).containsExactly(new JoinedGroup("182992737402881", "testgroup", "d", "user1", false));
		assertThat(page.total()).isEqualTo(21);
		assertRequest("GET", "/chatgroups/user/user1?pagesize=20&pagenum=0", null);
	}

	@Test
	void listsAllGroupsOfAUser() {
		this.service.answer((request) -> StubService.json(200,
				IntStream.range(0, request.target().endsWith("pagenum=0") ? 20 : 1)
					.mapToObj((number) -> "{\"groupId\":\"" + number + "\"}")
					.collect(Collectors.joining(",", "{\"entities\":[", "]}"))));
		assertThat(get(this.groups.listAllJoined("user1").collectList())).hasSize(21);
		assertThat(this.service.requests()).hasSize(2);
	}

	@Test
	void updates() {
		this.service.answer("{\"data\":{\"groupname\":true,\"public\":true}}");
		done(this.groups.update("1", GroupUpdate.builder().name("n").isPublic(true).build()));
		assertRequest("PUT", "/chatgroups/1", "{\"groupname\":\"n\",\"public\":true}");
		this.service.answer("{\"data\":{\"groupname\":false}}");
		fails(ImRefusedException.class, this.groups.update("1", GroupUpdate.builder().name("n").build()));
	}

	@Test
	void transfersAndDissolves() {
		this.service.answer("{\"data\":{\"newowner\":true}}");
		done(this.groups.transfer("1", "user2"));
		assertRequest("PUT", "/chatgroups/1", "{\"newowner\":\"user2\"}");
		this.service.answer("{\"data\":{\"newowner\":false}}");
		assertThat(fails(ImRefusedException.class, this.groups.transfer("1", "user2")).hint())
			.isEqualTo("Check that the new owner is a member of the group.");
		this.service.answer("{\"data\":{\"success\":true,\"groupid\":\"1\"}}");
		done(this.groups.delete("1"));
		assertRequest("DELETE", "/chatgroups/1", null);
		this.service.answerInTurn(StubService.json(500, "{}"),
				StubService.json(404, "{\"error\":\"resource_not_found\"}"));
		done(this.groups.delete("1"));
	}

	@Test
	void announces() {
		this.service.answer("{\"data\":{\"announcement\":\"hello\"}}");
		assertThat(get(this.groups.getAnnouncement("1"))).isEqualTo("hello");
		assertRequest("GET", "/chatgroups/1/announcement", null);
		this.service.answer("{\"data\":{\"id\":\"1\",\"result\":true}}");
		done(this.groups.setAnnouncement("1", "a".repeat(512)));
		assertRequest("POST", "/chatgroups/1/announcement", "{\"announcement\":\"" + "a".repeat(512) + "\"}");
		refused("announcement", this.groups.setAnnouncement("1", "a".repeat(513)));
	}

	@Test
	void listsMembers() {
		this.service
			.answer("""
					{"data":[{"owner":"user1","joined_time":1542542951527},{"admin":"user2"},{"member":"user3"}],"count":3}""");
		assertThat(get(this.groups.listMembers("1", 1, 10)).members()).containsExactly(
				new GroupMember("user1", Role.OWNER, Instant.ofEpochMilli(1542542951527L)),
				new GroupMember("user2", Role.ADMIN, null), new GroupMember("user3", Role.MEMBER, null));
		assertRequest("GET", "/chatgroups/1/users?pagenum=1&pagesize=10", null);
		assertThat(get(this.groups.listAllMembers("1").collectList())).hasSize(3);
	}

	@Test
	void whoIsInsideAlreadyStaysSo() {
		this.service.answer(403, INSIDE);
		done(this.groups.addMember("1", "user1"));
		assertRequest("POST", "/chatgroups/1/users/user1", null);
		assertThat(get(this.groups.addMembers("1", List.of("user1", "user2"))).succeeded()).containsExactly("user1",
				"user2");
		this.service.answer("{\"data\":{\"newmembers\":[\"user2\"],\"groupid\":\"1\",\"action\":\"add_member\"}}");
		assertThat(get(this.groups.addMembers("1", List.of("user1", "user2"))).succeeded()).containsExactly("user1",
				"user2");
		assertRequest("POST", "/chatgroups/1/users", "{\"usernames\":[\"user1\",\"user2\"]}");
	}

	@Test
	void removesMembers() {
		this.service
			.answer("{\"data\":{\"result\":true,\"action\":\"remove_member\",\"user\":\"user1\",\"groupid\":\"1\"}}");
		done(this.groups.removeMember("1", "user1"));
		assertRequest("DELETE", "/chatgroups/1/users/user1", null);
		this.service
			.answer("""
					{"data":[{"result":false,"action":"remove_member","reason":"user: user2 doesn't exist in group: 1",
					"user":"user2","groupid":"1"},{"result":true,"action":"remove_member","user":"user1","groupid":"1"}]}""");
		BatchResult result = get(this.groups.removeMembers("1", List.of("user1", "user2")));
		assertThat(result.succeeded()).containsExactly("user1");
		assertThat(result.errors()).containsOnlyKeys("user2");
		this.service.answer(403,
				"{\"error\":\"forbidden_op\",\"error_description\":\"users [user1] are not members of this group!\"}");
		assertThat(fails(ImForbiddenException.class, this.groups.removeMember("1", "user1")).hint())
			.isEqualTo("Name users who are members of the group.");
		this.service.answer(403,
				"{\"error\":\"forbidden_op\",\"error_description\":\"forbidden operation on group owner!\"}");
		assertThat(fails(ImForbiddenException.class, this.groups.removeMember("1", "user1")).hint())
			.isEqualTo("Transfer the group to another owner before.");
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "60, 1", "61, 2" })
	void membersAreAddedBySixties(int count, int calls) {
		this.service.answer("{\"data\":{\"newmembers\":[]}}");
		List<String> users = IntStream.range(0, count).mapToObj((number) -> "u" + number).toList();
		assertThat(get(this.groups.addMembers("1", users)).succeeded()).containsExactlyElementsOf(users);
		assertThat(this.service.requests()).hasSize(calls);
	}

	@Test
	void valuesOnBothSidesOfTheirEdges() {
		NewGroup.publicOf("o").name("😀".repeat(128)).description("😀".repeat(512)).avatar("a".repeat(1024)).build();
		NewGroup.publicOf("o").custom("你".repeat(2730) + "ab").maxUsers(1).build();
		refused("groupname", () -> NewGroup.publicOf("o").name("n".repeat(129)).build());
		refused("description", () -> NewGroup.publicOf("o").description("n".repeat(513)).build());
		refused("avatar", () -> NewGroup.publicOf("o").avatar("n".repeat(1025)).build());
		refused("custom", () -> NewGroup.publicOf("o").custom("你".repeat(2731)).build());
		refused("maxusers", () -> NewGroup.publicOf("o").maxUsers(0).build());
		refused("owner", () -> NewGroup.publicOf("").build());
		refused("members", () -> NewGroup.publicOf("o").members("O").build());
		refused("members", () -> NewGroup.publicOf("o").members("").build());
		refused("members", () -> NewGroup.publicOf("o").maxUsers(1).members("a", "b").build());
		refused("members",
				() -> NewGroup.publicOf("o")
					.members(IntStream.range(0, 201).mapToObj(String::valueOf).toList())
					.build());
		refused("membersonly", () -> NewGroup.privateOf("o").membersOnly(true).build());
		refused("allowinvites", () -> NewGroup.publicOf("o").allowInvites(true).build());
		refused("groupname", () -> GroupUpdate.builder().build());
		refused("custom", () -> GroupUpdate.builder().custom("c".repeat(8193)).build());
		refused("limit", this.groups.list(0));
		refused("limit", this.groups.list(1001));
		refused("cursor", this.groups.list(1, ""));
		refused("pagenum", this.groups.listJoined("u", -1, 20));
		refused("pagesize", this.groups.listJoined("u", 0, 21));
		refused("pagenum", this.groups.listMembers("1", 0, 1));
		refused("pagesize", this.groups.listMembers("1", 1, 1001));
		for (String wrong : new String[] { "", ".", "..", null }) {
			refused("group_id", this.groups.get(wrong));
			refused("group_id", this.groups.delete(wrong));
			refused("group_id", this.groups.addMember(wrong, "a"));
			refused("username", this.groups.addMember("1", wrong));
			refused("username", this.groups.removeMember("1", wrong));
			refused("username", this.groups.listJoined(wrong, 0, 1));
			refused("newowner", this.groups.transfer("1", wrong));
		}
		refused("group_id", this.groups.get("1,2"));
	}

	private static String details(String... ids) {
		List<String> items = new ArrayList<>();
		for (String id : ids) {
			items.add(item(id));
		}
		return "{\"data\":[" + String.join(",", items) + "]}";
	}

	private static String item(String id) {
		return """
				{"id":"%s","name":"testgroup1","description":"test","membersonly":false,"allowinvites":false,"maxusers":200,
				"owner":"user1","created":1542542951527,"custom":"","mute":false,"affiliations_count":2,"disabled":false,
				"affiliations":[{"member":"user2"},{"owner":"user1"}],"public":true}"""
			.formatted(id);
	}

	private static void refused(String field, Runnable building) {
		ImValidationException ex = catchThrowableOfType(ImValidationException.class, building::run);
		assertThat(ex).isNotNull();
		assertThat(ex.field()).isEqualTo(field);
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
