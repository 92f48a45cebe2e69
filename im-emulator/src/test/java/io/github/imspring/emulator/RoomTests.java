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

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.github.imspring.emulator.Wire.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class RoomTests {

	private ImEmulator emulator;

	private Wire wire;

	@BeforeEach
	void start() {
		this.emulator = ImEmulator.builder().quota(QuotaMode.OFF).start();
		this.wire = Wire.orgApp(this.emulator);
	}

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void documentedExampleOfARoomsLife() {
		String id = this.wire
			.post("/chatrooms",
					"{'name':'testchatroom1','description':'test','maxusers':300,'owner':'user1','members':['user2']}")
			.ok()
			.data()
			.path("id")
			.stringValue();
		JsonNode detail = this.wire.get("/chatrooms/" + id).ok().data().path(0);
		assertThat(detail.path("id").stringValue()).isEqualTo(id);
		assertThat(detail.path("name").stringValue()).isEqualTo("testchatroom1");
		assertThat(detail.path("description").stringValue()).isEqualTo("test");
		assertThat(detail.path("membersonly").booleanValue()).isFalse();
		assertThat(detail.path("allowinvites").booleanValue()).isFalse();
		assertThat(detail.path("maxusers").intValue()).isEqualTo(300);
		assertThat(detail.path("owner").stringValue()).isEqualTo("user1");
		assertThat(detail.path("created").isIntegralNumber()).isTrue();
		assertThat(detail.path("custom").stringValue()).isEmpty();
		assertThat(detail.path("affiliations_count").intValue()).isEqualTo(2);
		assertThat(detail.path("affiliations")).isEqualTo(Wire.tree("[{'member':'user2'},{'owner':'user1'}]"));
		assertThat(detail.path("public").booleanValue()).isTrue();
		assertThat(this.wire.put("/chatrooms/" + id, "{'name':'testchatroom','description':'test','maxusers':200}")
			.ok()
			.data()).isEqualTo(Wire.tree("{'groupname':true,'description':true,'maxusers':true}"));
		JsonNode transferred = Wire.appId(this.emulator).put("/chatrooms/" + id, "{'newowner':'user2'}").ok().json();
		assertThat(transferred.path("data")).isEqualTo(Wire.tree("{'newowner':true}"));
		assertThat(transferred.path("action").stringValue()).isEqualTo("put");
		assertThat(transferred.path("organization").stringValue()).isEqualTo("emulator-org");
		assertThat(transferred.path("applicationName").stringValue()).isEqualTo("emulator-app");
		assertThat(transferred.path("entities").isArray()).isTrue();
		assertThat(this.wire.get("/chatrooms/" + id).data().path(0).path("affiliations"))
			.isEqualTo(Wire.tree("[{'member':'user1'},{'owner':'user2'}]"));
		assertThat(this.wire.delete("/chatrooms/" + id, null).ok().data())
			.isEqualTo(Wire.tree("{'success':true,'id':'" + id + "'}"));
		this.wire.get("/chatrooms/" + id).isError(404, "service_resource_not_found", "do not find this group:" + id);
		assertThat(this.emulator.requests()).extracting(RecordedRequest::operation)
			.containsExactly("create-chatroom", "get-chatrooms", "update-chatroom", "transfer-chatroom",
					"get-chatrooms", "delete-chatroom", "get-chatrooms");
	}

	@Test
	void onlyWhatIsSentIsChangedAndAnswered() {
		this.emulator.chatrooms().create("r", "user1");
		assertThat(this.wire.put("/chatrooms/r", "{'name':'new'}").ok().data())
			.isEqualTo(Wire.tree("{'groupname':true}"));
		JsonNode detail = this.wire.get("/chatrooms/r").data().path(0);
		assertThat(detail.path("name").stringValue()).isEqualTo("new");
		assertThat(detail.path("maxusers").intValue()).isEqualTo(10_000);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					{'description':'d','owner':'o'} | 400 | invalid_parameter | name must be provided
					{'name':'n','owner':'o'} | 400 | invalid_parameter | description must be provided
					{'name':'n','description':'d'} | 400 | invalid_parameter | owner must be provided
					{'name':'n','description':'d','owner':''} | 400 | invalid_parameter | owner must be provided
					{'name':'n','description':'d','owner':'o','members':['m','']} | 400 | invalid_parameter | members must be provided
					{'name':'n','description':'d','owner':'o','maxusers':99999999999999999999} | 403 | exceed_limit | maxUsers cannot exceed 10000
					{'name':'n','description':'d','owner':'65_characters_65_characters_65_characters_65_characters_65_charac'} | 404 | resource_not_found | username 65_characters_65_characters_65_characters_65_characters_65_charac doesn't exist!
					{'name':'n','description':'d','owner':'o','members':[]} | 400 | invalid_parameter | members must be provided
					{'name':'n','description':'d','owner':'o','maxusers':2,'members':['a','b','c']} | 403 | exceed_limit | members size is greater than max user size !
					{'name':'n','description':'d','owner':'o','maxusers':10001} | 403 | exceed_limit | maxUsers cannot exceed 10000
					{'name':'n','description':'d','owner':'o','groupid':'taken'} | 400 | illegal_argument | group ID taken already exists!
					{'name':7,'description':'d','owner':'o'} | 400 | invalid_request_body | Request body is invalid. Please check body is correct.
					{'name':'n','description':'d','owner':'o','members':'a'} | 400 | invalid_request_body | Request body is invalid. Please check body is correct.
					[] | 400 | invalid_request_body | Request body is invalid. Please check body is correct.
					""")
	void roomsThatAreNotMade(String body, int status, String error, String description) {
		this.emulator.chatrooms().create("taken", "user1");
		this.wire.post("/chatrooms", body).isError(status, error, description);
		assertThat(this.emulator.chatrooms().count()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "123", "true", "null", "{}", "['taken']", "''", "'free'" })
	void groupIdThatNoRoomHasIsIgnored(String groupId) {
		String id = room("{'name':'n','description':'d','owner':'o','groupid':" + groupId + "}");
		assertThat(this.emulator.chatrooms().members(id)).containsExactly("o");
	}

	@Test
	void roomsHaveAnIdOfTheirOwnIfTheyLike() {
		String body = "{'name':'n','description':'d','owner':'o','roomid':'%s'}";
		String longest = "a1".repeat(32);
		assertThat(room(body.formatted(longest))).isEqualTo(longest);
		this.wire.post("/chatrooms", body.formatted(longest))
			.isError(400, "illegal_argument", "group ID " + longest + " already exists!");
		for (String illegal : new String[] { longest + "a", "A", "a-b", "" }) {
			assertThat(this.wire.post("/chatrooms", body.formatted(illegal)).json().path("error").stringValue())
				.isEqualTo("invalid_parameter");
		}
		String next = Long.toString(Long.parseLong(room(body.replace(",'roomid':'%s'", ""))) + 1);
		assertThat(room(body.formatted(next))).isEqualTo(next);
		assertThat(room(body.replace(",'roomid':'%s'", ""))).isNotEqualTo(next);
	}

	@Test
	void groupIdMayBeANumber() {
		this.emulator.chatrooms().create("123", "user1");
		this.wire.post("/chatrooms", "{'name':'n','description':'d','owner':'o','groupid':123}")
			.isError(400, "illegal_argument", "group ID 123 already exists!");
	}

	@Test
	void namesOfNobody() {
		this.emulator.chatrooms().create("r", "owner");
		this.wire.post("/chatrooms/r/users", "{'usernames':['a','']}")
			.isError(400, "invalid_parameter", "usernames must be provided");
		this.wire.post("/chatrooms/r/mute", "{'usernames':[''],'mute_duration':1}")
			.isError(400, "invalid_parameter", "usernames must be provided");
		this.wire.put("/chatrooms/r", "{'newowner':''}").isError(400, "invalid_parameter", "newowner must be provided");
		String tooLong = "n".repeat(65);
		this.wire.post("/chatrooms/r/users/" + tooLong, null)
			.isError(404, "resource_not_found", "username " + tooLong + " doesn't exist!");
		this.wire.post("/chatrooms/r/users/" + "n".repeat(64), null).ok();
		assertThat(this.emulator.chatrooms().members("r")).containsExactly("owner", "n".repeat(64));
	}

	@Test
	void brokenJson() {
		assertThat(this.wire.post("/chatrooms", "{").json().path("error").stringValue()).isEqualTo("json_parse");
		assertThat(this.wire.put("/chatrooms/r", "{").status()).isEqualTo(400);
	}

	@Test
	void boundsAreCountedInCharacters() {
		room("{'name':'" + "😀".repeat(128) + "','description':'" + "语".repeat(512)
				+ "','owner':'o','maxusers':10000,'custom':'" + "c".repeat(8192)
				+ "','scale':'large','need_verify':true}");
		String id = room("{'name':'n','description':'d','owner':'o','maxusers':1,'members':['m'],'groupid':'free'}");
		String path = "/chatrooms/" + id;
		this.wire.put(path, "{'name':'" + "😀".repeat(128) + "'}").ok();
		this.wire.put(path, "{'name':'" + "n".repeat(129) + "'}")
			.isError(403, "exceed_limit", "title cannot exceed to 128");
		this.wire.put(path, "{'description':'" + "d".repeat(512) + "'}").ok();
		this.wire.put(path, "{'description':'" + "d".repeat(513) + "'}")
			.isError(403, "exceed_limit", "desc cannot exceed to 512");
		this.wire.put(path, "{'maxusers':10000}").ok();
		this.wire.put(path, "{'maxusers':10001}").isError(403, "exceed_limit", "maxUsers cannot exceed 10000");
		this.wire.put(path, "{'chatroom_id':'x'}")
			.isError(400, "invalid_parameter", "some of [chatroom_id] are not valid fields");
		this.wire.put(path, "{'name':null}").isError(400, "invalid_parameter", "name must be provided");
		assertThat(this.wire
			.post("/chatrooms", "{'name':'n','description':'d','owner':'o','custom':'" + "c".repeat(8193) + "'}")
			.status()).isEqualTo(403);
		assertThat(this.wire.put(path, "{'custom':'" + "😀".repeat(8192) + "'}").ok().data())
			.isEqualTo(Wire.tree("{'custom':true}"));
		this.wire.put(path, "{'custom':'" + "c".repeat(8193) + "'}")
			.isError(403, "exceed_limit", "custom cannot exceed to 8192");
		assertThat(this.wire.get(path).data().path(0).path("custom").stringValue()).isEqualTo("😀".repeat(8192));
		this.wire.post("/chatrooms/" + id + "/announcement", "{'announcement':'" + "😀".repeat(512) + "'}").ok();
		this.wire.post("/chatrooms/" + id + "/announcement", "{'announcement':'" + "a".repeat(513) + "'}")
			.isError(403, "forbidden_op", "announce info length exceeds limit!");
	}

	@Test
	void limitsOfRoomsAndUsers() {
		try (ImEmulator small = ImEmulator.builder().maxRooms(3).maxRoomsPerUser(2).start()) {
			Wire wire = Wire.orgApp(small);
			String of = "{'name':'n','description':'d','owner':'%s','members':['busy']}";
			wire.post("/chatrooms", of.formatted("a")).ok();
			wire.post("/chatrooms", of.formatted("b")).ok();
			wire.post("/chatrooms", of.formatted("c"))
				.isError(403, "exceed_limit", "user busy has joined too many chatrooms!");
			small.chatrooms().create("r", "c");
			wire.post("/chatrooms/r/users/busy", null)
				.isError(403, "forbidden_op",
						"can not join this group, reason:user busy has joined too many chatrooms!");
			wire.post("/chatrooms", of.formatted("d"))
				.isError(403, "exceed_limit", "appKey:emulator-org#emulator-app has create too many chatrooms!");
		}
	}

	@ParameterizedTest
	@CsvSource({ "PUT,/chatrooms/nowhere,{'name':'n'}", "PUT,/chatrooms/nowhere,{'newowner':'n'}",
			"DELETE,/chatrooms/nowhere,", "GET,/chatrooms/nowhere/announcement,",
			"POST,/chatrooms/nowhere/announcement,{'announcement':'a'}", "POST,/metadata/chatroom/nowhere,{}",
			"POST,/chatrooms/nowhere/users/u,", "POST,/chatrooms/nowhere/users,{'usernames':['u']}",
			"DELETE,/chatrooms/nowhere/users/u,", "GET,/chatrooms/nowhere/admin,", "GET,/chatrooms/nowhere/mute,",
			"POST,/chatrooms/nowhere/ban,", "PUT,/metadata/chatroom/nowhere/user/u,{'metaData':{}}",
			"DELETE,/metadata/chatroom/nowhere/user/u,{}" })
	void unknownRooms(String method, String path, String body) {
		this.wire.call(method, path, body).isError(404, "resource_not_found", "grpID nowhere does not exist!");
	}

	@Test
	void unknownUsersAreNotTakenInWhenOnlyRegisteredOnesExist() {
		try (ImEmulator registered = ImEmulator.builder().users(UserPolicy.REGISTERED).start()) {
			Wire wire = Wire.orgApp(registered);
			String room = "{'name':'n','description':'d','owner':'user1','members':['ghost']}";
			registered.users().register("user1", "user2");
			wire.post("/chatrooms", room).isError(404, "resource_not_found", "username ghost doesn't exist!");
			String id = wire.post("/chatrooms", room.replace("ghost", "user2")).ok().data().path("id").stringValue();
			wire.put("/chatrooms/" + id, "{'newowner':'ghost'}")
				.isError(404, "resource_not_found", "username ghost doesn't exist!");
			wire.post("/chatrooms/" + id + "/users/ghost", null)
				.isError(404, "resource_not_found", "username ghost doesn't exist!");
			assertThat(wire.get("/users/ghost/joined_chatrooms").status()).isEqualTo(404);
			wire.put("/metadata/chatroom/" + id + "/user/admin/forced", "{'metaData':{'k':'v'}}").ok();
			wire.delete("/users/user2", null).ok();
			assertThat(registered.chatrooms().members(id)).containsExactly("user1");
			wire.delete("/users/user1", null).ok();
			assertThat(registered.chatrooms().count()).isZero();
		}
	}

	@Test
	void transferGoesToAnotherMemberOnly() {
		this.emulator.chatrooms().create("r", "user1", "user2");
		this.wire.put("/chatrooms/r", "{'newowner':'user1'}")
			.isError(403, "forbidden_op", "new owner and old owner are the same");
		this.wire.put("/chatrooms/r", "{'newowner':'stranger'}")
			.isError(400, "forbidden_op", "users [stranger] are not members of this group!");
		this.wire.put("/chatrooms/r", "{'newowner':'user2'}").ok();
	}

	@Test
	void listIsNewestFirstInPages() {
		this.emulator.chatrooms().createMany(25, "user1");
		JsonNode first = this.wire.get("/chatrooms").ok().json();
		assertThat(first.path("data").size()).isEqualTo(10);
		assertThat(first.path("count").intValue()).isEqualTo(10);
		JsonNode newest = first.path("data").path(0);
		assertThat(newest.path("name").stringValue()).isEqualTo("room 25");
		assertThat(newest.path("owner").stringValue()).isEqualTo("user1");
		assertThat(newest.path("affiliations_count").intValue()).isEqualTo(1);
		assertThat(newest.path("disabled").booleanValue()).isFalse();
		JsonNode second = next(first, 10);
		assertThat(second.path("data").path(0).path("name").stringValue()).isEqualTo("room 15");
		JsonNode third = next(second, 10);
		assertThat(third.path("data").size()).isEqualTo(5);
		assertThat(third.has("cursor")).isFalse();
		JsonNode exact = this.wire.get("/chatrooms?limit=25").ok().json();
		assertThat(exact.has("cursor")).isTrue();
		JsonNode nothing = next(exact, 25);
		assertThat(nothing.path("data").isEmpty()).isTrue();
		assertThat(nothing.has("cursor")).isFalse();
		assertThat(exact.path("params").path("limit").path(0).stringValue()).isEqualTo("25");
	}

	@Test
	void pageHoldsThousandRoomsAtMost() {
		this.emulator.chatrooms().createMany(1001, "user1");
		assertThat(this.wire.get("/chatrooms?limit=1001").ok().data().size()).isEqualTo(1000);
		assertThat(this.wire.get("/chatrooms?limit=99999999999999999999999").ok().data().size()).isEqualTo(1000);
		assertThat(this.wire.get("/users/user1/joined_chatrooms?pagesize=5000").ok().data().size()).isEqualTo(1000);
		assertThat(this.wire.get("/users/user1/joined_chatrooms").ok().data().size()).isEqualTo(500);
	}

	@ParameterizedTest
	@ValueSource(strings = { "limit=0", "limit=-1", "limit=x", "limit=1e3", "limit=-99999999999999999999999",
			"cursor=!", "cursor=eA" })
	void badPages(String query) {
		assertThat(this.wire.get("/chatrooms?" + query).status()).isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "limit=5&cursor=%zz", "%zz", "a=%" })
	void queriesThatNobodyCanRead(String query) throws Exception {
		assertThat(this.wire.statusOf("/emulator-org/emulator-app/chatrooms?" + query)).isEqualTo(400);
		assertThat(this.wire.statusOf("/emulator/deliveries?" + query)).isEqualTo(400);
		assertThat(this.emulator.requests("list-chatrooms").get(0).query()).isEmpty();
	}

	@Test
	void queryIsAnsweredAsItCame() {
		JsonNode params = this.wire.get("/chatrooms?/a/b=1&/a=2&/a=3").ok().json().path("params");
		assertThat(params).isEqualTo(Wire.tree("{'/a/b':['1'],'/a':['2','3']}"));
	}

	@Test
	void cursorsSurviveRoomsMadeAndDeletedMeanwhile() {
		this.emulator.chatrooms().createMany(2500, "user1");
		List<String> before = new ArrayList<>();
		JsonNode page = this.wire.get("/chatrooms?limit=1000").ok().json();
		collect(page, before);
		int calls = 1;
		CompletableFuture<Void> creating = CompletableFuture
			.runAsync(() -> IntStream.range(0, 100).forEach((i) -> room("{'name':'n','description':'d','owner':'o'}")));
		this.wire.delete("/chatrooms/" + before.get(999), null).ok();
		while (page.has("cursor")) {
			page = next(page, 1000);
			collect(page, before);
			calls++;
		}
		creating.join();
		assertThat(before).hasSize(2500);
		assertThat(new HashSet<>(before)).hasSize(2500);
		assertThat(calls).isEqualTo(3);
	}

	@Test
	void joinedRoomsAreNewestFirstInPages() {
		for (int i = 0; i < 5; i++) {
			this.emulator.chatrooms().create("r" + i, "owner");
		}
		for (int i = 4; i >= 0; i--) {
			this.wire.post("/chatrooms/r" + i + "/users/user1", null).ok();
		}
		JsonNode page = this.wire.get("/users/user1/joined_chatrooms?pagenum=2&pagesize=2").ok().json();
		assertThat(page.path("data")).isEqualTo(Wire
			.tree("[{'id':'r2','name':'room r2','disabled':'false'},{'id':'r3','name':'room r3','disabled':'false'}]"));
		assertThat(page.path("count").intValue()).isEqualTo(2);
		assertThat(page.path("params")).isEqualTo(Wire.tree("{'pagenum':['2'],'pagesize':['2']}"));
		assertThat(this.wire.get("/users/user1/joined_chatrooms?pagenum=4&pagesize=2").ok().data().isEmpty()).isTrue();
		this.wire.delete("/chatrooms/r0/users/user1", null).ok();
		assertThat(this.wire.get("/users/user1/joined_chatrooms").ok().data().path(0).path("id").stringValue())
			.isEqualTo("r1");
	}

	@Test
	void detailsOfMany() {
		for (int i = 0; i < 101; i++) {
			this.emulator.chatrooms().create("r" + i, "owner");
		}
		JsonNode data = this.wire.get("/chatrooms/r1%2Cunknown%2Cr0").ok().data();
		assertThat(data.values()).extracting((room) -> room.path("id").stringValue()).containsExactly("r1", "r0");
		this.wire.get("/chatrooms/u%2Cv").isError(404, "service_resource_not_found", "do not find this group:u,v");
		String hundred = String.join("%2C", IntStream.range(0, 100).mapToObj((i) -> "r" + i).toList());
		assertThat(this.wire.get("/chatrooms/" + hundred).ok().data().size()).isEqualTo(100);
		assertThat(this.wire.get("/chatrooms/" + hundred + "%2Cr100").status()).isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a b/c", "..%2f", "用户1", "x?y#z", "user+1", "😀" })
	void namesAndIdsComeBackUnchanged(String name) {
		this.emulator.chatrooms().create(name, "owner");
		String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
		assertThat(this.wire.get("/chatrooms/" + encoded).ok().data().path(0).path("id").stringValue()).isEqualTo(name);
		assertThat(this.wire.post("/chatrooms/" + encoded + "/users/" + encoded, null).ok().data())
			.isEqualTo(Wire.tree("{'action':'add_member','id':'" + name + "','result':true,'user':'" + name + "'}"));
		this.wire.put("/metadata/chatroom/" + encoded + "/user/" + encoded, "{'metaData':{'k':'v'}}").ok();
		assertThat(this.wire.get("/users/" + encoded + "/joined_chatrooms").data().path(0).path("id").stringValue())
			.isEqualTo(name);
		assertThat(this.emulator.chatrooms().members(name)).containsExactly("owner", name);
		assertThat(this.emulator.chatrooms().attributes(name)).containsEntry("k", "v");
	}

	@Test
	void announcement() {
		this.emulator.chatrooms().create("r", "user1");
		assertThat(this.wire.get("/chatrooms/r/announcement").ok().data()).isEqualTo(Wire.tree("{'announcement':''}"));
		assertThat(this.wire.post("/chatrooms/r/announcement", "{'announcement':'聊天室公告…'}").ok().data())
			.isEqualTo(Wire.tree("{'id':'r','result':true}"));
		assertThat(this.wire.get("/chatrooms/r/announcement").ok().data())
			.isEqualTo(Wire.tree("{'announcement':'聊天室公告…'}"));
		this.wire.post("/chatrooms/r/announcement", "{}")
			.isError(400, "invalid_parameter", "announcement must be provided");
	}

	@Test
	void members() {
		this.emulator.chatrooms().create("r", "owner", "a");
		assertThat(this.wire.post("/chatrooms/r/users", "{'usernames':['b','a']}").ok().data())
			.isEqualTo(Wire.tree("{'newmembers':['b','a'],'action':'add_member','id':'r'}"));
		this.wire.post("/chatrooms/r/users/a", null).ok();
		assertThat(this.wire.get("/chatrooms/r/users?pagenum=1&pagesize=2").ok().data())
			.isEqualTo(Wire.tree("[{'owner':'owner'},{'member':'a'}]"));
		assertThat(this.wire.get("/chatrooms/r/users?pagenum=2&pagesize=2").ok().data())
			.isEqualTo(Wire.tree("[{'member':'b'}]"));
		assertThat(this.wire.delete("/chatrooms/r/users/a", null).ok().data())
			.isEqualTo(Wire.tree("{'result':true,'action':'remove_member','user':'a','id':'r'}"));
		this.wire.delete("/chatrooms/r/users/a", null)
			.isError(400, "forbidden_op", "users [a] are not members of this group!");
		assertThat(this.wire.delete("/chatrooms/r/users/a%2Cb", null).ok().data().values())
			.extracting((result) -> result.path("result").booleanValue())
			.containsExactly(false, true);
		assertThat(this.wire.delete("/chatrooms/r/users/owner", null).status()).isEqualTo(403);
		String names = String.join("','", IntStream.range(0, 61).mapToObj((i) -> "u" + i).toList());
		this.wire.post("/chatrooms/r/users", "{'usernames':['" + names + "']}")
			.isError(400, "invalid_parameter", "addMembers: addMembers number more than maxSize : 60");
		assertThat(this.emulator.chatrooms().members("r")).containsExactly("owner");
	}

	@Test
	void roomIsNeverFullerThanItsMaximumUnderConcurrency() {
		String id = room("{'name':'n','description':'d','owner':'o','maxusers':30}");
		List<CompletableFuture<Response>> joins = IntStream.range(0, 100)
			.mapToObj((i) -> Wire.sendAsync(this.wire.request("POST", "/chatrooms/" + id + "/users/u" + i, null)))
			.toList();
		assertThat(joins.stream().filter((join) -> join.join().status() == 200)).hasSize(29);
		assertThat(this.emulator.chatrooms().members(id)).hasSize(30);
	}

	@Test
	void roomQuotas() {
		this.emulator.quotas().mode(QuotaMode.SLIDING);
		this.emulator.clock().freeze();
		this.emulator.chatrooms().create("r", "user1", "user2");
		for (int i = 0; i < 50; i++) {
			this.wire.get("/chatrooms").ok();
			this.wire.put("/chatrooms/r", "{'name':'n'}").ok();
			this.wire.put("/metadata/chatroom/r/user/user1", "{'metaData':{'k':'v'}}").ok();
			this.wire.put("/metadata/chatroom/r/user/user1/forced", "{'metaData':{'k':'v'}}").ok();
		}
		this.wire.get("/chatrooms").isError(429, "reach_limit", "This request has reached api limit");
		for (int i = 0; i < 50; i++) {
			this.wire.put("/chatrooms/r", "{'newowner':'user" + (2 - i % 2) + "'}").ok();
		}
		this.wire.put("/chatrooms/r", "{'name':'n'}").isError(429, "reach_limit", "This request has reached api limit");
		this.wire.put("/chatrooms/r", "{'newowner':'user2'}")
			.isError(429, "reach_limit", "This request has reached api limit");
		this.wire.put("/metadata/chatroom/r/user/user1/forced", "{'metaData':{'k':'v'}}")
			.isError(429, "reach_limit", "This request has reached api limit");
		assertThat(this.emulator.quotas().rejections("transfer-chatroom", 429)).isEqualTo(1);
		assertThat(this.emulator.quotas().rejections("update-chatroom", 429)).isEqualTo(1);
	}

	private String room(String body) {
		return this.wire.post("/chatrooms", body).ok().data().path("id").stringValue();
	}

	private JsonNode next(JsonNode page, int limit) {
		return this.wire.get("/chatrooms?limit=" + limit + "&cursor=" + page.path("cursor").stringValue()).ok().json();
	}

	private static void collect(JsonNode page, List<String> ids) {
		page.path("data").forEach((room) -> ids.add(room.path("id").stringValue()));
	}

}
