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

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.imspring.callback.SignedCallbacks.Example;
import io.github.imspring.message.MessageBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallbackDecoder}, with an example of each shape that the documents
 * show.
 */
class CallbackDecoderTests {

	private static final String URL = "https://host/org/app/chatfiles/0990a64f";

	private final CallbackDecoder decoder = new CallbackDecoder("sales");

	@ParameterizedTest
	@MethodSource("io.github.imspring.callback.SignedCallbacks#examples")
	void everyExampleHasItsKind(Example example) {
		if (CallbackDecoder.asksBeforeDelivery(example.callback())) {
			assertThat(example.kind()).isEqualTo(CallbackObserver.PRE_DELIVERY);
			assertThat(this.decoder.preDelivery(example.callback())).isNotNull();
		}
		else {
			CallbackEvent event = this.decoder.event(example.callback());
			assertThat(event.kind()).isEqualTo(example.kind());
			assertThat(event.account()).isEqualTo("sales");
			assertThat(event.envelope().json()).isEqualTo(example.callback());
			assertThat(event.toString()).doesNotContain("-secret", "security");
		}
	}

	@ParameterizedTest
	@CsvSource({ "text, /msg_id", "text, /payload", "text, /from", "text, /to", "edit, /payload/edit_message_id",
			"read receipt, /payload/ack_message_id", "contact add, /payload/operation", "reaction, /payload/data",
			"thread, /payload/data/id", "thread, /payload/data/operation", "GROUP JOIN DIRECT, /operation",
			"GROUP JOIN DIRECT, /id", "old create, /payload/operation", "old create, /group_id",
			"presence login, /user", "presence login, /status", "push without a device, /target",
			"push without a device, /status" })
	void eventThatLacksWhatMakesItIsUnknown(String example, String field) {
		ObjectNode callback = SignedCallbacks.example(example);
		remove(callback, field);
		assertThat(this.decoder.event(callback)).isInstanceOf(UnknownEvent.class);
	}

	@Test
	void messageThatIsRecalledHasOneOfTwoNames() {
		ObjectNode callback = SignedCallbacks.example("recall");
		String recalled = callback.path("payload").path("ack_message_id").asString();
		remove(callback, "/recall_id");
		assertThat(((MessageRecalled) this.decoder.event(callback)).recalledMessageId()).isEqualTo(recalled);
		remove(callback, "/payload/ack_message_id");
		assertThat(this.decoder.event(callback)).isInstanceOf(UnknownEvent.class);
	}

	@Test
	void changesOfReactionsWithoutAMessageAreLeftOut() {
		ObjectNode callback = SignedCallbacks.example("reaction");
		ArrayNode data = (ArrayNode) callback.at("/payload/data");
		int changes = data.size();
		data.addObject().put("from", "user1");
		assertThat(((ReactionsChanged) this.decoder.event(callback)).changes()).hasSize(changes);
	}

	private static void remove(ObjectNode callback, String field) {
		JsonPointer pointer = JsonPointer.compile(field);
		assertThat(((ObjectNode) callback.at(pointer.head())).remove(pointer.last().getMatchingProperty())).isNotNull();
	}

	@Test
	void bodiesAreThoseThatOneSends() {
		assertThat(body("text")).isEqualTo(new MessageBody.Text("rr"));
		assertThat(body("image"))
			.isEqualTo(new MessageBody.Image(URL, "img-secret", "image", new MessageBody.Size(746, 1325)));
		assertThat(body("voice")).isEqualTo(new MessageBody.Voice(URL, "voice-secret", "audio", 4));
		assertThat(body("video"))
			.isEqualTo(new MessageBody.Video(URL, "video-secret", "video.mp4", URL + "t", "thumb-secret", 10, 601404L));
		assertThat(body("file")).isEqualTo(new MessageBody.File(URL, "file-secret", "record.md"));
		assertThat(body("location"))
			.isEqualTo(new MessageBody.Location("39.96612729238626", "116.32309156766605", "Beijing"));
		assertThat(body("command")).isEqualTo(new MessageBody.Command("run"));
		assertThat(body("command in the form of a text")).isEqualTo(new MessageBody.Command("run"));
		assertThat(body("custom")).isEqualTo(new MessageBody.Custom("flower", Map.of("k", "v", "k1", "v1")));
		assertThat(body("custom in the old form"))
			.isEqualTo(new MessageBody.Custom("flower", Map.of("name", "1", "size", "16")));
	}

	@Test
	void bodiesBeforeDeliveryAreTheSameInBothForms() {
		assertThat(before("text").body()).isEqualTo(new MessageBody.Text("welcome"));
		assertThat(before("text with bodies").body()).isEqualTo(new MessageBody.Text("welcome"));
		assertThat(before("text with bodies").content().ext()).isEqualTo(before("text to a user").content().ext())
			.isEqualTo(Map.of("a", 1));
		assertThat(before("location").body()).isEqualTo(new MessageBody.Location("39.9053", "116.36302", "Beijing"));
		assertThat(before("custom").body())
			.isEqualTo(new MessageBody.Custom("gift_1", Map.of("name", "flower", "size", "16")));
		assertThat(before("video").body())
			.isEqualTo(new MessageBody.Video(URL, "s", "1.mp4", URL + "t", "ts", 10, 58103L));
	}

	@Test
	void mergedMessageIsKeptAsJson() {
		MessageContent content = ((MessageSent) event("merged")).content();
		assertThat(content.bodies()).singleElement().satisfies((body) -> {
			assertThat(body.type()).isEqualTo("sub_combine");
			assertThat(body.body()).isNull();
			assertThat(body.json().path("title").asString()).isEqualTo("History");
		});
		assertThat(content.text()).isNull();
		assertThat(content.ext()).isEqualTo(Map.of("info", Map.of("nickname", "n")));
		assertThat(before("merged").body()).isNull();
	}

	@Test
	void textThatNobodyCouldSendIsKeptAsJson() {
		ObjectNode empty = SignedCallbacks.example("text");
		empty.withObject("payload").putArray("bodies").addObject().put("type", "txt").put("msg", "");
		MessageSent message = (MessageSent) this.decoder.event(empty);
		assertThat(message.content().bodies()).singleElement()
			.satisfies((body) -> assertThat(body.body()).isNull())
			.satisfies((body) -> assertThat(body.json().path("msg").asString("?")).isEmpty());
	}

	@Test
	void messages() {
		MessageSent message = (MessageSent) event("text");
		assertThat(message.from()).isEqualTo("user1");
		assertThat(message.to()).isEqualTo("user2");
		assertThat(message.offline()).isFalse();
		assertThat(message.conversation()).isEqualTo(new Conversation(Conversation.Type.USER, "user2"));
		assertThat(message.envelope().timestamp()).isEqualTo(SignedCallbacks.NOW);
		MessageSent offline = (MessageSent) event("group, offline");
		assertThat(offline.offline()).isTrue();
		assertThat(offline.conversation()).isEqualTo(new Conversation(Conversation.Type.GROUP, "169348092389215"));
		assertThat(((MessageSent) event("chatroom")).conversation())
			.isEqualTo(new Conversation(Conversation.Type.CHATROOM, "169348092389216"));
		assertThat(((MessageSent) event("group or chatroom")).conversation().type())
			.isEqualTo(Conversation.Type.GROUP_OR_CHATROOM);
	}

	@Test
	void conversationsBeforeDelivery() {
		assertThat(Stream.of("text", "text to a user", "text to a group", "text to a chatroom")
			.map((name) -> before(name).conversation().type())).containsExactly(Conversation.Type.GROUP_OR_CHATROOM,
					Conversation.Type.USER, Conversation.Type.GROUP, Conversation.Type.CHATROOM);
	}

	@Test
	void recallsEditsAndReceipts() {
		assertThat(((MessageRecalled) event("recall")).recalledMessageId()).isEqualTo("966475220900644860");
		MessageEdited edit = (MessageEdited) event("edit");
		assertThat(edit.from()).isEqualTo("p1");
		assertThat(edit.to()).isEqualTo("p2");
		assertThat(edit.editedMessageId()).isEqualTo("1373914550281177044");
		assertThat(edit.operator()).isEqualTo("easemob_rest_app_admin");
		assertThat(edit.count()).isEqualTo(1);
		assertThat(edit.sentAt()).isEqualTo(Instant.ofEpochMilli(1737454209069L));
		assertThat(edit.content().text()).isEqualTo("new");
		assertThat(((MessageRead) event("read receipt")).group()).isFalse();
		assertThat(((MessageRead) event("read receipt of a group message")).group()).isTrue();
		assertThat(((ConversationRead) event("conversation read")).reader()).isEqualTo("u1");
	}

	@Test
	void usersWithoutWhatIsPutAroundThem() {
		assertThat(((ContactChanged) event("contact add")).from()).isEqualTo("user1");
		assertThat(((GroupNotice) event("old create")).from()).isEqualTo("1111");
		PresenceChanged presence = (PresenceChanged) event("presence replaced");
		assertThat(presence.user()).isEqualTo("user1");
		assertThat(presence.device()).isEqualTo("ios_6d58");
		assertThat(presence.online()).isFalse();
	}

	@Test
	void reactionsAndThreads() {
		ReactionsChanged reactions = (ReactionsChanged) event("reaction");
		assertThat(reactions.callId()).isNull();
		assertThat(reactions.changes()).singleElement().satisfies((change) -> {
			assertThat(change.messageId()).isEqualTo("9932");
			assertThat(change.reactions()).hasSize(2);
			assertThat(change.reactions().get(1).steps()).containsExactly(new ReactionsChanged.Step("create", "user2"));
		});
		ThreadChanged thread = (ThreadChanged) event("thread");
		assertThat(thread.threadId()).isEqualTo("1793");
		assertThat(thread.messageCount()).isEqualTo(49);
		assertThat(thread.lastMessage()).isNotNull()
			.satisfies((last) -> assertThat(last.text()).isEqualTo("thread test"));
	}

	@Test
	void groupChanges() {
		assertThat(change("GROUP CREATE ")).isInstanceOfSatisfying(GroupChange.Created.class, (created) -> {
			assertThat(created.roles()).isEqualTo(Map.of("tst", "owner", "abc", "admin"));
			assertThat(created.info()).containsEntry("mute_duration", "-1").containsEntry("title", "t");
		});
		assertThat(change("GROUP DELETE ")).isEqualTo(new GroupChange.Deleted());
		assertThat(change("GROUP JOIN INVITE")).isEqualTo(new GroupChange.Joined(List.of("tst01"), "INVITE"));
		assertThat(change("CHATROOM LEAVE KICK")).isEqualTo(new GroupChange.Left(List.of("tst01"), "KICK"));
		assertThat(change("GROUP UPDATE OWNER")).isEqualTo(new GroupChange.OwnerChanged("tst", "tst01"));
		assertThat(change("GROUP UPDATE MUTE")).isEqualTo(new GroupChange.AllMuted(true));
		assertThat(change("CHATROOM UPDATE ANNOUNCEMENT")).isEqualTo(new GroupChange.AnnouncementChanged("hello"));
		assertThat(change("GROUP UPDATE DISABLE")).isEqualTo(new GroupChange.Disabled(true));
		assertThat(change("GROUP ADMIN ADD")).isEqualTo(new GroupChange.AdminsChanged(List.of("tst028"), true));
		assertThat(change("GROUP MUTE ADD"))
			.isEqualTo(new GroupChange.MutesChanged(List.of("tst01"), true, Instant.ofEpochMilli(1729585614955L)));
		assertThat(change("GROUP MUTE REMOVE")).isEqualTo(new GroupChange.MutesChanged(List.of("tst01"), false, null));
		assertThat(change("GROUP WHITE ADD")).isEqualTo(new GroupChange.AllowListChanged(List.of("tst01"), true));
		assertThat(change("GROUP BLOCK REMOVE"))
			.isEqualTo(new GroupChange.BlockListChanged(List.of("tst01"), false, null));
		assertThat(change("GROUP SHIELD ADD")).isEqualTo(new GroupChange.Shielded(true));
		assertThat(change("GROUP SHARE_FILE ADD"))
			.isEqualTo(new GroupChange.SharedFilesChanged(List.of("e899d500"), true));
		assertThat(change("CHATROOM ROOM_SUPER_ADMIN REMOVE"))
			.isEqualTo(new GroupChange.SuperAdminsChanged(List.of("tst"), false));
		assertThat(change("GROUP FREEZE ADD")).isInstanceOfSatisfying(GroupChange.Other.class,
				(other) -> assertThat(other.payload().path("until").intValue()).isEqualTo(5));
	}

	@Test
	void pushResultIsNoQuestion() {
		assertThat(event("push that succeeded")).isInstanceOfSatisfying(PushResult.class, (push) -> {
			assertThat(push.target()).isEqualTo("wzy");
			assertThat(push.envelope().timestamp()).isEqualTo(Instant.ofEpochMilli(1656398024142L));
		});
	}

	@Test
	void nobodyCanChangeWhatOthersSee() {
		CallbackEvent event = event("kind that is new");
		((ObjectNode) event.envelope().json()).removeAll();
		assertThat(event.envelope().json().path("payload").path("steps").intValue()).isEqualTo(3);
	}

	private CallbackEvent event(String example) {
		return this.decoder.event(SignedCallbacks.example(example));
	}

	private PreDelivery before(String example) {
		PreDelivery question = this.decoder.preDelivery(SignedCallbacks.example("before: " + example));
		assertThat(question).isNotNull();
		return question;
	}

	private MessageBody body(String example) {
		return ((MessageSent) event(example)).content().body();
	}

	private GroupChange change(String example) {
		return ((GroupChanged) event(example)).change();
	}

}
