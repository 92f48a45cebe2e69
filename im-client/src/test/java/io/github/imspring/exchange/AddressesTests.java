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

import io.github.imspring.operation.Operation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Addresses}.
 */
class AddressesTests {

	private final Addresses addresses = new Addresses(
			ImEndpoint.ofOrgApp(URI.create("https://a1.example.com"), "o", "a"));

	private URI of(String operation, String id, int limit) {
		return this.addresses
			.of(ImRequest.get(Operation.of(operation, true)).path("chatrooms", id).query("limit", limit).build());
	}

	@Test
	void addressIsThatOfTheRequestWhateverWasAskedForBefore() {
		URI first = of("get-room", "1", 10);
		assertThat(first).hasToString("https://a1.example.com/o/a/chatrooms/1?limit=10");
		assertThat(of("get-room", "1", 10)).isSameAs(first);
		assertThat(of("get-room", "2", 10)).hasToString("https://a1.example.com/o/a/chatrooms/2?limit=10");
		assertThat(of("get-room", "2", 20)).hasToString("https://a1.example.com/o/a/chatrooms/2?limit=20");
		assertThat(of("get-room", "1", 10)).isEqualTo(first);
	}

	@Test
	void remembersOnlySoMany() {
		for (int i = 0; i < 1000; i++) {
			assertThat(of("operation-" + i, "1", 10)).isEqualTo(of("operation-" + i, "1", 10));
		}
		assertThat(of("operation-1", "1", 10)).isSameAs(of("operation-1", "1", 10));
		assertThat(of("operation-999", "1", 10)).isNotSameAs(of("operation-999", "1", 10));
	}

}
