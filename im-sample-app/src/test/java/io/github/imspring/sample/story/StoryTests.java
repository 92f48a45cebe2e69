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

package io.github.imspring.sample.story;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.sample.SampleApplication;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE, properties = "im.retry.backoff=1ms")
@ExtendWith(OutputCaptureExtension.class)
class StoryTests {

	@Autowired
	private Story story;

	@Autowired
	private ImEmulator emulator;

	@BeforeEach
	void reset() {
		this.emulator.reset();
	}

	private String tell(boolean expected) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		assertThat(this.story.tell(new PrintStream(out, true, StandardCharsets.UTF_8))).isEqualTo(expected);
		return out.toString(StandardCharsets.UTF_8).replaceAll("\\R", "\n");
	}

	@Test
	void isToldFromTheOpeningToTheClosing() {
		assertThat(tell(true).replaceAll("\\d{10,}", "ID")).isEqualTo("""

				 1. anna, ben and cleo register, unless they did before
				    -> registered: anna, ben, cleo

				 2. anna opens the room 'Unplugged' and takes ben and cleo in
				    -> room ID

				 3. anna announces the show
				    -> the room reads: We start at eight. Requests are welcome.

				 4. anna sets the attributes 'topic' and 'mood'
				    -> set: mood, topic

				 5. ben sets 'song' and tries to overwrite anna's 'topic'
				    -> set: song; refused: topic (others are not allowed to be set)

				 6. ben sets 'topic' by force
				    -> set: topic

				 7. cleo looks at the attributes
				    -> {mood=calm, song=Blackbird, topic=rock}

				 8. anna sends a message to whoever else is in the room
				    -> message ids: {ben=ID, cleo=ID}

				 9. dora registers and gets a token for her client
				    -> a token for dora, which nobody else sees

				10. dora joins the room
				    -> in the room: [anna, ben, cleo, dora]

				11. dora speaks
				    -> message id: ID

				12. anna mutes dora for five minutes
				    -> muted: dora

				13. anna removes dora
				    -> in the room: [anna, ben, cleo]

				14. anna hands the room over to ben
				    -> the owner is ben

				15. cleo lists the newest rooms
				    -> 'Unplugged' of ben, 3 members

				16. ben closes the room
				    -> room ID is closed

				17. cleo looks for the room
				    -> room ID is gone

				The end.
				""");
		assertThat(this.emulator.deliveriesTo("ben")).hasSize(2);
		assertThat(this.emulator.deliveriesTo("cleo")).hasSize(2);
	}

	@Test
	void endsWhereTheServiceFails() {
		this.emulator.faults().fail("set-announcement", Fault.status(503).html("<h1>Sorry</h1>"), 3);

		assertThat(tell(false))
			.contains("3. anna announces the show\n    -> not as told: set-announcement failed: HTTP 503")
			.endsWith("This is not how the story goes.\n")
			.doesNotContain("4. ");
	}

	@Test
	void endsWhereAStepHasAnotherResult() {
		this.emulator.faults()
			.fail("get-announcement", Fault.status(200).json("{\"data\":{\"announcement\":\"Cancelled.\"}}"));

		assertThat(tell(false)).contains("-> not as told: the room reads: Cancelled.")
			.endsWith("This is not how the story goes.\n");
	}

	@Test
	void isToldOnDemandAndSetsTheExitCode(CapturedOutput output) {
		SpringApplication application = new SpringApplicationBuilder(SampleApplication.class)
			.web(WebApplicationType.NONE)
			.build();

		int exitCode = SpringApplication.exit(application.run("--story"));

		assertThat(exitCode).isZero();
		assertThat(output.getOut()).contains("The end.");
	}

	@Test
	void isNotToldUnasked(@Autowired ApplicationContext context) {
		assertThat(context.getBeansOfType(StoryRunner.class)).isEmpty();
	}

}
