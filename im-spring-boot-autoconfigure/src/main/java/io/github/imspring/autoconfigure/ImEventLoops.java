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

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/**
 * The event loops of the clients of all accounts, on which hosts are looked up too, made
 * when the first client needs them. Those that Reactor Netty has for all are disposed of
 * before the beans that may still call, and by whichever context of the process closes
 * first.
 */
final class ImEventLoops {

	private static final Duration LONGEST_END = Duration.ofSeconds(5);

	private @Nullable LoopResources loops;

	synchronized LoopResources get() {
		if (this.loops == null) {
			this.loops = LoopResources.create("im-http");
		}
		return this.loops;
	}

	/**
	 * Ends the threads, without waiting for it.
	 */
	synchronized void close() {
		if (this.loops != null) {
			this.loops.disposeLater(Duration.ZERO, LONGEST_END).subscribe();
		}
	}

}
