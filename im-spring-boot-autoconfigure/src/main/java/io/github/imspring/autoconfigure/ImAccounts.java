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

import java.util.Iterator;
import java.util.List;

import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.token.ManagedTokenProvider;
import io.github.imspring.token.TokenProvider;
import io.github.imspring.token.TokenSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of the application and how each of them stands: the plain one first, then
 * those under {@code im.accounts}.
 */
public final class ImAccounts implements Iterable<ImAccounts.Account> {

	private final List<Account> accounts;

	ImAccounts(List<Account> accounts) {
		this.accounts = List.copyOf(accounts);
	}

	@Override
	public Iterator<Account> iterator() {
		return this.accounts.iterator();
	}

	/**
	 * One account.
	 *
	 * @param name the name under {@code im.accounts}, or {@code default}
	 * @param tokenProvider hands out its token
	 * @param quotas keeps its quotas
	 */
	public record Account(String name, TokenProvider tokenProvider, QuotaLimiter quotas) {

		/**
		 * How its token stands, without fetching one.
		 * @return the state of this moment, or {@code null} if the application's own
		 * {@link TokenProvider} keeps the token
		 */
		public @Nullable TokenSnapshot token() {
			return (this.tokenProvider instanceof ManagedTokenProvider managed) ? managed.snapshot() : null;
		}

	}

}
