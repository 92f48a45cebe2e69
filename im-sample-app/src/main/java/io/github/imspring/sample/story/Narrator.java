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

package io.github.imspring.sample.story;

import java.io.PrintStream;
import java.util.function.Function;
import java.util.function.Predicate;

import reactor.core.publisher.Mono;

/**
 * Takes one step after another and prints each with its result.
 */
final class Narrator {

	private final PrintStream out;

	private int steps;

	Narrator(PrintStream out) {
		this.out = out;
	}

	/**
	 * Takes a step. It blocks until the call is done, which the starter limits to
	 * {@code im.timeout}.
	 * @param deed who does what
	 * @param call the call that does it
	 * @param expected whether the result is as it should be
	 * @param description describes the result
	 * @return the result
	 * @throws UnexpectedTurnException if the result is not as it should be
	 */
	<T> T step(String deed, Mono<T> call, Predicate<T> expected, Function<T, String> description) {
		this.out.printf("%n%2d. %s%n", ++this.steps, deed);
		T outcome = call.blockOptional().orElseThrow();
		if (!expected.test(outcome)) {
			throw new UnexpectedTurnException(description.apply(outcome));
		}
		result(description.apply(outcome));
		return outcome;
	}

	void result(String result) {
		this.out.println("    -> " + result);
	}

}
