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
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.imspring.emulator.Wire.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class UserTests {

	private ImEmulator emulator;

	private Wire wire;

	@BeforeEach
	void start() {
		this.emulator = ImEmulator.builder().users(UserPolicy.REGISTERED).quota(QuotaMode.OFF).start();
		this.wire = Wire.orgApp(this.emulator);
	}

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void lifeOfAUser() {
		notFound(this.wire.get("/users/user1"));
		JsonNode entity = one(
				this.wire.post("/users", "{'username':'User1','password':'s3cret','nickname':'Nick'}").ok());
		assertThat(entity.path("username").stringValue()).isEqualTo("user1");
		assertThat(entity.path("type").stringValue()).isEqualTo("user");
		assertThat(entity.path("activated").booleanValue()).isTrue();
		assertThat(entity.path("nickname").stringValue()).isEqualTo("Nick");
		assertThat(entity.path("created").isIntegralNumber()).isTrue();
		assertThat(entity.toString()).doesNotContain("s3cret");
		JsonNode found = this.wire.get("/users/USER1").ok().json();
		assertThat(found.path("entities").path(0)).isEqualTo(entity);
		assertThat(found.path("count").intValue()).isEqualTo(1);
		this.emulator.clock().advance(Duration.ofSeconds(1));
		JsonNode renamed = one(this.wire.put("/users/user1", "{'nickname':'Other'}").ok());
		assertThat(renamed.path("nickname").stringValue()).isEqualTo("Other");
		assertThat(renamed.path("modified").longValue()).isGreaterThan(entity.path("modified").longValue());
		assertThat(one(this.wire.delete("/users/user1", null).ok()).path("uuid")).isEqualTo(entity.path("uuid"));
		notFound(this.wire.get("/users/user1"));
		assertThat(one(this.wire.post("/users", "{'username':'user1','password':'1'}").ok()).path("uuid"))
			.isNotEqualTo(entity.path("uuid"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					{'username':'a b','password':'1'} | illegal_argument | username a b is not legal
					{'username':'用户','password':'1'} | illegal_argument | username 用户 is not legal
					{'username':'65characters65characters65characters65characters65characters65cha','password':'1'} | illegal_argument | USERNAME_TOO_LONG
					{'username':'','password':'1'} | illegal_argument | username must be provided
					{'password':'1'} | illegal_argument | username must be provided
					{'username':'free'} | illegal_argument | password or pin must provided
					{'username':'free','password':''} | illegal_argument | password or pin must provided
					{'username':'TAKEN','password':'1'} | duplicate_unique_property_exists | Application 8be024f0-e978-11e8-b697-5d598d5f8402Entity user requires that property named username be unique, value of TAKEN exists
					[{'username':'taken','password':'1'}] | duplicate_unique_property_exists | Application 8be024f0-e978-11e8-b697-5d598d5f8402Entity user requires that property named username be unique, value of taken exists
					{'username':7,'password':'1'} | invalid_request_body | Request body is invalid. Please check body is correct.
					{'username':'free','password':1} | invalid_request_body | Request body is invalid. Please check body is correct.
					[7] | invalid_request_body | Request body is invalid. Please check body is correct.
					'text' | invalid_request_body | Request body is invalid. Please check body is correct.
					[] | illegal_argument | username must be provided
					""")
	void usersThatAreNotMade(String body, String error, String description) {
		this.emulator.users().register("taken");
		this.wire.post("/users", body).isError(400, error, description);
		assertThat(this.emulator.users().count()).isEqualTo(1);
	}

	@Test
	void boundsOfAUser() {
		String name = "abcdefghij_.-0123456789" + "x".repeat(41);
		this.wire.post("/users", user(name, "p".repeat(64), "n".repeat(100))).ok();
		this.wire.post("/users", user("other", "p", "😀".repeat(100))).ok();
		this.wire.post("/users", user("third", "p", "n".repeat(101)))
			.isError(400, "illegal_argument", "NICKNAME_TOO_LONG");
		this.wire.post("/users", user("third", "p".repeat(65), "n"))
			.isError(400, "illegal_argument", "password cannot exceed 64 characters");
		this.wire.put("/users/other", "{'nickname':'" + "n".repeat(101) + "'}")
			.isError(400, "illegal_argument", "NICKNAME_TOO_LONG");
	}

	@Test
	void usersOfAnAppIdNeedNoPassword() {
		Wire appId = Wire.appId(this.emulator);
		appId.post("/users", "{'username':'user1'}").ok();
		appId.post("/users", "{'username':'user2','password':null}").ok();
		assertThat(this.emulator.users().count()).isEqualTo(2);
	}

	@Test
	void ofManyThoseAreMadeThatCanBe() {
		this.emulator.users().register("taken");
		JsonNode json = this.wire
			.post("/users",
					"[{'username':'a','password':'1'},{'username':'Taken','password':'1'},"
							+ "{'username':'b','password':'1'},{'username':'A','password':'1'},"
							+ "{'username':'not legal','password':'1'},{'username':'c'}]")
			.ok()
			.json();
		assertThat(json.path("entities").values()).extracting((entity) -> entity.path("username").stringValue())
			.containsExactly("a", "b");
		assertThat(json.path("data"))
			.isEqualTo(Wire.tree("[{'username':'Taken','registerUserFailReason':'the Taken already exists'},"
					+ "{'username':'A','registerUserFailReason':'the A already exists'},"
					+ "{'username':'not legal','registerUserFailReason':'username not legal is not legal'},"
					+ "{'username':'c','registerUserFailReason':'password or pin must provided'}]"));
		assertThat(this.emulator.users().count()).isEqualTo(3);
	}

	@Test
	void sixtyUsersACall() {
		this.wire.post("/users", batch("a", 60)).ok();
		this.wire.post("/users", batch("b", 61))
			.isError(400, "illegal_argument",
					"Request body array size[61] had almost reached or been greater than the upper range value[60]");
		assertThat(this.emulator.users().count()).isEqualTo(60);
		assertThat(this.emulator.requestCount("register-users")).isEqualTo(2);
	}

	@Test
	void nameIsTakenOnceUnderConcurrency() {
		for (int round = 0; round < 5; round++) {
			String body = user("same" + round, "1", "n");
			List<CompletableFuture<Response>> calls = IntStream.range(0, 50)
				.mapToObj((i) -> Wire.sendAsync(this.wire.request("POST", "/users", body)))
				.toList();
			assertThat(calls.stream().map((call) -> call.join().status()).filter((status) -> status == 200)).hasSize(1);
			assertThat(calls).allSatisfy((call) -> assertThat(call.join().status()).isIn(200, 400));
		}
	}

	@Test
	void listIsOldestFirstInPages() {
		String[] names = IntStream.range(0, 25).mapToObj((i) -> "user" + i).toArray(String[]::new);
		this.emulator.users().register(names);
		List<String> listed = new ArrayList<>();
		JsonNode page = this.wire.get("/users").ok().json();
		assertThat(page.path("count").intValue()).isEqualTo(10);
		collect(page, listed);
		this.wire.delete("/users/user9", null).ok();
		this.emulator.users().register("newcomer");
		while (page.has("cursor")) {
			page = this.wire.get("/users?limit=8&cursor=" + page.path("cursor").stringValue()).ok().json();
			collect(page, listed);
		}
		assertThat(listed).startsWith("user0", "user1").hasSize(26).doesNotHaveDuplicates().endsWith("newcomer");
		assertThat(this.wire.get("/users?limit=25").ok().json().has("cursor")).isFalse();
		assertThat(this.wire.get("/users?limit=24").ok().json().has("cursor")).isTrue();
	}

	@Test
	void pageHoldsHundredUsersAtMost() {
		this.emulator.users().register(IntStream.range(0, 101).mapToObj((i) -> "user" + i).toArray(String[]::new));
		assertThat(this.wire.get("/users?limit=101").ok().json().path("entities").size()).isEqualTo(100);
		assertThat(this.wire.get("/users?limit=0").status()).isEqualTo(400);
		assertThat(this.wire.get("/users?cursor=!").status()).isEqualTo(400);
	}

	@Test
	void passwordIsChanged() {
		this.wire.post("/users", user("user1", "old", "n")).ok();
		assertThat(this.wire.put("/users/user1/password", "{'newpassword':'new'}").ok().json().path("action"))
			.isEqualTo(Wire.tree("'set user password'"));
		token("old").isError(400, "invalid_grant", "invalid password");
		token("new").ok();
		this.wire.post("/users/user1/password", "{'newpassword':'newer'}").ok();
		token("newer").ok();
		this.wire.put("/users/user1/password", "{}").isError(400, "illegal_argument", "newpassword is required");
		this.wire.put("/users/ghost/password", "{'newpassword':'x'}")
			.isError(404, "entity_not_found", "User null not found");
		this.wire.put("/users/user1/password", "{'newpassword':'" + "p".repeat(65) + "'}")
			.isError(400, "illegal_argument", "newpassword cannot exceed 64 characters");
	}

	private Response token(String password) {
		return this.wire.withoutToken()
			.post("/token", "{'grant_type':'password','username':'user1','password':'" + password + "'}");
	}

	@Test
	void bannedUsersAreLoggedOut() {
		this.emulator.users().register("user1");
		this.emulator.users().logIn("user1", "ios_1");
		JsonNode banned = one(this.wire.post("/users/user1/deactivate", null).ok());
		assertThat(banned.path("activated").booleanValue()).isFalse();
		assertThat(status("user1")).isEqualTo("offline");
		assertThatIllegalArgumentException().isThrownBy(() -> this.emulator.users().logIn("user1", "ios_1"));
		assertThat(one(this.wire.get("/users/user1").ok()).path("activated").booleanValue()).isFalse();
		assertThat(this.wire.post("/users/user1/activate", null).ok().json().path("action"))
			.isEqualTo(Wire.tree("'activate user'"));
		assertThat(one(this.wire.get("/users/user1").ok()).path("activated").booleanValue()).isTrue();
	}

	@Test
	void usersComeAndGo() {
		this.emulator.users().register("user1", "user2");
		assertThat(status("user1")).isEqualTo("offline");
		this.emulator.users().logIn("User1", "ios_1");
		this.emulator.users().logIn("user1", "android_2");
		assertThat(status("USER1")).isEqualTo("online");
		assertThat(this.wire.get("/users/user1/resources").ok().data().values())
			.extracting((device) -> device.path("res").stringValue())
			.containsExactly("ios_1", "android_2");
		assertThat(this.wire.delete("/users/user1/disconnect/ios_1", null).ok().data())
			.isEqualTo(Wire.tree("{'result':true}"));
		assertThat(this.wire.delete("/users/user1/disconnect/ios_1", null).ok().data())
			.isEqualTo(Wire.tree("{'result':false}"));
		assertThat(status("user1")).isEqualTo("online");
		assertThat(this.wire.post("/users/batch/status", "{'usernames':['user1','user2','ghost']}").ok().data())
			.isEqualTo(Wire.tree("[{'user1':'online'},{'user2':'offline'},{'ghost':'offline'}]"));
		this.wire.get("/users/user1/disconnect").ok();
		assertThat(status("user1")).isEqualTo("offline");
		this.wire.post("/emulator/users/online", "{'username':'user2','device':'web_1','online':true}").ok();
		assertThat(status("user2")).isEqualTo("online");
		this.wire.post("/emulator/users/online", "{'username':'user2','device':'web_1','online':false}").ok();
		assertThat(status("user2")).isEqualTo("offline");
	}

	@Test
	void hundredStatusesACall() {
		String hundred = IntStream.range(0, 100).mapToObj((i) -> "'u" + i + "'").collect(Collectors.joining(","));
		assertThat(this.wire.post("/users/batch/status", "{'usernames':[" + hundred + "]}").ok().data().size())
			.isEqualTo(100);
		assertThat(this.wire.post("/users/batch/status", "{'usernames':[" + hundred + ",'x']}")
			.json()
			.path("error_description")
			.stringValue()).startsWith("request body exceeds maximum limit");
		assertThat(this.wire.post("/users/batch/status", "{}").status()).isEqualTo(400);
	}

	@ParameterizedTest
	@CsvSource({ "GET,/users/ghost", "DELETE,/users/ghost", "POST,/users/ghost/deactivate",
			"POST,/users/ghost/activate", "GET,/users/ghost/status", "GET,/users/ghost/disconnect",
			"DELETE,/users/ghost/disconnect/ios_1", "GET,/users/ghost/resources" })
	void nobody(String method, String path) {
		notFound(this.wire.call(method, path, null));
	}

	@Test
	void whoIsDeletedLeavesEverything() {
		this.emulator.users().register("user1", "user2");
		this.emulator.chatrooms().create("r1", "user1", "user2");
		this.emulator.chatrooms().create("r2", "user2", "user1");
		this.emulator.groups().create("g1", "user1", "user2");
		this.emulator.groups().create("g2", "user2", "user1");
		this.wire.delete("/users/User1", null).ok();
		assertThat(this.emulator.chatrooms().count()).isEqualTo(1);
		assertThat(this.emulator.chatrooms().members("r2")).containsExactly("user2");
		assertThat(this.emulator.groups().count()).isEqualTo(1);
		assertThat(this.emulator.groups().members("g2")).containsExactly("user2");
	}

	@Test
	void whoeverExistsIsMadeUpOnce() {
		try (ImEmulator any = ImEmulator.start()) {
			Wire other = Wire.orgApp(any);
			JsonNode first = one(other.get("/users/Whoever").ok());
			assertThat(one(other.get("/users/whoever").ok())).isEqualTo(first);
			assertThat(other.get("/users").ok().json().path("entities").isEmpty()).isTrue();
			JsonNode registered = one(other.post("/users", user("whoever", "1", "n")).ok());
			assertThat(registered.path("uuid")).isEqualTo(first.path("uuid"));
			other.post("/users", user("whoever", "1", "n"))
				.isError(400, "duplicate_unique_property_exists",
						"Application 8be024f0-e978-11e8-b697-5d598d5f8402Entity user requires that property "
								+ "named username be unique, value of whoever exists");
			other.put("/users/another", "{'nickname':'kept'}").ok();
			assertThat(one(other.get("/users/another").ok()).path("nickname").stringValue()).isEqualTo("kept");
		}
	}

	@Test
	void allThatIsDoneWithUsersSharesOneQuota() {
		this.emulator.quotas().mode(QuotaMode.SLIDING);
		this.emulator.clock().freeze();
		this.emulator.quotas().callsPerSecond("get-user", 3);
		this.wire.post("/users", user("user1", "1", "n")).ok();
		this.wire.get("/users/user1").ok();
		this.wire.get("/users").ok();
		this.wire.get("/users/user1/status").isError(429, "reach_limit", "This request has reached api limit");
		for (int i = 0; i < 50; i++) {
			this.wire.post("/users/batch/status", "{'usernames':['user1']}").ok();
		}
		this.wire.post("/users/batch/status", "{'usernames':['user1']}")
			.isError(429, "reach_limit", "This request has reached api limit");
		assertThat(this.emulator.quotas().rejections("get-online-status", 429)).isEqualTo(1);
	}

	private String status(String user) {
		return this.wire.get("/users/" + user + "/status").ok().data().values().iterator().next().stringValue();
	}

	private static JsonNode one(Response response) {
		assertThat(response.json().path("entities").size()).isEqualTo(1);
		return response.json().path("entities").path(0);
	}

	private static void notFound(Response response) {
		response.isError(404, "service_resource_not_found", "Service resource not found");
	}

	private static void collect(JsonNode page, List<String> names) {
		page.path("entities").forEach((entity) -> names.add(entity.path("username").stringValue()));
	}

	private static String user(String name, String password, String nickname) {
		return "{'username':'%s','password':'%s','nickname':'%s'}".formatted(name, password, nickname);
	}

	private static String batch(String prefix, int count) {
		return IntStream.range(0, count)
			.mapToObj((i) -> "{'username':'" + prefix + i + "','password':'1'}")
			.collect(Collectors.joining(",", "[", "]"));
	}

}
