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

import java.time.Duration;
import java.util.List;

import io.github.imspring.autoconfigure.ImAccountProperties;
import io.github.imspring.autoconfigure.ImAccountProperties.Store;
import io.github.imspring.autoconfigure.ImCallbackProperties;
import io.github.imspring.autoconfigure.ImCallbackProperties.DefaultVerdict;
import io.github.imspring.autoconfigure.ImConfigurationException;
import io.github.imspring.autoconfigure.SettingKeys;
import io.github.imspring.callback.CallbackReceiver;
import io.github.imspring.callback.CallbackReceiverBuilder;
import io.github.imspring.callback.Verdict;

import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * What is configured for the callbacks of one account, checked: every message names the
 * key as it is written.
 */
final class CallbackAccount {

	private final String name;

	private final SettingKeys keys;

	private final ImAccountProperties properties;

	private final List<String> secrets;

	CallbackAccount(String name, SettingKeys keys, ImAccountProperties properties) {
		this.name = name;
		this.keys = keys;
		this.properties = properties;
		this.secrets = properties.getCallback().getSecrets().stream().filter(StringUtils::hasText).toList();
	}

	String name() {
		return this.name;
	}

	boolean receivesCallbacks() {
		return !this.secrets.isEmpty();
	}

	String path() {
		return this.properties.getCallback().getPath();
	}

	boolean remembersInRedis() {
		return this.properties.getQuota().getStore() == Store.REDIS;
	}

	int maxRemembered() {
		return this.properties.getCallback().getMaxRemembered();
	}

	CallbackReceiverBuilder receiver() {
		check();
		ImCallbackProperties callback = this.properties.getCallback();
		ImCallbackProperties.PreDelivery preDelivery = callback.getPreDelivery();
		return CallbackReceiver.builder(this.secrets)
			.account(this.name)
			.settingNames(this.keys)
			.shutdownTimeout(this.properties.getShutdownTimeout())
			.acceptUnsigned(callback.isAcceptUnsigned())
			.maxAge(callback.getMaxAge())
			.maxBodySize(Math.toIntExact(callback.getMaxBodySize().toBytes()))
			.maxRemembered(callback.getMaxRemembered())
			.queue(callback.getQueue().getCapacity(), callback.getQueue().getMaxSize().toBytes())
			.threads(callback.getThreads())
			.preDelivery(preDelivery.getTimeout(),
					(preDelivery.getDefaultVerdict() == DefaultVerdict.STOP) ? Verdict.stop() : Verdict.deliver());
	}

	private void check() {
		ImCallbackProperties callback = this.properties.getCallback();
		if (!callback.getPath().matches("/[^{}*?#\\s]+")) {
			throw outOfRange("path", "'" + callback.getPath() + "'",
					"a path that begins with '/' and has none of '{', '}', '*', '?', '#' and spaces");
		}
		positive("max-age", callback.getMaxAge());
		positive("pre-delivery.timeout", callback.getPreDelivery().getTimeout());
		atLeastOne("max-remembered", callback.getMaxRemembered());
		atLeastOne("threads", callback.getThreads());
		atLeastOne("queue.capacity", callback.getQueue().getCapacity());
		size("queue.max-size", callback.getQueue().getMaxSize(), Long.MAX_VALUE);
		size("max-body-size", callback.getMaxBodySize(), Integer.MAX_VALUE - 8);
	}

	private void positive(String key, Duration value) {
		if (value.isZero() || value.isNegative()) {
			throw outOfRange(key, value, "a time above 0");
		}
	}

	private void atLeastOne(String key, int value) {
		if (value < 1) {
			throw outOfRange(key, value, "at least 1");
		}
	}

	private void size(String key, DataSize size, long most) {
		if (size.toBytes() < 1 || size.toBytes() > most) {
			throw outOfRange(key, size, "a size from 1B to " + most + "B");
		}
	}

	/**
	 * An exception for a path that another account has.
	 */
	ImConfigurationException takenPath(CallbackAccount other) {
		String key = this.keys.prefix() + "callback.path";
		return new ImConfigurationException(
				"'%s' is the same as '%scallback.path'.".formatted(key, other.keys.prefix()),
				"Set '%s' to a path of its own.".formatted(key));
	}

	private ImConfigurationException outOfRange(String key, Object value, String range) {
		String whole = this.keys.prefix() + "callback." + key;
		return new ImConfigurationException("'%s' is %s.".formatted(whole, value),
				"Set '%s' to %s.".formatted(whole, range));
	}

}
