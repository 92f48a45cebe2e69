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

package io.github.imspring.token;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A source whose fetches end when the test says so.
 */
class ManualTokenSource implements TokenSource {

	private final List<Sinks.One<AccessToken>> fetches = new CopyOnWriteArrayList<>();

	@Override
	public Mono<AccessToken> fetch() {
		return Mono.defer(() -> {
			Sinks.One<AccessToken> answer = Sinks.one();
			this.fetches.add(answer);
			return answer.asMono();
		});
	}

	int fetches() {
		return this.fetches.size();
	}

	void answer(AccessToken token) {
		last().tryEmitValue(token).orThrow();
	}

	void answerNothing() {
		last().tryEmitEmpty().orThrow();
	}

	void fail(Throwable failure) {
		last().tryEmitError(failure).orThrow();
	}

	private Sinks.One<AccessToken> last() {
		return this.fetches.get(this.fetches.size() - 1);
	}

}
