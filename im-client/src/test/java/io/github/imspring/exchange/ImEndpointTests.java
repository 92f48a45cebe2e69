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

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.imspring.error.ImValidationException;
import io.github.imspring.operation.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ImEndpoint}.
 */
class ImEndpointTests {

	private static final URI HOST = URI.create("https://a1.example.com");

	@Test
	void namesTheAppByOrganizationAndAppNameOrByAppId() {
		assertThat(ImEndpoint.ofOrgApp(HOST, "my-org", "my-app").resolve(List.of("messages", "users"), Map.of()))
			.hasToString("https://a1.example.com/my-org/my-app/messages/users");
		assertThat(ImEndpoint.ofAppId(HOST, "970CA35d").resolve(List.of("chatrooms"), Map.of()))
			.hasToString("https://a1.example.com/app-id/970CA35d/chatrooms");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			a b/c      | a%20b%2Fc
			..%2f      | ..%252f
			用户1       | %E7%94%A8%E6%88%B71
			x?y#z      | x%3Fy%23z
			user+1     | user%2B1
			😀         | %F0%9F%98%80
			a;b=c,d&e  | a%3Bb%3Dc%2Cd%26e
			a@b:c      | a%40b%3Ac
			-._~       | -._~
			...        | ...
			""")
	void encodesEachSegmentAsOne(String segment, String encoded) {
		URI uri = ImEndpoint.ofOrgApp(HOST, "o", "a").resolve(List.of("users", segment, "x"), Map.of());
		assertThat(uri.getRawPath()).isEqualTo("/o/a/users/" + encoded + "/x");
		assertThat(uri.getPath()).isEqualTo("/o/a/users/" + segment + "/x");
	}

	@Test
	void encodesTheQuery() {
		Map<String, String> query = new LinkedHashMap<>();
		query.put("limit", "10");
		query.put("cursor", "a+b&c=d ü");
		assertThat(ImEndpoint.ofOrgApp(HOST, "o", "a").resolve(List.of("chatrooms"), query).getRawQuery())
			.isEqualTo("limit=10&cursor=a%2Bb%26c%3Dd%20%C3%BC");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", ".." })
	void refusesSegmentsThatWouldChangeThePath(String segment) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ImEndpoint.ofOrgApp(HOST, "o", "a").resolve(List.of(segment), Map.of()));
		assertThatExceptionOfType(ImValidationException.class)
			.isThrownBy(() -> ImRequest.get(Operation.of("x", true)).path("users", segment));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a1.example.com", "//a1.example.com", "ftp://a1.example.com", "https:///path",
			"https://user:pw@a1.example.com", "https://a1.example.com?x=1", "https://a1.example.com#x", "https:" })
	void refusesWhatIsNoBaseUrl(String baseUrl) {
		assertThatIllegalArgumentException().isThrownBy(() -> ImEndpoint.ofOrgApp(URI.create(baseUrl), "o", "a"))
			.withMessageNotContaining("pw");
	}

	@Test
	void keepsThePathAndPortOfTheBaseUrl() {
		assertThat(ImEndpoint.ofOrgApp(URI.create("http://localhost:8090/gateway/"), "o", "a")
			.resolve(List.of("token"), Map.of())).hasToString("http://localhost:8090/gateway/o/a/token");
	}

}
