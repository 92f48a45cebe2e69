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

package io.github.imspring.token;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.IntSupplier;

import io.agora.chat.ChatTokenBuilder2;
import io.agora.media.AccessToken2;
import io.agora.media.AccessToken2.PrivilegeChat;
import io.agora.media.AccessToken2.ServiceChat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link AccessToken2Source}, against the vendor's own builder and parser.
 */
class AccessToken2SourceTests {

	private static final String APP_ID = "970CA35de60c44645bbae8a215061b33";

	private static final String CERTIFICATE = "5CFd2fd1755d40ecb72977518be15d3b";

	private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.890Z");

	private static final Duration DAY = Duration.ofHours(24);

	private final InstantSource clock = InstantSource.fixed(NOW);

	@ParameterizedTest
	@CsvSource({ "1, 86400", "0, 86400", "-1, 86400", "2147483647, 1", "-2147483648, 3600", "123456789, 600" })
	void tokenEqualsTheVendorsByteForByte(int salt, int seconds) throws Exception {
		AccessToken token = build(Duration.ofSeconds(seconds), () -> salt);
		assertThat(token.value()).isEqualTo(vendorToken((int) NOW.getEpochSecond(), salt, seconds));
	}

	@Test
	void vendorsParserReadsTheToken() {
		AccessToken token = TokenSources.accessToken2(APP_ID, CERTIFICATE, DAY, this.clock).fetch().block();
		AccessToken2 parsed = parse(token.value());
		assertThat(parsed.appId).isEqualTo(APP_ID);
		assertThat(parsed.issueTs).isEqualTo((int) NOW.getEpochSecond());
		assertThat(parsed.expire).isEqualTo(86400);
		assertThat(parsed.services).containsOnlyKeys(AccessToken2.SERVICE_TYPE_CHAT);
		ServiceChat chat = (ServiceChat) parsed.services.get(AccessToken2.SERVICE_TYPE_CHAT);
		assertThat(chat.getUserId()).isEmpty();
		assertThat(chat.getPrivileges()).containsOnlyKeys(PrivilegeChat.PRIVILEGE_CHAT_APP.intValue)
			.containsValue(86400);
	}

	@Test
	void tokenSaysWhatTheVendorsAppTokenSays() {
		AccessToken2 vendors = parse(new ChatTokenBuilder2().buildAppToken(APP_ID, CERTIFICATE, 86400));
		AccessToken2 ours = parse(build(DAY, () -> vendors.salt).value());
		assertThat(ours.appId).isEqualTo(vendors.appId);
		assertThat(ours.expire).isEqualTo(vendors.expire);
		assertThat(ours.salt).isEqualTo(vendors.salt);
		assertThat(ours.services.keySet()).isEqualTo(vendors.services.keySet());
		assertThat(ours.services.get(AccessToken2.SERVICE_TYPE_CHAT).getPrivileges())
			.isEqualTo(vendors.services.get(AccessToken2.SERVICE_TYPE_CHAT).getPrivileges());
	}

	@Test
	void expiryIsTheIssueInWholeSecondsPlusTheLife() {
		AccessToken token = build(Duration.ofMinutes(5), () -> 1);
		assertThat(token.issuedAt()).isEqualTo(Instant.parse("2026-03-04T05:06:07Z"));
		assertThat(token.expiresAt()).isEqualTo(Instant.parse("2026-03-04T05:11:07Z"));
	}

	@Test
	void eachTokenIsSaltedAnew() {
		TokenSource source = TokenSources.accessToken2(APP_ID, CERTIFICATE, DAY, this.clock);
		assertThat(source.fetch().block().value()).isNotEqualTo(source.fetch().block().value());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "970CA35de60c44645bbae8a215061b3", "970CA35de60c44645bbae8a215061b333",
			"970CA35de60c44645bbae8a215061b3g", " 970CA35de60c44645bbae8a215061b3",
			"970CA35de60c44645bbae8a215061b33\n" })
	void idAndCertificateAreThirtyTwoHexadecimalCharacters(String wrong) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> TokenSources.accessToken2(wrong, CERTIFICATE, DAY, this.clock))
			.withMessageContaining("The App ID must be");
		assertThatIllegalArgumentException().isThrownBy(() -> TokenSources.accessToken2(APP_ID, wrong, DAY, this.clock))
			.withMessage(
					"The App certificate must be 32 hexadecimal characters but is " + wrong.length() + " characters");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT0.999S", "PT-1S", "PT1.5S", "PT24H1S" })
	void lifeOutOfBoundsIsRefused(Duration life) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> TokenSources.accessToken2(APP_ID, CERTIFICATE, life, this.clock))
			.withMessageContaining("The life of a token");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT1S", "PT24H" })
	void lifeWithinBoundsIsTaken(Duration life) {
		AccessToken token = build(life, () -> 1);
		assertThat(parse(token.value()).expire).isEqualTo((int) life.toSeconds());
	}

	@Test
	void certificateIsInNoText() {
		TokenSource source = TokenSources.accessToken2(APP_ID, CERTIFICATE, DAY, this.clock);
		AccessToken token = source.fetch().block();
		assertThat(source + " " + token).doesNotContain(CERTIFICATE, token.value());
	}

	private AccessToken build(Duration life, IntSupplier salt) {
		return new AccessToken2Source(APP_ID, CERTIFICATE, life, this.clock, salt).fetch().block();
	}

	private static AccessToken2 parse(String token) {
		AccessToken2 parsed = new AccessToken2();
		assertThat(parsed.parse(token)).isTrue();
		return parsed;
	}

	private static String vendorToken(int issueTs, int salt, int seconds) throws Exception {
		AccessToken2 token = new AccessToken2(APP_ID, CERTIFICATE, seconds);
		token.issueTs = issueTs;
		token.salt = salt;
		ServiceChat chat = new ServiceChat();
		chat.addPrivilegeChat(PrivilegeChat.PRIVILEGE_CHAT_APP, seconds);
		token.addService(chat);
		return token.build();
	}

}
