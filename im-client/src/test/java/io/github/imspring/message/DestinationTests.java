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
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import io.github.imspring.StubService;
import io.github.imspring.StubService.Request;
import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.error.ImRefusedException;
import io.github.imspring.error.ImServerException;
import io.github.imspring.error.ImValidationException;
import io.github.imspring.exchange.WireFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import static io.github.imspring.BlockingCall.done;
import static io.github.imspring.BlockingCall.fails;
import static io.github.imspring.BlockingCall.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for messages to chatrooms, groups and their members: the examples of the
 * documents, and the bounds of each destination.
 */
class DestinationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final StubService service = new StubService();

	private final MessageOperations messages = MessageOperations.create(this.service.rest());

	@AfterEach
	void close() {
		this.service.close();
	}

	static Stream<Arguments> examples() {
		return Stream.of(Arguments.of("/messages/chatrooms", Message.text("testmessages")
			.from("user1")
			.toChatrooms("185145305923585")
			.priority(ChatroomPriority.HIGH), """
					{"from":"user1","to":["185145305923585"],"type":"txt","body":{"msg":"testmessages"},
					"chatroom_msg_level":"high"}"""), Arguments.of("/messages/chatrooms",
					Message.custom("gift").extension("n", "1").roamIgnoreUsers("u").env("test1").toChatrooms("1", "2"),
					"""
							{"to":["1","2"],"type":"custom","body":{"customEvent":"gift","customExts":{"n":"1"}},
							"roam_ignore_users":["u"],"env":"test1"}"""),
				Arguments.of("/messages/chatrooms/users",
						Message.command("refresh")
							.from("user1")
							.toChatroomMembers("1", "user2", "user3")
							.priority(ChatroomPriority.LOW),
						"""
								{"from":"user1","to":["1"],"users":["user2","user3"],"type":"cmd","body":{"action":"refresh"},
								"chatroom_msg_level":"low"}"""),
				Arguments.of("/messages/chatgroups",
						Message.text("testmessages")
							.from("user1")
							.toGroups("184524748161025")
							.needGroupAck()
							.onlineOnly()
							.mention("bob")
							.mention("carol")
							.silent(),
						"""
								{"from":"user1","to":["184524748161025"],"type":"txt","body":{"msg":"testmessages"},
								"need_group_ack":true,"routetype":"ROUTE_ONLINE",
								"ext":{"em_at_list":["bob","carol"],"em_ignore_notification":true}}"""),
				Arguments.of("/messages/chatgroups", Message.text("hi").toGroups("1").mention("bob").mentionAll(), """
						{"to":["1"],"type":"txt","body":{"msg":"hi"},"ext":{"em_at_list":"all"}}"""),
				Arguments.of("/messages/chatgroups/users",
						Message.image("https://h/f").size(1, 2).ext("k", 1).toGroupMembers("1", "bob"),
						"""
								{"to":["1"],"users":["bob"],"type":"img","body":{"url":"https://h/f","size":{"width":1,"height":2}},
								"ext":{"k":1}}"""),
				Arguments.of("/messages/users", Message.text("hi").env("A1b2C3d4").to("bob"), """
						{"to":["bob"],"type":"txt","body":{"msg":"hi"},"env":"A1b2C3d4"}"""));
	}

	@ParameterizedTest
	@MethodSource("examples")
	void arrivesAsInTheDocument(String path, MessageBuilder<?> builder, String json) {
		Message message = builder.build();
		this.service.answer("{\"path\":\"%s\",\"data\":{\"%s\":\"1029457500870543736\"}}".formatted(path,
				(message.within() != null) ? message.within() : message.to().get(0)));
		SendResult result = get(this.messages.send(message));
		assertThat(result.messageIds()).hasSize(1).containsValue("1029457500870543736");
		Request request = this.service.onlyRequest();
		assertThat(request.target()).isEqualTo(path);
		JsonNode expected = WireFormat.jsonMapper().readTree(json);
		assertThat(request.json()).isEqualTo(expected);
		assertThat(message.withRecipients(message.to())).isEqualTo(message).hasSameHashCodeAs(message);
		assertThat(message.toString()).doesNotContain("testmessages");
	}

	@ParameterizedTest
	@CsvSource({ "USERS, 600, to", "CHATROOMS, 10, to", "CHATROOM_MEMBERS, 20, users", "GROUPS, 3, to",
			"GROUP_MEMBERS, 20, users" })
	void recipientsOnBothSidesOfTheirEdges(Destination destination, int most, String field) {
		this.service.answer("{\"data\":{\"x\":\"7\",\"1\":\"7\"}}");
		get(this.messages.send(to(destination, Collections.nCopies(most, "x"))));
		ImValidationException tooMany = refused(field,
				this.messages.send(to(destination, Collections.nCopies(most + 1, "x"))));
		assertThat(tooMany).hasMessageContaining("1 to %d ".formatted(most))
			.hasMessageStartingWith(destination.operation().name());
		refused(field, this.messages.send(to(destination, List.of())));
		assertThat(catchThrowableOfType(ImValidationException.class, () -> to(destination, List.of(""))).field())
			.isEqualTo(field);
	}

	@Test
	void whoDoNotRoamOnBothSidesOfTheirEdge() {
		this.service.answer("{\"data\":{\"1\":\"2\"}}");
		get(this.messages
			.send(Message.text("hi").roamIgnoreUsers(Collections.nCopies(20, "u")).toChatrooms("1").build()));
		refused("roam_ignore_users", this.messages
			.send(Message.text("hi").roamIgnoreUsers(Collections.nCopies(21, "u")).toChatrooms("1").build()));
		refused("roam_ignore_users", this.messages
			.send(Message.text("hi").roamIgnoreUsers(Collections.nCopies(21, "u")).toGroups("1").build()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "123456789", "a-b", "ä", "a b" })
	void aRouteIsOneToEightLettersAndDigits(String wrong) {
		assertThat(catchThrowableOfType(ImValidationException.class, () -> Message.text("hi").env(wrong)).field())
			.isEqualTo("env");
	}

	@Test
	void tooLargeForAChatroomToo() {
		ImValidationException ex = refused("body",
				this.messages.send(Message.text("x".repeat(5120)).toChatrooms("1").build()));
		assertThat(ex).hasMessageStartingWith("send-chatroom-message failed");
	}

	@Test
	void whoNamesADestinationGoesOnWithWhatTheCallReturns() {
		ContentBuilder.Plain content = Message.text("hi").from("a");
		Message toRooms = content.toChatrooms("1").build();
		Message toGroups = content.toGroups("2").build();
		assertThat(toRooms.destination()).isEqualTo(Destination.CHATROOMS);
		assertThat(toGroups.from()).isEqualTo("a");
		assertThatIllegalStateException().isThrownBy(content::build).withMessageContaining("Go on with the builder");
	}

	@Test
	void toAllOfThemOneByOneUnlessTheOptionsSayOtherwise() {
		this.service.answer((request) -> StubService.json(200, "{\"data\":{" + ids(request) + "}}"));
		Message template = Message.text("hi").toChatrooms().build();
		List<Delivery> deliveries = get(
				this.messages.sendToAll(template, Flux.range(0, 25).map(String::valueOf)).collectList());
		assertThat(deliveries).hasSize(25).allMatch(Delivery::isSent);
		assertThat(this.service.requests()).hasSize(25);
		this.service.requests().clear();
		get(this.messages
			.sendToAll(template, Flux.range(0, 25).map(String::valueOf), (options) -> options.withChunkSize(600))
			.collectList());
		assertThat(this.service.requests()).hasSize(3);
	}

	@Test
	void toAllMembersOfOne() {
		this.service.answer("{\"data\":{\"room\":\"77\"}}");
		Message template = Message.text("hi").toChatroomMembers("room").build();
		List<Delivery> deliveries = get(
				this.messages.sendToAll(template, Flux.just("a", "b", "c"), (options) -> options.withChunkSize(2))
					.collectList());
		assertThat(deliveries).extracting(Delivery::recipient).containsExactlyInAnyOrder("a", "b", "c");
		assertThat(deliveries).extracting(Delivery::messageId).containsOnly("77");
	}

	@Test
	void anEmptyIdFailsItsOwn() {
		this.service.answer((request) -> StubService.json(200, "{\"data\":{" + ids(request) + "}}"));
		List<Delivery> deliveries = get(
				this.messages.sendToAll(Message.text("hi").toGroups().build(), Flux.just("1", "", "2")).collectList());
		assertThat(deliveries).filteredOn((delivery) -> !delivery.isSent())
			.singleElement()
			.satisfies((delivery) -> assertThat(delivery.failure())
				.hasMessageStartingWith("send-group-message failed: 'to' must not have an empty ID"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					CHATROOMS | 403 | message_send_error | message send reach limit | Send fewer messages a second, or have the limit raised and set the messages per second of 'send-chatroom-message' in QuotaSettings.limits; see also whether another program uses the same App Key.
					GROUPS | 403 | message_send_error | message send reach limit | Send fewer messages a second, or have the limit raised and set the messages per second of 'send-group-message' in QuotaSettings.limits; see also whether another program uses the same App Key.
					CHATROOMS | 429 | reach_limit | This request has reached api limit | Call less often, or have the limit raised and set the calls per second of 'send-chatroom-message' in QuotaSettings.limits; see also whether another program uses the same App Key.
					CHATROOMS | 400 | message_send_error | params to's size can't exceed limit 10 | Name at most 10 chatrooms a call.
					GROUPS | 400 | message_send_error | params to's size can't exceed limit 3 | Name at most 3 groups a call.
					GROUP_MEMBERS | 400 | message_send_error | param users can't be empty | Name at least one member.
					""")
	void refused(Destination destination, int status, String error, String description, String hint) {
		this.service.answer((request) -> StubService.json((this.service.requests().size() == 1) ? status : 400,
				"{\"error\":\"%s\",\"error_description\":\"%s\"}".formatted(error, description)));
		if (status == 400) {
			ImApiException ex = fails(ImApiException.class, this.messages.send(to(destination, List.of("1"))));
			assertThat(ex.hint()).isEqualTo(hint);
		}
		else {
			this.service.answer((request) -> StubService.json(status,
					"{\"error\":\"%s\",\"error_description\":\"%s\"}".formatted(error, description)));
			ImQuotaExceededException ex = catchThrowableOfType(ImQuotaExceededException.class,
					() -> MessageOperations.create(this.service.restThatDoesNotWait())
						.send(to(destination, List.of("1")))
						.block(TIMEOUT));
			assertThat(ex.hint()).isEqualTo(hint);
			assertThat(ex.retryable()).isTrue();
		}
	}

	// Recall

	@Test
	void recallsOne() {
		this.service
			.answer("""
					{"path":"/messages/msg_recall","uri":"https://XXXX/XXXX/XXXX/messages/msg_recall","timestamp":1657529588473,
					"organization":"XXXX","application":"XXXX","action":"post","data":{"recalled":"yes","chattype":"chat",
					"from":"XXXX","to":"XXXX","msg_id":"1028442084794698104"},"duration":8,"applicationName":"XXXX"}""");
		done(this.messages.recall(Recall.message("1028442084794698104").sentTo("user2").by("user1").forced()));
		assertThat(this.service.onlyRequest().target()).isEqualTo("/messages/msg_recall");
		assertThat(this.service.onlyRequest().json()).isEqualTo(WireFormat.jsonMapper().readTree("""
				{"msg_id":"1028442084794698104","to":"user2","chat_type":"chat","force":true,"from":"user1"}"""));
		done(this.messages.recall(Recall.message("1").sentToGroup("g").withInfo("spam")));
		assertThat(this.service.requests().get(1).json()).isEqualTo(WireFormat.jsonMapper().readTree("""
				{"msg_id":"1","to":"g","chat_type":"groupchat","force":false,"recallMessageExtensionInfo":"spam"}"""));
		this.service.answer("{\"data\":{\"recalled\":\"no\"}}");
		fails(ImRefusedException.class, this.messages.recall(Recall.message("1").sentToChatroom("r")));
	}

	@Test
	void onlyAMessageToAUserCanStayOnTheSendersDevices() {
		this.service.answer("{\"data\":{\"recalled\":\"yes\"}}");
		done(this.messages.recall(Recall.message("1").sentTo("u").withoutSyncDevice().forced().by("s").withInfo("i")));
		assertThat(this.service.onlyRequest().json()).isEqualTo(WireFormat.jsonMapper().readTree("""
				{"msg_id":"1","to":"u","chat_type":"chat","force":true,"from":"s","recallMessageExtensionInfo":"i",
				"sync_device":false}"""));
		for (Recall recall : List.of(Recall.message("1").sentToGroup("g"), Recall.message("1").sentToChatroom("r"))) {
			assertThat(catchThrowableOfType(ImValidationException.class, recall::withoutSyncDevice).field())
				.isEqualTo("sync_device");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					400 | can't find msg to | Name the user, chatroom or group that the message was sent to.
					403 | exceed recall time limit | Force the recall, or have the console allow more than two minutes: the message is too old.
					403 | not_found msg | Force the recall to have clients drop their copies: the message has expired or is recalled already.
					""")
	void refusedRecalls(int status, String description, String hint) {
		this.service.answer(status,
				"{\"error\":\"message_recall_error\",\"error_description\":\"%s\"}".formatted(description));
		assertThat(fails(ImApiException.class, this.messages.recall(Recall.message("1").sentTo("u"))).hint())
			.isEqualTo(hint);
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "1, 1", "30, 1", "31, 2" })
	void recallsManyByTheThirty(int count, int calls) {
		this.service.answer((request) -> StubService.json(200, recalled(request)));
		List<RecallResult> results = get(this.messages
			.recallAll(Flux.range(0, count).map((number) -> Recall.message("m" + number).sentToChatroom("r")))
			.collectList());
		assertThat(results).hasSize(count).allMatch((result) -> result.status() == RecallResult.Status.RECALLED);
		assertThat(this.service.requests()).hasSize(calls);
	}

	@Test
	void recallsManyOfWhichSomeAreRefusedAloneOrWithTheirCall() {
		this.service.answer((request) -> {
			if (request.body().contains("gone")) {
				return StubService.json(403,
						"{\"error\":\"message_recall_error\",\"error_description\":\"not_found msg\"}");
			}
			return StubService.json(200, recalled(request).replace("{\"recalled\":\"yes\",\"msg_id\":\"old\"}",
					"{\"recalled\":\"no\",\"msg_id\":\"old\",\"reason\":\"exceed recall time limit\"}"));
		});
		List<RecallResult> results = get(
				this.messages.recallAll(Flux.just("a", "gone", "old", "b").map((id) -> Recall.message(id).sentTo("u")))
					.collectList());
		assertThat(results).extracting(RecallResult::status)
			.containsExactly(RecallResult.Status.RECALLED, RecallResult.Status.NOT_RECALLED,
					RecallResult.Status.NOT_RECALLED, RecallResult.Status.RECALLED);
		assertThat(results.get(1).reason()).isEqualTo("not_found msg");
		assertThat(results.get(2).reason()).isEqualTo("exceed recall time limit");
	}

	@Test
	void aFailedCallLeavesItsMessagesUnknown() {
		this.service.answer(500, "{}");
		List<RecallResult> results = get(
				this.messages.recallAll(Flux.just(Recall.message("1").sentTo("u"))).collectList());
		assertThat(results.get(0).status()).isEqualTo(RecallResult.Status.UNKNOWN);
		assertThat(results.get(0).failure()).isInstanceOf(ImServerException.class);
	}

	@Test
	void aRecallNeedsIds() {
		assertThat(catchThrowableOfType(ImValidationException.class, () -> Recall.message("").sentTo("u")).field())
			.isEqualTo("msg_id");
		assertThat(catchThrowableOfType(ImValidationException.class, () -> Recall.message("1").sentTo("")).field())
			.isEqualTo("to");
		assertThat(
				catchThrowableOfType(ImValidationException.class, () -> Recall.message("1").sentTo("u").by("")).field())
			.isEqualTo("from");
	}

	private static String recalled(Request request) {
		StringBuilder data = new StringBuilder();
		request.json()
			.path("msgs")
			.forEach((message) -> data.append(data.isEmpty() ? "" : ",")
				.append("{\"recalled\":\"yes\",\"msg_id\":\"%s\"}".formatted(message.path("msg_id").asString())));
		return "{\"data\":[" + data + "]}";
	}

	private static String ids(Request request) {
		StringBuilder ids = new StringBuilder();
		request.json()
			.path("to")
			.forEach((to) -> ids.append(ids.isEmpty() ? "" : ",").append("\"%s\":\"7\"".formatted(to.asString())));
		return ids.toString();
	}

	private static Message to(Destination destination, List<String> ids) {
		ContentBuilder.Plain content = Message.text("hi");
		return switch (destination) {
			case USERS -> content.to(ids).build();
			case CHATROOMS -> content.toChatrooms(ids).build();
			case CHATROOM_MEMBERS -> content.toChatroomMembers("1", ids).build();
			case GROUPS -> content.toGroups(ids).build();
			case GROUP_MEMBERS -> content.toGroupMembers("1", ids).build();
		};
	}

	private ImValidationException refused(String field, Mono<?> call) {
		int before = this.service.requests().size();
		ImValidationException ex = fails(ImValidationException.class, call);
		assertThat(ex.field()).isEqualTo(field);
		assertThat(this.service.requests()).hasSize(before);
		return ex;
	}

}
