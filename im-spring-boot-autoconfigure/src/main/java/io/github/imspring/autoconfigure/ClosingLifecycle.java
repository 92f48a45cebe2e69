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

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Closes something gracefully when its application context closes. A context that is only
 * stopped may start again, and leaves it open.
 *
 * @since 0.1.0
 */
public abstract class ClosingLifecycle
		implements SmartLifecycle, ApplicationListener<ContextClosedEvent>, ApplicationContextAware {

	private final int phase;

	private volatile @Nullable ApplicationContext context;

	private volatile boolean running;

	private volatile boolean closing;

	/**
	 * Creates a lifecycle.
	 * @param phase when to close, see {@link #getPhase()}
	 */
	protected ClosingLifecycle(int phase) {
		this.phase = phase;
	}

	/**
	 * Closes gracefully, on subscription.
	 * @return completes when all is closed
	 */
	protected abstract Mono<Void> closeGracefully();

	@Override
	public final void setApplicationContext(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public final void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() == this.context) {
			this.closing = true;
		}
	}

	@Override
	public final void start() {
		this.running = true;
	}

	@Override
	public final void stop() {
		stop(() -> {
		});
	}

	@Override
	public final void stop(Runnable callback) {
		this.running = false;
		Mono<Void> closed = this.closing ? closeGracefully() : Mono.empty();
		closed.doFinally((signal) -> callback.run()).subscribe();
	}

	@Override
	public final boolean isRunning() {
		return this.running;
	}

	@Override
	public final int getPhase() {
		return this.phase;
	}

}
