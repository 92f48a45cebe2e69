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

import java.time.Instant;
import java.time.InstantSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link AccessToken} and a source of a fixed one.
 */
class AccessTokenTests {

	private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "abc\n", "Bearer abc", "a\tb", "t\u00f6ken", "abc\u007f" })
	void valueThatCannotGoIntoAHeaderIsRefusedWithoutSayingIt(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> new AccessToken(value, NOW, null))
			.withMessage("An access token must consist of visible ASCII characters, without spaces and line breaks");
	}

	@ParameterizedTest
	@ValueSource(strings = { "!", "~", "YWMte3bGuOukEeiTkNP4grL7iwAAAAAAAAAAAAAAAAAAAAGL4CTg-XgR_bUEAbSI+/==" })
	void visibleAsciiIsTaken(String value) {
		assertThat(new AccessToken(value, NOW, null).value()).isEqualTo(value);
	}

	@Test
	void textHasTheTimesAlone() {
		assertThat(new AccessToken("s3cret", NOW, NOW.plusSeconds(1)))
			.hasToString("AccessToken[issuedAt=2026-03-04T05:06:07Z, expiresAt=2026-03-04T05:06:08Z]");
	}

	@Test
	void fixedSourceGivesItsTokenWithoutExpiry() {
		TokenSource source = TokenSources.fixed("s3cret", InstantSource.fixed(NOW));
		AccessToken token = source.fetch().block();
		assertThat(token.value()).isEqualTo("s3cret");
		assertThat(token.issuedAt()).isEqualTo(NOW);
		assertThat(token.expiresAt()).isNull();
		assertThat(source.toString()).doesNotContain("s3cret");
	}

	@Test
	void fixedSourceRefusesABrokenTokenAtOnce() {
		assertThatIllegalArgumentException().isThrownBy(() -> TokenSources.fixed("s3cret\n", InstantSource.fixed(NOW)));
	}

}
