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

package io.github.imspring.autoconfigure.alone;

import java.time.Duration;

import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Sends a message, unless {@code send} is {@code false}, and ends. Has a package of its
 * own, in which no class needs more than the starter.
 */
@EnableAutoConfiguration
public class StarterAloneApplication {

	public static void main(String[] arguments) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(StarterAloneApplication.class)
			.web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.run(arguments)) {
			MessageOperations messages = context.getBean(MessageOperations.class);
			if (context.getEnvironment().getProperty("send", Boolean.class, true)) {
				messages.send(Message.text("hi").to("user2").build()).block(Duration.ofSeconds(20));
			}
		}
	}

}
