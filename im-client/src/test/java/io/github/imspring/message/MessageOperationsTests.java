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

package io.github.imspring.message;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.error.ImDecodingException;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImValidationException;
import io.github.imspring.exchange.RecordingLimiter;
import io.github.imspring.exchange.TestClients;
import io.github.imspring.operation.Operations;
import io.github.imspring.quota.Lane;
import io.github.imspring.quota.QuotaRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link MessageOperations} against the emulator.
 */
class MessageOperationsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static ImEmulator emulator;

	private final RecordingLimiter limiter = new RecordingLimiter();

	private final MessageOperations messages = MessageOperations.create(TestClients.orgApp(emulator, this.limiter));

	@BeforeAll
	static void startEmulator() {
		emulator = ImEmulator.start();
	}

	@AfterAll
	static void stopEmulator() {
		emulator.close();
	}

	@BeforeEach
	void reset() {
		emulator.reset();
	}

	@Test
	void leavesOutWhatIsNotSet() {
		send(Message.text("hi").to("user2").build());
		assertThat(sentJson()).isEqualTo(JsonMapper.shared().readTree("""
				{"to": ["user2"], "type": "txt", "body": {"msg": "hi"}}"""));
		assertThat(emulator.deliveriesTo("user2")).singleElement()
			.satisfies((delivery) -> assertThat(delivery.from()).isEqualTo("admin"));
	}

	@Test
	void sendsTheExtensionAsItWasGiven() {
		send(Message.text("hi")
			.to("user2")
			.ext("nothing", null)
			.ext(Map.of("nested", Map.of("list", List.of(1, 2.5, "three", true))))
			.build());
		assertThat(sentJson().path("ext")).isEqualTo(JsonMapper.shared().readTree("""
				{"nothing": null, "nested": {"list": [1, 2.5, "three", true]}}"""));
	}

	@Test
	void sendsAnEmptyExtensionIfOneWasGiven() {
		send(Message.text("hi").to("user2").ext(Map.of()).build());
		assertThat(sentJson().path("ext")).isEqualTo(JsonMapper.shared().createObjectNode());
	}

	@Test
	void countsEachRecipientAsAMessage() {
		send(Message.text("hi").to("user2", "user3", "user4").build());
		assertThat(this.limiter.requests).containsExactly(new QuotaRequest(Operations.SEND_MESSAGE, 3, Lane.SINGLE));
	}

	@Test
	void sendsTo600AndRefuses601AndNone() {
		SendResult result = send(Message.text("hi").to(users(600)).build());
		assertThat(result.messageIds().keySet()).containsExactlyElementsOf(users(600));
		assertThat(result.missing()).isEmpty();
		assertThat(refused(Message.text("hi").to(users(601)).build()))
			.hasMessageContaining("'to' must name 1 to 600 users but names 601");
		assertThat(refused(Message.text("hi").build()))
			.hasMessageContaining("'to' must name 1 to 600 users but names 0");
		assertThat(this.limiter.requests).hasSize(1);
		assertThat(emulator.requestCount("send-message")).isOne();
	}

	@Test
	void sendsATemplateToEach() {
		Message template = Message.text("hi").from("system").build();
		send(template.withRecipients("user2"));
		send(template.withRecipients(List.of("user3")));
		assertThat(emulator.deliveries()).extracting("to").containsExactly("user2", "user3");
	}

	@Test
	void bodyMayTake5120BytesOfJsonAndNotOneMore() {
		String envelope = "{\"msg\":\"\"}";
		String chinese = "中".repeat((5120 - envelope.length()) / 3);
		String text = chinese + "x".repeat(5120 - envelope.length() - 3 * chinese.length());
		send(Message.text(text).to("user2").build());
		assertThat(refused(Message.text(text + "x").to("user2").build()))
			.hasMessageContaining("'body' and 'ext' must take at most 5120 bytes of JSON together but take 5121");
		assertThat(this.limiter.requests).hasSize(1);
	}

	@Test
	void bodyAndExtensionMayTake5120BytesTogether() {
		int rest = 5120 - "{\"msg\":\"hi\"}".length() - "{\"k\":\"\"}".length();
		// A quote takes two bytes of JSON.
		send(Message.text("hi").to("user2").ext("k", "\"" + "x".repeat(rest - 2)).build());
		assertThat(refused(Message.text("hi").to("user2").ext("k", "\"" + "x".repeat(rest - 1)).build()))
			.hasMessageContaining("but take 5121");
		assertThat(emulator.requestCount("send-message")).isOne();
	}

	@Test
	void halfACharacterArrivesAsItIs() {
		send(Message.text("half \uD83D").to("user2").ext("k", "\uDE00").build());
		assertThat(emulator.deliveriesTo("user2")).singleElement().satisfies((delivery) -> {
			assertThat(delivery.body().path("msg").asString()).isEqualTo("half \uD83D");
			assertThat(delivery.ext().path("k").asString()).isEqualTo("\uDE00");
		});
	}

	@Test
	void readsIdsBeyondTheDoublesExactlyAndInOrder() {
		answer("""
				{"data": {"user3": 9223372036854775807, "user2": "0029457500870543737",
				"user4": 18446744073709551616}}""");
		SendResult result = send(Message.text("hi").to("user2", "user3", "user4").build());
		assertThat(result.messageIds()).containsExactly(Map.entry("user3", "9223372036854775807"),
				Map.entry("user2", "0029457500870543737"), Map.entry("user4", "18446744073709551616"));
	}

	@Test
	void saysForWhomNoIdCame() {
		answer("{\"data\": {\"user3\": \"1\", \"user4\": null}}");
		SendResult result = send(Message.text("hi").to("user2", "user3", "user4", "user2").build());
		assertThat(result.messageIds()).containsExactly(Map.entry("user3", "1"));
		assertThat(result.missing()).containsExactly("user2", "user4");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"data\": null}", "{\"data\": [\"1\"]}", "{\"data\": \"1\"}",
			"{\"data\": {\"user2\": 1.5}}", "{\"data\": {\"user2\": true}}", "{\"data\": {\"user2\": {}}}" })
	void answerWithoutIdsIsAnError(String answer) {
		answer(answer);
		ImDecodingException ex = fails(ImDecodingException.class, Message.text("hi").to("user2").build());
		assertThat(ex.mayHaveBeenProcessed()).isTrue();
		assertThat(emulator.requestCount("send-message")).isOne();
	}

	@Test
	void nothingIsCheckedOrSentWithoutASubscription() {
		Mono<SendResult> send = this.messages.send(Message.text("hi").build());
		assertThat(send).isNotNull();
		assertThat(this.limiter.requests).isEmpty();
	}

	private static List<String> users(int count) {
		return IntStream.rangeClosed(1, count).mapToObj((number) -> "user" + number).toList();
	}

	private static void answer(String json) {
		emulator.faults().fail("send-message", Fault.status(200).json(json), 1);
	}

	private static JsonNode sentJson() {
		return JsonMapper.shared().readTree(emulator.requests("send-message").get(0).body());
	}

	private SendResult send(Message message) {
		return Objects.requireNonNull(this.messages.send(message).block(TIMEOUT));
	}

	private ImValidationException refused(Message message) {
		return fails(ImValidationException.class, message);
	}

	private <E extends ImException> E fails(Class<E> type, Message message) {
		Mono<SendResult> send = this.messages.send(message);
		E ex = catchThrowableOfType(type, () -> send.block(TIMEOUT));
		assertThat(ex).isNotNull();
		assertThat(ex.operation()).isEqualTo("send-message");
		return ex;
	}

}
