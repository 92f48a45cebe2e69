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

package io.github.imspring.metadata;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.imspring.EmulatedService;
import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImForbiddenException;
import io.github.imspring.error.ImNotFoundException;
import io.github.imspring.exchange.BatchError;
import io.github.imspring.exchange.BatchResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link ChatroomMetadataOperations} against the emulator: ownership, and many
 * attributes.
 */
class EmulatedMetadataTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final EmulatedService service = new EmulatedService();

	private final ImEmulator emulator = this.service.emulator();

	private final ChatroomMetadataOperations metadata = ChatroomMetadataOperations.create(this.service.rest());

	@BeforeEach
	void openRoom() {
		this.service.register("alice", "bob", "carol");
		this.emulator.chatrooms().create("r", "alice", "bob");
	}

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void announces() {
		assertThat(get(this.metadata.getAnnouncement("r"))).isEmpty();
		assertThat(this.metadata.setAnnouncement("r", "欢迎 😀").thenReturn(true).block(TIMEOUT)).isTrue();
		assertThat(get(this.metadata.getAnnouncement("r"))).isEqualTo("欢迎 😀");
		assertThat(catchThrowableOfType(ImNotFoundException.class,
				() -> this.metadata.getAnnouncement("unknown").block(TIMEOUT)))
			.hasMessageContaining("grpID unknown does not exist!");
	}

	@Test
	void attributesBelongToWhoSetThem() {
		assertThat(get(this.metadata.setAttributes("r", "alice", Map.of("seat", "1"))).complete()).isTrue();
		assertThat(catchThrowableOfType(ImApiException.class,
				() -> this.metadata.setAttributes("r", "bob", Map.of("seat", "2")).block(TIMEOUT)))
			.hasMessageContaining("others are not allowed to be set")
			.hasMessageContaining("forced variant");
		assertThat(get(this.metadata.forceSetAttributes("r", "bob", Map.of("seat", "2"), AutoDelete.NO_DELETE))
			.succeeded()).containsExactly("seat");
		assertThat(get(this.metadata.getAttributes("r"))).containsExactly(entry("seat", "2"));
		assertThat(get(this.metadata.forceDeleteAttributes("r", "admin", List.of("seat"))).complete()).isTrue();
		assertThat(get(this.metadata.getAttributes("r"))).isEmpty();
	}

	@Test
	void sets35AttributesOf3WhichAreOthers() {
		List<String> others = List.of("key3", "key17", "key34");
		get(this.metadata.setAttributes("r", "bob", Map.of("key3", "b", "key17", "b", "key34", "b")));
		long before = this.emulator.requestCount("set-attributes");
		BatchResult result = get(this.metadata.setAttributes("r", "alice", numbered(35)));
		assertThat(this.emulator.requestCount("set-attributes") - before).isEqualTo(4);
		assertThat(result.succeeded()).hasSize(32)
			.isEqualTo(numbered(35).keySet().stream().filter((key) -> !others.contains(key)).toList());
		assertThat(result.errors().keySet()).containsExactlyElementsOf(others);
		assertThat(result.errors().values()).extracting(BatchError::reason)
			.containsOnly("others are not allowed to be set");
		assertThat(this.emulator.chatrooms().attributes("r")).hasSize(35).containsEntry("key17", "b");
		List<String> asked = List.of("key34", "nothing", "key0", "key3", "key1", "key2", "key4", "key5", "key6", "key7",
				"key8", "key9");
		assertThat(get(this.metadata.getAttributes("r", asked)).keySet())
			.containsExactlyElementsOf(asked.stream().filter((key) -> !key.equals("nothing")).toList());
		BatchResult deleted = get(this.metadata.deleteAttributes("r", "alice", numbered(35).keySet()));
		assertThat(deleted.succeeded()).hasSize(32);
		assertThat(this.emulator.chatrooms().attributes("r")).containsOnlyKeys(others);
	}

	@Test
	void chunkOfNothingButOthersLosesNothingOfTheRest() {
		Map<String, String> first = new LinkedHashMap<>();
		IntStream.range(10, 20).forEach((number) -> first.put("key" + number, "b"));
		get(this.metadata.setAttributes("r", "bob", first));
		BatchResult result = get(this.metadata.setAttributes("r", "alice", numbered(35)));
		assertThat(result.succeeded()).hasSize(25);
		assertThat(result.errors().keySet()).containsExactlyElementsOf(first.keySet());
		assertThat(result.errors().values()).extracting(BatchError::reason)
			.containsOnly("others are not allowed to be set");
	}

	@Test
	void accountOfWritingThatBreaksOffTellsTheTruth() {
		this.emulator.faults().fail("set-attributes", Fault.status(200).json("{\"data\":{}}"), 1);
		BatchResult result = get(this.metadata.setAttributes("r", "alice", numbered(15)));
		assertThat(result.succeeded()).containsExactly("key10", "key11", "key12", "key13", "key14");
		assertThat(result.errors()).hasSize(10)
			.allSatisfy((key, error) -> assertThat(error.mayHaveBeenProcessed()).isTrue());
	}

	@Test
	void userWhoIsNotInTheChatroomDoesNotCostTheToken() {
		get(this.metadata.getAttributes("r"));
		long tokens = this.emulator.tokens().issued();
		assertThat(catchThrowableOfType(ImForbiddenException.class,
				() -> this.metadata.setAttributes("r", "carol", numbered(35)).block(TIMEOUT)))
			.hasMessageContaining("user is not in chatroom");
		get(this.metadata.getAttributes("r"));
		assertThat(this.emulator.tokens().issued()).isEqualTo(tokens);
		assertThat(this.emulator.requestCount("set-attributes")).isOne();
	}

	@Test
	void roomThatIsFullRefusesOnlyWhatIsTooMuch() {
		assertThat(get(this.metadata.setAttributes("r", "alice", numbered(95))).complete()).isTrue();
		Map<String, String> more = new LinkedHashMap<>();
		IntStream.range(0, 8).forEach((number) -> more.put("more" + number, "v"));
		BatchResult result = get(this.metadata.setAttributes("r", "alice", more));
		assertThat(result.succeeded()).containsExactly("more0", "more1", "more2", "more3", "more4");
		assertThat(result.errors()).containsOnlyKeys("more5", "more6", "more7");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a b/c", "..%2f", "用户1", "x?y#z", "user+1", "😀" })
	void hostileIdsAndNames(String name) {
		this.service.register(name);
		this.emulator.chatrooms().create(name, name);
		get(this.metadata.setAttributes(name, name, Map.of("k", name)));
		assertThat(get(this.metadata.getAttributes(name))).containsExactly(entry("k", name));
		assertThat(get(this.metadata.deleteAttributes(name, name, List.of("k"))).complete()).isTrue();
	}

	private static Map<String, String> numbered(int count) {
		Map<String, String> attributes = new LinkedHashMap<>();
		IntStream.range(0, count).forEach((number) -> attributes.put("key" + number, "value" + number));
		return attributes;
	}

	private static <T> T get(Mono<T> call) {
		T result = call.block(TIMEOUT);
		assertThat(result).isNotNull();
		return result;
	}

}
