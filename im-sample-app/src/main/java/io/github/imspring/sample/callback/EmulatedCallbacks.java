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

package io.github.imspring.sample.callback;

import java.time.Duration;

import io.github.imspring.emulator.ImEmulator;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Has the emulator call this application, as the rules in the console have the service
 * do.
 */
@Component
@Profile("emulator")
class EmulatedCallbacks {

	/**
	 * Much longer than the deadline of the filters: a busy machine is no verdict.
	 */
	private static final Duration VERDICT_TIMEOUT = Duration.ofSeconds(30);

	private final ImEmulator emulator;

	private final Environment environment;

	EmulatedCallbacks(ImEmulator emulator, Environment environment) {
		this.emulator = emulator;
		this.environment = environment;
	}

	@EventListener(ApplicationReadyEvent.class)
	void callThisApplication() {
		String port = this.environment.getProperty("local.server.port");
		String secret = this.environment.getProperty("im.callback.secrets", "");
		if (port != null && !secret.isBlank()) {
			String url = "http://localhost:" + port + this.environment.getProperty("im.callback.path", "/im/callbacks");
			this.emulator.callbacks().postTo(url, secret);
			this.emulator.callbacks().askBefore(url, secret, VERDICT_TIMEOUT, true);
		}
	}

}
