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

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import io.github.imspring.error.ImDecodingException;
import io.github.imspring.resource.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Makes a result of the body of an answer once it is whole. Each buffer of the HTTP
 * client is released where it comes in.
 *
 * @param <T> the type of the result
 */
final class WholeBody<T> extends Mono<T> {

	private final Flux<DataBuffer> pieces;

	private final Attempt attempt;

	private final int maxSize;

	private final Function<byte[], T> reader;

	/**
	 * Reads a body.
	 * @param pieces the body as it comes; each is a sign of life of the service
	 * @param attempt the attempt that it comes in
	 * @param maxSize the most bytes that are taken
	 * @param reader makes the result
	 */
	WholeBody(Flux<DataBuffer> pieces, Attempt attempt, int maxSize, Function<byte[], T> reader) {
		this.pieces = pieces;
		this.attempt = attempt;
		this.maxSize = maxSize;
		this.reader = reader;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		this.pieces.subscribe(new Collector<>(actual, this));
	}

	private static final class Collector<T> implements CoreSubscriber<DataBuffer>, Subscription {

		private static final byte[] NOTHING = new byte[0];

		private final CoreSubscriber<? super T> actual;

		private final WholeBody<T> body;

		private final List<byte[]> pieces = new ArrayList<>(1);

		private @Nullable Subscription source;

		private int size;

		private boolean ended;

		Collector(CoreSubscriber<? super T> actual, WholeBody<T> body) {
			this.actual = actual;
			this.body = body;
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			if (Operators.validate(this.source, subscription)) {
				this.source = subscription;
				this.actual.onSubscribe(this);
			}
		}

		@Override
		public void request(long n) {
			source().request(Long.MAX_VALUE);
		}

		@Override
		public void cancel() {
			source().cancel();
		}

		@Override
		public void onNext(DataBuffer buffer) {
			this.body.attempt.silence().broken();
			byte[] piece = ResponseBody.take(buffer);
			if (piece.length > this.body.maxSize - this.size) {
				source().cancel();
				onError(ImDecodingException.tooLarge(this.body.attempt.call().operation().name(), this.body.maxSize,
						null));
			}
			else if (!this.ended) {
				this.size += piece.length;
				this.pieces.add(piece);
			}
		}

		@Override
		public void onError(Throwable failure) {
			if (!this.ended) {
				this.ended = true;
				this.actual.onError(failure);
			}
		}

		@Override
		public void onComplete() {
			if (this.ended) {
				return;
			}
			this.ended = true;
			T result;
			try {
				result = this.body.reader.apply(bytes());
			}
			catch (Throwable ex) {
				Exceptions.throwIfFatal(ex);
				this.actual.onError(ex);
				return;
			}
			this.actual.onNext(result);
			this.actual.onComplete();
		}

		/**
		 * Most bodies come in one piece.
		 */
		private byte[] bytes() {
			if (this.pieces.size() < 2) {
				return this.pieces.isEmpty() ? NOTHING : this.pieces.get(0);
			}
			ByteBuffer whole = ByteBuffer.allocate(this.size);
			this.pieces.forEach(whole::put);
			return whole.array();
		}

		private Subscription source() {
			return Objects.requireNonNull(this.source);
		}

	}

}
