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

package io.github.imspring.exchange;

import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.web.reactive.function.BodyInserter;

/**
 * How long the service may be silent in one attempt, whatever the HTTP client's own
 * timeouts mean by that. The time runs from the moment when the attempt leaves, and
 * begins anew with each piece that the service takes or gives. It stands still while it
 * is not the service that is waited for: while the subscriber handles a piece or asks for
 * none, and while the source of an upload has nothing to give.
 */
final class Silence implements Limit {

	private final ExpiryTimer timer;

	private final Supplier<Throwable> failure;

	private @Nullable Consumer<Throwable> cut;

	private ExpiryTimer.@Nullable Expiry expiry;

	/**
	 * The pieces that the subscriber has asked for and not got.
	 */
	private long wanted;

	private boolean handling;

	/**
	 * The pieces that the client has asked the source of an upload for and not got.
	 */
	private long open;

	private boolean exhausted;

	private boolean over;

	Silence(ExpiryTimer timer, Supplier<Throwable> failure) {
		this.timer = timer;
		this.failure = failure;
	}

	@Override
	public synchronized void begin(Consumer<Throwable> cut) {
		this.cut = cut;
	}

	/**
	 * The attempt leaves.
	 */
	synchronized void sent() {
		Consumer<Throwable> end = this.cut;
		if (!this.over && end != null && this.expiry == null) {
			this.expiry = this.timer.start(() -> end.accept(this.failure.get()));
			proceed();
		}
	}

	/**
	 * The service gave a sign of life.
	 */
	synchronized void broken() {
		proceed();
	}

	@Override
	public synchronized void requested(long elements) {
		boolean unwanted = this.wanted <= 0;
		this.wanted = Operators.addCap(this.wanted, elements);
		if (unwanted) {
			proceed();
		}
	}

	@Override
	public synchronized void passed() {
		if (this.wanted != Long.MAX_VALUE) {
			this.wanted--;
		}
		this.handling = true;
		proceed();
	}

	@Override
	public synchronized void handled() {
		this.handling = false;
		proceed();
	}

	private synchronized void asked(long pieces) {
		this.open = Operators.addCap(this.open, pieces);
		proceed();
	}

	private synchronized void given() {
		this.open--;
		proceed();
	}

	private synchronized void exhausted() {
		this.exhausted = true;
		proceed();
	}

	private void proceed() {
		if (this.expiry == null) {
			return;
		}
		if (this.handling || this.wanted <= 0 || (this.open > 0 && !this.exhausted)) {
			this.expiry.pause();
		}
		else {
			this.expiry.restart();
		}
	}

	@Override
	public synchronized void ended() {
		this.over = true;
		if (this.expiry != null) {
			this.expiry.end();
		}
	}

	/**
	 * Watches a body as it is written.
	 */
	BodyInserter<?, ? super ClientHttpRequest> watch(BodyInserter<?, ? super ClientHttpRequest> body) {
		return (request, context) -> body.insert(new ClientHttpRequestDecorator(request) {
			@Override
			public Mono<Void> writeWith(Publisher<? extends DataBuffer> content) {
				return super.writeWith(watched(content));
			}
		}, context);
	}

	/**
	 * While the client asks for a piece, it is the source that is waited for. It may ask
	 * on another thread while the source ends.
	 */
	private Flux<DataBuffer> watched(Publisher<? extends DataBuffer> content) {
		return Flux.<DataBuffer>from(content)
			.doOnRequest(this::asked)
			.doOnNext((piece) -> given())
			.doOnTerminate(this::exhausted);
	}

}
