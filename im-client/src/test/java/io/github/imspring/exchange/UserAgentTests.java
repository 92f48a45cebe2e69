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

package io.github.imspring.exchange;

import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UserAgent}.
 */
class UserAgentTests {

	@Test
	void namesTheVersionThatTheJarHas() {
		assertThat(UserAgent.of("1.2.3")).isEqualTo("im-spring-boot/1.2.3");
		assertThat(UserAgent.of(null)).isEqualTo("im-spring-boot");
	}

	@Test
	void leavesTheOneThatIsThere() {
		HttpHeaders headers = new HttpHeaders();
		headers.set("user-agent", "shop/7");
		UserAgent.setIfAbsent(headers);
		assertThat(headers.get(HttpHeaders.USER_AGENT)).containsExactly("shop/7");
	}

}
