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

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.imspring.autoconfigure.ImClientInstrumentation;
import io.github.imspring.autoconfigure.ImProperties;
import io.github.imspring.autoconfigure.SettingKeys;
import io.github.imspring.callback.CallbackReceiver;
import io.github.imspring.callback.CallbackReceiverBuilder;
import io.github.imspring.callback.PostDeliveryListener;
import io.github.imspring.callback.PreDeliveryFilter;
import io.github.imspring.callback.ReplayStore;
import io.github.imspring.observation.CallObservations;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Makes the receivers of all accounts that have a secret, from what is configured for
 * each and from the beans that they share.
 */
final class CallbackReceiverFactory {

	private final ObjectProvider<PostDeliveryListener> listeners;

	private final ObjectProvider<PreDeliveryFilter> filters;

	private final ApplicationEventPublisher eventPublisher;

	private final ObjectProvider<ImReplayStoreFactory> replayStores;

	private final ObjectProvider<ObservationRegistry> observationRegistry;

	private final ImClientInstrumentation instrumentation;

	CallbackReceiverFactory(ObjectProvider<PostDeliveryListener> listeners, ObjectProvider<PreDeliveryFilter> filters,
			ApplicationEventPublisher eventPublisher, ObjectProvider<ImReplayStoreFactory> replayStores,
			ObjectProvider<ObservationRegistry> observationRegistry, ImClientInstrumentation instrumentation) {
		this.listeners = listeners;
		this.filters = filters;
		this.eventPublisher = eventPublisher;
		this.replayStores = replayStores;
		this.observationRegistry = observationRegistry;
		this.instrumentation = instrumentation;
	}

	ImCallbacks callbacks(ImProperties properties) {
		return new ImCallbacks(accounts(properties).stream()
			.map((account) -> new ImCallbacks.Account(account.name(), account.path(), receiver(account)))
			.toList());
	}

	private static List<CallbackAccount> accounts(ImProperties properties) {
		List<CallbackAccount> accounts = new ArrayList<>();
		accounts.add(new CallbackAccount(CallObservations.DEFAULT_ACCOUNT, new SettingKeys("im.", false), properties));
		properties.getAccounts()
			.forEach((name, account) -> accounts
				.add(new CallbackAccount(name, new SettingKeys("im.accounts." + name + ".", false), account)));
		accounts.removeIf((account) -> !account.receivesCallbacks());
		checkPaths(accounts);
		return accounts;
	}

	private static void checkPaths(List<CallbackAccount> accounts) {
		Map<String, CallbackAccount> byPath = new HashMap<>();
		for (CallbackAccount account : accounts) {
			CallbackAccount other = byPath.putIfAbsent(account.path(), account);
			if (other != null) {
				throw account.takenPath(other);
			}
		}
	}

	private CallbackReceiver receiver(CallbackAccount account) {
		CallbackReceiverBuilder builder = account.receiver()
			.observer(this.instrumentation.callbackObserver(account.name()));
		this.listeners.orderedStream().forEach(builder::listener);
		builder.listener(this.eventPublisher::publishEvent);
		this.filters.orderedStream().forEach(builder::filter);
		this.observationRegistry.ifAvailable(builder::observationRegistry);
		if (account.remembersInRedis()) {
			this.replayStores
				.ifAvailable((stores) -> builder.replayStore(stores.create(account.name(), inMemory(account))));
		}
		return builder.build();
	}

	private static ReplayStore inMemory(CallbackAccount account) {
		return ReplayStore.inMemory(account.maxRemembered(), InstantSource.system());
	}

}
