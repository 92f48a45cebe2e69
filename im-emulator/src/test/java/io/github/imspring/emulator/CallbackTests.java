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

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

class CallbackTests {

	private static final String SECRET = "s3cret";

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final Receiver receiver = new Receiver();

	private ImEmulator emulator;

	private Wire wire;

	@BeforeEach
	void start() {
		this.emulator = ImEmulator.builder().quota(QuotaMode.OFF).start();
		this.emulator.chatrooms().create("r", "owner", "a", "b");
		this.emulator.groups().create("g", "owner", "a");
		this.emulator.callbacks().postTo(this.receiver.url(), SECRET);
		this.wire = Wire.orgApp(this.emulator);
	}

	@AfterEach
	void close() {
		this.emulator.close();
		this.receiver.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			/messages/users | user2 | chat | chat:user:text | chat
			/messages/chatrooms | r | groupchat | chat:room:text | chatroom
			/messages/chatgroups | g | groupchat | chat:group:text | groupchat
			""")
	void messages(String path, String to, String chatType, String contentType, String type) throws Exception {
		String id = this.wire
			.post(path, "{'from':'a','to':['" + to + "'],'type':'txt','body':{'msg':'hi'},'ext':{'k':1}}")
			.ok()
			.data()
			.path(to)
			.stringValue();
		JsonNode callback = one();
		assertThat(callback.path("callId").stringValue()).isEqualTo("emulator-org#emulator-app_" + id);
		assertThat(callback.path("eventType").stringValue()).isEqualTo("chat");
		assertThat(callback.path("chat_type").stringValue()).isEqualTo(chatType);
		assertThat(callback.path("content_type").stringValue()).isEqualTo(contentType);
		assertThat(callback.path("from").stringValue()).isEqualTo("a");
		assertThat(callback.path("to").stringValue()).isEqualTo(to);
		assertThat(callback.path("msg_id").stringValue()).isEqualTo(id);
		assertThat(callback.path("appkey").stringValue()).isEqualTo("emulator-org#emulator-app");
		assertThat(callback.path("securityVersion").stringValue()).isEqualTo("1.0.0");
		assertThat(callback.path("group_id").asString("")).isEqualTo(chatType.equals("chat") ? "" : to);
		assertThat(callback.path("payload")).isEqualTo(Wire.tree("{'bodies':[{'msg':'hi','type':'txt'}],"
				+ "'ext':{'k':1},'from':'a','to':'" + to + "','type':'" + type + "'}"));
		assertSigned(callback);
	}

	@Test
	void bodiesAreAsTheHistoryHasThem() {
		this.wire
			.post("/messages/users",
					"{'to':['u'],'type':'custom','body':{'customEvent':'e','customExts':{'a':'1','b':'2'}}}")
			.ok();
		assertThat(one().path("payload").path("bodies")).isEqualTo(Wire.tree("[{'customEvent':'e','customExts':"
				+ "[{'a':'1'},{'b':'2'}],'type':'custom','v2:customExts':{'a':'1','b':'2'}}]"));
		this.receiver.received().clear();
		this.wire.post("/messages/users", "{'to':['u'],'type':'loc','body':{'lat':'39.966','lng':'116','addr':'x'}}")
			.ok();
		JsonNode body = one().path("payload").path("bodies").path(0);
		assertThat(body.path("lat").isNumber()).isTrue();
		assertThat(body.path("lng").doubleValue()).isEqualTo(116);
	}

	@Test
	void eachRecipientIsAMessage() {
		this.wire.message("u1", "u2", "u3").ok();
		awaitReceived(3);
		assertThat(this.receiver.received()).extracting((callback) -> callback.path("to").stringValue())
			.containsExactlyInAnyOrder("u1", "u2", "u3");
	}

	@Test
	void recall() throws Exception {
		String id = this.wire.message("user2").ok().data().path("user2").stringValue();
		awaitReceived(1);
		this.receiver.received().clear();
		this.wire
			.post("/messages/msg_recall",
					"{'msg_id':'" + id + "','to':'user2','chat_type':'chat','from':'user1','force':false}")
			.ok();
		JsonNode callback = one();
		assertThat(callback.path("chat_type").stringValue()).isEqualTo("recall");
		assertThat(callback.path("recall_id").stringValue()).isEqualTo(id);
		assertThat(callback.path("msg_id").stringValue()).isNotEqualTo(id);
		assertThat(callback.path("payload"))
			.isEqualTo(Wire.tree("{'ext':{},'ack_message_id':'" + id + "','bodies':[]}"));
		assertSigned(callback);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					POST | /chatrooms/r/users/C | | CHATROOM | JOIN | {'type':'DIRECT','member':['c']}
					POST | /chatgroups/g/users | {'usernames':['b','a']} | GROUP | JOIN | {'type':'DIRECT','member':['b']}
					DELETE | /chatrooms/r/users/a | | CHATROOM | LEAVE | {'type':'KICK','member':['a']}
					DELETE | /chatgroups/g/users/a | | GROUP | LEAVE | {'type':'KICK','member':['a']}
					PUT | /chatrooms/r | {'newowner':'a'} | CHATROOM | UPDATE | {'type':'OWNER','owner':'owner','new_owner':'a'}
					PUT | /chatgroups/g | {'newowner':'a'} | GROUP | UPDATE | {'type':'OWNER','owner':'owner','new_owner':'a'}
					POST | /chatrooms/r/ban | | CHATROOM | UPDATE | {'type':'MUTE','mute':true}
					POST | /chatrooms/r/announcement | {'announcement':'x'} | CHATROOM | UPDATE | {'type':'ANNOUNCEMENT','announcement':'x'}
					POST | /chatgroups/g/announcement | {'announcement':'x'} | GROUP | UPDATE | {'type':'ANNOUNCEMENT','announcement':'x'}
					POST | /chatrooms/r/admin | {'newadmin':'a'} | CHATROOM | ADMIN | {'type':'ADD','admin':['a']}
					DELETE | /chatrooms/r/mute/a | | CHATROOM | MUTE | {'type':'REMOVE','member':['a']}
					POST | /chatrooms/r/white/users/a | | CHATROOM | WHITE | {'type':'ADD','member':['a']}
					POST | /chatrooms/super_admin | {'superadmin':'a'} | CHATROOM | ROOM_SUPER_ADMIN | {'type':'ADD','admin':['a']}
					DELETE | /chatrooms/r | | CHATROOM | DELETE |
					""")
	void whatIsDoneToRoomsAndGroups(String method, String path, String body, String type, String operation,
			String payload) throws Exception {
		this.wire.call(method, path, body).ok();
		JsonNode callback = one();
		assertThat(callback.path("event").stringValue()).isEqualTo("group_op_event");
		assertThat(callback.path("type").stringValue()).isEqualTo(type);
		assertThat(callback.path("operation").stringValue()).isEqualTo(operation);
		assertThat(callback.path("operator").stringValue()).isEqualTo("@ppAdmin");
		assertThat(callback.get("payload")).isEqualTo((payload != null) ? Wire.tree(payload) : null);
		assertThat(callback.path("id").stringValue())
			.isEqualTo(operation.equals("ROOM_SUPER_ADMIN") ? "" : (type.equals("GROUP") ? "g" : "r"));
		assertSigned(callback);
	}

	@Test
	void creationMuteAndBlock() {
		this.wire.post("/chatrooms", "{'name':'n','description':'d','owner':'o','members':['m'],'custom':'c'}").ok();
		JsonNode created = one();
		assertThat(created.path("operation").stringValue()).isEqualTo("CREATE");
		JsonNode payload = created.path("payload");
		assertThat(payload.path("role")).isEqualTo(Wire.tree("{'o':'owner'}"));
		assertThat(payload.path("member")).isEqualTo(Wire.tree("['m']"));
		assertThat(payload.path("info").path("title").stringValue()).isEqualTo("n");
		assertThat(payload.path("info").path("owner").stringValue()).isEqualTo("emulator-org#emulator-app_o");
		assertThat(payload.path("info").path("max_users").stringValue()).isEqualTo("1000");
		this.receiver.received().clear();
		this.wire.post("/chatrooms/r/mute", "{'usernames':['a'],'mute_duration':60000}").ok();
		JsonNode muted = one();
		assertThat(muted.path("operation").stringValue()).isEqualTo("MUTE");
		assertThat(muted.path("payload").path("expire_timestamp").isIntegralNumber()).isTrue();
		this.receiver.received().clear();
		this.wire.post("/chatrooms/r/blocks/users/a", null).ok();
		awaitReceived(2);
		assertThat(this.receiver.received()).extracting((callback) -> callback.path("operation").stringValue())
			.containsExactlyInAnyOrder("BLOCK", "LEAVE");
	}

	@Test
	void groupIsAnnouncedWithAllThatItIs() {
		this.wire.post("/chatgroups", "{'groupname':'n','public':true,'owner':'o','avatar':'https://a'}").ok();
		JsonNode created = one();
		assertThat(created.path("type").stringValue()).isEqualTo("GROUP");
		assertThat(created.path("payload").path("info").path("title").stringValue()).isEqualTo("n");
		assertThat(created.path("payload").path("info").path("public").stringValue()).isEqualTo("true");
		assertThat(created.path("payload").path("info").path("avatar").stringValue()).isEqualTo("https://a");
		this.receiver.received().clear();
		this.wire.put("/chatgroups/g", "{'groupname':'other'}").ok();
		JsonNode changed = one();
		assertThat(changed.path("payload").path("type").stringValue()).isEqualTo("INFO");
		assertThat(changed.path("payload").path("info").path("title").stringValue()).isEqualTo("other");
	}

	@Test
	void usersWhoComeAndGo() throws Exception {
		this.emulator.users().logIn("user1", "ios_1");
		JsonNode login = one();
		assertThat(login.path("status").stringValue()).isEqualTo("online");
		assertThat(login.path("reason").stringValue()).isEqualTo("login");
		assertThat(login.path("user").stringValue()).isEqualTo("emulator-org#emulator-app_user1@easemob.com/ios_1");
		assertThat(login.path("os").stringValue()).isEqualTo("ios");
		assertSigned(login);
		this.receiver.received().clear();
		this.wire.get("/users/user1/disconnect").ok();
		JsonNode thrownOut = one();
		assertThat(thrownOut.path("status").stringValue()).isEqualTo("offline");
		assertThat(thrownOut.path("reason").stringValue()).isEqualTo("replaced");
	}

	@Test
	void receiversWhoWentOfflineHaveACopyEach() throws Exception {
		this.emulator.users().logIn("a", "ios_1");
		this.emulator.users().logOut("a", "ios_1");
		awaitReceived(2);
		this.receiver.received().clear();
		this.wire.post("/messages/users", "{'from':'owner','to':['a','b'],'type':'txt','body':{'msg':'hi'}}").ok();
		this.wire.post("/messages/chatgroups", "{'from':'owner','to':['g'],'type':'txt','body':{'msg':'all'}}").ok();
		this.wire.post("/messages/chatrooms", "{'from':'owner','to':['r'],'type':'txt','body':{'msg':'live'}}").ok();
		awaitReceived(6);
		List<JsonNode> copies = this.receiver.received().stream().filter(CallbackTests::isOfflineCopy).toList();
		assertThat(copies).extracting((copy) -> copy.path("payload").at("/bodies/0/msg").stringValue())
			.containsExactlyInAnyOrder("hi", "all");
		for (JsonNode copy : copies) {
			assertThat(copy.path("to").stringValue()).isEqualTo("a");
			assertSigned(copy);
		}
	}

	@Test
	void receiversWhoAreOnlineHaveNoCopy() {
		this.emulator.users().logIn("a", "ios_1");
		this.emulator.users().logIn("a", "web_1");
		this.emulator.users().logOut("a", "ios_1");
		awaitReceived(3);
		this.receiver.received().clear();
		this.wire.post("/messages/users", "{'from':'owner','to':['a'],'type':'txt','body':{'msg':'hi'}}").ok();
		assertThat(isOfflineCopy(one())).isFalse();
	}

	private static boolean isOfflineCopy(JsonNode callback) {
		return callback.path("eventType").asString("").equals("chat_offline");
	}

	@Test
	void environmentsHaveReceiversOfTheirOwn() {
		this.wire.post("/messages/users", "{'to':['u'],'type':'txt','body':{'msg':'lost'},'env':'test'}").ok();
		try (Receiver test = new Receiver()) {
			this.emulator.callbacks().postTo(test.url(), SECRET, "test");
			this.wire.post("/messages/users", "{'to':['u'],'type':'txt','body':{'msg':'m'},'env':'test'}").ok();
			this.wire.message("u").ok();
			this.wire.post("/chatrooms/r/users/c", null).ok();
			awaitReceived(2);
			assertThat(test.received()).hasSize(1);
		}
	}

	@Test
	void whatFailsIsTriedOnceMoreAndNeverAgain() {
		AtomicInteger failures = new AtomicInteger(1);
		this.receiver.answer((callback) -> (failures.getAndDecrement() > 0) ? 500 : 200);
		this.wire.message("u1").ok();
		awaitReceived(2);
		assertThat(this.emulator.callbacks().sent()).singleElement().satisfies((sent) -> {
			assertThat(sent.attempts()).isEqualTo(2);
			assertThat(sent.received()).isTrue();
		});
		this.receiver.answer(404, "");
		this.wire.message("u2").ok();
		await().atMost(TIMEOUT).until(() -> this.emulator.callbacks().sent().size() == 2);
		assertThat(this.emulator.callbacks().sent().get(1).attempts()).isEqualTo(2);
		assertThat(this.emulator.callbacks().sent().get(1).status()).isEqualTo(404);
		assertThat(this.receiver.received()).hasSize(4);
		assertThat(this.receiver.received().get(2)).isEqualTo(this.receiver.received().get(3));
	}

	@Test
	void receiverThatIsNotThere() {
		this.receiver.close();
		this.wire.message("u1").ok();
		await().atMost(TIMEOUT).until(() -> this.emulator.callbacks().sent().size() == 1);
		assertThat(this.emulator.callbacks().sent().get(0).status()).isZero();
		assertThat(this.emulator.callbacks().sent().get(0).attempts()).isEqualTo(2);
	}

	@Test
	void receiverThatFailsNinetyTimesIsLeftAloneForAWhile() {
		this.emulator.clock().freeze();
		Wire wire = this.wire.withToken(this.emulator.tokens().issue(Duration.ZERO));
		this.receiver.answer(500, "");
		for (int i = 0; i < 45; i++) {
			wire.message("u" + i).ok();
		}
		await().atMost(TIMEOUT).until(() -> this.emulator.callbacks().pending() == 0);
		assertThat(this.receiver.received()).hasSize(90);
		this.receiver.answer(200, "");
		wire.message("u").ok();
		this.emulator.clock().advance(Duration.ofMinutes(5).minusMillis(1));
		wire.message("u").ok();
		assertThat(this.emulator.callbacks().dropped()).isEqualTo(2);
		this.emulator.clock().advance(Duration.ofMillis(1));
		wire.message("u").ok();
		awaitReceived(91);
	}

	@Test
	void eightyNineFailuresAreForgiven() {
		this.emulator.clock().freeze();
		AtomicInteger left = new AtomicInteger(89);
		this.receiver.answer((callback) -> (left.getAndDecrement() > 0) ? 500 : 200);
		for (int i = 0; i < 45; i++) {
			this.wire.message("u" + i).ok();
		}
		await().atMost(TIMEOUT).until(() -> this.emulator.callbacks().pending() == 0);
		this.wire.message("u").ok();
		awaitReceived(91);
	}

	@Test
	void queueIsBoundedAndClosingEndsIt() {
		this.receiver.hang();
		for (int i = 0; i < 17; i++) {
			this.wire.message(recipients(600)).ok();
		}
		assertThat(this.emulator.callbacks().pending()).isEqualTo(10_032);
		assertThat(this.emulator.callbacks().dropped()).isEqualTo(17 * 600 - 10_032);
		long start = System.nanoTime();
		this.emulator.close();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
		assertThat(this.emulator.callbacks().pending()).isZero();
	}

	@Test
	void slowReceiverHoldsNobodyUp() {
		this.receiver.hang();
		this.wire.message("u").ok();
		this.wire.get("/chatrooms/r").ok();
		assertThat(this.emulator.callbacks().pending()).isEqualTo(1);
	}

	@Test
	void resetForgetsWhatWasSentAndGoesOn() {
		this.wire.message("u").ok();
		awaitReceived(1);
		this.emulator.reset();
		assertThat(this.emulator.callbacks().sent()).isEmpty();
		this.wire.message("u").ok();
		awaitReceived(2);
		this.emulator.callbacks().stop();
		this.wire.message("u").ok();
		assertThat(this.emulator.callbacks().pending()).isZero();
		assertThat(this.emulator.callbacks().sent()).isEmpty();
	}

	@Test
	void eachAppPostsItsOwn() {
		EmulatedApp sales = this.emulator.app("sales");
		Wire.orgApp(this.emulator, sales).message("u").ok();
		sales.callbacks().postTo(this.receiver.url(), "other");
		Wire.orgApp(this.emulator, sales).message("u").ok();
		assertThat(one().path("appkey").stringValue()).isEqualTo("emulator-org#emulator-app-sales");
	}

	@Test
	void urlsThatAreNone() {
		for (String url : new String[] { "", "localhost:8080", "ftp://localhost/", "http:///x", "http://a b/" }) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.emulator.callbacks().postTo(url, SECRET));
		}
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.emulator.callbacks().postTo(this.receiver.url(), ""));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.emulator.callbacks().askBefore(this.receiver.url(), SECRET, Duration.ZERO, true));
	}

	@Test
	void clientsAreDeliveredAsTheVerdictSays() throws Exception {
		try (Receiver filter = asking(true)) {
			filter.answer(200, "{'valid':true}");
			ClientMessage message = this.emulator.clients().sendToChatroom("a", "r", "hello").get();
			assertThat(message.delivered()).isTrue();
			JsonNode asked = filter.received().get(0);
			assertThat(asked.path("chat_type").stringValue()).isEqualTo("chatroom");
			assertThat(asked.path("group_id").stringValue()).isEqualTo("r");
			assertThat(asked.path("msg_id").stringValue()).isEqualTo(message.messageId());
			assertThat(asked.path("payload")).isEqualTo(Wire.tree("{'msg':'hello','type':'txt'}"));
			assertThat(asked.has("eventType")).isFalse();
			assertSigned(asked);
			assertThat(this.emulator.deliveriesTo("b")).singleElement()
				.satisfies((delivery) -> assertThat(delivery.messageId()).isEqualTo(message.messageId()));
			assertThat(one().path("msg_id").stringValue()).isEqualTo(message.messageId());
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			{'valid':false} | custom logic denied
			{'valid':false,'code':''} | Message blocked by external logic
			{'valid':false,'code':'HX:10000'} | HX:10000
			{'valid':false,'code':7} | custom logic denied
			""")
	void whatIsStoppedIsNeitherDeliveredNorPosted(String verdict, String error) throws Exception {
		try (Receiver filter = asking(true)) {
			filter.answer(200, verdict);
			ClientMessage message = this.emulator.clients().sendToUser("a", "b", "bad word").get();
			assertThat(message.error()).isEqualTo(error);
			assertThat(message.messageId()).isNull();
			assertThat(this.emulator.deliveries()).isEmpty();
			assertThat(this.emulator.callbacks().pending()).isZero();
			assertThat(this.receiver.received()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{'valid':'false'}", "valid", "", "[true]", "{'valid':null}" })
	void whatIsNoVerdictIsTheDefault(String answer) throws Exception {
		try (Receiver filter = asking(true)) {
			filter.answer(200, answer);
			assertThat(this.emulator.clients().sendToUser("a", "b", "x").get().delivered()).isTrue();
		}
		try (Receiver filter = asking(false)) {
			filter.answer(200, answer);
			assertThat(this.emulator.clients().sendToUser("a", "b", "x").get().error())
				.isEqualTo("custom internal error");
		}
	}

	@Test
	void failuresAndLatenessAreTheDefaultAndNotRepeated() throws Exception {
		try (Receiver filter = asking(false)) {
			filter.answer(503, "{'valid':true}");
			assertThat(this.emulator.clients().sendToUser("a", "b", "x").get().delivered()).isFalse();
			filter.answer(200, "{'valid':true,'x':'" + "x".repeat(1000) + "'}");
			assertThat(this.emulator.clients().sendToUser("a", "b", "x").get().delivered()).isFalse();
			assertThat(filter.received()).hasSize(2);
			filter.hang();
			this.emulator.callbacks().askBefore(filter.url(), SECRET, Duration.ofMillis(50), true);
			assertThat(this.emulator.clients().sendToUser("a", "b", "x").get().delivered()).isTrue();
		}
	}

	@Test
	void verdictReplacesTheContent() throws Exception {
		try (Receiver filter = asking(true)) {
			filter.answer(200, "{'valid':true,'chatroom_msg_level':'high','payload':{'type':'txt','msg':'***',"
					+ "'ext':{'k':'v'}}}");
			this.emulator.clients().sendToChatroom("a", "r", "bad").get();
			DeliveredMessage delivery = this.emulator.deliveries().get(0);
			assertThat(delivery.body()).isEqualTo(Wire.tree("{'msg':'***'}"));
			assertThat(delivery.ext()).isEqualTo(Wire.tree("{'k':'v'}"));
			assertThat(delivery.level()).isEqualTo("high");
			filter.answer(200, "{'valid':true,'payload':{'action':'x'}}");
			this.emulator.clients().sendToUser("a", "b", "kept").get();
			assertThat(this.emulator.deliveries().get(1).body()).isEqualTo(Wire.tree("{'msg':'kept'}"));
		}
	}

	@Test
	void restIsNeverAsked() {
		try (Receiver filter = asking(false)) {
			filter.answer(200, "{'valid':false}");
			this.wire.message("user2").ok();
			assertThat(this.emulator.deliveredMessages()).isEqualTo(1);
			assertThat(filter.received()).isEmpty();
		}
	}

	@Test
	void clientsAreBoundByMutes() throws Exception {
		Clients clients = this.emulator.clients();
		this.wire.post("/chatrooms/r/mute", "{'usernames':['a'],'mute_duration':60000}").ok();
		this.wire.post("/chatrooms/r/white/users/a", null).ok();
		assertThat(clients.sendToChatroom("A", "r", "x").get().error()).isEqualTo("You are muted");
		this.wire.post("/chatrooms/r/ban", null).ok();
		assertThat(clients.sendToChatroom("b", "r", "x").get().error()).isEqualTo("All members are muted");
		assertThat(clients.sendToChatroom("owner", "r", "x").get().delivered()).isTrue();
		this.wire.post("/chatrooms/r/white/users/b", null).ok();
		assertThat(clients.sendToChatroom("b", "r", "x").get().delivered()).isTrue();
		assertThat(clients.sendToChatroom("stranger", "r", "x").get().error()).isEqualTo("You are not a member");
		assertThat(clients.sendToChatroom("a", "nowhere", "x").get().error()).isEqualTo("There is no such chatroom");
		assertThat(clients.sendToGroup("stranger", "g", "x").get().error()).isEqualTo("You are not a member");
		assertThat(clients.sendToGroup("a", "g", "x").get().delivered()).isTrue();
	}

	@Test
	void everythingOverHttpToo() {
		try (Receiver filter = new Receiver()) {
			filter.answer(200, "{'valid':false,'code':'no'}");
			this.wire.put("/emulator/callbacks", "{'askBefore':'" + filter.url() + "','secret':'x'}").ok();
			JsonNode stopped = this.wire
				.post("/emulator/messages",
						"{'from':'a','chat_type':'chatroom','to':'r','type':'txt','body':{'msg':'m'}}")
				.ok()
				.json();
			assertThat(stopped).isEqualTo(Wire.tree("{'delivered':false,'error':'no'}"));
			filter.answer(200, "{'valid':true}");
			JsonNode delivered = this.wire
				.post("/emulator/messages", "{'from':'a','to':'b','type':'txt','body':{'msg':'m'}}")
				.ok()
				.json();
			assertThat(delivered.path("delivered").booleanValue()).isTrue();
			awaitReceived(1);
			JsonNode sent = this.wire.get("/emulator/callbacks").ok().json();
			assertThat(sent.path("sent").path(0).path("status").intValue()).isEqualTo(200);
			assertThat(sent.toString()).doesNotContain(SECRET);
			this.wire.delete("/emulator/callbacks", null).ok();
			assertThat(this.wire.post("/emulator/messages", "{'from':'a','to':'b','type':'txt'}").status())
				.isEqualTo(400);
			this.wire.put("/emulator/callbacks", "{'postTo':'nowhere','secret':'x'}")
				.isError(400, "illegal_argument",
						"A callback goes to a URL such as http://localhost:8080/im/callbacks, not to 'nowhere'");
		}
	}

	private Receiver asking(boolean deliverByDefault) {
		Receiver filter = new Receiver();
		this.emulator.callbacks().askBefore(filter.url(), SECRET, TIMEOUT, deliverByDefault);
		return filter;
	}

	private JsonNode one() {
		awaitReceived(1);
		return this.receiver.received().get(0);
	}

	/** Waits until that many were received, and no more are on their way. */
	private void awaitReceived(int count) {
		await().atMost(TIMEOUT)
			.untilAsserted(
					() -> assertThat(List.of(this.receiver.received().size(), this.emulator.callbacks().pending()))
						.isEqualTo(List.of(count, 0)));
	}

	private static void assertSigned(JsonNode callback) throws Exception {
		String signed = callback.path("callId").stringValue() + SECRET + callback.path("timestamp").longValue();
		assertThat(callback.path("security").stringValue()).isEqualTo(HexFormat.of()
			.formatHex(MessageDigest.getInstance("MD5").digest(signed.getBytes(StandardCharsets.UTF_8))));
	}

	private static String[] recipients(int count) {
		String[] names = new String[count];
		for (int i = 0; i < count; i++) {
			names[i] = "u" + i;
		}
		return names;
	}

}
