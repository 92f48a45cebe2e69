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

package io.github.imspring.sample.console;

import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.sample.ApiTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ApiTest
class CrossSiteTests {

	private static final String MESSAGE = "{\"to\":[\"user2\"],\"type\":\"txt\",\"body\":{\"msg\":\"hi\"}}";

	@Autowired
	private WebTestClient client;

	@Autowired
	private ImEmulator emulator;

	@LocalServerPort
	private int port;

	@BeforeEach
	void reset() {
		this.emulator.reset();
	}

	private WebTestClient.ResponseSpec post(String header, String value) {
		return this.client.post()
			.uri("/api/messages")
			.header(header, value.replace("PORT", String.valueOf(this.port)))
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(MESSAGE)
			.exchange();
	}

	@ParameterizedTest
	@CsvSource({ "Origin, https://evil.example", "Origin, null", "Origin, http://localhost:1",
			"Origin, http://localhost.evil.example:PORT", "Sec-Fetch-Site, cross-site", "Sec-Fetch-Site, same-site",
			"Host, evil.example", "Host, evil.example:PORT", "Host, localhost.evil.example" })
	void refusesWhatAPageOfAnotherSiteSends(String header, String value) {
		post(header, value).expectStatus()
			.isForbidden()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.isNotEmpty();

		assertThat(this.emulator.requestCount("send-message")).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "Origin, http://localhost:PORT", "Sec-Fetch-Site, same-origin", "Sec-Fetch-Site, none",
			"Host, 127.0.0.1:PORT", "Host, [::1]:PORT", "User-Agent, curl/8.0" })
	void takesWhatThePageItselfOrNoBrowserSends(String header, String value) {
		post(header, value).expectStatus().isOk();
	}

	@Test
	void readsNothingToAPageWhoseNamePointsHere() {
		this.client.get()
			.uri("/api/deliveries?user=user2")
			.header("Host", "evil.example")
			.exchange()
			.expectStatus()
			.isForbidden();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/rooms", "/watch", "/console/page.js", "/api/rooms" })
	void letsBrowsersRunNothingElse(String path) {
		this.client.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.value("Content-Security-Policy",
					(policy) -> assertThat(policy)
						.startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
						.doesNotContain("unsafe"))
			.expectHeader()
			.valueEquals("X-Content-Type-Options", "nosniff");
	}

	@ParameterizedTest
	@CsvSource({ "'en-US,en;q=0.9', Send a message", "'zh-CN,zh;q=0.9', 发送消息", "fr, Send a message" })
	void answersInTheLanguageOfTheBrowser(String language, String title) {
		this.client.get()
			.uri("/")
			.header("Accept-Language", language)
			.exchange()
			.expectBody(String.class)
			.value((page) -> assertThat(page).contains(title).doesNotContain("??"));
	}

}
