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

import io.github.imspring.autoconfigure.ImConnectionDetails;
import io.github.imspring.emulator.ImEmulator;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Prints, after the start, where to look and what to try.
 */
@Component
class Greeting {

	private final ImConnectionDetails service;

	private final ObjectProvider<ImEmulator> emulator;

	private volatile int port;

	Greeting(ImConnectionDetails service, ObjectProvider<ImEmulator> emulator) {
		this.service = service;
		this.emulator = emulator;
	}

	@EventListener
	void listening(WebServerInitializedEvent event) {
		if (event.getApplicationContext().getServerNamespace() == null) {
			this.port = event.getWebServer().getPort();
		}
	}

	@EventListener(ApplicationReadyEvent.class)
	void greet() {
		if (this.port != 0) {
			System.out.println(text());
		}
	}

	private String text() {
		String called = (this.emulator.getIfAvailable() != null) ? "Emulator  " : "Service   ";
		return """

				  Console   http://localhost:%1$d/
				  %2$s%3$s
				  Try       curl -d '{"from":"user1","to":["user2"],"type":"txt","body":{"msg":"hi"}}' \\
				              -H 'Content-Type: application/json' localhost:%1$d/api/messages
				""".formatted(this.port, called, this.service.getBaseUrl());
	}

}
