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

package io.github.imspring.emulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.imspring.emulator.Wire.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class ChatroomMemberTests {

	private static final String ROOM = "/chatrooms/r";

	private ImEmulator emulator;

	private Wire wire;

	@BeforeEach
	void start() {
		this.emulator = ImEmulator.builder().quota(QuotaMode.OFF).start();
		this.emulator.chatrooms().create("r", "owner", "a", "b");
		this.wire = Wire.appId(this.emulator);
	}

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void newerListNamesMembersAloneByCursor() {
		this.emulator.chatrooms().create("big", "boss", names(25));
		List<String> listed = new ArrayList<>();
		JsonNode page = this.wire.get("/chatrooms/big/users?version=v3&limit=10&sort=asc").ok().json();
		assertThat(page.path("count").intValue()).isEqualTo(10);
		collect(page, listed);
		this.wire.delete("/chatrooms/big/users/u9", null).ok();
		this.wire.post("/chatrooms/big/users/newcomer", null).ok();
		while (page.has("cursor")) {
			String cursor = page.path("cursor").stringValue();
			page = this.wire.get("/chatrooms/big/users?version=v3&limit=10&sort=asc&cursor=" + cursor).ok().json();
			collect(page, listed);
		}
		assertThat(listed).startsWith("u0", "u1").hasSize(26).endsWith("u24", "newcomer").doesNotContain("boss");
		JsonNode newest = this.wire.get("/chatrooms/big/users?version=v3&limit=2&sort=desc").ok().json();
		assertThat(newest.path("data")).isEqualTo(Wire.tree("['newcomer','u24']"));
		assertThat(this.wire
			.get("/chatrooms/big/users?version=v3&limit=2&sort=desc&cursor=" + newest.path("cursor").stringValue())
			.data()).isEqualTo(Wire.tree("['u23','u22']"));
		assertThat(this.wire.get("/chatrooms/big/users?version=v3").ok().json().has("cursor")).isFalse();
		this.wire.get("/chatrooms/nowhere/users?version=v3")
			.isError(404, "service_resource_not_found", "do not find this group:nowhere");
	}

	@Test
	void namesAreTakenInAnyLetterCaseAndOnce() {
		assertThat(this.wire.post(ROOM + "/users", "{'usernames':['C','c','A']}").ok().data().path("newmembers"))
			.isEqualTo(Wire.tree("['c','a']"));
		assertThat(this.emulator.chatrooms().members("r")).containsExactlyInAnyOrder("owner", "a", "b", "c");
		this.wire.put(ROOM, "{'newowner':'B'}").ok();
		this.wire.post(ROOM + "/admin", "{'newadmin':'C'}").ok();
		assertThat(this.wire.get(ROOM + "/admin").ok().data()).isEqualTo(Wire.tree("['c']"));
		this.wire.put("/metadata/chatroom/r/user/A", "{'metaData':{'k':'v'}}").ok();
		this.wire.put("/metadata/chatroom/r/user/a", "{'metaData':{'k':'w'}}").ok();
		assertThat(this.wire.delete(ROOM + "/users/A%2Ca%2CC", null).ok().data().size()).isEqualTo(2);
	}

	@Test
	void sixtyNamesACall() {
		String sixty = quoted(names(60));
		this.wire.post(ROOM + "/users", "{'usernames':[" + sixty + "]}").ok();
		tooMany(this.wire.post(ROOM + "/users", "{'usernames':[" + sixty + ",'x']}"),
				"addMembers: addMembers number more than maxSize : 60");
		this.wire.post(ROOM + "/mute", "{'usernames':[" + sixty + "],'mute_duration':1000}").ok();
		tooMany(this.wire.post(ROOM + "/mute", "{'usernames':[" + sixty + ",'x'],'mute_duration':1}"),
				"userNames size is more than max limit : 60");
		String inPath = String.join("%2C", names(60));
		this.wire.delete(ROOM + "/mute/" + inPath, null).ok();
		tooMany(this.wire.delete(ROOM + "/mute/" + inPath + "%2Cx", null),
				"removeMute member size more than max limit : 60");
		this.wire.post(ROOM + "/white/users", "{'usernames':[" + sixty + "]}").ok();
		tooMany(this.wire.post(ROOM + "/white/users", "{'usernames':[" + sixty + ",'x']}"),
				"addWhitelist: list size more than max limit : 60");
		this.wire.delete(ROOM + "/white/users/" + inPath, null).ok();
		tooMany(this.wire.delete(ROOM + "/white/users/" + inPath + "%2Cx", null),
				"removeWhitelist: list size more than max limit : 60");
		this.wire.post(ROOM + "/blocks/users", "{'usernames':[" + sixty + "]}").ok();
		tooMany(this.wire.post(ROOM + "/blocks/users", "{'usernames':[" + sixty + ",'x']}"),
				"addBlacklist: list size more than max limit : 60");
		this.wire.delete(ROOM + "/blocks/users/" + inPath, null).ok();
		tooMany(this.wire.delete(ROOM + "/blocks/users/" + inPath + "%2Cx", null),
				"removeBlacklist: list size more than max limit : 60");
		tooMany(this.wire.delete(ROOM + "/users/" + inPath + "%2Cx", null),
				"kickMember: kickMembers number more than maxSize : 60");
		assertThat(this.emulator.chatrooms().members("r")).containsExactlyInAnyOrder("owner", "a", "b");
	}

	@Test
	void admins() {
		assertThat(this.wire.post(ROOM + "/admin", "{'newadmin':'a'}").ok().data())
			.isEqualTo(Wire.tree("{'result':'success','newadmin':'a'}"));
		JsonNode list = this.wire.get(ROOM + "/admin").ok().json();
		assertThat(list.path("data")).isEqualTo(Wire.tree("['a']"));
		assertThat(list.path("count").intValue()).isEqualTo(1);
		this.wire.post(ROOM + "/admin", "{'newadmin':'stranger'}")
			.isError(400, "forbidden_op", "users [stranger] are not members of this group!");
		assertThat(this.wire.delete(ROOM + "/admin/a", null).ok().data())
			.isEqualTo(Wire.tree("{'result':'success','oldadmin':'a'}"));
		assertThat(this.wire.get(ROOM + "/admin").ok().data().isEmpty()).isTrue();
		this.emulator.chatrooms().create("big", "boss", names(100));
		for (int i = 0; i < 99; i++) {
			this.wire.post("/chatrooms/big/admin", "{'newadmin':'u" + i + "'}").ok();
		}
		assertThat(this.wire.post("/chatrooms/big/admin", "{'newadmin':'u99'}").status()).isEqualTo(403);
		this.wire.delete("/chatrooms/big/users/u0", null).ok();
		this.wire.post("/chatrooms/big/admin", "{'newadmin':'u99'}").ok();
	}

	@Test
	void superAdminsAreNewestFirst() {
		for (String user : names(12)) {
			assertThat(this.wire.post("/chatrooms/super_admin", "{'superadmin':'" + user + "'}").ok().data())
				.isEqualTo(Wire.tree("{'result':'success','resource':''}"));
		}
		this.wire.post("/chatrooms/super_admin", "{'superadmin':'U0'}").ok();
		JsonNode first = this.wire.get("/chatrooms/super_admin").ok().json();
		assertThat(first.path("count").intValue()).isEqualTo(10);
		assertThat(first.path("data").path(0).stringValue()).isEqualTo("u11");
		assertThat(this.wire.get("/chatrooms/super_admin?pagenum=2&pagesize=10").ok().data())
			.isEqualTo(Wire.tree("['u1','u0']"));
		assertThat(this.wire.delete("/chatrooms/super_admin/u11", null).ok().data())
			.isEqualTo(Wire.tree("{'newSuperAdmin':'u11','resource':''}"));
		assertThat(this.wire.get("/chatrooms/super_admin?pagesize=1").ok().data()).isEqualTo(Wire.tree("['u10']"));
	}

	@Test
	void muteOutlastsLeavingAndReturning() {
		JsonNode muted = this.wire.post(ROOM + "/mute", "{'usernames':['B'],'mute_duration':60000}").ok().data();
		assertThat(muted.path(0).path("result").booleanValue()).isTrue();
		assertThat(muted.path(0).path("user").stringValue()).isEqualTo("b");
		this.wire.delete(ROOM + "/users/b", null).ok();
		this.wire.post(ROOM + "/users/b", null).ok();
		assertThat(this.wire.get(ROOM + "/mute").ok().data().path(0).path("expire"))
			.isEqualTo(muted.path(0).path("expire"));
		this.emulator.clock().advance(Duration.ofMinutes(1));
		assertThat(this.wire.get(ROOM + "/mute").ok().data().isEmpty()).isTrue();
	}

	@Test
	void mutes() {
		this.wire.post(ROOM + "/mute", "{'usernames':['a','x'],'mute_duration':60000}")
			.isError(400, "forbidden_op", "users [x] are not members of this group!");
		this.wire.post(ROOM + "/mute", "{'usernames':['a','b'],'mute_duration':-1}").ok();
		Wire later = this.wire.withToken(this.emulator.tokens().issue(Duration.ZERO));
		this.emulator.clock().advance(Duration.ofDays(10_000));
		assertThat(later.get(ROOM + "/mute").ok().data().size()).isEqualTo(2);
		later.post(ROOM + "/mute", "{'usernames':['a'],'mute_duration':0}").ok();
		assertThat(later.delete(ROOM + "/mute/b", null).ok().data())
			.isEqualTo(Wire.tree("[{'result':true,'user':'b'}]"));
		assertThat(later.get(ROOM + "/mute").ok().data().isEmpty()).isTrue();
	}

	@Test
	void muteAllLeavesTheListAlone() {
		this.wire.post(ROOM + "/mute", "{'usernames':['b'],'mute_duration':-1}").ok();
		JsonNode muted = this.wire.post(ROOM + "/ban", null).ok().json();
		assertThat(muted.path("data")).isEqualTo(Wire.tree("{'mute':true}"));
		assertThat(muted.path("action").stringValue()).isEqualTo("put");
		assertThat(this.wire.get(ROOM).data().path(0).path("mute").booleanValue()).isTrue();
		assertThat(this.wire.delete(ROOM + "/ban", null).ok().data()).isEqualTo(Wire.tree("{'mute':false}"));
		assertThat(this.wire.get(ROOM + "/mute").ok().data().size()).isEqualTo(1);
	}

	@Test
	void allowListCountsTheOwner() {
		JsonNode empty = this.wire.get(ROOM + "/white/users").ok().json();
		assertThat(empty.path("data")).isEqualTo(Wire.tree("['owner']"));
		assertThat(empty.path("count").intValue()).isEqualTo(1);
		assertThat(this.wire.post(ROOM + "/white/users/A", null).ok().data())
			.isEqualTo(Wire.tree("{'result':true,'action':'add_user_whitelist','user':'a','chatroomid':'r'}"));
		JsonNode some = this.wire.post(ROOM + "/white/users", "{'usernames':['b','x']}").ok().data();
		assertThat(some.path(0))
			.isEqualTo(Wire.tree("{'result':true,'action':'add_user_whitelist','user':'b','chatroomid':'r'}"));
		assertThat(some.path(1).path("result").booleanValue()).isFalse();
		assertThat(some.path(1).path("user").stringValue()).isEqualTo("x");
		assertThat(some.path(1).path("reason").stringValue()).isEqualTo("user: x doesn't exist in group: r");
		this.wire.post(ROOM + "/white/users/owner", null).ok();
		assertThat(this.wire.get(ROOM + "/white/users").ok().data()).isEqualTo(Wire.tree("['owner','a','b']"));
		this.wire.post(ROOM + "/white/users/x", null)
			.isError(400, "forbidden_op", "users [x] are not members of this group!");
		assertThat(this.wire.delete(ROOM + "/white/users/a", null).ok().data())
			.isEqualTo(Wire.tree("[{'result':true,'action':'remove_user_whitelist','user':'a','chatroomid':'r'}]"));
		this.wire.delete(ROOM + "/users/b", null).ok();
		assertThat(this.wire.get(ROOM + "/white/users").ok().data()).isEqualTo(Wire.tree("['owner']"));
	}

	@Test
	void whoIsBlockedIsThrownOutAndStaysOut() {
		assertThat(this.wire.post(ROOM + "/blocks/users/a", null).ok().data())
			.isEqualTo(Wire.tree("{'result':true,'action':'add_blocks','user':'a','chatroomid':'r'}"));
		assertThat(this.emulator.chatrooms().members("r")).containsExactlyInAnyOrder("b", "owner");
		Response refused = this.wire.post(ROOM + "/users/a", null);
		refused.isError(403, "forbidden_op", "can not join this group, reason:user a is in the block list!");
		JsonNode some = this.wire.post(ROOM + "/blocks/users", "{'usernames':['b','x']}").ok().data();
		assertThat(some.path(0).path("result").booleanValue()).isTrue();
		assertThat(some.path(1).path("result").booleanValue()).isFalse();
		assertThat(some.path(1).path("reason").isString()).isTrue();
		JsonNode list = this.wire.get(ROOM + "/blocks/users").ok().json();
		assertThat(list.path("data")).isEqualTo(Wire.tree("['a','b']"));
		assertThat(list.path("count").intValue()).isEqualTo(2);
		this.wire.post(ROOM + "/blocks/users/x", null)
			.isError(400, "forbidden_op", "users [x] are not members of this group!");
		this.wire.post(ROOM + "/blocks/users/owner", null)
			.isError(403, "forbidden_op", "forbidden operation on group owner!");
		assertThat(this.wire.delete(ROOM + "/blocks/users/a", null).ok().data())
			.isEqualTo(Wire.tree("{'result':true,'action':'remove_blocks','user':'a','chatroomid':'r'}"));
		assertThat(this.wire.delete(ROOM + "/blocks/users/a%2Cb", null).ok().data().values())
			.extracting((result) -> result.path("result").booleanValue())
			.containsExactly(false, true);
		assertThat(this.wire.delete(ROOM + "/blocks/users/b", null).status()).isEqualTo(400);
		this.wire.post(ROOM + "/users", "{'usernames':['a','b']}").ok();
	}

	@ParameterizedTest
	@CsvSource({ "GET,/white/users,", "POST,/white/users,{'usernames':['a']}", "DELETE,/white/users/a,",
			"GET,/blocks/users,", "POST,/blocks/users/a,", "DELETE,/blocks/users/a,", "POST,/admin,{'newadmin':'a'}",
			"DELETE,/admin/a,", "POST,/mute,{'usernames':['a']}", "DELETE,/mute/a,", "DELETE,/ban,", "POST,/users/a,",
			"DELETE,/users/a," })
	void unknownRooms(String method, String path, String body) {
		this.wire.call(method, "/chatrooms/nowhere" + path, body)
			.isError(404, "resource_not_found", "grpID nowhere does not exist!");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/users", "/mute", "/white/users", "/blocks/users" })
	void listsOfNamesThatAreNone(String path) {
		for (String names : new String[] { "{}", "{'usernames':[]}", "{'usernames':['']}" }) {
			this.wire.post(ROOM + path, names).isError(400, "invalid_parameter", "usernames must be provided");
		}
		this.wire.post(ROOM + path, "{'usernames':[1]}")
			.isError(400, "invalid_request_body", "Request body is invalid. Please check body is correct.");
	}

	@Test
	void usersWhomNobodyRegistered() {
		try (ImEmulator registered = ImEmulator.builder().users(UserPolicy.REGISTERED).start()) {
			registered.users().register("owner", "a");
			registered.chatrooms().create("r", "owner", "a");
			Wire strict = Wire.orgApp(registered);
			for (String path : new String[] { "/users/ghost", "/white/users/ghost", "/blocks/users/ghost" }) {
				strict.post(ROOM + path, null).isError(404, "resource_not_found", "username ghost doesn't exist!");
			}
			strict.post(ROOM + "/users", "{'usernames':['a','ghost']}")
				.isError(404, "resource_not_found", "username ghost doesn't exist!");
			strict.post(ROOM + "/admin", "{'newadmin':'ghost'}")
				.isError(404, "resource_not_found", "username ghost doesn't exist!");
			strict.post("/chatrooms/super_admin", "{'superadmin':'ghost'}")
				.isError(404, "resource_not_found", "username ghost doesn't exist!");
			strict.delete(ROOM + "/users/ghost", null)
				.isError(404, "resource_not_found", "username ghost doesn't exist!");
		}
	}

	private static void tooMany(Response response, String description) {
		response.isError(400, "invalid_parameter", description);
	}

	private static void collect(JsonNode page, List<String> names) {
		page.path("data").forEach((name) -> names.add(name.stringValue()));
	}

	private static String[] names(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "u" + i).toArray(String[]::new);
	}

	private static String quoted(String... names) {
		return Stream.of(names).map((name) -> "'" + name + "'").collect(Collectors.joining(","));
	}

}
