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

import io.github.imspring.callback.CallbackObserver;
import io.github.imspring.observation.CallListener;
import io.github.imspring.quota.QuotaListener;
import io.github.imspring.token.TokenRefreshListener;

/**
 * Hears what happens in the clients of all accounts. Beans of this type are asked, in
 * their order, when the client of an account is made.
 *
 * @since 0.1.0
 */
public interface ImClientInstrumentation {

	/**
	 * Who hears what becomes of the calls of an account.
	 * @param account the name under {@code im.accounts}, or {@code default}
	 * @return the listener
	 */
	default CallListener callListener(String account) {
		return CallListener.NONE;
	}

	/**
	 * Who hears what happens at the quotas of an account.
	 * @param account the name under {@code im.accounts}, or {@code default}
	 * @return the listener
	 */
	default QuotaListener quotaListener(String account) {
		return QuotaListener.NONE;
	}

	/**
	 * Who hears how each fetch of a token of an account ended.
	 * @param account the name under {@code im.accounts}, or {@code default}
	 * @return the listener
	 */
	default TokenRefreshListener tokenRefreshListener(String account) {
		return (duration, failure) -> {
		};
	}

	/**
	 * Who hears what becomes of the callbacks to an account.
	 * @param account the name under {@code im.accounts}, or {@code default}
	 * @return the observer
	 */
	default CallbackObserver callbackObserver(String account) {
		return CallbackObserver.NONE;
	}

}
