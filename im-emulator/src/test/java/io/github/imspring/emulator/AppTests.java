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

import io.agora.chat.ChatTokenBuilder2;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Several apps in one emulator.
 */
class AppTests {

	private ImEmulator emulator;

	private EmulatedApp sales;

	private Wire wire;

	private Wire salesWire;

	@BeforeEach
	void start() {
		this.emulator = ImEmulator.builder().users(UserPolicy.REGISTERED).callsPerSecond("get-announcement", 1).start();
		this.sales = this.emulator.app("sales");
		this.wire = Wire.orgApp(this.emulator);
		this.salesWire = Wire.orgApp(this.emulator, this.sales);
	}

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void eachHasItsOwnOfEverything() {
		this.emulator.clock().freeze();
		this.sales.users().register("user1");
		this.sales.chatrooms().create("r", "user1");
		this.salesWire.get("/users/user1").ok();
		this.wire.get("/users/user1").isError(404, "service_resource_not_found", "Service resource not found");
		this.salesWire.message("user2").ok();
		this.salesWire.get("/chatrooms/r/announcement").ok();
		this.salesWire.get("/chatrooms/r/announcement")
			.isError(429, "reach_limit", "This request has reached api limit");
		this.wire.get("/chatrooms/r/announcement").isError(404, "resource_not_found", "grpID r does not exist!");
		assertThat(this.sales.deliveredMessages()).isEqualTo(1);
		assertThat(this.emulator.deliveredMessages()).isZero();
		assertThat(this.emulator.requestCounts()).doesNotContainKey("send-message");
		this.sales.faults().fail("send-message", Fault.status(503));
		this.wire.message("user2").ok();
		assertThat(this.salesWire.message("user2").status()).isEqualTo(503);
		assertThat(this.salesWire.get("/chatrooms").ok().json().path("applicationName").stringValue())
			.isEqualTo(this.sales.appName());
	}

	@Test
	void namesAndCredentialsFollowFromTheName() {
		try (ImEmulator other = ImEmulator.start()) {
			assertThat(other.app("sales").appId()).isEqualTo(this.sales.appId()).hasSize(32);
			assertThat(other.app("sales").appCertificate()).isEqualTo(this.sales.appCertificate()).hasSize(32);
			assertThat(other.app("sales").clientSecret()).isEqualTo(this.sales.clientSecret());
			assertThat(other.app("North.East").appId()).isNotEqualTo(this.sales.appId());
			assertThat(other.app("a/b c").appName()).matches("[a-z0-9-]+");
			assertThat(other.app("default").appId()).isEqualTo(other.appId());
			assertThat(other.apps()).extracting(EmulatedApp::name)
				.containsExactly("North.East", "a/b c", "default", "sales");
		}
		assertThat(this.emulator.app("sales")).isSameAs(this.sales);
		assertThatIllegalArgumentException().isThrownBy(() -> this.emulator.app(" "));
	}

	@Test
	void credentialsOpenTheirOwnAppAlone() {
		JsonNode token = this.salesWire.withoutToken()
			.post("/token",
					"{'grant_type':'client_credentials','client_id':'" + this.sales.clientId() + "','client_secret':'"
							+ this.sales.clientSecret() + "'}")
			.ok()
			.json();
		String text = token.path("access_token").stringValue();
		this.salesWire.withToken(text).message("user2").ok();
		this.wire.withToken(text).message("user2").isError(401, "auth_bad_access_token", "Unable to authenticate");
		this.wire.withoutToken()
			.post("/token",
					"{'grant_type':'client_credentials','client_id':'" + this.sales.clientId()
							+ "','client_secret':'x'}")
			.isError(400, "invalid_grant", "client_id does not match");
		String built = new ChatTokenBuilder2().buildAppToken(this.sales.appId(), this.sales.appCertificate(), 3600);
		Wire salesAppId = this.wire.at("/app-id/" + this.sales.appId());
		salesAppId.withToken(built).message("user2").ok();
		Wire.appId(this.emulator)
			.withToken(built)
			.message("user2")
			.isError(401, "auth_bad_access_token", "Unable to authenticate due to corrupt access token");
		assertThat(this.sales.deliveredMessages()).isEqualTo(2);
	}

	@Test
	void resetForgetsWhatAllOfThemHold() {
		this.salesWire.message("user2").ok();
		this.sales.users().register("user1");
		this.emulator.clock().advance(Duration.ofDays(1));
		this.emulator.reset();
		assertThat(this.sales.deliveries()).isEmpty();
		assertThat(this.sales.users().count()).isZero();
		this.salesWire.message("user2").ok();
		this.sales.reset();
		assertThat(this.sales.deliveredMessages()).isZero();
	}

	@Test
	void areMadeAndNamedOverHttpToo() {
		JsonNode north = this.wire.post("/emulator/apps", "{'name':'north'}").ok().json();
		assertThat(north.path("appId").stringValue()).isEqualTo(this.emulator.app("north").appId());
		assertThat(this.wire.get("/emulator/apps").ok().json().path("apps").values())
			.extracting((app) -> app.path("name").stringValue())
			.containsExactly("default", "north", "sales");
		this.salesWire.message("user2").ok();
		assertThat(this.wire.get("/emulator/deliveries?app=sales").ok().json().path("deliveries").size()).isEqualTo(1);
		assertThat(this.wire.get("/emulator/deliveries").ok().json().path("deliveries").isEmpty()).isTrue();
		this.wire.post("/emulator/faults?app=sales", "{'operation':'send-message','kind':'reach-limit'}").ok();
		this.salesWire.message("user2").isError(429, "reach_limit", "This request has reached api limit");
		this.wire.get("/emulator/deliveries?app=slaes")
			.isError(400, "illegal_argument",
					"There is no app 'slaes'. Did you mean 'sales'? POST /emulator/apps makes one");
		this.wire.post("/emulator/apps", "{}")
			.isError(400, "illegal_argument", "'name' must be a text, such as \"sales\", not missing");
	}

}
