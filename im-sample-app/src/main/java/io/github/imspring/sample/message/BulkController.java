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

import java.time.Duration;
import java.util.List;

import reactor.core.publisher.Flux;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sends one message to many: {@code POST /api/bulk-sends}. Whoever started it may leave,
 * come back and watch.
 */
@RestController
@RequestMapping("/api/bulk-sends")
class BulkController {

	private static final Duration INTERVAL = Duration.ofMillis(250);

	private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");

	private final BulkSends sends;

	BulkController(BulkSends sends) {
		this.sends = sends;
	}

	@GetMapping
	List<BulkProgress> list() {
		return this.sends.all();
	}

	@PostMapping
	@ResponseStatus(HttpStatus.ACCEPTED)
	BulkProgress start(@RequestBody BulkRequest request) {
		return this.sends.start(request);
	}

	@GetMapping(path = "/{id}/progress", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<BulkProgress> progress(@PathVariable String id) {
		BulkSend send = this.sends.get(id);
		return Flux.interval(Duration.ZERO, INTERVAL)
			.onBackpressureDrop()
			.map((tick) -> send.progress())
			.takeUntil(BulkProgress::ended);
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void cancel(@PathVariable String id) {
		this.sends.get(id).cancel();
	}

	@GetMapping("/{id}/outcomes")
	ResponseEntity<Flux<String>> outcomes(@PathVariable String id) {
		Flux<String> lines = Flux.fromIterable(this.sends.get(id).outcomes()).map(BulkOutcome::csv);
		return ResponseEntity.ok()
			.contentType(CSV)
			.header(HttpHeaders.CONTENT_DISPOSITION,
					ContentDisposition.attachment().filename("bulk-send.csv").build().toString())
			.body(Flux.concat(Flux.just(BulkOutcome.CSV_HEADER), lines));
	}

}
