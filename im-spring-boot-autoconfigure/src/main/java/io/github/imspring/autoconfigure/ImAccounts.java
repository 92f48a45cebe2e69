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

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.github.imspring.observation.CallObservations;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.token.ManagedTokenProvider;
import io.github.imspring.token.TokenProvider;
import io.github.imspring.token.TokenSnapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;

/**
 * The accounts of the application: the one directly under {@code im} first, then those
 * under {@code im.accounts} by their names. For an account whose name is known at run
 * time only; where it is known before, a
 * {@link org.springframework.beans.factory.annotation.Qualifier @Qualifier} does.
 *
 * <pre class="code">
 * accounts.get(tenant.account(), MessageOperations.class).send(message)
 * </pre>
 *
 * @since 0.1.0
 */
public class ImAccounts implements Iterable<ImAccounts.Account> {

	private final ListableBeanFactory beans;

	private final Map<String, Account> accounts;

	ImAccounts(ListableBeanFactory beans, Map<String, Account> accounts) {
		this.beans = beans;
		this.accounts = Collections.unmodifiableMap(accounts);
	}

	static ImAccounts of(ListableBeanFactory beans) {
		Map<String, Account> named = new TreeMap<>();
		BeanFactoryUtils.beansOfTypeIncludingAncestors(beans, ImAccount.class)
			.values()
			.stream()
			.map(ImAccount::name)
			.forEach((name) -> named.put(name,
					new Account(name, bean(beans, name, TokenProvider.class), bean(beans, name, QuotaLimiter.class))));
		Map<String, Account> accounts = new LinkedHashMap<>();
		Account primary = named.remove(CallObservations.DEFAULT_ACCOUNT);
		if (primary != null) {
			accounts.put(primary.name(), primary);
		}
		accounts.putAll(named);
		return new ImAccounts(beans, accounts);
	}

	private static <T> T bean(ListableBeanFactory beans, String account, Class<T> type) {
		return account.equals(CallObservations.DEFAULT_ACCOUNT) ? beans.getBean(type)
				: BeanFactoryAnnotationUtils.qualifiedBeanOfType(beans, type, account);
	}

	/**
	 * The names of the accounts.
	 * @return the names under {@code im.accounts}, and {@code default} for the account
	 * directly under {@code im} if there is one
	 */
	public Set<String> names() {
		return this.accounts.keySet();
	}

	/**
	 * A bean of an account: the one that is injected where a qualifier names the account,
	 * or for {@code default} where none does.
	 * @param <T> the type of the bean
	 * @param account the name under {@code im.accounts} or {@code default}, in any
	 * spelling that the keys of properties may have
	 * @param type the type of the bean,
	 * {@link io.github.imspring.message.MessageOperations} for example
	 * @return the bean
	 * @throws IllegalArgumentException if there is no such account
	 */
	public <T> T get(String account, Class<T> type) {
		return bean(this.beans, existing(account), type);
	}

	private String existing(String account) {
		String asked = ImAccountNames.uniform(account);
		return this.accounts.keySet()
			.stream()
			.filter((name) -> ImAccountNames.uniform(name).equals(asked))
			.findFirst()
			.orElseThrow(
					() -> new IllegalArgumentException("There is no IM account '%s'. Those of this application are: %s"
						.formatted(account, String.join(", ", this.accounts.keySet()))));
	}

	@Override
	public Iterator<Account> iterator() {
		return this.accounts.values().iterator();
	}

	/**
	 * How one account stands.
	 *
	 * @param name the name under {@code im.accounts}, or {@code default}
	 * @param tokenProvider hands out its token
	 * @param quotas keeps its quotas
	 * @since 0.1.0
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
