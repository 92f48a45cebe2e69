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

package io.github.imspring.emulator.service;

import java.util.List;
import java.util.function.Function;

import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Request;

/**
 * What a path of the service leads to.
 *
 * @param operations the operations of the path; mostly one, several if the body tells
 * which
 * @param selector tells which of them a request means
 * @param access what the caller must show
 * @param counting who counts the call against its quota
 * @param handler what answers
 * @since 0.1.0
 */
public record Route(List<ServiceOperation> operations, Function<Request, ServiceOperation> selector, Access access,
		Counting counting, Handler handler) {

	public static Route of(ServiceOperation operation, Handler handler) {
		return of(List.of(operation), (request) -> operation, handler);
	}

	/** A route with an operation that has a quota of its own, 100 calls a second. */
	public static Route of(String operation, Handler handler) {
		return of(ServiceOperation.of(operation), handler);
	}

	public static Route of(List<ServiceOperation> operations, Function<Request, ServiceOperation> selector,
			Handler handler) {
		return new Route(operations, selector, Access.APP_TOKEN, Counting.ONE_CALL, handler);
	}

	/** The token may be a user's; the handler checks whose. */
	public Route openToUsers() {
		return new Route(this.operations, this.selector, Access.ANY_TOKEN, this.counting, this.handler);
	}

	/** The handler itself checks what the caller shows. */
	public Route checkedByHandler() {
		return new Route(this.operations, this.selector, Access.CHECKED_BY_HANDLER, this.counting, this.handler);
	}

	/** The handler itself counts, as only it knows how much, or whether at all. */
	public Route countedByHandler() {
		return new Route(this.operations, this.selector, this.access, Counting.BY_HANDLER, this.handler);
	}

	/**
	 * What the caller must show.
	 *
	 * @since 0.1.0
	 */
	public enum Access {

		APP_TOKEN, ANY_TOKEN, CHECKED_BY_HANDLER

	}

	/**
	 * Who counts the call.
	 *
	 * @since 0.1.0
	 */
	public enum Counting {

		ONE_CALL, BY_HANDLER

	}

	/**
	 * Answers a call, or throws a {@link ServiceError}.
	 *
	 * @since 0.1.0
	 */
	@FunctionalInterface
	public interface Handler {

		Reply handle(Call call);

	}

}
