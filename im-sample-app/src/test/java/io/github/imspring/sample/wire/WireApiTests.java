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

package io.github.imspring.sample.wire;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.sample.ApiTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ApiTest
class WireApiTests {

	private static final String MESSAGE = "{\"from\":\"it's me\",\"to\":[\"user2\"],\"type\":\"txt\",\"body\":{\"msg\":\"$HOME `id` \\\\ ' \\u4f60\"}}";

	@Autowired
	private WebTestClient client;

	@Autowired
	private ImEmulator emulator;

	@BeforeEach
	void reset() {
		this.emulator.reset();
	}

	private String send() {
		return this.client.post()
			.uri("/api/messages")
			.header("Wire-Trace", "1")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(MESSAGE)
			.exchange()
			.returnResult(Void.class)
			.getResponseHeaders()
			.getFirst("Wire-Trace");
	}

	private JsonNode trace(String path) {
		byte[] exchanges = this.client.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBody();
		return JsonMapper.shared().readTree(exchanges);
	}

	@Test
	void showsWhatTheServiceSaw() {
		this.client.post().uri("/api/messages").contentType(MediaType.APPLICATION_JSON).bodyValue(MESSAGE).exchange();
		JsonNode exchanges = trace(send());

		assertThat(exchanges).hasSize(1);
		JsonNode exchange = exchanges.get(0);
		assertThat(exchange.path("method").asString()).isEqualTo("POST");
		assertThat(exchange.path("url").asString())
			.isEqualTo(this.emulator.baseUrl() + "/emulator-org/emulator-app/messages/users");
		assertThat(exchange.at("/headers/authorization").asString()).isEqualTo("Bearer ***");
		assertThat(JsonMapper.shared().readTree(exchange.path("body").asString()))
			.isEqualTo(this.emulator.requests("send-message").get(0).json());
		assertThat(exchange.path("status").asInt()).isEqualTo(200);
		assertThat(JsonMapper.shared().readTree(exchange.path("answer").asString()).at("/data/user2").asString())
			.isEqualTo(this.emulator.deliveriesTo("user2").get(1).messageId());
	}

	@Test
	void showsEachAttemptAndNoSecret() {
		this.emulator.tokens().expire();
		JsonNode exchanges = trace(send());

		assertThat(exchanges)
			.extracting((exchange) -> exchange.path("url").asString().replaceAll(".*/", "") + exchange.path("status"))
			.containsExactly("users401", "users200");
		assertThat(exchanges).extracting((exchange) -> exchange.at("/headers/authorization").asString())
			.containsOnly("Bearer ***");
	}

	@Test
	void keepsNoSecretOfABodyNotEvenOfOneThatIsCutOff() {
		String text = "{\"password\":\"a\\\"b\",\"access_token\" : \"YWMt\",\"newpassword\":\"c\",\"client_secret\":\"d\"";
		WireBody body = new WireBody();
		body.add(DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8)));
		assertThat(body.text(MediaType.APPLICATION_JSON)).isEqualTo(
				"{\"password\":\"***\",\"access_token\" : \"***\",\"newpassword\":\"***\",\"client_secret\":\"***\"");

		WireBody large = new WireBody();
		String padding = " ".repeat(16 * 1024 - 15);
		large.add(DefaultDataBufferFactory.sharedInstance
			.wrap((padding + "{\"password\":\"abcdef\"}").getBytes(StandardCharsets.UTF_8)));
		assertThat(large.text(MediaType.APPLICATION_JSON)).contains("\"password\":\"***\"").doesNotContain("ab");
	}

	@Test
	void showsThatNoAnswerCame() {
		send();
		this.emulator.faults().fail("send-message", Fault.resetAfterProcessing());
		JsonNode exchanges = trace(send());

		assertThat(exchanges).hasSize(1);
		assertThat(exchanges.get(0).has("status")).isFalse();
		assertThat(exchanges.get(0).path("failure").asString()).isNotEmpty();
	}

	@Test
	void writesACommandThatAShellRunsAsItIsMeant(@TempDir Path folder) throws Exception {
		String command = trace(send()).get(0).path("curl").asString();
		assertThat(command).contains("-H \"Authorization: Bearer $IM_TOKEN\"");
		this.emulator.reset();

		ProcessBuilder shell = new ProcessBuilder("sh", "-c", "curl() { printf '%s\\n' \"$@\"; }; " + command);
		shell.environment().put("IM_TOKEN", "t0");
		Process process = shell.directory(folder.toFile()).redirectErrorStream(true).start();
		List<String> arguments = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
			.toList();

		assertThat(arguments).contains("Authorization: Bearer t0", "--data-raw");
		assertThat(JsonMapper.shared().readTree(arguments.get(arguments.size() - 1)))
			.isEqualTo(JsonMapper.shared().readTree(MESSAGE));
	}

	@Test
	void keepsNoFile() {
		MultipartBodyBuilder form = new MultipartBodyBuilder();
		form.part("file", new ByteArrayResource(new byte[100])).filename("cat.png").contentType(MediaType.IMAGE_PNG);
		String path = this.client.post()
			.uri("/api/files")
			.header("Wire-Trace", "1")
			.bodyValue(form.build())
			.exchange()
			.returnResult(Void.class)
			.getResponseHeaders()
			.getFirst("Wire-Trace");
		JsonNode exchanges = trace(path);

		JsonNode exchange = exchanges.get(exchanges.size() - 1);
		assertThat(exchange.path("body").asString()).matches("\\(\\d+ bytes of multipart/form-data\\)");
		assertThat(exchange.path("curl").asString()).contains("-F file=@FILE");
	}

	@Test
	void tracesOnlyWhatIsAskedForAndKnowsNoOther() {
		this.client.get().uri("/api/rooms").exchange().expectHeader().doesNotExist("Wire-Trace");
		this.client.get().uri("/api/wire/1").exchange().expectStatus().isNotFound();
	}

}
