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

package io.github.imspring.emulator;

import java.util.function.Function;

import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Request;

/**
 * What a path of the service leads to.
 *
 * @param operation names the operation; one path may hold two, told apart by the body
 * @param access what the caller must show
 * @param counting who counts the call against its quota
 * @param handler what answers
 */
record Route(Function<Request, String> operation, Access access, Counting counting, Handler handler) {

	static Route of(String operation, Handler handler) {
		return new Route((request) -> operation, Access.TOKEN, Counting.ONE_CALL, handler);
	}

	static Route of(Function<Request, String> operation, Handler handler) {
		return new Route(operation, Access.TOKEN, Counting.ONE_CALL, handler);
	}

	/** The handler itself checks what the caller shows. */
	Route checkedByHandler() {
		return new Route(this.operation, Access.CHECKED_BY_HANDLER, this.counting, this.handler);
	}

	/** The handler itself counts, as only it knows how much, or whether at all. */
	Route countedByHandler() {
		return new Route(this.operation, this.access, Counting.BY_HANDLER, this.handler);
	}

	enum Access {

		TOKEN, CHECKED_BY_HANDLER

	}

	enum Counting {

		ONE_CALL, BY_HANDLER

	}

	/** Answers a call, or throws a {@link ServiceError}. */
	@FunctionalInterface
	interface Handler {

		Reply handle(Call call);

	}

}
