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

package io.github.imspring.autoconfigure.callback;

import java.util.Iterator;
import java.util.List;

import io.github.imspring.callback.CallbackReceiver;
import io.github.imspring.callback.CallbackSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The accounts that receive callbacks, and how each of them stands.
 *
 * @since 0.1.0
 */
public final class ImCallbacks implements Iterable<ImCallbacks.Account> {

	private final List<Account> accounts;

	ImCallbacks(List<Account> accounts) {
		this.accounts = List.copyOf(accounts);
	}

	@Override
	public Iterator<Account> iterator() {
		return this.accounts.iterator();
	}

	/**
	 * How the callbacks of an account stand.
	 * @param account the name under {@code im.accounts}, or {@code default}
	 * @return the state of this moment, or {@code null} if the account receives none
	 */
	public @Nullable CallbackSnapshot snapshot(String account) {
		for (Account candidate : this.accounts) {
			if (candidate.name().equals(account)) {
				return candidate.receiver().snapshot();
			}
		}
		return null;
	}

	/**
	 * One account.
	 *
	 * @param name the name under {@code im.accounts}, or {@code default}
	 * @param path the path that the service calls. Whoever knows it may try secrets, so
	 * its text leaves it out
	 * @param receiver receives its callbacks
	 * @since 0.1.0
	 */
	public record Account(String name, String path, CallbackReceiver receiver) {

		@Override
		public String toString() {
			return "Account[name=" + this.name + "]";
		}

	}

}
