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
import java.util.ArrayList;
import java.util.List;

import io.github.imspring.callback.CallbackReceiverBuilder;

import org.springframework.util.unit.DataSize;

/**
 * What is configured for the callbacks of each account.
 *
 * @since 0.1.0
 */
public class ImCallbackProperties {

	/**
	 * Path of the endpoint that the service calls. It should be one that nobody can
	 * guess.
	 */
	private String path = "/im/callbacks";

	/**
	 * Secrets of the callback rules, from the console of the service: each rule has its
	 * own. Without one there is no endpoint.
	 */
	private List<String> secrets = new ArrayList<>();

	/**
	 * Whether to accept callbacks without a signature.
	 */
	private boolean acceptUnsigned;

	/**
	 * How far the timestamp of a callback may be from now.
	 */
	private Duration maxAge = CallbackReceiverBuilder.DEFAULT_MAX_AGE;

	/**
	 * Largest callback that is read.
	 */
	private DataSize maxBodySize = DataSize.ofBytes(CallbackReceiverBuilder.DEFAULT_MAX_BODY_SIZE);

	/**
	 * Most callbacks that are remembered, to recognize those that come again. Applies if
	 * they are not remembered in Redis.
	 */
	private int maxRemembered = CallbackReceiverBuilder.DEFAULT_MAX_REMEMBERED;

	/**
	 * Most threads that call the listeners, and most that call the filters.
	 */
	private int threads = CallbackReceiverBuilder.DEFAULT_THREADS;

	private final Queue queue = new Queue();

	private final PreDelivery preDelivery = new PreDelivery();

	public String getPath() {
		return this.path;
	}

	public void setPath(String path) {
		this.path = path;
	}

	public List<String> getSecrets() {
		return this.secrets;
	}

	public void setSecrets(List<String> secrets) {
		this.secrets = secrets;
	}

	public boolean isAcceptUnsigned() {
		return this.acceptUnsigned;
	}

	public void setAcceptUnsigned(boolean acceptUnsigned) {
		this.acceptUnsigned = acceptUnsigned;
	}

	public Duration getMaxAge() {
		return this.maxAge;
	}

	public void setMaxAge(Duration maxAge) {
		this.maxAge = maxAge;
	}

	public DataSize getMaxBodySize() {
		return this.maxBodySize;
	}

	public void setMaxBodySize(DataSize maxBodySize) {
		this.maxBodySize = maxBodySize;
	}

	public int getMaxRemembered() {
		return this.maxRemembered;
	}

	public void setMaxRemembered(int maxRemembered) {
		this.maxRemembered = maxRemembered;
	}

	public int getThreads() {
		return this.threads;
	}

	public void setThreads(int threads) {
		this.threads = threads;
	}

	public Queue getQueue() {
		return this.queue;
	}

	public PreDelivery getPreDelivery() {
		return this.preDelivery;
	}

	/**
	 * The events that wait for the listeners.
	 *
	 * @since 0.1.0
	 */
	public static class Queue {

		/**
		 * Most events that wait for the listeners. Further ones are lost.
		 */
		private int capacity = CallbackReceiverBuilder.DEFAULT_QUEUE_CAPACITY;

		/**
		 * Most bytes of the callbacks that wait together.
		 */
		private DataSize maxSize = DataSize.ofBytes(CallbackReceiverBuilder.DEFAULT_QUEUE_BYTES);

		public int getCapacity() {
			return this.capacity;
		}

		public void setCapacity(int capacity) {
			this.capacity = capacity;
		}

		public DataSize getMaxSize() {
			return this.maxSize;
		}

		public void setMaxSize(DataSize maxSize) {
			this.maxSize = maxSize;
		}

	}

	/**
	 * Deciding about messages before they are delivered.
	 *
	 * @since 0.1.0
	 */
	public static class PreDelivery {

		/**
		 * Time that the filters have to decide about a message. It must be below the time
		 * that the rule in the console sets, 200ms by default.
		 */
		private Duration timeout = CallbackReceiverBuilder.DEFAULT_PRE_DELIVERY_TIMEOUT;

		/**
		 * What becomes of a message that no filter decides about in time, or that one
		 * fails for.
		 */
		private DefaultVerdict defaultVerdict = DefaultVerdict.DELIVER;

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

		public DefaultVerdict getDefaultVerdict() {
			return this.defaultVerdict;
		}

		public void setDefaultVerdict(DefaultVerdict defaultVerdict) {
			this.defaultVerdict = defaultVerdict;
		}

	}

	/**
	 * What becomes of a message that nobody decides about.
	 *
	 * @since 0.1.0
	 */
	public enum DefaultVerdict {

		/**
		 * It is delivered.
		 */
		DELIVER,

		/**
		 * It is stopped.
		 */
		STOP

	}

}
