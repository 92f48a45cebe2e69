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

package io.github.imspring;

import java.util.function.Function;
import java.util.function.Supplier;

import io.github.imspring.exchange.ImRequest;
import io.github.imspring.exchange.ImResponse;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.operation.Operation;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.util.function.SingletonSupplier;

/**
 * Makes the pipeline with the first call, so that an application does not wait for it
 * while it starts. Not final, so that aspects can stand before the bean.
 */
class LazyRestOperations implements ImRestOperations {

	private final Supplier<ImRestOperations> pipeline;

	LazyRestOperations(Supplier<ImRestOperations> pipeline) {
		this.pipeline = SingletonSupplier.of(pipeline);
	}

	@Override
	public <T> Mono<T> exchange(ImRequest request, Function<ImResponse, T> reader) {
		return this.pipeline.get().exchange(request, reader);
	}

	@Override
	public Flux<DataBuffer> download(ImRequest request) {
		return this.pipeline.get().download(request);
	}

	@Override
	public int mostMessages(Operation operation) {
		return this.pipeline.get().mostMessages(operation);
	}

}
