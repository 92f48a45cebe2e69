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

import java.time.Instant;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class ControlTests {

	private ImEmulator emulator;

	private Wire wire;

	@BeforeEach
	void start() {
		this.emulator = ImEmulator.start();
		this.wire = Wire.orgApp(this.emulator);
	}

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void indexNamesWhatThereIs() {
		JsonNode index = this.wire.withoutToken().get("/emulator").ok().json();
		assertThat(index.path("orgAppUrl").stringValue()).isEqualTo(this.wire.base());
		assertThat(index.path("appIdUrl").stringValue()).isEqualTo(Wire.appId(this.emulator).base());
		assertThat(index.path("paths").has("POST /emulator/faults")).isTrue();
		assertThat(this.wire.get("/emulator/nowhere").status()).isEqualTo(404);
		assertThat(this.wire.put("/emulator", "{}").status()).isEqualTo(405);
	}

	@Test
	void deliveriesOfAUser() {
		this.wire
			.post("/messages/users",
					"{'to':['a','b c'],'type':'cmd','body':{'action':'x'},'ext':{'k':1},'routetype':'ROUTE_ONLINE'}")
			.ok();
		JsonNode all = this.wire.get("/emulator/deliveries").ok().json();
		assertThat(all.path("deliveredMessages").longValue()).isEqualTo(2);
		assertThat(all.path("deliveries").size()).isEqualTo(2);
		JsonNode one = this.wire.get("/emulator/deliveries?user=b%20c").ok().json().path("deliveries");
		assertThat(one.size()).isEqualTo(1);
		assertThat(one.path(0).path("body")).isEqualTo(Wire.tree("{'action':'x'}"));
		assertThat(one.path(0).path("ext")).isEqualTo(Wire.tree("{'k':1}"));
		assertThat(one.path(0).path("routetype").stringValue()).isEqualTo("ROUTE_ONLINE");
		assertThat(this.wire.get("/emulator/deliveries?limit=1").json().path("deliveries").size()).isEqualTo(1);
	}

	@Test
	void requestsAndResetAndTokens() {
		this.wire.message("a").ok();
		assertThat(this.wire.get("/emulator/requests").ok().json().path("counts"))
			.isEqualTo(Wire.tree("{'send-message':1}"));
		JsonNode requests = this.wire.get("/emulator/requests?operation=send-message").ok().json();
		assertThat(requests.path("count").intValue()).isEqualTo(1);
		assertThat(requests.path("requests").path(0).path("status").intValue()).isEqualTo(200);
		this.wire.post("/emulator/reset", null).ok();
		assertThat(this.wire.get("/emulator/requests").ok().json().path("counts").isEmpty()).isTrue();
		this.wire.post("/emulator/tokens/expire", null).ok();
		this.wire.message("a").isError(401, "unauthorized", "Unable to authenticate due to expired access token");
		this.wire.post("/emulator/tokens/revoke", null).ok();
		this.wire.message("a").isError(401, "unauthorized", "Unable to authenticate (OAuth)");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			{'kind':'status','status':503,'body':'<h1>','contentType':'text/html'} | 503
			{'status':500} | 500
			{'kind':'error','status':409,'description':'x'} | 409
			{'kind':'reach-limit','retryAfterSeconds':2} | 429
			{'kind':'resource-limited'} | 429
			{'kind':'message-reach-limit'} | 403
			{'kind':'expired-token'} | 401
			{'kind':'empty'} | 200
			{'kind':'delay','delayMillis':1} | 200
			""")
	void faultsThatAnswer(String fault, int status) {
		this.wire.post("/emulator/faults", fault).ok();
		assertThat(this.wire.message("a").status()).isEqualTo(status);
		this.wire.message("a").ok();
	}

	@ParameterizedTest
	@ValueSource(strings = { "reset-before", "reset-after", "truncated" })
	void faultsThatDoNot(String kind) {
		this.wire
			.post("/emulator/faults", "{'operation':'send-message','kind':'" + kind + "','times':2}", "Content-Type",
					"application/x-www-form-urlencoded")
			.ok();
		for (int i = 0; i < 2; i++) {
			assertThatIOException()
				.isThrownBy(() -> Wire.send(this.wire.request("POST", "/messages/users", Wire.messageJson("a"))));
		}
		this.wire.message("a").ok();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'kind':'nonsense'}", "{'kind':'status'}", "{'kind':'status','status':99}",
			"{'kind':'hang','times':0}", "{'kind':'hang','body':'x'}", "{'kind':'delay','delayMillis':-1}",
			"{'kind':'hang','times':99999999999}", "{'kind':'hang','times':'twice'}",
			"{'kind':'error','status':100,'description':'x'}", "{'kind':'error','status':600}",
			"{'kind':'error','description':'x'}", "{'kind':'status','status':199}", "{'kind':'status','status':600}",
			"{'kind':'status','status':4294967796}", "{'kind':'error','status':4294967796}",
			"{'status':500,'body':'x','contentType':'a\\r\\nX: y'}",
			"{'status':500,'body':'x','contentType':'a\\u0000'}", "{'kind':'delay','delayMillis':9223372036854775807}",
			"{'kind':'delay','delayMillis':3600001}", "{'status':500,'delayMillis':3600001}" })
	void faultsThatMakeNoSense(String fault) {
		JsonNode json = this.wire.post("/emulator/faults", fault).json();
		assertThat(json.path("error").stringValue()).isEqualTo("illegal_argument");
		this.wire.message("a").ok();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					POST | /emulator/faults | {'kind':'status','status':'x'} | 'status' must be a whole number, such as 503, not "x"
					POST | /emulator/faults | {'kind':'reach-limt'} | There is no 'kind' of fault 'reach-limt'. Did you mean 'reach-limit'?
					POST | /emulator/faults | {'kind':'hang','times':'twice'} | 'times' must be a whole number, such as 2, not "twice"
					POST | /emulator/faults | {'kind':'hang','afterProcessing':'no'} | 'afterProcessing' must be true or false, such as true, not "no"
					POST | /emulator/faults | {'operation':7} | 'operation' must be a text, such as "send-message", not 7
					POST | /emulator/clock | {'set':'soon'} | 'set' must be an instant, such as "2030-01-01T00:00:00Z", not "soon"
					POST | /emulator/clock | {'advance':24} | 'advance' must be an ISO-8601 duration, such as "PT24H", not 24
					POST | /emulator/clock | {'frozen':'yes'} | 'frozen' must be true or false, such as true, not "yes"
					POST | /emulator/clock | {'advnace':'PT1H'} | There is no field 'advnace'. Did you mean 'advance'? The fields are advance, set, frozen
					PUT | /emulator/quotas | {'mode':'none'} | 'mode' must be sliding, fixed or off, such as "sliding", not "none"
					PUT | /emulator/quotas | {'messagesPerMinute':'many'} | 'messagesPerMinute' must be a whole number, such as 6000, not "many"
					PUT | /emulator/latency | {'minMillis':'short'} | 'minMillis' must be a whole number, such as 10, not "short"
					POST | /emulator/users/online | {'device':'d'} | 'username' must be a text, such as "user1", not missing
					""")
	void fieldThatIsWrongIsNamedWithAnExample(String method, String path, String body, String description) {
		this.wire.call(method, path, body).isError(400, "illegal_argument", description);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'minMillis':9223372036854775}", "{'minMillis':9223372036854775807}",
			"{'minMillis':0,'maxMillis':3600001}", "{'minMillis':-1}", "{'minMillis':2,'maxMillis':1}",
			"{'minMillis':'short'}" })
	void latencyThatMakesNoSense(String latency) {
		JsonNode json = this.wire.put("/emulator/latency", latency).json();
		assertThat(json.path("error").stringValue()).isEqualTo("illegal_argument");
		this.wire.message("a").ok();
	}

	@ParameterizedTest
	@ValueSource(strings = { "9223372036854775807", "3600001", "-3600001", "'far'" })
	void alignmentThatMakesNoSense(String millis) {
		JsonNode json = this.wire.put("/emulator/quotas", "{'mode':'fixed','alignmentMillis':" + millis + "}").json();
		assertThat(json.path("error").stringValue()).isEqualTo("illegal_argument");
		this.wire.put("/emulator/quotas", "{'mode':'fixed'}").ok();
		this.wire.message("a").ok();
	}

	@Test
	void faultsAreListedAndForgotten() {
		this.wire.post("/emulator/faults", "{'kind':'hang','times':3}").ok();
		assertThat(this.wire.get("/emulator/faults").ok().json()).isEqualTo(Wire.tree("{'planned':['* x 3']}"));
		this.wire.put("/emulator/latency", "{'minMillis':1,'maxMillis':2}").ok();
		this.wire.delete("/emulator/faults", null).ok();
		this.wire.message("a").ok();
	}

	@Test
	void quotas() {
		this.wire
			.put("/emulator/quotas",
					"{'mode':'fixed','alignmentMillis':10,'callsPerSecond':{'send-message':200},'messagesPerMinute':1}")
			.ok();
		this.wire.message("a").ok();
		this.wire.message("a").isError(403, "message_send_error", "message send reach limit");
		JsonNode quotas = this.wire.get("/emulator/quotas").ok().json();
		assertThat(quotas.path("mode").stringValue()).isEqualTo("fixed");
		assertThat(quotas.path("callsPerSecond").path("send-message").intValue()).isEqualTo(200);
		assertThat(quotas.path("messagesPerMinute").intValue()).isEqualTo(1);
		assertThat(quotas.path("peakCalls").path("send-message").intValue()).isEqualTo(1);
		assertThat(quotas.path("rejections")).isEqualTo(Wire.tree("{'send-message':{'403':1}}"));
		assertThat(this.wire.put("/emulator/quotas", "{'mode':'nonsense'}").status()).isEqualTo(400);
	}

	@Test
	void clock() {
		this.wire.post("/emulator/clock", "{'frozen':true,'set':'2030-01-01T00:00:00Z','advance':'PT24H'}").ok();
		assertThat(this.emulator.clock().instant()).isEqualTo(Instant.parse("2030-01-02T00:00:00Z"));
		assertThat(this.wire.get("/emulator/clock").ok().json()).isEqualTo(Wire.tree("{'now':'2030-01-02T00:00:00Z'}"));
		this.wire.post("/emulator/clock", "{'frozen':false}").ok();
		assertThat(this.emulator.clock().instant()).isAfter(Instant.parse("2030-01-02T00:00:00Z"));
		assertThat(this.wire.post("/emulator/clock", "{'advance':'soon'}").status()).isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'set':'+1000000000-12-31T23:59:59Z'}", "{'set':'+10000-01-01T00:00:00Z'}",
			"{'set':'1969-12-31T23:59:59Z'}", "{'advance':'P-40000D'}", "{'advance':'P3000000D'}",
			"{'advance':'PT2562047788015215H'}", "{'advance':'PT-2562047788015215H'}" })
	void clockStaysBetween1970And9999(String body) {
		for (String frozen : new String[] { "{'frozen':false}", "{'frozen':true}" }) {
			this.wire.post("/emulator/clock", "{'set':'2030-01-01T00:00:00Z'}").ok();
			this.wire.post("/emulator/clock", frozen).ok();
			JsonNode json = this.wire.post("/emulator/clock", body).json();
			assertThat(json.path("error").stringValue()).isEqualTo("illegal_argument");
			assertThat(this.emulator.clock().instant()).isBetween(Instant.parse("2030-01-01T00:00:00Z"),
					Instant.parse("2030-01-01T01:00:00Z"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z" })
	void emulatorServesAtTheEndsOfItsTime(String time) {
		this.wire.post("/emulator/clock", "{'frozen':true,'set':'" + time + "'}").ok();
		this.wire.withToken(this.emulator.tokens().issue()).message("a").ok();
	}

}
