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

package io.github.imspring.message;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How {@link MessageOperations#sendToAll sendToAll} goes about it.
 *
 * @param chunkSize the most recipients of one call, 1 to 600. Large ones leave more of
 * the quota unused when single messages are sent beside
 * @param concurrency the most calls at a time, waiting for their quota or under way, at
 * least 1; fewer if the limiter lets fewer wait
 * @param maxDelay the longest that a recipient waits for others to fill the call, when
 * the source is slow; not negative. Zero sends whatever is there
 * @param duplicates what becomes of recipients that are named more than once
 * @since 0.1.0
 */
public record BulkOptions(int chunkSize, int concurrency, Duration maxDelay, Duplicates duplicates) {

	/**
	 * The most recipients that the service takes in one call.
	 */
	public static final int MAX_CHUNK_SIZE = MessageBounds.MAX_RECIPIENTS;

	/**
	 * 100 recipients a call, 16 calls at a time, a second, one message for each time that
	 * a recipient is named.
	 */
	public static final BulkOptions DEFAULTS = new BulkOptions(100, 16, Duration.ofSeconds(1), Duplicates.SEND_AGAIN);

	/**
	 * Checks the bounds.
	 * @param chunkSize the most recipients of one call
	 * @param concurrency the most calls at a time
	 * @param maxDelay the longest wait for a call to fill
	 * @param duplicates what becomes of repeated recipients
	 * @throws IllegalArgumentException if a bound is broken
	 */
	public BulkOptions {
		Assert.notNull(maxDelay, "'maxDelay' must not be null");
		Assert.notNull(duplicates, "'duplicates' must not be null");
		if (chunkSize < 1 || chunkSize > MAX_CHUNK_SIZE) {
			throw new IllegalArgumentException(
					"A call has 1 to %d recipients but was to have %d".formatted(MAX_CHUNK_SIZE, chunkSize));
		}
		if (concurrency < 1) {
			throw new IllegalArgumentException("There must be at least 1 call at a time but were " + concurrency);
		}
		if (maxDelay.isNegative()) {
			throw new IllegalArgumentException("The longest delay must not be negative but is " + maxDelay);
		}
	}

	/**
	 * These options with another size of a call.
	 * @param chunkSize the most recipients of one call, 1 to 600
	 * @return the options
	 */
	public BulkOptions withChunkSize(int chunkSize) {
		return new BulkOptions(chunkSize, this.concurrency, this.maxDelay, this.duplicates);
	}

	/**
	 * These options with another number of calls.
	 * @param concurrency the most calls at a time, at least 1
	 * @return the options
	 */
	public BulkOptions withConcurrency(int concurrency) {
		return new BulkOptions(this.chunkSize, concurrency, this.maxDelay, this.duplicates);
	}

	/**
	 * These options with another delay.
	 * @param maxDelay the longest wait for a call to fill, not negative
	 * @return the options
	 */
	public BulkOptions withMaxDelay(Duration maxDelay) {
		return new BulkOptions(this.chunkSize, this.concurrency, maxDelay, this.duplicates);
	}

	/**
	 * These options with another treatment of repeated recipients.
	 * @param duplicates what becomes of recipients that are named more than once
	 * @return the options
	 */
	public BulkOptions withDuplicates(Duplicates duplicates) {
		return new BulkOptions(this.chunkSize, this.concurrency, this.maxDelay, duplicates);
	}

}
