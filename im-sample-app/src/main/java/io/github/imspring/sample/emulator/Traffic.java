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

import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Sends messages at a steady rate, so that there is something to watch.
 */
@Component
@Profile("emulator")
class Traffic implements DisposableBean {

	/**
	 * Beyond what the service takes in a second, so that one sees calls wait.
	 */
	static final int MAX_PER_SECOND = 150;

	private static final int VIEWERS = 500;

	private static final int MOST_AT_A_TIME = 1000;

	private final MessageOperations messages;

	private final Disposable.Swap sending = Disposables.swap();

	private int perSecond;

	Traffic(MessageOperations messages) {
		this.messages = messages;
	}

	synchronized int perSecond() {
		return this.perSecond;
	}

	/**
	 * Sets the rate.
	 * @param rate the messages a second, 0 to {@value #MAX_PER_SECOND}
	 */
	synchronized void perSecond(int rate) {
		this.perSecond = rate;
		this.sending.update((rate > 0) ? start(rate) : Disposables.disposed());
	}

	private Disposable start(int rate) {
		Message message = Message.text("Hello from the console").from("host").build();
		return Flux.interval(Duration.ofSeconds(1).dividedBy(rate))
			.onBackpressureDrop()
			.flatMap((number) -> send(message.withRecipients("viewer-" + (number % VIEWERS))), MOST_AT_A_TIME)
			.subscribe();
	}

	private Mono<Void> send(Message message) {
		return this.messages.send(message).then().onErrorComplete();
	}

	@Override
	public void destroy() {
		this.sending.dispose();
	}

}
