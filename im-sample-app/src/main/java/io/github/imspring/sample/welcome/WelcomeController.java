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

package io.github.imspring.sample.welcome;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Has newcomers welcomed: {@code POST /api/rooms/{roomId}/welcomes}. The blocking code
 * runs on Spring Boot's task executor: with {@code spring.threads.virtual.enabled} on a
 * virtual thread for each request where the JDK has them (21 and later), else on a pool.
 */
@RestController
class WelcomeController {

	private final Host host;

	private final AsyncTaskExecutor executor;

	WelcomeController(Host host, @Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor) {
		this.host = host;
		this.executor = executor;
	}

	@PostMapping("/api/rooms/{roomId}/welcomes")
	CompletableFuture<Map<String, String>> welcome(@PathVariable String roomId, @RequestBody Newcomer newcomer) {
		return this.executor.submitCompletable(() -> this.host.welcome(roomId, newcomer.user()));
	}

}
