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

package io.github.imspring.sample.watch;

import reactor.core.publisher.Flux;

import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Pushes how things stand: {@code GET /api/watch}, events of the kinds {@code sample} and
 * {@code state}.
 */
@RestController
class WatchController {

	private final Watch watch;

	WatchController(Watch watch) {
		this.watch = watch;
	}

	@GetMapping(path = "/api/watch", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<Object>> watch() {
		return Flux.merge(this.watch.samples().map((sample) -> event("sample", sample)),
				this.watch.states().map((state) -> event("state", state)));
	}

	private static ServerSentEvent<Object> event(String kind, Object data) {
		return ServerSentEvent.builder(data).event(kind).build();
	}

}
