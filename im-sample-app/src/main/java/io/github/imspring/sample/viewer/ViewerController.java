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

package io.github.imspring.sample.viewer;

import io.github.imspring.user.Registration;
import io.github.imspring.user.UserOperations;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Registers viewers, whether they are new or come back, and gives their clients the token
 * to log in with: {@code POST /api/viewers}. Whoever is in front of a real one has logged
 * in to the application before.
 */
@RestController
class ViewerController {

	private final UserOperations users;

	ViewerController(UserOperations users) {
		this.users = users;
	}

	@PostMapping("/api/viewers")
	Mono<ResponseEntity<ViewerPass>> register(@RequestBody NewViewer viewer) {
		return this.users.ensure(viewer.user())
			.flatMap(ViewerController::registered)
			.flatMap((user) -> this.users.token(user))
			.map((token) -> ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(ViewerPass.of(token)));
	}

	private static Mono<String> registered(Registration registration) {
		if (registration.isThere()) {
			return Mono.just(registration.username());
		}
		if (registration.failure() != null) {
			return Mono.error(registration.failure());
		}
		return Mono.error(new ResponseStatusException(HttpStatus.BAD_REQUEST, registration.reason()));
	}

}
