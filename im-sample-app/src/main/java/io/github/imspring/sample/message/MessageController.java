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

package io.github.imspring.sample.message;

import java.util.Map;

import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sends messages: {@code POST /api/messages}, and writes them as Java code:
 * {@code POST /api/messages/java}.
 */
@RestController
class MessageController {

	private final Messenger messenger;

	MessageController(Messenger messenger) {
		this.messenger = messenger;
	}

	@PostMapping("/api/messages")
	Mono<Map<String, String>> send(@RequestBody SendRequest request) {
		return this.messenger.send(request);
	}

	@PostMapping(path = "/api/messages/java", produces = MediaType.TEXT_PLAIN_VALUE)
	String java(@RequestBody SendRequest request) {
		return MessageCode.of(this.messenger.message(request));
	}

}
