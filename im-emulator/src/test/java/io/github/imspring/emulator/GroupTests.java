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

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class GroupTests {

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
	void lifeOfAGroup() {
		String id = group("{'groupname':'testgroup','avatar':'https://a/b','description':'test','public':true,"
				+ "'maxusers':300,'owner':'User1','members':['User2','user2'],'custom':'c','allowinvites':true}");
		JsonNode detail = this.wire.get("/chatgroups/" + id).ok().data().path(0);
		assertThat(detail.path("id").stringValue()).isEqualTo(id);
		assertThat(detail.path("name").stringValue()).isEqualTo("testgroup");
		assertThat(detail.path("avatar").stringValue()).isEqualTo("https://a/b");
		assertThat(detail.path("description").stringValue()).isEqualTo("test");
		assertThat(detail.path("maxusers").intValue()).isEqualTo(300);
		assertThat(detail.path("owner").stringValue()).isEqualTo("user1");
		assertThat(detail.path("custom").stringValue()).isEqualTo("c");
		assertThat(detail.path("public").booleanValue()).isTrue();
		assertThat(detail.path("allowinvites").booleanValue()).isFalse();
		assertThat(detail.path("affiliations_count").intValue()).isEqualTo(2);
		assertThat(detail.path("affiliations")).isEqualTo(Wire.tree("[{'member':'user2'},{'owner':'user1'}]"));
		assertThat(this.wire
			.put("/chatgroups/" + id,
					"{'groupname':'other','description':'','maxusers':200,'allowinvites':true,'custom':''}")
			.ok()
			.data())
			.isEqualTo(Wire
				.tree("{'groupname':true,'description':true,'maxusers':true,'allowinvites':true,'custom':true}"));
		detail = this.wire.get("/chatgroups/" + id).ok().data().path(0);
		assertThat(detail.path("name").stringValue()).isEqualTo("other");
		assertThat(detail.path("avatar").stringValue()).isEqualTo("https://a/b");
		assertThat(detail.path("custom").stringValue()).isEmpty();
		assertThat(detail.path("allowinvites").booleanValue()).isTrue();
		assertThat(this.wire.put("/chatgroups/" + id, "{'newowner':'USER2'}").ok().data())
			.isEqualTo(Wire.tree("{'newowner':true}"));
		assertThat(Wire.appId(this.emulator).delete("/chatgroups/" + id, null).ok().data())
			.isEqualTo(Wire.tree("{'success':true,'groupid':'" + id + "'}"));
		this.wire.get("/chatgroups/" + id).isError(404, "resource_not_found", "grpID " + id + " does not exist!");
		assertThat(this.emulator.requests()).extracting(RecordedRequest::operation)
			.containsExactly("create-group", "get-groups", "update-group", "get-groups", "transfer-group",
					"delete-group", "get-groups");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					{'owner':'o'} | 400 | invalid_parameter | group must contain public field!
					{'public':true} | 400 | invalid_parameter | owner must be provided
					{'public':true,'owner':''} | 400 | invalid_parameter | owner must be provided
					{'public':'yes','owner':'o'} | 400 | invalid_request_body | Request body is invalid. Please check body is correct.
					{'public':true,'owner':'o','members':[]} | 400 | invalid_parameter | members must be provided
					{'public':true,'owner':'o','maxusers':1,'members':['a','b']} | 403 | exceed_limit | members size is greater than max user size !
					{'public':true,'owner':'o','groupid':'taken'} | 400 | illegal_argument | group ID taken already exists!
					{'public':true,'owner':7} | 400 | invalid_request_body | Request body is invalid. Please check body is correct.
					""")
	void groupsThatAreNotMade(String body, int status, String error, String description) {
		this.emulator.groups().create("taken", "user1");
		this.wire.post("/chatgroups", body).isError(status, error, description);
		assertThat(this.emulator.groups().count()).isEqualTo(1);
	}

	@Test
	void bounds() {
		String id = group("{'public':false,'owner':'o','groupname':'" + "😀".repeat(128) + "','avatar':'"
				+ "a".repeat(1024) + "','description':'" + "d".repeat(512) + "','custom':'" + "c".repeat(8192) + "'}");
		String path = "/chatgroups/" + id;
		this.wire.put(path, "{'groupname':'" + "n".repeat(129) + "'}")
			.isError(403, "exceed_limit", "title cannot exceed to 128");
		this.wire.put(path, "{'avatar':'" + "a".repeat(1025) + "'}")
			.isError(400, "invalid_parameter", "avatar length is too big");
		this.wire.put(path, "{'description':'" + "d".repeat(513) + "'}")
			.isError(403, "exceed_limit", "desc cannot exceed to 512");
		this.wire.put(path, "{'custom':'" + "c".repeat(8193) + "'}")
			.isError(403, "exceed_limit", "custom cannot exceed to 8192");
		this.wire.put(path, "{'owner':'x','members':['y']}")
			.isError(400, "invalid_parameter", "some of [owner, members] are not valid fields");
		assertThat(this.wire.get(path).data().path(0).path("maxusers").intValue()).isEqualTo(200);
	}

	@Test
	void transferGoesToAnotherMemberOnly() {
		this.emulator.groups().create("g", "user1", "user2");
		this.wire.put("/chatgroups/g", "{'newowner':'user1'}")
			.isError(403, "forbidden_op", "new owner and old owner are the same");
		this.wire.put("/chatgroups/g", "{'newowner':'stranger'}")
			.isError(403, "forbidden_op", "users [stranger] are not members of this group!");
		this.wire.put("/chatgroups/nowhere", "{'newowner':'user2'}")
			.isError(404, "resource_not_found", "grpID nowhere does not exist!");
	}

	@Test
	void listIsNewestFirstUntilTheLastPage() {
		for (int i = 0; i < 20; i++) {
			this.emulator.groups().create("g" + i, "user1");
		}
		List<String> listed = new ArrayList<>();
		JsonNode page = this.wire.get("/chatgroups").ok().json();
		JsonNode newest = page.path("data").path(0);
		assertThat(newest.path("owner").stringValue()).isEqualTo("emulator-org#emulator-app_user1");
		assertThat(newest.path("groupname").stringValue()).isEqualTo("group g19");
		assertThat(newest.path("affiliations").intValue()).isEqualTo(1);
		assertThat(newest.path("type").stringValue()).isEqualTo("group");
		assertThat(newest.path("lastModified").stringValue()).containsOnlyDigits();
		collect(page, listed);
		while (page.has("cursor")) {
			page = this.wire.get("/chatgroups?limit=10&cursor=" + page.path("cursor").stringValue()).ok().json();
			collect(page, listed);
		}
		assertThat(listed).hasSize(20).startsWith("g19", "g18").endsWith("g0");
	}

	@Test
	void groupsOfAUserAreEntitiesInPagesFromZero() {
		for (int i = 0; i < 7; i++) {
			this.emulator.groups().create("g" + i, "owner", "user1");
		}
		JsonNode first = this.wire.get("/chatgroups/user/User1").ok().json();
		assertThat(first.path("total").intValue()).isEqualTo(7);
		assertThat(first.path("entities").size()).isEqualTo(5);
		assertThat(first.path("entities").path(0).path("groupId").stringValue()).isEqualTo("g6");
		assertThat(this.wire.get("/chatgroups/user/user1?pagenum=1&pagesize=5").ok().json().path("entities").size())
			.isEqualTo(2);
		assertThat(this.wire.get("/chatgroups/user/user1?pagesize=0").status()).isEqualTo(400);
		assertThat(this.wire.get("/chatgroups/user/user1?pagenum=-1").status()).isEqualTo(400);
		assertThat(this.wire.get("/chatgroups/g0/user/user1/is_joined").ok().data().booleanValue()).isTrue();
		assertThat(this.wire.get("/chatgroups/g0/user/user2/is_joined").ok().data().booleanValue()).isFalse();
	}

	@Test
	void detailsOfManySayWhichGroupIsNone() {
		for (int i = 0; i < 101; i++) {
			this.emulator.groups().create("g" + i, "owner");
		}
		JsonNode data = this.wire.get("/chatgroups/g1%2Cnowhere").ok().data();
		assertThat(data.path(0).path("id").stringValue()).isEqualTo("g1");
		assertThat(data.path(1).path("id").stringValue()).isEqualTo("nowhere");
		assertThat(data.path(1).path("error").stringValue()).isEqualTo("group id doesn't exist");
		String hundred = IntStream.range(0, 100).mapToObj((i) -> "g" + i).collect(Collectors.joining("%2C"));
		assertThat(this.wire.get("/chatgroups/" + hundred).ok().data().size()).isEqualTo(100);
		assertThat(this.wire.get("/chatgroups/" + hundred + "%2Cg100").status()).isEqualTo(400);
	}

	@Test
	void members() {
		this.emulator.groups().create("g", "owner", "a");
		String path = "/chatgroups/g/users";
		assertThat(this.wire.post(path + "/B", null).ok().data())
			.isEqualTo(Wire.tree("{'result':true,'groupid':'g','action':'add_member','user':'b'}"));
		this.wire.post(path + "/b", null)
			.isError(403, "forbidden_op", "can not join this group, reason:user: b already in group: g\n");
		assertThat(this.wire.post(path, "{'usernames':['b','C']}").ok().data())
			.isEqualTo(Wire.tree("{'newmembers':['c'],'groupid':'g','action':'add_member'}"));
		this.wire.post(path, "{'usernames':['b','c']}")
			.isError(403, "forbidden_op", "can not join this group, reason:user: b, c already in group: g\n");
		JsonNode list = this.wire.get(path + "?pagenum=1&pagesize=3").ok().json();
		assertThat(list.path("data")).isEqualTo(Wire.tree("[{'member':'a'},{'owner':'owner'},{'member':'b'}]"));
		assertThat(list.path("count").intValue()).isEqualTo(3);
		assertThat(
				this.wire.get(path + "?pagenum=2&pagesize=3&joined_time=true").ok().data().path(0).has("joined_time"))
			.isTrue();
		assertThat(this.wire.delete(path + "/a", null).ok().data())
			.isEqualTo(Wire.tree("{'result':true,'action':'remove_member','user':'a','groupid':'g'}"));
		this.wire.delete(path + "/a", null).isError(403, "forbidden_op", "users [a] are not members of this group!");
		this.wire.delete(path + "/owner", null).isError(403, "forbidden_op", "forbidden operation on group owner!");
		JsonNode removed = this.wire.delete(path + "/a%2Cb", null).ok().data();
		assertThat(removed.values()).extracting((result) -> result.path("result").booleanValue())
			.containsExactly(false, true);
		assertThat(removed.path(0).path("reason").stringValue()).isEqualTo("user: a doesn't exist in group: g");
		this.wire.get("/chatgroups/nowhere/users")
			.isError(404, "service_resource_not_found", "do not find this group:nowhere");
		assertThat(this.emulator.groups().members("g")).containsExactly("owner", "c");
	}

	@Test
	void sixtyMembersACallAndNoMoreThanTheGroupHolds() {
		String id = group("{'public':true,'owner':'o','maxusers':60}");
		String sixty = IntStream.range(0, 60).mapToObj((i) -> "'u" + i + "'").collect(Collectors.joining(","));
		this.wire.post("/chatgroups/" + id + "/users", "{'usernames':[" + sixty + "]}")
			.isError(403, "exceed_limit", "members size is greater than max user size !");
		this.wire.put("/chatgroups/" + id, "{'maxusers':61}").ok();
		this.wire.post("/chatgroups/" + id + "/users", "{'usernames':[" + sixty + ",'x']}")
			.isError(400, "invalid_parameter", "addMembers: addMembers number more than maxSize : 60");
		this.wire.post("/chatgroups/" + id + "/users", "{'usernames':[" + sixty + "]}").ok();
		String inPath = IntStream.range(0, 61).mapToObj((i) -> "u" + i).collect(Collectors.joining("%2C"));
		this.wire.delete("/chatgroups/" + id + "/users/" + inPath, null)
			.isError(400, "invalid_parameter", "kickMember: kickMembers number more than maxSize : 60");
	}

	@Test
	void announcement() {
		this.emulator.groups().create("g", "owner");
		String path = "/chatgroups/g/announcement";
		assertThat(this.wire.get(path).ok().data()).isEqualTo(Wire.tree("{'announcement':''}"));
		assertThat(this.wire.post(path, "{'announcement':'" + "😀".repeat(512) + "'}").ok().data())
			.isEqualTo(Wire.tree("{'id':'g','result':true}"));
		assertThat(this.wire.get(path).data().path("announcement").stringValue()).isEqualTo("😀".repeat(512));
		this.wire.post(path, "{}").isError(400, "illegal_argument", "announcement is null");
		this.wire.post(path, "{'announcement':'" + "a".repeat(513) + "'}")
			.isError(403, "FORBIDDEN", "announce info length exceeds limit!");
		this.wire.get("/chatgroups/nowhere/announcement")
			.isError(404, "resource_not_found", "grpID nowhere does not exist!");
	}

	private String group(String body) {
		return this.wire.post("/chatgroups", body).ok().data().path("groupid").stringValue();
	}

	private static void collect(JsonNode page, List<String> ids) {
		page.path("data").forEach((group) -> ids.add(group.path("groupid").stringValue()));
	}

}
