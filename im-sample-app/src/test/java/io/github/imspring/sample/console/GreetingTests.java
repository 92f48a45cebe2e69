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

package io.github.imspring.sample.console;

import io.github.imspring.sample.SampleApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class GreetingTests {

	@Test
	void saysWhereToLookAndWhatToTry(CapturedOutput output) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(SampleApplication.class)
			.properties("server.port=0")
			.run()) {
			String port = context.getEnvironment().getProperty("local.server.port");
			assertThat(output).contains("Console   http://localhost:" + port + "/")
				.containsPattern("Emulator {2}http://127\\.0\\.0\\.1:\\d+\\n")
				.contains("localhost:" + port + "/api/messages");
			assertThat(context.getEnvironment().getProperty("server.address")).isEqualTo("127.0.0.1");
		}
	}

	@Test
	void saysNothingWhereNoServerIs(CapturedOutput output) {
		new SpringApplicationBuilder(SampleApplication.class).web(WebApplicationType.NONE).run().close();

		assertThat(output).doesNotContain("Console   ");
	}

}
