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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.exchange.RecordingLimiter;
import io.github.imspring.exchange.ResponseEnvelope;
import io.github.imspring.exchange.TestClients;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the document "Send one-to-one messages", typed from it, over HTTP.
 */
class MessageExamplesTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static ImEmulator emulator;

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

	static Stream<Arguments> examples() {
		String base = "https://XXXX/app-id/XXXX/chatfiles/";
		UserMessageBuilder text = Message.text("testmessages").roamIgnoreUsers().silent();
		return Stream.of(Arguments.of("text", text),
				Arguments.of("text-online-only",
						Message.text("testmessages").roamIgnoreUsers().silent().onlineOnly().syncDevice()),
				Arguments.of("image",
						Message.image(base + "55f12940-XXXX-XXXX-8a5b-ff2336f03252")
							.secret("VfXXXXNb_")
							.filename("testimg.jpg")
							.size(480, 720)),
				Arguments.of("voice",
						Message.voice("https://XXXX/XXXX/XXXX/chatfiles/1dfc7f50-XXXX-XXXX-8a07-7d75b8fb3d42")
							.secret("HfXXXXCjM")
							.filename("testaudio.amr")
							.length(Duration.ofSeconds(10))),
				Arguments.of("video",
						Message.video(base + "671dfe30-XXXX-XXXX-ba67-8fef0d502f46")
							.secret("VfXXXXNb_")
							.filename("test.avi")
							.thumbnail(base + "67279b20-7f69-11e4-8eee-21d3334b3a97", "ZyXXXX2I")
							.length(0)
							.fileLength(58103)),
				Arguments.of("file", Message.file(base + "d7eXXXX7444").secret("1-g0XXXXua").filename("test.txt")),
				Arguments.of("location", Message.location(39.966, 116.322, "中国北京市海淀区中关村")),
				Arguments.of("location", Message.location("39.966", "116.322", "中国北京市海淀区中关村")),
				Arguments.of("command", Message.command("action1")),
				Arguments.of("custom", Message.custom("custom_event").extension("ext_key1", "ext_value1")));
	}

	@ParameterizedTest
	@MethodSource("examples")
	void arrivesAsInTheDocument(String example, MessageBuilder<?> builder) {
		JsonNode expected = JsonMapper.shared().readTree(resource(example));
		SendResult result = send(TestClients.appId(emulator, new RecordingLimiter()), builder);
		assertThat(emulator.requests("send-message")).singleElement().satisfies((request) -> {
			assertThat(request.rawPath()).isEqualTo("/app-id/" + emulator.appId() + "/messages/users");
			assertThat(request.header("Content-Type")).isEqualTo("application/json");
			assertThat(request.header("Accept")).isEqualTo("application/json");
			assertThat(JsonMapper.shared().readTree(request.body())).isEqualTo(expected);
		});
		assertThat(emulator.deliveriesTo("user2")).singleElement().satisfies((delivery) -> {
			assertThat(delivery.from()).isEqualTo("user1");
			assertThat(delivery.type()).isEqualTo(expected.path("type").asString());
			assertThat(delivery.body()).isEqualTo(expected.path("body"));
			assertThat(result.messageIds()).containsExactly(Map.entry("user2", delivery.messageId()));
		});
		assertThat(result.missing()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "answer", "answer-without-action" })
	void readsTheAnswerOfTheDocument(String example) {
		emulator.faults().fail("send-message", Fault.status(200).json(resource(example)), 1);
		SendResult result = send(TestClients.orgApp(emulator, new RecordingLimiter()), Message.text("testmessages"));
		assertThat(result).isEqualTo(new SendResult(Map.of("user2", "1029457500870543736"), List.of(),
				new ResponseEnvelope(example.equals("answer") ? "post" : null, null, null, null, null,
						"https://XXXX/XXXX/XXXX/messages/users", "/messages/users",
						Instant.parse("2022-07-08T04:20:52.191Z"), Duration.ZERO)));
	}

	private static SendResult send(ImRestOperations rest, MessageBuilder<?> builder) {
		SendResult result = MessageOperations.create(rest)
			.send(builder.from("user1").build().withRecipients("user2"))
			.block(TIMEOUT);
		return Objects.requireNonNull(result);
	}

	private static String resource(String example) {
		try (InputStream input = MessageExamplesTests.class.getResourceAsStream(example + ".json")) {
			return new String(Objects.requireNonNull(input).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
