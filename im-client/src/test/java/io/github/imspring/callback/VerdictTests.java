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

package io.github.imspring.callback;

import java.util.Map;

import io.github.imspring.error.ImValidationException;
import io.github.imspring.message.MessageBody;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Verdict}: what is answered, and that nothing else can be.
 */
class VerdictTests {

	private static final String URL = "https://host/org/app/chatfiles/0990a64f";

	private final PreDelivery flat = question("before: text to a user");

	private final PreDelivery withBodies = question("before: text with bodies");

	@Test
	void plainAnswers() {
		assertThat(Verdict.deliver().answer(true)).isEqualTo("{\"valid\":true}");
		assertThat(Verdict.stop().answer(true)).isEqualTo("{\"valid\":false}");
		assertThat(Verdict.stop("").answer(true)).isEqualTo("{\"valid\":false,\"code\":\"\"}");
		assertThat(Verdict.stop("HX:10000").answer(true)).isEqualTo("{\"valid\":false,\"code\":\"HX:10000\"}");
	}

	@Test
	void priorityIsForChatroomsAlone() {
		Verdict verdict = Verdict.deliver().withPriority(Verdict.Priority.LOW);
		assertThat(verdict.answer(true)).isEqualTo("{\"valid\":true,\"chatroom_msg_level\":\"low\"}");
		assertThat(verdict.answer(false)).isEqualTo("{\"valid\":true}");
		assertThatExceptionOfType(ImValidationException.class)
			.isThrownBy(() -> Verdict.stop().withPriority(Verdict.Priority.HIGH));
	}

	@Test
	void codeUpToTheEdge() {
		int most = Verdict.MAX_CHARACTERS - "{'valid':false,'code':''}".length();
		assertThat(Verdict.stop("x".repeat(most)).answer(true)).hasSize(1000);
		assertThatExceptionOfType(ImValidationException.class).isThrownBy(() -> Verdict.stop("x".repeat(most + 1)))
			.withMessageContaining("at most 1000 characters")
			.withMessageContaining("1001");
		assertThatExceptionOfType(ImValidationException.class)
			.isThrownBy(() -> Verdict.stop("\"".repeat(most / 2 + 1)));
	}

	@Test
	void replacementInTheFormThatTheMessageCameIn() {
		MessageBody body = new MessageBody.Text("***");
		assertThat(payload(Verdict.deliverInstead(this.flat, body)))
			.isEqualTo(SignedCallbacks.MAPPER.readTree("{\"type\":\"txt\",\"msg\":\"***\",\"ext\":{\"a\":1}}"));
		assertThat(payload(Verdict.deliverInstead(this.withBodies, body))).isEqualTo(SignedCallbacks.MAPPER.readTree(
				"{\"bodies\":[{\"type\":\"txt\",\"msg\":\"***\"}],\"from\":\"user1\",\"to\":\"user2\",\"type\":\"chat\","
						+ "\"ext\":{\"a\":1}}"));
	}

	@Test
	void replacementWithAnotherExtensionOrNone() {
		MessageBody body = new MessageBody.Text("***");
		assertThat(payload(Verdict.deliverInstead(this.flat, body, Map.of())).has("ext")).isFalse();
		assertThat(payload(Verdict.deliverInstead(this.flat, body, Map.of("b", true))).path("ext"))
			.isEqualTo(SignedCallbacks.MAPPER.readTree("{\"b\":true}"));
	}

	@Test
	void replacementOfOtherTypes() {
		assertThat(payload(Verdict.deliverInstead(this.flat, new MessageBody.Location("39.9", "116", "Beijing"))))
			.isEqualTo(SignedCallbacks.MAPPER
				.readTree("{\"type\":\"loc\",\"lat\":39.9,\"lng\":116,\"addr\":\"Beijing\",\"ext\":{\"a\":1}}"));
		JsonNode custom = payload(
				Verdict.deliverInstead(this.flat, new MessageBody.Custom("gift", Map.of("name", "flower")), Map.of()));
		assertThat(custom).isEqualTo(SignedCallbacks.MAPPER.readTree("{\"type\":\"custom\",\"customEvent\":\"gift\","
				+ "\"customExts\":[{\"name\":\"flower\"}],\"v2:customExts\":{\"name\":\"flower\"}}"));
		assertThat(payload(Verdict.deliverInstead(this.flat, new MessageBody.Image(URL, null, null, null))).path("url")
			.asString()).isEqualTo(URL);
	}

	@Test
	void commandsAndFilesAreNoReplacement() {
		assertThatExceptionOfType(ImValidationException.class)
			.isThrownBy(() -> Verdict.deliverInstead(this.flat, new MessageBody.Command("run")))
			.withMessageContaining("'cmd'");
		assertThatExceptionOfType(ImValidationException.class)
			.isThrownBy(() -> Verdict.deliverInstead(this.flat, new MessageBody.File(URL, null, null)));
	}

	@Test
	void replacementUpToTheEdges() {
		int most = Verdict.MAX_CHARACTERS
				- "{'valid':true,'chatroom_msg_level':'normal','payload':{'type':'txt','msg':''}}".length();
		assertThat(Verdict.deliverInstead(this.flat, new MessageBody.Text("x".repeat(most)), Map.of())
			.withPriority(Verdict.Priority.NORMAL)
			.answer(true)).hasSize(1000);
		assertThatExceptionOfType(ImValidationException.class)
			.isThrownBy(() -> Verdict.deliverInstead(this.flat, new MessageBody.Text("x".repeat(most + 1)), Map.of()));
		int bytes = Verdict.MAX_TEXT_BYTES - "{'type':'txt','msg':''}".length();
		String text = "字".repeat(bytes / 3) + "x".repeat(bytes % 3);
		Verdict.deliverInstead(this.flat, new MessageBody.Text(text), Map.of());
		assertThatExceptionOfType(ImValidationException.class)
			.isThrownBy(() -> Verdict.deliverInstead(this.flat, new MessageBody.Text(text + "x"), Map.of()))
			.withMessageContaining("at most 1024 bytes")
			.withMessageContaining("1025");
	}

	@Test
	void saysWhatItIsButNotTheMessage() {
		assertThat(Verdict.stop("word")).hasToString("Verdict[stop with 'word']");
		assertThat(Verdict.stop()).hasToString("Verdict[stop]");
		assertThat(Verdict.deliver()).hasToString("Verdict[deliver]");
		assertThat(Verdict.deliver().withPriority(Verdict.Priority.LOW)).hasToString("Verdict[deliver, priority low]");
		assertThat(Verdict.deliverInstead(this.flat, new MessageBody.Text("private")))
			.hasToString("Verdict[deliver something else]");
	}

	private static JsonNode payload(Verdict verdict) {
		return SignedCallbacks.MAPPER.readTree(verdict.answer(true)).path("payload");
	}

	private static PreDelivery question(String example) {
		PreDelivery question = new CallbackDecoder("default").preDelivery(SignedCallbacks.example(example));
		assertThat(question).isNotNull();
		return question;
	}

}
