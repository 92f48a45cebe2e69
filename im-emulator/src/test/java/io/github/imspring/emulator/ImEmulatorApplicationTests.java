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

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ImEmulatorApplicationTests {

	@TempDir
	private Path directory;

	private Path errors;

	@BeforeEach
	void prepare() {
		this.errors = this.directory.resolve("errors.txt");
	}

	@Test
	void servesWhatItPrintsUntilItIsStopped() throws Exception {
		Process process = java("--port=0", "--users=registered", "--quota=off", "--token-ttl=90s");
		try {
			BufferedReader out = new BufferedReader(
					new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
			List<String> lines = new ArrayList<>();
			String line = out.readLine();
			while (line != null && !line.startsWith("What else")) {
				lines.add(line);
				line = out.readLine();
			}
			String printed = String.join("\n", lines);
			assertThat(printed).contains("emulator-org", "emulator-app", "emulator-client-id", "emulator-client-secret",
					"970CA35de60c44645bbae8a215061b33", "5CFd2fd1755d40ecb72977518be15d3b", "curl");
			assertThat(printed).contains("  im:\n    base-url: http://127.0.0.1:",
					"    org-name: emulator-org\n    app-name: emulator-app\n    auth:\n"
							+ "      client-id: emulator-client-id\n      client-secret: emulator-client-secret\n",
					"    app-id: 970CA35de60c44645bbae8a215061b33\n    auth:\n"
							+ "      app-certificate: 5CFd2fd1755d40ecb72977518be15d3b\n");
			String url = lines.get(0).substring(lines.get(0).indexOf("http://"));
			assertThat(url).startsWith("http://127.0.0.1:");
			JsonNode token = Wire
				.send(HttpRequest.newBuilder(URI.create(url + "/emulator-org/emulator-app/token"))
					.header("Content-Type", "application/json")
					.POST(BodyPublishers.ofString("{\"grant_type\":\"client_credentials\","
							+ "\"client_id\":\"emulator-client-id\",\"client_secret\":\"emulator-client-secret\"}"))
					.build())
				.ok()
				.json();
			assertThat(token.path("expires_in").intValue()).isEqualTo(90);
			assertThat(Wire
				.send(HttpRequest.newBuilder(URI.create(url + "/emulator-org/emulator-app/users/nobody"))
					.header("Authorization", "Bearer " + token.path("access_token").stringValue())
					.build())
				.status()).isEqualTo(404);
		}
		finally {
			process.destroy();
		}
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(Files.readString(this.errors)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "--prt=1", "--port=x", "--port=70000", "--users=some", "--quota=none", "--token-ttl=soon",
			"--token-ttl=PT9000000000000H", "--token-ttl=999999999d", "--token-ttl=PT-1S", "--port" })
	void badOptionsEndItWithStatus2(String option) throws Exception {
		assertThatIllegalArgumentException().isThrownBy(() -> CommandLine.parse(option))
			.withMessageContaining(option.replaceAll("=.*", ""));
		if (option.equals("--prt=1")) {
			Process process = java(option);
			assertThat(process.waitFor()).isEqualTo(2);
			assertThat(Files.readString(this.errors)).contains("Unknown option: --prt");
		}
	}

	@Test
	void callbacksGoWhereTheOptionSays() throws Exception {
		try (Receiver receiver = new Receiver();
				ImEmulator emulator = CommandLine
					.parse("--port=0", "--callback=" + receiver.url(), "--callback-secret", "x")
					.start()) {
			Wire.orgApp(emulator).message("user2").ok();
			await().atMost(Duration.ofSeconds(30)).until(() -> receiver.received().size() == 1);
			receiver.answer(200, "{'valid':false}");
			// A receiver that is slower than the service waits is not heard.
			await().atMost(Duration.ofSeconds(30))
				.until(() -> emulator.clients().sendToUser("a", "b", "x").get().error(), "custom logic denied"::equals);
		}
		assertThatIllegalArgumentException()
			.isThrownBy(() -> CommandLine.parse("--port=0", "--callback=nowhere").start())
			.withMessageContaining("http://localhost:8080/im/callbacks");
	}

	@Test
	void helpNamesTheOptions() throws Exception {
		Process process = java("--help");
		assertThat(process.waitFor()).isZero();
		assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).contains("--port",
				"--host", "--users", "--quota", "--token-ttl", "--callback", "--callback-secret");
	}

	@Test
	void portInUseIsSaidPlainly() throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Process process = java("--port", Integer.toString(taken.getLocalPort()));
			assertThat(process.waitFor()).isEqualTo(1);
			assertThat(Files.readString(this.errors)).isEqualToIgnoringNewLines(
					"Cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": the port is in use");
		}
	}

	/** On the class path of the stand-alone jar: no logging is bound there. */
	private Process java(String... args) throws IOException {
		String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.contains("logback"))
			.collect(Collectors.joining(File.pathSeparator));
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-cp", classPath,
						ImEmulatorApplication.class.getName()));
		command.addAll(Arrays.asList(args));
		return new ProcessBuilder(command).redirectError(this.errors.toFile()).start();
	}

}
