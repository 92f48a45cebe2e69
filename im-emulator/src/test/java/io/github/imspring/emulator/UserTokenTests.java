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

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.agora.chat.ChatTokenBuilder2;
import io.github.imspring.emulator.Wire.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class UserTokenTests {

	private ImEmulator emulator;

	private Wire wire;

	@BeforeEach
	void start() {
		this.emulator = ImEmulator.builder().users(UserPolicy.REGISTERED).start();
		this.emulator.users().register("user1", "user2");
		this.wire = Wire.orgApp(this.emulator);
	}

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void appAsksForAUser() {
		JsonNode json = inherit("User1", false, ",'ttl':3600").ok().json();
		assertThat(json.path("expires_in").longValue()).isEqualTo(3600);
		assertThat(json.path("user").path("username").stringValue()).isEqualTo("user1");
		assertThat(json.path("user").path("uuid"))
			.isEqualTo(this.wire.get("/users/user1").json().path("entities").path(0).path("uuid"));
		assertThat(json.path("user").path("activated").booleanValue()).isTrue();
		assertThat(this.emulator.requestCount("user-token")).isEqualTo(1);
		assertThat(this.emulator.requestCount("token")).isZero();
	}

	@Test
	void userIsMadeIfAskedFor() {
		inherit("new.user", false, "").isError(404, "invalid_grant", "user not found");
		inherit("new.user", true, "").ok();
		assertThat(this.emulator.users().exists("new.user")).isTrue();
		inherit("New.User", true, "").ok();
		assertThat(this.emulator.users().count()).isEqualTo(3);
		inherit("not legal", true, "").isError(400, "illegal_argument", "username not legal is not legal");
	}

	@Test
	void lastsAsLongAsItsTtl() {
		this.emulator.clock().freeze();
		Wire user = holder(inherit("user1", false, ",'ttl':60"));
		this.emulator.clock().advance(Duration.ofSeconds(60).minusMillis(1));
		user.get("/users/user1").ok();
		this.emulator.clock().advance(Duration.ofMillis(1));
		user.get("/users/user1").isError(401, "unauthorized", "Unable to authenticate due to expired access token");
		Wire forever = holder(inherit("user1", false, ",'ttl':0"));
		this.emulator.clock().advance(Duration.ofDays(10_000));
		forever.get("/users/user1").ok();
	}

	@Test
	void opensWhatUsersMayDoAndNothingElse() {
		Wire user = holder(inherit("user1", false, ""));
		user.get("/users/user1").ok();
		user.put("/users/User1", "{'nickname':'me'}").ok();
		user.upload("x".getBytes(StandardCharsets.UTF_8), "text/plain").ok();
		user.get("/users/user2").isError(401, "auth_bad_access_token", "Unable to authenticate");
		user.message("user2").isError(401, "auth_bad_access_token", "Unable to authenticate");
		user.delete("/users/user1", null).isError(401, "auth_bad_access_token", "Unable to authenticate");
		user.post("/token", "{'grant_type':'inherit','username':'user1','autoCreateUser':false}")
			.isError(401, "auth_bad_access_token", "Unable to authenticate");
		assertThat(this.emulator.deliveredMessages()).isZero();
	}

	@Test
	void endsWithItsUser() {
		Wire user = holder(inherit("user1", false, ""));
		this.wire.post("/users/user1/deactivate", null).ok();
		user.get("/users/user1").isError(401, "unauthorized", "Unable to authenticate (OAuth)");
		inherit("user1", true, "").isError(400, "invalid_grant", "user not activated");
		this.wire.post("/users/user1/activate", null).ok();
		user.get("/users/user1").ok();
		this.wire.delete("/users/user1", null).ok();
		user.get("/users/user1").isError(401, "unauthorized", "Unable to authenticate (OAuth)");
		this.emulator.users().register("user1");
		user.get("/users/user1").isError(401, "unauthorized", "Unable to authenticate (OAuth)");
	}

	@Test
	void isBuiltByWhoHasTheCertificate() {
		String uuid = this.wire.get("/users/user1").json().path("entities").path(0).path("uuid").stringValue();
		Wire appId = Wire.appId(this.emulator);
		ChatTokenBuilder2 builder = new ChatTokenBuilder2();
		Wire user = appId
			.withToken(builder.buildUserToken(this.emulator.appId(), this.emulator.appCertificate(), uuid, 3600));
		user.get("/users/user1").ok();
		user.get("/users/user2").isError(401, "auth_bad_access_token", "Unable to authenticate");
		user.message("user2").isError(401, "auth_bad_access_token", "Unable to authenticate");
		String nobody = builder.buildUserToken(this.emulator.appId(), this.emulator.appCertificate(),
				"00000000-0000-0000-0000-000000000000", 3600);
		appId.withToken(nobody).get("/users/user1").isError(401, "unauthorized", "Unable to authenticate (OAuth)");
		String named = builder.buildUserToken(this.emulator.appId(), this.emulator.appCertificate(), "user1", 3600);
		appId.withToken(named)
			.get("/users/user1")
			.isError(401, "auth_bad_access_token", "Unable to authenticate due to corrupt access token");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					{'grant_type':'inherit','autoCreateUser':true} | 400 | illegal_argument | username must be provided
					{'grant_type':'inherit','username':'user1'} | 400 | illegal_argument | autoCreateUser must be provided
					{'grant_type':'inherit','username':'user1','autoCreateUser':'true'} | 400 | illegal_argument | autoCreateUser must be provided
					{'grant_type':'inherit','username':'user1','autoCreateUser':true,'ttl':-1} | 400 | illegal_argument | ttl must be a number of seconds, 0 or more
					{'grant_type':'password','username':'user1'} | 400 | illegal_argument | password must be provided
					{'grant_type':'password','username':'ghost','password':'x'} | 404 | invalid_grant | user not found
					""")
	void wrongRequests(String body, int status, String error, String description) {
		this.wire.post("/token", body).isError(status, error, description);
	}

	@Test
	void needsTheAppsToken() {
		this.wire.withoutToken()
			.post("/token", "{'grant_type':'inherit','username':'user1','autoCreateUser':true}")
			.isError(401, "unauthorized", "Unable to authenticate due to expired access token");
	}

	@Test
	void twoWhoMakeTheSameUserAtOnceAreRefusedOnDemand() {
		this.emulator.faults().fail("user-token", Fault.concurrentUserCreation());
		inherit("user3", true, "").isError(409, "concurrent_operation_error", "concurrency create app user failed");
		inherit("user3", true, "").ok();
	}

	@Test
	void sharesTheQuotaOfTokens() {
		this.emulator.clock().freeze();
		this.emulator.quotas().callsPerSecond("token", 1);
		assertThat(this.emulator.quotas().callsPerSecond("user-token")).isEqualTo(1);
	}

	private Response inherit(String user, boolean create, String more) {
		return this.wire.post("/token",
				"{'grant_type':'inherit','username':'" + user + "','autoCreateUser':" + create + more + "}");
	}

	private Wire holder(Response token) {
		return this.wire.withToken(token.ok().json().path("access_token").stringValue());
	}

}
