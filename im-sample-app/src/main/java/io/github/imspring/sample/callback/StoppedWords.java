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

package io.github.imspring.sample.callback;

import java.util.Locale;

import io.github.imspring.callback.PreDelivery;
import io.github.imspring.callback.PreDeliveryFilter;
import io.github.imspring.callback.Verdict;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Stops messages with a word that nobody wants to read.
 */
@Component
class StoppedWords implements PreDeliveryFilter {

	private final String word;

	StoppedWords(@Value("${sample.stopped-word:spam}") String word) {
		this.word = word.toLowerCase(Locale.ROOT);
	}

	@Override
	public Mono<Verdict> decide(PreDelivery message) {
		String text = message.text();
		boolean stopped = text != null && text.toLowerCase(Locale.ROOT).contains(this.word);
		return Mono.just(stopped ? Verdict.stop("Please do not say that") : Verdict.deliver());
	}

}
