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

package io.github.imspring.emulator;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.imspring.emulator.Wire.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages to chatrooms and groups, and to some of their members; what is recalled; and
 * what older clients send.
 */
class RoomMessageTests {

	private static final String REACHED = "This request has reached api limit";

	private static final String MESSAGE_REACHED = "message send reach limit";

	private ImEmulator emulator;

	private Wire wire;

	@BeforeEach
	void start() {
		this.emulator = ImEmulator.start();
		this.emulator.clock().freeze();
		this.emulator.chatrooms().create("r1", "owner", "a", "b");
		this.emulator.chatrooms().create("r2", "owner");
		this.emulator.groups().create("g1", "owner", "a", "b");
		this.wire = Wire.appId(this.emulator);
	}

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void chatroomMessageReachesWhoIsThereAtThatMoment() {
		JsonNode json = this.wire
			.post("/messages/chatrooms",
					"{'from':'A','to':['r1','r2','nowhere'],'type':'txt','body':{'msg':'hi'},'ext':{'k':'v'},"
							+ "'chatroom_msg_level':'high','env':'test1','roam_ignore_users':['b']}")
			.ok()
			.json();
		assertThat(json.path("path").stringValue()).isEqualTo("/messages/chatrooms");
		assertThat(json.path("data").propertyNames()).containsExactly("r1", "r2", "nowhere");
		this.wire.delete("/chatrooms/r1/users/b", null).ok();
		send("/messages/chatrooms", "{'to':['r1'],'type':'txt','body':{'msg':'later'}}").ok();
		List<DeliveredMessage> deliveries = this.emulator.deliveries();
		assertThat(deliveries).extracting(DeliveredMessage::to).containsExactly("r1", "r2", "nowhere", "r1");
		assertThat(deliveries).extracting(DeliveredMessage::receivers)
			.containsExactly(List.of("b", "owner"), List.of("owner"), List.of(), List.of("a", "owner"));
		DeliveredMessage first = deliveries.get(0);
		assertThat(first.chatType()).isEqualTo("chatroom");
		assertThat(first.messageId()).isEqualTo(json.path("data").path("r1").stringValue());
		assertThat(first.level()).isEqualTo("high");
		assertThat(first.env()).isEqualTo("test1");
		assertThat(first.roamIgnoreUsers()).containsExactly("b");
		assertThat(deliveries.get(3).from()).isEqualTo("admin");
		assertThat(deliveries.get(3).level()).isEqualTo("normal");
		assertThat(this.emulator.deliveriesTo("B")).extracting(DeliveredMessage::to).containsExactly("r1");
		assertThat(this.emulator.deliveriesTo("owner")).hasSize(3);
		assertThat(this.emulator.deliveredMessages()).isEqualTo(4);
		assertThat(
				this.wire.get("/emulator/deliveries?user=b").ok().json().path("deliveries").path(0).path("receivers"))
			.isEqualTo(Wire.tree("['b','owner']"));
	}

	@Test
	void groupMessage() {
		send("/messages/chatgroups", "{'from':'a','to':['g1'],'type':'img','body':{'url':'u'},'need_group_ack':true,"
				+ "'routetype':'ROUTE_ONLINE','ext':{'em_at_list':['b'],'em_ignore_notification':true}}")
			.ok();
		DeliveredMessage delivery = this.emulator.deliveriesTo("b").get(0);
		assertThat(delivery.chatType()).isEqualTo("groupchat");
		assertThat(delivery.needGroupAck()).isTrue();
		assertThat(delivery.routetype()).isEqualTo("ROUTE_ONLINE");
		assertThat(delivery.level()).isNull();
		assertThat(delivery.receivers()).containsExactly("b", "owner");
	}

	@ParameterizedTest
	@CsvSource({ "/messages/chatrooms/users,r1,/messages/chatrooms",
			"/messages/chatgroups/users,g1,/messages/chatgroups" })
	void someMembersAlone(String path, String room, String answered) {
		JsonNode json = send(path,
				"{'to':['" + room + "'],'users':['B','b','stranger'],'type':'txt','body':{'msg':'psst'}}")
			.ok()
			.json();
		assertThat(json.path("path").stringValue()).isEqualTo(answered);
		assertThat(json.path("data").has(room)).isTrue();
		assertThat(this.emulator.deliveries().get(0).receivers()).containsExactly("b");
		assertThat(this.emulator.deliveriesTo("a")).isEmpty();
		String twenty = IntStream.range(0, 20).mapToObj((i) -> "'u" + i + "'").collect(Collectors.joining(","));
		send(path, "{'to':['" + room + "'],'users':[" + twenty + "],'type':'txt','body':{'msg':'m'}}").ok();
		send(path, "{'to':['" + room + "'],'users':[" + twenty + ",'x'],'type':'txt','body':{'msg':'m'}}").isError(400,
				"message_send_error", "params users's size can't exceed limit 20");
		for (String users : new String[] { "", "'users':[],", "'users':['']," }) {
			send(path, "{'to':['" + room + "']," + users + "'type':'txt','body':{'msg':'m'}}").isError(400,
					"message_send_error", "param users can't be empty");
		}
	}

	@ParameterizedTest
	@CsvSource({ "/messages/chatrooms,10,10", "/messages/chatgroups,3,3", "/messages/chatrooms/users,1,10",
			"/messages/chatgroups/users,1,3" })
	void targetsOfACall(String path, int max, int named) {
		send(path, message(ids(max))).ok();
		send(path, message(ids(max + 1))).isError(400, "message_send_error",
				"params to's size can't exceed limit " + named);
		assertThat(this.emulator.deliveredMessages()).isEqualTo(max);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/messages/chatrooms", "/messages/chatgroups", "/messages/chatrooms/users",
			"/messages/chatgroups/users" })
	void rowsOfTheErrorTable(String path) {
		String rest = "'users':['a'],'type':'txt','body':{'msg':'m'}}";
		send(path, "{'from':''," + "'to':['r1']," + rest).isError(400, "message_send_error",
				"param from can't be empty");
		send(path, "{'to':[]," + rest).isError(400, "message_send_error", "param to can't be empty");
		send(path, "{'to':['r1'],'users':['a'],'body':{'msg':'m'}}").isError(400, "message_send_error",
				"param type can't be empty");
		send(path, "{'to':['r1'],'users':['a'],'type':'txt'}").isError(400, "message_send_error",
				"param body can't be empty");
		send(path, "{'to':['r1'],'ext':null," + rest).isError(400, "message_send_error",
				"param ext must be JSONObject");
		send(path, "{'to':['r1'],'users':['a'],'type':'txt','body':{'msg':'" + "m".repeat(5 * 1024) + "'}}")
			.isError(400, "message_send_error", "message is too large");
		String many = IntStream.range(0, 21).mapToObj((i) -> "'u" + i + "'").collect(Collectors.joining(","));
		send(path, "{'to':['r1'],'roam_ignore_users':[" + many + "]," + rest).isError(400, "message_send_error",
				"params roam_ignore_users's size can't exceed limit 20");
		for (String wrong : new String[] { "'env':'123456789'", "'env':'a-b'", "'env':''", "'env':1" }) {
			send(path, "{'to':['r1']," + wrong + "," + rest).isError(400, "invalid_request_body",
					"Request body is invalid. Please check body is correct.");
		}
		assertThat(this.emulator.deliveredMessages()).isZero();
	}

	@Test
	void optionsOfOneDestinationOnly() {
		send("/messages/chatrooms", "{'to':['r1'],'type':'txt','body':{'msg':'m'},'chatroom_msg_level':'urgent'}")
			.isError(400, "invalid_request_body", "Request body is invalid. Please check body is correct.");
		send("/messages/chatrooms",
				"{'to':['r1'],'type':'txt','body':{'msg':'m'},'need_group_ack':'yes','routetype':'ANY'}")
			.ok();
		send("/messages/chatgroups", "{'to':['g1'],'type':'txt','body':{'msg':'m'},'need_group_ack':'yes'}")
			.isError(400, "invalid_request_body", "Request body is invalid. Please check body is correct.");
		send("/messages/chatgroups", "{'to':['g1'],'type':'txt','body':{'msg':'m'},'chatroom_msg_level':'urgent'}")
			.ok();
		send("/messages/users", "{'to':['u'],'type':'txt','body':{'msg':'m'},'env':'12345678'}").ok();
		assertThat(this.emulator.deliveriesTo("u").get(0).env()).isEqualTo("12345678");
	}

	@Test
	void hundredMessagesASecondToChatrooms() {
		for (int i = 0; i < 9; i++) {
			send("/messages/chatrooms", message(ids(10))).ok();
		}
		send("/messages/chatrooms", message(ids(9))).ok();
		send("/messages/chatrooms", message(ids(2))).isError(403, "message_send_error", MESSAGE_REACHED);
		send("/messages/chatrooms", message(ids(1))).ok();
		send("/messages/chatrooms", message(ids(1))).isError(403, "message_send_error", MESSAGE_REACHED);
		this.emulator.clock().advance(Duration.ofSeconds(1));
		for (int i = 0; i < 100; i++) {
			send("/messages/chatrooms", message(ids(1))).ok();
		}
		send("/messages/chatrooms", message(ids(1))).isError(429, "reach_limit", REACHED);
		assertThat(this.emulator.quotas().peakMessages("send-chatroom-message")).isEqualTo(100);
		this.wire.message("user2").ok();
	}

	@Test
	void twentyMessagesAndCallsASecondToGroups() {
		for (int i = 0; i < 6; i++) {
			send("/messages/chatgroups", message(ids(3))).ok();
		}
		send("/messages/chatgroups", message(ids(3))).isError(403, "message_send_error", MESSAGE_REACHED);
		this.emulator.clock().advance(Duration.ofSeconds(1));
		for (int i = 0; i < 20; i++) {
			send("/messages/chatgroups", message(ids(1))).ok();
		}
		send("/messages/chatgroups", message(ids(1))).isError(429, "reach_limit", REACHED);
		for (int i = 0; i < 5; i++) {
			send("/messages/chatgroups/users", members(20)).ok();
		}
		send("/messages/chatgroups/users", members(1)).isError(403, "message_send_error", MESSAGE_REACHED);
		for (int i = 0; i < 5; i++) {
			send("/messages/chatrooms/users", members(20)).ok();
		}
		send("/messages/chatrooms/users", members(1)).isError(403, "message_send_error", MESSAGE_REACHED);
	}

	@Test
	void messageLimitsAreSetAtRunTime() {
		this.emulator.quotas().messages("send-group-message", 1);
		send("/messages/chatgroups", message(ids(2))).isError(403, "message_send_error", MESSAGE_REACHED);
		this.wire.put("/emulator/quotas", "{'messages':{'send-group-message':2}}").ok();
		send("/messages/chatgroups", message(ids(2))).ok();
		assertThat(this.wire.put("/emulator/quotas", "{'messages':{'get-user':2}}").status()).isEqualTo(400);
		this.emulator.quotas().reset();
		for (int i = 0; i < 6; i++) {
			send("/messages/chatgroups", message(ids(3))).ok();
		}
	}

	@Test
	void recall() {
		String id = this.wire.message("user2").ok().data().path("user2").stringValue();
		String body = "{'msg_id':'" + id + "','to':'user2','chat_type':'chat','from':'user1','force':%s}";
		this.emulator.clock().advance(Duration.ofMinutes(2));
		assertThat(recallOne(body.formatted(false)).ok().data()).isEqualTo(
				Wire.tree("{'recalled':'yes','chattype':'chat','from':'user1','to':'user2','msg_id':'" + id + "'}"));
		recallOne(body.formatted(false)).isError(403, "message_recall_error", "not_found msg");
		recallOne(body.formatted(true)).ok();
		assertThat(this.emulator.recalledMessages()).containsExactly(id);
		String room = send("/messages/chatrooms", message("'r1'")).ok().data().path("r1").stringValue();
		this.emulator.clock().advance(Duration.ofMinutes(2).plusMillis(1));
		String ofRoom = "{'msg_id':'" + room + "','to':'r1','chat_type':'chatroom','force':%s}";
		recallOne(ofRoom.formatted(false)).isError(403, "message_recall_error", "exceed recall time limit");
		assertThat(recallOne(ofRoom.formatted(true)).ok().data().path("from").stringValue()).isEqualTo("admin");
		recallOne(ofRoom.replace("r1", "r2").formatted(true)).isError(400, "message_recall_error", "can't find msg to");
		recallOne("{'msg_id':'1','to':'r1','chat_type':'chatroom','force':false}").isError(403, "message_recall_error",
				"not_found msg");
	}

	@ParameterizedTest
	@ValueSource(strings = { "msg_id", "to", "chat_type", "force" })
	void whatARecallMustSay(String missing) {
		String body = "{'msg_id':'1','to':'u','chat_type':'chat','force':true}".replace("'" + missing + "'", "'x'");
		recallOne(body).isError(400, "message_recall_error", "param " + missing + " can't be empty");
	}

	@Test
	void recallOfMany() {
		String id = this.wire.message("user2").ok().data().path("user2").stringValue();
		String good = "{'msg_id':'" + id + "','to':'user2','chat_type':'chat','force':false}";
		String bad = "{'msg_id':'1','to':'user2','chat_type':'chat','force':false}";
		JsonNode data = this.wire.post("/messages/batch_recall", "{'msgs':[" + good + "," + bad + "]}").ok().data();
		assertThat(data.values()).extracting((result) -> result.path("recalled").stringValue())
			.containsExactly("yes", "no");
		String thirty = String.join(",", IntStream.range(0, 30).mapToObj((i) -> bad).toList());
		assertThat(this.wire.post("/messages/batch_recall", "{'msgs':[" + thirty + "]}").ok().data().size())
			.isEqualTo(30);
		this.wire.post("/messages/batch_recall", "{'msgs':[" + thirty + "," + bad + "]}")
			.isError(400, "message_recall_error", "params msgs's size can't exceed limit 30");
		this.wire.post("/messages/batch_recall", "{'msgs':[]}")
			.isError(400, "message_recall_error", "param msgs can't be empty");
	}

	@Test
	void olderClientsSendEverythingToOnePath() {
		String body = "{'from':'a','target_type':'%s','target':['%s'],'msg':{'type':'txt','msg':'hi'},'ext':{'k':1}}";
		assertThat(send("/messages", body.formatted("users", "user2")).ok().data())
			.isEqualTo(Wire.tree("{'user2':'success'}"));
		JsonNode ids = send("/messages?useMsgId=true", body.formatted("chatrooms", "r1")).ok().data();
		send("/messages?useMsgId=false", body.formatted("chatgroups", "g1")).ok();
		assertThat(this.emulator.deliveries()).extracting(DeliveredMessage::chatType)
			.containsExactly("chat", "chatroom", "groupchat");
		DeliveredMessage second = this.emulator.deliveries().get(1);
		assertThat(second.messageId()).isEqualTo(ids.path("r1").stringValue());
		assertThat(second.body()).isEqualTo(Wire.tree("{'msg':'hi'}"));
		assertThat(second.ext()).isEqualTo(Wire.tree("{'k':1}"));
		assertThat(this.emulator.requestCounts()).containsEntry("send-message", 1L)
			.containsEntry("send-chatroom-message", 1L)
			.containsEntry("send-group-message", 1L);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					{'target':['u'],'msg':{'type':'txt','msg':'m'}} | message_send_error | param target_type can't be empty
					{'target_type':'users','target':['u']} | message_send_error | param msg can't be empty
					{'target_type':'users','msg':{'type':'txt','msg':'m'}} | message_send_error | param to can't be empty
					{'target_type':'users','target':['u'],'msg':{'msg':'m'}} | message_send_error | param type can't be empty
					{'target_type':'users','target':['u'],'msg':{'type':'txt'}} | message_send_error | param body can't be empty
					{'target_type':'pigeons','target':['u'],'msg':{'type':'txt','msg':'m'}} | invalid_request_body | Request body is invalid. Please check body is correct.
					{'target_type':'users','target':['u'],'msg':'m'} | invalid_request_body | Request body is invalid. Please check body is correct.
					{'target_type':'chatgroups','target':['1','2','3','4'],'msg':{'type':'txt','msg':'m'}} | message_send_error | params to's size can't exceed limit 3
					""")
	void whatOlderClientsMustSay(String body, String error, String description) {
		send("/messages", body).isError(400, error, description);
	}

	@Test
	void recipientWhoIsNamedTwiceGetsOneMessage() {
		assertThat(this.wire.message("User2", "user2", "USER2").ok().data().propertyNames()).containsExactly("User2");
		assertThat(this.emulator.deliveriesTo("user2")).hasSize(1);
		assertThat(this.emulator.quotas().peakMessages()).isEqualTo(1);
	}

	private Response send(String path, String body) {
		return this.wire.post(path, body);
	}

	private Response recallOne(String body) {
		return this.wire.post("/messages/msg_recall", body);
	}

	private static String ids(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "'id" + i + "'").collect(Collectors.joining(","));
	}

	private static String message(String to) {
		return "{'to':[" + to + "],'users':['a'],'type':'txt','body':{'msg':'m'}}";
	}

	private static String members(int count) {
		return "{'to':['r1'],'users':[" + ids(count) + "],'type':'txt','body':{'msg':'m'}}";
	}

}
