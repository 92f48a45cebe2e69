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

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.imspring.StubService;
import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.chatroom.ChatroomSettings;
import io.github.imspring.error.ImDecodingException;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImValidationException;
import io.github.imspring.file.FileOperations;
import io.github.imspring.file.UploadOptions;
import io.github.imspring.message.BulkOptions;
import io.github.imspring.message.Delivery;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.message.SendResult;
import io.github.imspring.metadata.ChatroomMetadataOperations;
import io.github.imspring.operation.Operation;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What a caller is told is what happened: no less sure, and no surer.
 */
class TruthfulEndTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final Operation PROBE = Operation.of("probe", true);

	private final StubService service = new StubService();

	private final ImRestOperations rest = this.service.rest();

	private final MessageOperations messages = MessageOperations.create(this.rest, BulkOptions.DEFAULTS);

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void usersAreTheSameWhateverTheirCase() {
		this.service.answer("{\"data\":{\"alice\":\"101\",\"BOB\":\"102\"}}");
		SendResult result = this.messages.send(Message.text("hi").to("Alice", "bob").build()).block(TIMEOUT);
		assertThat(result.messageIds()).isEqualTo(Map.of("Alice", "101", "bob", "102"));
		assertThat(result.missing()).isEmpty();
		assertThat(this.messages.sendToAll(Message.text("hi").build(), Flux.just("Alice", "bob", "ALICE"))
			.collectList()
			.block(TIMEOUT)).extracting(Delivery::recipient, Delivery::messageId)
			.containsExactlyInAnyOrder(tuple("Alice", "101"), tuple("bob", "102"), tuple("ALICE", "101"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"u1\":null}", "{\"u1\":\"\"}", "{\"u1\":\" \"}" })
	void sendWithoutAnIdIsNoSuccess(String data) {
		this.service.answer("{\"data\":" + data + "}");
		assertThat(catchThrowableOfType(ImDecodingException.class,
				() -> this.messages.send(Message.text("hi").to("u1").build()).block(TIMEOUT))
			.mayHaveBeenProcessed()).isTrue();
		assertThat(this.messages.sendToAll(Message.text("hi").build(), Flux.just("u1")).blockLast(TIMEOUT).status())
			.isEqualTo(Delivery.Status.UNKNOWN);
	}

	@Test
	void idThatIsBlankIsMissing() {
		this.service.answer("{\"data\":{\"u1\":\"\",\"u2\":\"7\"}}");
		SendResult result = this.messages.send(Message.text("hi").to("u1", "u2").build()).block(TIMEOUT);
		assertThat(result.missing()).containsExactly("u1");
		assertThat(result.messageIds()).isEqualTo(Map.of("u2", "7"));
	}

	@Test
	void refusalAfterARepeatMayBeAboutWhatWasDoneBefore() {
		this.service.answerInTurn(StubService.json(503, ""), StubService.json(200,
				"{\"data\":{\"successKeys\":[],\"errorKeys\":{\"k1\":\"the key is not exist\"}}}"));
		BatchResult result = ChatroomMetadataOperations.create(this.rest)
			.deleteAttributes("r1", "u1", List.of("k1"))
			.block(TIMEOUT);
		assertThat(result.errors().get("k1").mayHaveBeenProcessed()).isTrue();
	}

	@Test
	void attributesThatAreNoStringsAreKept() {
		this.service.answer("{\"data\":{\"k1\":{\"nested\":1},\"k2\":[1],\"k3\":5,\"k4\":\"x\",\"k5\":null}}");
		assertThat(ChatroomMetadataOperations.create(this.rest).getAttributes("r1").block(TIMEOUT))
			.isEqualTo(Map.of("k1", "{\"nested\":1}", "k2", "[1]", "k3", "5", "k4", "x"));
	}

	@ParameterizedTest
	@CsvSource({ "r1,true", "r2,false" })
	void answerAboutAnotherRoomIsNoSuccess(String answered, boolean right) {
		this.service.answer("{\"data\":{\"success\":true,\"result\":true,\"id\":\"" + answered + "\"}}");
		ChatroomOperations chatrooms = ChatroomOperations.create(this.rest, ChatroomSettings.DEFAULTS);
		ImException deleting = catchThrowableOfType(ImException.class, () -> chatrooms.delete("r1").block(TIMEOUT));
		ImException setting = catchThrowableOfType(ImException.class,
				() -> ChatroomMetadataOperations.create(this.rest).setAnnouncement("r1", "hi").block(TIMEOUT));
		for (ImException failure : new ImException[] { deleting, setting }) {
			if (right) {
				assertThat(failure).isNull();
			}
			else {
				assertThat(failure).isInstanceOf(ImDecodingException.class);
				assertThat(failure.mayHaveBeenProcessed()).isTrue();
			}
		}
	}

	@Test
	void foreignTreeIsRefused() throws Exception {
		Object node = new ObjectMapper().readTree("{\"id\":\"A-17\",\"n\":12,\"paid\":true}");
		assertThatExceptionOfType(ImValidationException.class).isThrownBy(() -> Message.text("hi").ext("order", node));
		assertThatExceptionOfType(ImValidationException.class)
			.isThrownBy(() -> this.rest.exchange(ImRequest.post(PROBE).path("x").json(Map.of("a", node)).build())
				.block(TIMEOUT))
			.withMessageContaining("of another library");
		assertThat(this.service.requests()).isEmpty();
	}

	@Test
	@SuppressWarnings("unchecked")
	void whatCannotBeSentIsRefusedAndNotSent() {
		ImRequest.Builder request = ImRequest.post(PROBE);
		refused(() -> request.header("X-A", "a\r\nX-Evil: 1"));
		refused(() -> request.header("X-A", " a"));
		refused(() -> request.header("X\u00e4", "a"));
		refused(() -> request.path("\ud800"));
		refused(() -> request.path((String) null));
		refused(() -> request.query("a", "\udc00"));
		refused(() -> request.messages(0));
		refused(() -> UploadOptions.defaults().withMediaType(MediaType.ALL));
		refused(() -> UploadOptions.defaults()
			.withMediaType(MediaType.parseMediaType("text/plain;x=\"a\r\nX-Evil: 1\r\n\r\nINJECTED\"")));
		refused(() -> FileOperations.create(this.rest).download("uuid", " secret").blockLast(TIMEOUT));
		refused(() -> Message.voice("http://x/y").length(Duration.ofMillis(-1)));
		refused(() -> ChatroomMetadataOperations.create(this.rest).setAttributes("r1", "u1", null).block(TIMEOUT));
		refused(() -> ChatroomMetadataOperations.create(this.rest)
			.setAttributes("r1", "u1", (Map<String, String>) (Map<?, ?>) Map.of("k", 1))
			.block(TIMEOUT));
		refused(() -> ChatroomMetadataOperations.create(this.rest).getAnnouncement("\ud800").block(TIMEOUT));
		refused(() -> this.messages.sendToAll(Message.text("hi").build(), Flux.just("u1"), (options) -> null)
			.blockLast(TIMEOUT));
		refused(() -> this.messages.sendToAll(Message.text("hi").build(), Flux.just("u1"), (options) -> {
			throw new IllegalStateException("no");
		}).blockLast(TIMEOUT));
		assertThat(this.service.requests()).isEmpty();
	}

	private static void refused(ThrowingCallable call) {
		assertThatExceptionOfType(ImValidationException.class).isThrownBy(call);
	}

	@Test
	void readerThatFailsInItsOwnWayIsAnError() {
		this.service.answer("{\"data\":{}}");
		ImRequest request = ImRequest.get(PROBE).path("x").build();
		assertThatExceptionOfType(ImDecodingException.class)
			.isThrownBy(() -> this.rest.exchange(request, (response) -> null).block(TIMEOUT));
		assertThatExceptionOfType(ImDecodingException.class)
			.isThrownBy(() -> this.rest.exchange(request, (response) -> {
				throw new AssertionError("no");
			}).block(TIMEOUT));
	}

	@Test
	void sourceThatBlocksDoesSoOnAThreadThatMay() {
		this.service.answer((request) -> StubService.json(200,
				"{\"data\":{\"%s\":\"1\"}}".formatted(request.json().path("to").path(0).asString())));
		Iterable<String> recipients = () -> new Iterator<>() {
			private int number;

			@Override
			public boolean hasNext() {
				assertThat(Schedulers.isInNonBlockingThread()).isFalse();
				return this.number < 50;
			}

			@Override
			public String next() {
				return "u" + this.number++;
			}
		};
		assertThat(this.messages
			.sendToAll(Message.text("hi").build(), Flux.fromIterable(recipients), (options) -> options.withChunkSize(1))
			.collectList()
			.block(TIMEOUT)).hasSize(50).allMatch(Delivery::isSent);
	}

}
