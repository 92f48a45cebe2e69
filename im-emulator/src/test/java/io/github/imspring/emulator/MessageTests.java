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

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.imspring.emulator.Wire.Response;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class MessageTests {

	private static final String INVALID_BODY = "Request body is invalid. Please check body is correct.";

	private ImEmulator emulator;

	private Wire wire;

	@BeforeEach
	void start() {
		this.emulator = ImEmulator.start();
		this.wire = Wire.appId(this.emulator);
	}

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"{'from':'user1','to':['user2'],'type':'txt','roam_ignore_users':[],'body':{'msg':'testmessages'},'ext':{'em_ignore_notification':true}}",
			"{'from':'user1','to':['user2'],'type':'txt','roam_ignore_users':[],'body':{'msg':'testmessages'},'ext':{'em_ignore_notification':true},'routetype':'ROUTE_ONLINE','sync_device':true}",
			"{'from':'user1','to':['user2'],'type':'img','body':{'filename':'testimg.jpg','secret':'VfXXXXNb_','url':'https://XXXX/app-id/XXXX/chatfiles/55f12940-XXXX-XXXX-8a5b-ff2336f03252','size':{'width':480,'height':720}}}",
			"{'from':'user1','to':['user2'],'type':'audio','body':{'url':'https://XXXX/XXXX/XXXX/chatfiles/1dfc7f50-XXXX-XXXX-8a07-7d75b8fb3d42','filename':'testaudio.amr','length':10,'secret':'HfXXXXCjM'}}",
			"{'from':'user1','to':['user2'],'type':'video','body':{'filename':'test.avi','thumb':'https://XXXX/app-id/XXXX/chatfiles/67279b20-7f69-11e4-8eee-21d3334b3a97','length':0,'secret':'VfXXXXNb_','file_length':58103,'thumb_secret':'ZyXXXX2I','url':'https://XXXX/app-id/XXXX/chatfiles/671dfe30-XXXX-XXXX-ba67-8fef0d502f46'}}",
			"{'from':'user1','to':['user2'],'type':'file','body':{'filename':'test.txt','secret':'1-g0XXXXua','url':'https://XXXX/app-id/XXXX/chatfiles/d7eXXXX7444'}}",
			"{'from':'user1','to':['user2'],'type':'loc','body':{'lat':'39.966','lng':'116.322','addr':'中国北京市海淀区中关村'}}",
			"{'from':'user1','to':['user2'],'type':'cmd','body':{'action':'action1'}}",
			"{'from':'user1','to':['user2'],'type':'custom','body':{'customEvent':'custom_event','customExts':{'ext_key1':'ext_value1'}}}" })
	void documentedExamplesAreDelivered(String example) {
		Response response = this.wire.post("/messages/users", example).ok();
		JsonNode sent = Wire.tree(example);
		assertThat(this.emulator.deliveriesTo("user2")).singleElement().satisfies((delivery) -> {
			assertThat(delivery.from()).isEqualTo("user1");
			assertThat(delivery.to()).isEqualTo("user2");
			assertThat(delivery.type()).isEqualTo(sent.path("type").stringValue());
			assertThat(delivery.body()).isEqualTo(sent.path("body"));
			assertThat(delivery.ext()).isEqualTo(sent.get("ext"));
			assertThat(delivery.syncDevice()).isEqualTo(sent.path("sync_device").asBoolean(false));
			assertThat(delivery.routetype()).isEqualTo(sent.path("routetype").asString(null));
			assertThat(delivery.roamIgnoreUsers()).isEmpty();
			assertThat(delivery.messageId()).isEqualTo(response.data().path("user2").stringValue());
		});
		assertThat(this.emulator.requests("send-message").get(0).json()).isEqualTo(sent);
	}

	@Test
	void answerIsTheDocumentedEnvelope() {
		JsonNode json = this.wire.message("user2").ok().json();
		assertThat(json.path("path").stringValue()).isEqualTo("/messages/users");
		assertThat(json.path("uri").stringValue()).isEqualTo(this.wire.base() + "/messages/users");
		assertThat(json.path("action").stringValue()).isEqualTo("post");
		assertThat(json.path("timestamp").longValue()).isCloseTo(System.currentTimeMillis(), Offset.offset(60_000L));
		assertThat(json.path("duration").isIntegralNumber()).isTrue();
		assertThat(json.path("data").path("user2").isString()).isTrue();
	}

	@Test
	void senderIsAdminByDefault() {
		this.wire.post("/messages/users", "{'to':['user2'],'type':'txt','body':{'msg':''}}").ok();
		assertThat(this.emulator.deliveriesTo("user2").get(0).from()).isEqualTo("admin");
	}

	@Test
	void idsAreBeyondDoublesUniqueAndIncreasing() {
		JsonNode first = this.wire.message("a", "b", "c").ok().data();
		JsonNode second = this.wire.message("a").ok().data();
		long previous = 1L << 53;
		for (String id : List.of(first.path("a").stringValue(), first.path("b").stringValue(),
				first.path("c").stringValue(), second.path("a").stringValue())) {
			assertThat(Long.parseLong(id)).isGreaterThan(previous);
			previous = Long.parseLong(id);
		}
	}

	@Test
	void idsAreUniqueUnderConcurrency() {
		this.emulator.quotas().mode(QuotaMode.OFF);
		List<CompletableFuture<Response>> calls = IntStream.range(0, 300)
			.mapToObj((i) -> Wire.sendAsync(this.wire.request("POST", "/messages/users", Wire.messageJson("a", "b"))))
			.toList();
		Set<String> ids = new HashSet<>();
		for (CompletableFuture<Response> call : calls) {
			call.join().ok().data().values().forEach((id) -> ids.add(id.stringValue()));
		}
		assertThat(ids).hasSize(600);
		assertThat(this.emulator.deliveredMessages()).isEqualTo(600);
		assertThat(this.emulator.requestCount("send-message")).isEqualTo(300);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			{'from':'','to':['u'],'type':'txt','body':{'msg':'m'}} | message_send_error | param from can't be empty
			{'to':[],'type':'txt','body':{'msg':'m'}} | message_send_error | param to can't be empty
			{'type':'txt','body':{'msg':'m'}} | message_send_error | param to can't be empty
			{'to':['u'],'type':'','body':{'msg':'m'}} | message_send_error | param type can't be empty
			{'to':['u'],'body':{'msg':'m'}} | message_send_error | param type can't be empty
			{'to':['u'],'type':'txt','body':{}} | message_send_error | param body can't be empty
			{'to':['u'],'type':'txt'} | message_send_error | param body can't be empty
			{'to':['u'],'type':'txt','body':{'msg':'m'},'ext':'x'} | message_send_error | param ext must be JSONObject
			{'to':['u'],'type':'txt','body':{'msg':'m'},'ext':null} | message_send_error | param ext must be JSONObject
			{'to':['u'],'type':'txt','body':{'msg':'m'},'ext':[]} | message_send_error | param ext must be JSONObject
			""")
	void rowsOfTheErrorTable(String body, String error, String description) {
		this.wire.post("/messages/users", body).isError(400, error, description);
		assertThat(this.emulator.deliveredMessages()).isZero();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "[]", "null", "'text'", "{", "{'to':['u'],", "{'to':'u','type':'txt','body':{'msg':'m'}}",
					"{'to':[1],'type':'txt','body':{'msg':'m'}}", "{'to':['u'],'type':1,'body':{'msg':'m'}}",
					"{'to':['u'],'type':'txt','body':'m'}", "{'from':1,'to':['u'],'type':'txt','body':{'msg':'m'}}",
					"{'to':['u'],'type':'txt','body':{'msg':'m'},'sync_device':'yes'}",
					"{'to':['u'],'type':'txt','body':{'msg':'m'},'roam_ignore_users':'u'}",
					"{'to':['u'],'type':'text','body':{'msg':'m'}}", "{'to':['u'],'type':'txt','body':{'message':'m'}}",
					"{'to':['u'],'type':'img','body':{'filename':'f'}}",
					"{'to':['u'],'type':'loc','body':{'lat':'x','lng':'1','addr':'a'}}",
					"{'to':['u'],'type':'cmd','body':{'action':1}}",
					"{'to':['u'],'type':'custom','body':{'customEvent':'a b'}}",
					"{'to':['u'],'type':'custom','body':{'customExts':[]}}",
					"{'to':['u'],'type':'txt','body':{'msg':'m'},'routetype':'ANY'}",
					"{'to':['u'],'type':'txt','body':{'msg':'m'},'routetype':''}",
					"{'to':['u'],'type':'txt','body':{'msg':'m'},'routetype':true}",
					"{'to':['u'],'type':'txt','body':{'msg':'m'},'ext':{'em_ignore_notification':'no'}}",
					"{'to':['u'],'type':'txt','body':{'msg':'m'},'ext':{'em_ignore_notification':1}}" })
	void wrongTypesAreAnInvalidBody(String body) {
		this.wire.post("/messages/users", body).isError(400, "invalid_request_body", INVALID_BODY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'to':['u'],'type':'loc','body':{'lat':39.966,'lng':-116.3,'addr':''}}",
			"{'to':['u'],'type':'img','body':{'url':'u','size':{'width':'480','height':'720'}}}",
			"{'to':['u'],'type':'audio','body':{'url':'u','length':'10','secret':null}}",
			"{'to':['u'],'type':'custom','body':{'customExts':{'n':1,'o':{'p':[]}}}}",
			"{'to':['u'],'type':'txt','body':{'msg':'m'},'ext':{'em_ignore_notification':false},'routetype':'ROUTE_ONLINE'}",
			"{'to':['u'],'type':'txt','body':{'msg':'m','own':[1,{'a':null}]},'ext':{},'routetype':null,'from':null}" })
	void clientsMayDiffer(String body) {
		this.wire.post("/messages/users", body).ok();
	}

	@Test
	void numbersArriveAsTheyWereSent() {
		String ext = "{'a':1e999,'b':0.12345678901234567890123,'c':1.10,'d':1e1000000000,'e':12345678901234567890123}";
		this.wire.post("/messages/users", "{'to':['u'],'type':'txt','body':{'msg':'m'},'ext':" + ext + "}").ok();
		DeliveredMessage delivery = this.emulator.deliveries().get(0);
		assertThat(delivery.ext()).isNotNull();
		assertThat(delivery.ext().path("a").decimalValue()).isEqualTo("1e999");
		assertThat(delivery.ext().path("b").decimalValue()).isEqualTo("0.12345678901234567890123");
		assertThat(delivery.ext().path("c").decimalValue()).isEqualTo("1.10");
		assertThat(delivery.ext().path("d").decimalValue()).isEqualTo("1e1000000000");
		assertThat(this.emulator.requests().get(0).json().path("ext")).isEqualTo(delivery.ext());
		assertThat(this.wire.get("/emulator/deliveries").ok().text()).contains("'ext':{'a':1E+999,".replace('\'', '"'),
				"0.12345678901234567890123,", "1.10,", ":1E+1000000000,", "12345678901234567890123}");
	}

	/** Whoever makes a whole number of this one fills the memory with zeros. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					POST | /chatrooms | {'name':'n','description':'d','owner':'o','maxusers':1e1000000000} | 400
					POST | /chatrooms | {'name':'n','description':'d','owner':'o','maxusers':'1e1000000000'} | 400
					POST | /messages/users | {'to':['u'],'type':'audio','body':{'url':'u','length':1e1000000000}} | 200
					POST | /messages/users | {'to':['u'],'type':'audio','body':{'url':'u','length':'1e1000000000'}} | 200
					POST | /token | {'grant_type':'client_credentials','client_id':'emulator-client-id','client_secret':'emulator-client-secret','ttl':1e1000000000} | 400
					POST | /emulator/faults | {'kind':'status','status':1e1000000000} | 400
					POST | /emulator/faults | {'kind':'delay','delayMillis':1e1000000000} | 400
					POST | /emulator/faults | {'kind':'hang','times':1e1000000000} | 400
					PUT | /emulator/latency | {'minMillis':1e1000000000} | 400
					PUT | /emulator/quotas | {'messagesPerMinute':1e1000000000} | 400
					PUT | /emulator/quotas | {'alignmentMillis':1e1000000000} | 400
					""")
	@Timeout(60)
	void numbersOfABillionDigitsAreHarmless(String method, String path, String body, int status) {
		assertThat(this.wire.call(method, path, body).status()).isEqualTo(status);
	}

	@Test
	void customEventsOf32CharactersWith16Extensions() {
		this.wire.post("/messages/users", custom("e".repeat(32), 16)).ok();
		this.wire.post("/messages/users", custom("e".repeat(33), 16))
			.isError(400, "invalid_request_body", INVALID_BODY);
		this.wire.post("/messages/users", custom("e", 17)).isError(400, "invalid_request_body", INVALID_BODY);
	}

	@Test
	void upTo600Recipients() {
		assertThat(this.wire.message(users(600)).ok().data().size()).isEqualTo(600);
		this.wire.message(users(601)).isError(400, "message_send_error", "params to's size can't exceed limit 600");
		assertThat(this.emulator.deliveredMessages()).isEqualTo(600);
	}

	@Test
	void whoIsNamedTwiceGetsTheMessageOnce() {
		this.wire.message("user2", "user2").ok();
		assertThat(this.emulator.deliveriesTo("user2")).hasSize(1);
		assertThat(this.emulator.quotas().peakMessages()).isEqualTo(1);
	}

	@Test
	void bodyAndExtTogetherHold5KilobytesOfUtf8() {
		// {"msg":""} and {"k":""} are 10 and 8 bytes, and each of these characters is 3.
		String ext = "{'k':'" + "x".repeat(5120 - 18 - 3000) + "'}";
		String large = "{'to':['u'],'type':'txt','body':{ 'msg': '" + "语".repeat(1000) + "'},'ext':" + ext + "}";
		this.wire.post("/messages/users", large).ok();
		Response response = this.wire.post("/messages/users", large.replace("'k':'", "'k':'y"))
			.isError(400, "message_send_error", "message is too large");
		assertThat(response.json().path("error_code").intValue()).isEqualTo(14007);
	}

	@Test
	void jsonWithoutAContentTypeIsJsonAndOtherTypesAreNot() throws Exception {
		Response response = Wire.send(HttpRequest.newBuilder(URI.create(this.wire.base() + "/messages/users"))
			.header("Authorization", "Bearer " + this.emulator.tokens().issue())
			.POST(HttpRequest.BodyPublishers.ofString(Wire.messageJson("user2").replace('\'', '"')))
			.build());
		response.ok();
		assertThat(this.emulator.requests("send-message").get(0).header("content-type")).isNull();
		this.wire.post("/messages/users", Wire.messageJson("user2"), "Content-Type", "text/xml")
			.isError(415, "web_application", "HTTP 415 Unsupported Media Type");
	}

	@Test
	void endlessBodiesAreRefused() {
		this.wire.post("/messages/users", "{'x':'" + "x".repeat(2 * 1024 * 1024) + "'}")
			.isError(413, "web_application", "HTTP 413 Request Entity Too Large");
	}

	@Test
	void connectionOfABodyThatIsTooLongIsUsedForNothingElse() throws Exception {
		byte[] body = new byte[3 * 1024 * 1024];
		try (RawConnection connection = new RawConnection(this.emulator.port())) {
			String head = "POST %s/messages/users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n"
				.formatted(URI.create(this.wire.base()).getPath(), this.emulator.tokens().issue(), body.length);
			connection.send(head.getBytes(StandardCharsets.US_ASCII));
			connection.send(body);
			RawConnection.Answer answer = connection.read(false);
			assertThat(answer.status()).isEqualTo(413);
			assertThat(answer.close()).isTrue();
			assertThat(connection.read(false)).isNull();
		}
	}

	@Test
	void unknownPathsAndWrongVerbs() {
		this.wire.get("/nowhere").isError(404, "service_resource_not_found", "Service resource not found");
		this.wire.get("/messages/users/x").isError(404, "service_resource_not_found", "Service resource not found");
		Response response = this.wire.get("/messages/users")
			.isError(405, "web_application", "HTTP 405 Method Not Allowed");
		assertThat(response.header("Allow")).isEqualTo("POST");
		assertThat(this.emulator.requestCount("unknown")).isEqualTo(3);
	}

	@Test
	void deliveriesAreBoundedAndTheirCountIsNot() {
		try (ImEmulator small = ImEmulator.builder().maxDeliveries(3).maxRequests(1).start()) {
			Wire wire = Wire.orgApp(small);
			wire.message("a", "b").ok();
			wire.message("c", "d").ok();
			assertThat(small.deliveries()).extracting(DeliveredMessage::to).containsExactly("b", "c", "d");
			assertThat(small.deliveriesTo("a")).isEmpty();
			assertThat(small.deliveredMessages()).isEqualTo(4);
			assertThat(small.requests()).hasSize(1);
			assertThat(small.requestCount("send-message")).isEqualTo(2);
		}
	}

	@Test
	void deliveriesOfLargeMessagesAreBoundedInBytes() {
		String large = "{'to':['u'],'type':'txt','body':{'msg':'m'},'roam_ignore_users':['" + "x".repeat(1_900_000)
				+ "']}";
		String id = "";
		for (int i = 0; i < 25; i++) {
			id = this.wire.post("/messages/users", large).ok().data().path("u").stringValue();
		}
		List<DeliveredMessage> deliveries = this.emulator.deliveries();
		assertThat(deliveries.size()).isBetween(5, 15);
		assertThat(deliveries.get(deliveries.size() - 1).messageId()).isEqualTo(id);
		assertThat(this.emulator.deliveredMessages()).isEqualTo(25);
	}

	@Test
	void deliveriesOfMessagesWithManySmallPartsAreBoundedInBytes() {
		String many = "{'to':['u'],'type':'txt','body':{'msg':'m'},'roam_ignore_users':[" + "'x',".repeat(100_000)
				+ "'x']}";
		for (int i = 0; i < 25; i++) {
			this.wire.post("/messages/users", many).ok();
		}
		assertThat(this.emulator.deliveries().size()).isBetween(3, 15);
	}

	@Test
	void recipientsOfOneMessageShareItsBytes() {
		String large = Wire.messageJson(users(600))
			.replace("'type'", "'roam_ignore_users':['" + "x".repeat(1_900_000) + "'],'type'");
		for (int i = 0; i < 5; i++) {
			this.wire.post("/messages/users", large).ok();
		}
		assertThat(this.emulator.deliveries().size()).isEqualTo(3000);
	}

	@Test
	void smallDeliveriesAreBoundedInNumberOnly() {
		int max = 200_000;
		try (ImEmulator roomy = ImEmulator.builder().maxDeliveries(max).quota(QuotaMode.OFF).start()) {
			HttpRequest request = Wire.appId(roomy).request("POST", "/messages/users", Wire.messageJson(users(600)));
			Stream.generate(() -> Wire.sendAsync(request)).limit(340).toList().forEach((call) -> call.join().ok());
			assertThat(roomy.deliveries().size()).isEqualTo(max);
			assertThat(roomy.deliveredMessages()).isEqualTo(340 * 600);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/a?", "/a?b=", "/" })
	void largeRequestsAreBoundedInBytes(String path) {
		String filler = "x".repeat(60_000);
		for (int i = 0; i < 450; i++) {
			if (path.endsWith("?")) {
				this.wire.get(path, "X-Filler", filler);
			}
			else {
				this.wire.get(path + filler);
			}
		}
		assertThat(this.emulator.requests().size()).isBetween(200, 400);
		assertThat(this.emulator.requestCount("unknown")).isEqualTo(450);
	}

	@Test
	void resetForgets() {
		this.wire.message("user2").ok();
		this.emulator.clock().advance(Duration.ofDays(1));
		this.emulator.faults().fail("*", Fault.hang());
		this.emulator.reset();
		assertThat(this.emulator.deliveries()).isEmpty();
		assertThat(this.emulator.deliveredMessages()).isZero();
		assertThat(this.emulator.requests()).isEmpty();
		assertThat(this.emulator.requestCount("send-message")).isZero();
		assertThat(this.emulator.quotas().peakCalls("send-message")).isZero();
		this.wire.message("user2").ok();
	}

	@Test
	void everyLegalNameExistsUnlessConfiguredOtherwise() {
		this.wire.get("/users/whoever").ok();
		this.wire.get("/users/" + "n".repeat(64)).ok();
		this.wire.get("/users/" + "n".repeat(65))
			.isError(404, "service_resource_not_found", "Service resource not found");
	}

	@ParameterizedTest
	@CsvSource({ "a%20b%2Fc,a b/c", "..%2f,../", "%E7%94%A8%E6%88%B71,用户1", "x%3Fy%23z,x?y#z", "user+1,user+1",
			"%F0%9F%98%80,😀", "a%252Fb,a%2Fb", "user%2B1,user+1", "a%3Bb;c=d,a;b;c=d" })
	void pathSegmentsAreDecodedOnce(String raw, String name) {
		JsonNode json = this.wire.get("/users/" + raw).ok().json();
		assertThat(json.path("entities").path(0).path("username").stringValue())
			.isEqualTo(name.toLowerCase(Locale.ROOT));
		assertThat(this.emulator.requests("get-user").get(0).rawPath()).endsWith("/users/" + raw);
	}

	private static String[] users(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "user" + i).toArray(String[]::new);
	}

	private static String custom(String event, int exts) {
		String pairs = String.join(",",
				Stream.iterate(0, (i) -> i + 1).limit(exts).map((i) -> "'k" + i + "':'v'").toList());
		return "{'to':['u'],'type':'custom','body':{'customEvent':'" + event + "','customExts':{" + pairs + "}}}";
	}

}
