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

import java.util.function.Function;

import io.github.imspring.operation.Operation;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.lang.CheckReturnValue;

/**
 * Calls any endpoint of the service, also one that this library does not model, with the
 * token, the quotas, the retries, the errors and the metrics of all other calls.
 *
 * @since 0.1.0
 */
@CheckReturnValue
public interface ImRestOperations {

	/**
	 * Sends a request, on subscription, and reads the answer.
	 * @param request the request
	 * @return the answer, or an {@link io.github.imspring.error.ImException}
	 */
	default Mono<ImResponse> exchange(ImRequest request) {
		return exchange(request, Function.identity());
	}

	/**
	 * Sends a request, on subscription, and reads the answer. Spends one call of the
	 * quotas of its operation. Repeated as the operation allows; an answer that cannot be
	 * read is not asked for again.
	 * @param <T> the type of the result
	 * @param request the request
	 * @param reader makes the result of the answer, never {@code null}; what it throws
	 * other than an {@link io.github.imspring.error.ImException} becomes an
	 * {@link io.github.imspring.error.ImDecodingException}
	 * @return the result, or an {@link io.github.imspring.error.ImException}
	 */
	<T> Mono<T> exchange(ImRequest request, Function<ImResponse, T> reader);

	/**
	 * Sends a request, on subscription, and streams the body of the answer as it comes.
	 * The subscriber releases the buffers. The timeout of the call covers the time until
	 * the first piece of the body, and until then the request is repeated as the
	 * operation allows; from there on each silence is bounded by the read timeout.
	 * @param request the request
	 * @return the body, or an {@link io.github.imspring.error.ImException}
	 */
	Flux<DataBuffer> download(ImRequest request);

	/**
	 * The most messages that one call of an operation may count as and still surely go:
	 * its quota, or this instance's share of it if several instances share the quotas.
	 * @param operation the operation
	 * @return the messages, at least 1
	 * @since 0.1.0
	 */
	default int mostMessages(Operation operation) {
		return Integer.MAX_VALUE;
	}

}
