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

import java.util.concurrent.Executor;

import io.github.imspring.ImClient;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Lets the calls of a client end: after the web server has let its requests end and the
 * executors their tasks, and while all beans are still there for whoever hears how their
 * call ended. What is destroyed before the client may still call: the beans that use it,
 * and the executors, some of which wait for their tasks only then.
 */
final class ImClientLifecycle extends ClosingLifecycle {

	/**
	 * Below those of the web server, {@code DEFAULT_PHASE - 2048}, and of the executors,
	 * {@code DEFAULT_PHASE / 2}, which let their tasks end then; above that of Redis, 0,
	 * which the calls that wait need until they have ended.
	 */
	static final int PHASE = DEFAULT_PHASE / 2 - 1024;

	private final String name;

	private final ImClient client;

	private final ConfigurableListableBeanFactory beans;

	ImClientLifecycle(String name, ImClient client, ConfigurableListableBeanFactory beans) {
		super(PHASE);
		this.name = name;
		this.client = client;
		this.beans = beans;
	}

	@Override
	protected Mono<Void> closeGracefully() {
		for (String executor : this.beans.getBeanNamesForType(Executor.class, false, false)) {
			this.beans.registerDependentBean(this.name, executor);
		}
		return this.client.drain();
	}

}
