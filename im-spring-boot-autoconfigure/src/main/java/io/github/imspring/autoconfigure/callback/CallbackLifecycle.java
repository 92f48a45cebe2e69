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

package io.github.imspring.autoconfigure.callback;

import io.github.imspring.autoconfigure.ClosingLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Has the listeners handle what waits: after the web server has stopped, and before the
 * clients of the service do, which the listeners may call.
 */
final class CallbackLifecycle extends ClosingLifecycle {

	/**
	 * Between the stop of the web server, {@code DEFAULT_PHASE - 2048}, and those of the
	 * executors, {@code DEFAULT_PHASE / 2}, and of the clients below it.
	 */
	static final int PHASE = DEFAULT_PHASE - 2560;

	private final ImCallbacks callbacks;

	CallbackLifecycle(ImCallbacks callbacks) {
		super(PHASE);
		this.callbacks = callbacks;
	}

	@Override
	protected Mono<Void> closeGracefully() {
		return Flux.fromIterable(this.callbacks).flatMap((account) -> account.receiver().closeGracefully()).then();
	}

}
