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

package io.github.imspring.sample.document;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.imspring.sample.ApiTest;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Types the commands of the README that talk to the example application.
 */
@ApiTest
class CommandTests {

	@LocalServerPort
	private int port;

	@BeforeAll
	static void findCurl() {
		Assumptions.assumeTrue(isInstalled(), "curl is not installed");
	}

	private static boolean isInstalled() {
		try {
			return type("curl --version").contains("curl");
		}
		catch (IOException ex) {
			return false;
		}
	}

	@ParameterizedTest
	@MethodSource("readmes")
	void sendsAMessageAndShowsWhatWasDelivered(Document readme) throws IOException {
		List<String> answers = new ArrayList<>();
		for (Document.Snippet snippet : readme.snippets("shell")) {
			for (String command : snippet.code().lines().filter((line) -> line.startsWith("curl ")).toList()) {
				answers.add(type("curl --fail --silent --show-error "
						+ command.substring("curl ".length()).replace("localhost:8080", "localhost:" + this.port)));
			}
		}
		assertThat(answers).hasSize(2);
		assertThat(answers.get(0)).matches("\\{.*\"user2\":\"\\d+\".*}");
		String id = answers.get(0).replaceAll(".*\"user2\":\"(\\d+)\".*", "$1");
		assertThat(answers.get(1)).contains(id).contains("\"hi\"");
	}

	private static String type(String command) throws IOException {
		Process shell = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
		return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	static Stream<Document> readmes() {
		return Document.forUsers().stream().filter((document) -> document.path().toString().startsWith("README"));
	}

}
