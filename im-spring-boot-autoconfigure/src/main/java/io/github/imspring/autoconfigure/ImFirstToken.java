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

package io.github.imspring.autoconfigure;

import java.time.Duration;

import io.github.imspring.error.ImException;
import io.github.imspring.token.TokenProvider;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Gets the first token of an account while the application starts, if it is set to
 * ({@code auth.eager}), and ends the start if none can be had.
 */
final class ImFirstToken implements SmartInitializingSingleton {

	private final ImAccount account;

	private final TokenProvider tokenProvider;

	ImFirstToken(ImAccount account, TokenProvider tokenProvider) {
		this.account = account;
		this.tokenProvider = tokenProvider;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.account.properties().getAuth().isEager()) {
			fetch(this.account.properties().getTimeout());
		}
	}

	private void fetch(Duration timeout) {
		try {
			Mono.defer(this.tokenProvider::token)
				.switchIfEmpty(Mono.error(() -> noToken("the TokenProvider gave none",
						"Have the TokenProvider give a token, or fail with what keeps it from doing so.")))
				.timeout(timeout,
						Mono.error(() -> noToken("none came within " + timeout.toMillis() + " ms",
								"Look at what the TokenProvider waits for, or raise '" + this.account.prefix()
										+ "timeout'.")))
				.block();
		}
		catch (ImConfigurationException ex) {
			throw ex;
		}
		catch (ImException ex) {
			throw noToken(ex.problem(), ex.hint());
		}
		catch (RuntimeException ex) {
			Throwable failure = Exceptions.unwrap(ex);
			throw noToken("the TokenProvider failed with " + failure.getClass().getName(),
					"Look at what the TokenProvider does.");
		}
	}

	private ImConfigurationException noToken(String problem, String action) {
		return new ImConfigurationException(
				"'%sauth.eager' is set, and no token could be had: %s.".formatted(this.account.prefix(), problem),
				"%s Or unset '%sauth.eager' to start without a token.".formatted(action, this.account.prefix()));
	}

}
