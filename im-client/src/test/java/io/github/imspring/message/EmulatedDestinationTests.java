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

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.github.imspring.EmulatedService;
import io.github.imspring.ImClient;
import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.error.ImForbiddenException;
import io.github.imspring.exchange.ImEndpoint;
import io.github.imspring.token.ClientCredentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Messages to chatrooms, groups and their members against the emulator.
 */
class EmulatedDestinationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final EmulatedService service = new EmulatedService();

	private final ImEmulator emulator = this.service.emulator();

	private final MessageOperations messages = MessageOperations.create(this.service.rest());

	@BeforeEach
	void open() {
		this.service.register("host", "alice", "bob");
		this.emulator.chatrooms().create("r1", "host", "alice", "bob");
		this.emulator.groups().create("g1", "host", "alice", "bob");
	}

	@AfterEach
	void close() {
		this.service.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void arrivesWhereItIsSent(boolean byAppId) {
		MessageOperations messages = byAppId ? MessageOperations.create(this.service.restByAppId()) : this.messages;
		SendResult toRoom = get(messages
			.send(Message.text("Goal!").from("host").toChatrooms("r1").priority(ChatroomPriority.HIGH).build()));
		SendResult toMember = get(
				messages.send(Message.text("psst").from("host").toChatroomMembers("r1", "bob").build()));
		SendResult toGroup = get(messages.send(
				Message.text("Lunch?").from("bob").env("blue").toGroups("g1").needGroupAck().mention("alice").build()));
		assertThat(toRoom.messageIds()).containsOnlyKeys("r1");
		assertThat(toMember.messageIds()).containsOnlyKeys("r1");
		assertThat(toGroup.messageIds()).containsOnlyKeys("g1");
		assertThat(this.emulator.deliveries()).hasSize(3);
		assertThat(this.emulator.deliveries().get(0)).satisfies((delivery) -> {
			assertThat(delivery.messageId()).isEqualTo(toRoom.messageIds().get("r1"));
			assertThat(delivery.chatType()).isEqualTo("chatroom");
			assertThat(delivery.level()).isEqualTo("high");
			assertThat(delivery.receivers()).contains("alice", "bob");
		});
		assertThat(this.emulator.deliveries().get(1).receivers()).containsExactly("bob");
		assertThat(this.emulator.deliveries().get(2)).satisfies((delivery) -> {
			assertThat(delivery.chatType()).isEqualTo("groupchat");
			assertThat(delivery.needGroupAck()).isTrue();
			assertThat(delivery.env()).isEqualTo("blue");
			assertThat(delivery.ext().path("em_at_list").path(0).asString()).isEqualTo("alice");
		});
	}

	@Test
	void toAnyNumberOfChatroomsGroupsAndMembers() {
		List<String> rooms = IntStream.range(0, 45).mapToObj((number) -> "room" + number).toList();
		rooms.forEach((room) -> this.emulator.chatrooms().create(room, "host"));
		assertThat(all(this.messages.sendToAll(Message.text("hi").toChatrooms().build(), Flux.fromIterable(rooms))))
			.hasSize(45)
			.allMatch(Delivery::isSent);
		assertThat(all(this.messages.sendToAll(Message.text("hi").toGroups().build(), Flux.just("g1"))))
			.allMatch(Delivery::isSent);
		assertThat(all(this.messages.sendToAll(Message.text("hi").toGroupMembers("g1").build(),
				Flux.just("alice", "bob"), (options) -> options.withChunkSize(20))))
			.extracting(Delivery::recipient)
			.containsExactly("alice", "bob");
		assertThat(this.emulator.requestCount("send-group-member-message")).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "send-chatroom-message, CHATROOMS", "send-group-message, GROUPS" })
	void aRefusalForTheRateHoldsEverybodyOfThatDestinationBack(String operation, Destination destination) {
		this.emulator.faults()
			.fail(operation,
					Fault.status(403)
						.json("{\"error\":\"message_send_error\",\"error_description\":\"message send reach limit\"}"),
					1);
		try (ImClient client = ImClient
			.builder(ImEndpoint.ofOrgApp(URI.create(this.emulator.baseUrl()), this.emulator.orgName(),
					this.emulator.appName()))
			.clientCredentials(new ClientCredentials(this.emulator.clientId(), this.emulator.clientSecret(), null))
			.build()) {
			Message message = (destination == Destination.GROUPS) ? Message.text("hi").toGroups("g1").build()
					: Message.text("hi").toChatrooms("r1").build();
			assertThat(get(client.messages().send(message)).missing()).isEmpty();
			assertThat(this.emulator.requestCount(operation)).isEqualTo(2);
			assertThat(this.emulator.deliveries()).hasSize(1);
		}
	}

	@Test
	void recallsOneAndMany() {
		List<String> ids = IntStream.range(0, 40)
			.mapToObj((number) -> get(
					this.messages.send(Message.text("spam" + number).from("bob").toChatrooms("r1").build()))
				.messageIds()
				.get("r1"))
			.toList();
		assertThat(this.messages.recall(Recall.message(ids.get(0)).sentToChatroom("r1").by("bob"))
			.thenReturn(true)
			.block(TIMEOUT)).isTrue();
		assertThat(catchThrowableOfType(ImForbiddenException.class,
				() -> this.messages.recall(Recall.message(ids.get(0)).sentToChatroom("r1")).block(TIMEOUT))
			.hint()).startsWith("Force the recall");
		List<RecallResult> results = all(
				this.messages.recallAll(Flux.fromIterable(ids).map((id) -> Recall.message(id).sentToChatroom("r1"))));
		assertThat(results).extracting((result) -> result.recall().messageId()).containsExactlyElementsOf(ids);
		assertThat(results.get(0).status()).isEqualTo(RecallResult.Status.NOT_RECALLED);
		assertThat(results.get(0).reason()).isEqualTo("not_found msg");
		assertThat(results.subList(1, 40)).allMatch((result) -> result.status() == RecallResult.Status.RECALLED);
		assertThat(this.emulator.recalledMessages()).containsExactlyInAnyOrderElementsOf(ids);
		assertThat(this.emulator.requestCount("recall-messages")).isEqualTo(2);
	}

	private static <T> T get(Mono<T> call) {
		T result = call.block(TIMEOUT);
		assertThat(result).isNotNull();
		return result;
	}

	private static <T> List<T> all(Flux<T> call) {
		return get(call.collectList());
	}

}
