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

package io.github.imspring.sample.emulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.imspring.emulator.DeliveredMessage;
import io.github.imspring.emulator.ImEmulator;
import reactor.core.publisher.Flux;

import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebInputException;

/**
 * Pushes what the emulator does, and switches its faults.
 */
@RestController
@RequestMapping("/api/emulator")
@Profile("emulator")
class EmulatorController {

	private static final int SHOWN = 12;

	private final ImEmulator emulator;

	private final FaultSwitches faults;

	private final Traffic traffic;

	EmulatorController(ImEmulator emulator, FaultSwitches faults, Traffic traffic) {
		this.emulator = emulator;
		this.faults = faults;
		this.traffic = traffic;
	}

	@GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<EmulatorState> states() {
		return Flux.interval(Duration.ZERO, Duration.ofSeconds(1)).onBackpressureDrop().map((second) -> state());
	}

	@PutMapping("/faults/{kind}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void switchOn(@PathVariable FaultKind kind) {
		this.faults.switchOn(kind);
	}

	@DeleteMapping("/faults/{kind}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void switchOff(@PathVariable FaultKind kind) {
		this.faults.switchOff(kind);
	}

	@PostMapping("/expired-tokens")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void expireTokens() {
		this.emulator.tokens().expire();
	}

	@PutMapping("/traffic/{perSecond}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void traffic(@PathVariable int perSecond) {
		if (perSecond < 0 || perSecond > Traffic.MAX_PER_SECOND) {
			throw new ServerWebInputException(
					"The traffic must be 0 to %d messages a second".formatted(Traffic.MAX_PER_SECOND));
		}
		this.traffic.perSecond(perSecond);
	}

	private EmulatorState state() {
		List<DeliveredMessage> all = this.emulator.deliveries();
		List<DeliveredMessage> newest = new ArrayList<>(all.subList(Math.max(0, all.size() - SHOWN), all.size()));
		Collections.reverse(newest);
		return new EmulatorState(this.emulator.deliveredMessages(), newest, this.faults.on(), this.traffic.perSecond());
	}

}
