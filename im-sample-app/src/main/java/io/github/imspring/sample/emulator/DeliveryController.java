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

import java.util.List;

import io.github.imspring.emulator.DeliveredMessage;
import io.github.imspring.emulator.ImEmulator;

import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows what the emulator delivered: on the real service this is the clients' business.
 */
@RestController
@Profile("emulator")
class DeliveryController {

	private final ImEmulator emulator;

	DeliveryController(ImEmulator emulator) {
		this.emulator = emulator;
	}

	@GetMapping("/api/deliveries")
	List<DeliveredMessage> deliveries(@RequestParam String user) {
		return this.emulator.deliveriesTo(user);
	}

}
