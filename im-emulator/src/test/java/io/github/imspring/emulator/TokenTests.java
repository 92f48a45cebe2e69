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
import java.time.Instant;

import io.agora.chat.ChatTokenBuilder2;
import io.agora.media.AccessToken2;
import io.github.imspring.emulator.Wire.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TokenTests {

	private static final String CREDENTIALS = "{'grant_type':'client_credentials',"
			+ "'client_id':'emulator-client-id','client_secret':'emulator-client-secret'";

	private static final String EXPIRED = "Unable to authenticate due to expired access token";

	private ImEmulator emulator;

	private Wire wire;

	@BeforeEach
	void start() {
		this.emulator = ImEmulator.start();
		this.wire = Wire.orgApp(this.emulator);
	}

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void clientCredentialsBuyATokenThatWorksInBothPathStyles() {
		JsonNode json = this.wire.withoutToken().post("/token", CREDENTIALS + "}").ok().json();
		assertThat(json.path("expires_in").longValue()).isEqualTo(Duration.ofHours(24).toSeconds());
		assertThat(json.path("application").stringValue()).isEqualTo("8be024f0-e978-11e8-b697-5d598d5f8402");
		String token = json.path("access_token").stringValue();
		assertThat(token).startsWith("YWMt");
		this.wire.withToken(token).message("user2").ok();
		Wire.appId(this.emulator).withToken(token).message("user2").ok();
		JsonNode other = Wire.appId(this.emulator).withoutToken().post("/token", CREDENTIALS + "}").ok().json();
		assertThat(other.path("access_token").stringValue()).isNotEqualTo(token);
	}

	@Test
	void defaultTtlIs100YearsAtMost() {
		Duration longest = Duration.ofDays(36_500);
		try (ImEmulator other = ImEmulator.builder().tokenTtl(longest).start()) {
			JsonNode json = Wire.orgApp(other).withoutToken().post("/token", CREDENTIALS + "}").ok().json();
			assertThat(json.path("expires_in").longValue()).isEqualTo(longest.toSeconds());
			Wire.orgApp(other).withToken(json.path("access_token").stringValue()).message("user2").ok();
		}
		for (Duration ttl : new Duration[] { longest.plusSeconds(1), Duration.ofHours(9_000_000_000_000L) }) {
			assertThatIllegalArgumentException().isThrownBy(() -> ImEmulator.builder().tokenTtl(ttl));
		}
	}

	@Test
	void tokenLivesAsLongAsItsTtl() {
		this.emulator.clock().freeze();
		JsonNode json = this.wire.withoutToken().post("/token", CREDENTIALS + ",'ttl':3600}").ok().json();
		assertThat(json.path("expires_in").longValue()).isEqualTo(3600);
		Wire holder = this.wire.withToken(json.path("access_token").stringValue());
		this.emulator.clock().advance(Duration.ofHours(1).minusMillis(1));
		holder.message("user2").ok();
		this.emulator.clock().advance(Duration.ofMillis(1));
		holder.message("user2").isError(401, "unauthorized", EXPIRED);
	}

	@Test
	void tokenOfTtlZeroNeverExpires() {
		JsonNode json = this.wire.withoutToken().post("/token", CREDENTIALS + ",'ttl':0}").ok().json();
		assertThat(json.path("expires_in").longValue()).isZero();
		this.emulator.clock().advance(Duration.ofDays(365 * 50));
		this.wire.withToken(json.path("access_token").stringValue()).message("user2").ok();
	}

	@Test
	void defaultLifeIsTheBuilders() {
		try (ImEmulator other = ImEmulator.builder().tokenTtl(Duration.ofMinutes(5)).start()) {
			JsonNode json = Wire.orgApp(other).withoutToken().post("/token", CREDENTIALS + "}").ok().json();
			assertThat(json.path("expires_in").longValue()).isEqualTo(300);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					{'grant_type':'client_credentials','client_secret':'s'} | 400 | illegal_argument | client_id must be provided.
					{'grant_type':'client_credentials','client_id':'i'} | 400 | illegal_argument | client_secret must be provided
					{'grant_type':'client_credentials','client_id':'i','client_secret':'emulator-client-secret'} | 400 | invalid_grant | client_id does not match
					{'grant_type':'client_credentials','client_id':'emulator-client-id','client_secret':'s'} | 400 | invalid_grant | client_secret does not match
					{'grant_type':'client_credentials','client_id':7,'client_secret':'s'} | 400 | invalid_request_body | Request body is invalid. Please check body is correct.
					""")
	void wrongCredentials(String body, int status, String error, String description) {
		this.wire.withoutToken().post("/token", body).isError(status, error, description);
		assertThat(this.emulator.requests("token").get(0).status()).isEqualTo(status);
	}

	@ParameterizedTest
	@CsvSource({ "/other/emulator-app", "/emulator-org/other", "/app-id/970CA35de60c44645bbae8a215061b34" })
	void unknownApplication(String prefix) {
		String named = prefix.substring(1);
		Response response = this.wire.at(prefix).withoutToken().post("/users", "{}");
		response.isError(404, "organization_application_not_found",
				"Could not find application for " + named + " from URI: " + named + "/users");
	}

	@Test
	void noTokenAndBrokenTokensAreTurnedAway() {
		this.wire.withoutToken().message("user2").isError(401, "unauthorized", EXPIRED);
		this.wire.withToken("nonsense")
			.message("user2")
			.isError(401, "auth_bad_access_token", "Unable to authenticate due to corrupt access token");
		String token = this.emulator.tokens().issue();
		char last = token.charAt(token.length() - 3);
		String forged = token.substring(0, token.length() - 3) + ((last == 'A') ? 'B' : 'A')
				+ token.substring(token.length() - 2);
		this.wire.withToken(forged)
			.message("user2")
			.isError(401, "auth_bad_access_token", "Unable to authenticate due to corrupt access token");
		this.wire.withoutToken()
			.post("/messages/users", "{}", "Authorization", "Basic YTpi")
			.isError(401, "unauthorized", "Unable to authenticate (OAuth)");
		assertThat(this.emulator.deliveredMessages()).isZero();
	}

	@Test
	void revokedAndExpiredTokensAreTurnedAwayAndNewOnesAreNot() {
		this.emulator.tokens().revoke();
		this.wire.message("user2").isError(401, "unauthorized", "Unable to authenticate (OAuth)");
		Wire later = Wire.orgApp(this.emulator);
		later.message("user2").ok();
		this.emulator.tokens().expire();
		later.message("user2").isError(401, "unauthorized", EXPIRED);
		Wire.orgApp(this.emulator).message("user2").ok();
		assertThat(this.emulator.tokens().issued()).isEqualTo(3);
	}

	@Test
	void tokensOutliveAReset() {
		this.emulator.reset();
		this.wire.message("user2").ok();
	}

	@Test
	void accessToken2OfTheVendorsBuilderIsAcceptedInBothPathStyles() {
		String token = appToken(this.emulator.appId(), this.emulator.appCertificate(), 600);
		this.wire.withToken(token).message("user2").ok();
		Wire.appId(this.emulator).withToken(token).message("user2").ok();
		assertThat(this.emulator.tokens().issued()).isEqualTo(2);
	}

	@Test
	void accessToken2ExpiresByTheEmulatorsClock() {
		Wire holder = this.wire.withToken(appToken(this.emulator.appId(), this.emulator.appCertificate(), 600));
		this.emulator.clock().advance(Duration.ofSeconds(590));
		holder.message("user2").ok();
		this.emulator.clock().advance(Duration.ofSeconds(11));
		holder.message("user2").isError(401, "unauthorized", EXPIRED);
	}

	@Test
	void accessToken2LivesForADayAtMost() {
		Wire holder = this.wire.withToken(appToken(this.emulator.appId(), this.emulator.appCertificate(), 1_000_000));
		this.emulator.clock().advance(Duration.ofHours(24).minusSeconds(10));
		holder.message("user2").ok();
		this.emulator.clock().advance(Duration.ofSeconds(11));
		holder.message("user2").isError(401, "unauthorized", EXPIRED);
	}

	@Test
	void accessToken2ThatWasShownCanBeRevoked() {
		Wire holder = this.wire.withToken(appToken(this.emulator.appId(), this.emulator.appCertificate(), 600));
		holder.message("user2").ok();
		this.emulator.tokens().revoke();
		holder.message("user2").isError(401, "unauthorized", "Unable to authenticate (OAuth)");
		this.wire.withToken(appToken(this.emulator.appId(), this.emulator.appCertificate(), 600)).message("user2").ok();
	}

	@Test
	void accessToken2OfOthersIsCorrupt() throws Exception {
		String appId = this.emulator.appId();
		String certificate = this.emulator.appCertificate();
		String wrongCertificate = "6" + certificate.substring(1);
		String wrongAppId = "8" + appId.substring(1);
		String user = new ChatTokenBuilder2().buildUserToken(appId, certificate, "user1", 600);
		AccessToken2 rtc = new AccessToken2(appId, certificate, 600);
		AccessToken2.ServiceRtc service = new AccessToken2.ServiceRtc("channel", "1");
		service.addPrivilegeRtc(AccessToken2.PrivilegeRtc.PRIVILEGE_JOIN_CHANNEL, 600);
		rtc.addService(service);
		String good = appToken(appId, certificate, 600);
		for (String token : new String[] { appToken(appId, wrongCertificate, 600),
				appToken(wrongAppId, certificate, 600), user, rtc.build(), "007", "007eJx",
				good.substring(0, good.length() - 9) }) {
			this.wire.withToken(token)
				.message("user2")
				.isError(401, "auth_bad_access_token", "Unable to authenticate due to corrupt access token");
		}
	}

	@Test
	void chatBesideAnotherServiceInOneTokenIsFound() throws Exception {
		AccessToken2 both = new AccessToken2(this.emulator.appId(), this.emulator.appCertificate(), 600);
		AccessToken2.ServiceRtc rtc = new AccessToken2.ServiceRtc("channel", "1");
		rtc.addPrivilegeRtc(AccessToken2.PrivilegeRtc.PRIVILEGE_JOIN_CHANNEL, 600);
		both.addService(rtc);
		AccessToken2.ServiceChat chat = new AccessToken2.ServiceChat();
		chat.addPrivilegeChat(AccessToken2.PrivilegeChat.PRIVILEGE_CHAT_APP, 600);
		both.addService(chat);
		this.wire.withToken(both.build()).message("user2").ok();
	}

	@Test
	void accessToken2IsExchanged() {
		String token = appToken(this.emulator.appId(), this.emulator.appCertificate(), 600);
		JsonNode json = this.wire.withToken(token).post("/token", "{'grant_type':'agora'}").ok().json();
		assertThat(json.path("expire_timestamp").longValue()).isBetween(Instant.now().plusSeconds(500).toEpochMilli(),
				Instant.now().plusSeconds(601).toEpochMilli());
		Wire holder = this.wire.withToken(json.path("access_token").stringValue());
		holder.message("user2").ok();
		this.emulator.clock().advance(Duration.ofSeconds(601));
		holder.message("user2").isError(401, "unauthorized", EXPIRED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "nonsense", "007nonsense" })
	void exchangeNeedsAGoodToken(String token) {
		assertThat(this.wire.withToken(token).post("/token", "{'grant_type':'agora'}").status()).isEqualTo(401);
	}

	@Test
	void tokensAreLimitedTo300ASecond() {
		this.emulator.clock().freeze();
		Wire wire = this.wire.withoutToken();
		for (int i = 0; i < 300; i++) {
			wire.post("/token", CREDENTIALS + "}").ok();
		}
		wire.post("/token", CREDENTIALS + "}").isError(429, "reach_limit", "This request has reached api limit");
	}

	@Test
	void secretsStayOutOfWhatIsRecorded() {
		this.wire.withoutToken().post("/token", CREDENTIALS + "}").ok();
		this.wire.message("user2").ok();
		assertThat(this.emulator.requests().toString()).doesNotContain("client-secret").doesNotContain("Bearer");
		assertThat(this.emulator.requests("send-message").get(0).header("Authorization")).isEqualTo("***");
	}

	private static String appToken(String appId, String certificate, int seconds) {
		return new ChatTokenBuilder2().buildAppToken(appId, certificate, seconds);
	}

}
