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

package io.github.imspring.autoconfigure;

import io.github.imspring.ImClient;
import reactor.core.publisher.Mono;

/**
 * Closes a client gracefully: after the web server has let its requests end and the
 * executors their tasks, and while all beans are still there for whoever hears how their
 * call ended.
 */
final class ImClientLifecycle extends ClosingLifecycle {

	/**
	 * Below those of the web server, {@code DEFAULT_PHASE - 2048}, and of the executors,
	 * {@code DEFAULT_PHASE / 2}, which wait for their tasks then; above that of the event
	 * loops and of Redis, 0, which the calls need until they have ended.
	 */
	static final int PHASE = DEFAULT_PHASE / 2 - 1024;

	private final ImClient client;

	ImClientLifecycle(ImClient client) {
		super(PHASE);
		this.client = client;
	}

	@Override
	protected Mono<Void> closeGracefully() {
		return this.client.closeGracefully();
	}

}
