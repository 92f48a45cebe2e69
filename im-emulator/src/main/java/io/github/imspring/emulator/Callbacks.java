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

package io.github.imspring.emulator;

import java.time.Duration;
import java.util.List;

import io.github.imspring.emulator.callback.CallbackService;

/**
 * The callbacks that an app sends to a server, signed with the MD5 of call id, secret and
 * timestamp as the service does. Where they go stays when the emulator is reset.
 * <p>
 * Callbacks that inform are sent after the fact, for messages and their recall, for what
 * is done to chatrooms, groups and their members, and for users who come and go; in no
 * particular order, each at most twice. A message to a user or a group has a copy
 * ({@code chat_offline}) for each receiver who was logged in and is on no device any
 * more. A receiver that fails 90 times in 30 seconds is left alone for 5 minutes, and
 * longer each time.
 *
 * @since 0.1.0
 */
public final class Callbacks {

	private final CallbackService service;

	Callbacks(CallbackService service) {
		this.service = service;
	}

	/**
	 * Sends callbacks that inform. May be called several times, for several receivers.
	 * Messages that name an environment are left out.
	 * @param url where to, such as {@code http://localhost:8080/im/callbacks}
	 * @param secret the secret of the signature
	 * @throws IllegalArgumentException if that is no URL, or the secret is empty
	 */
	public void postTo(String url, String secret) {
		this.service.postTo(url, secret, null);
	}

	/**
	 * Sends callbacks for messages that name an environment in {@code env}, and for
	 * nothing else.
	 * @param url where to
	 * @param secret the secret of the signature
	 * @param env the environment
	 * @throws IllegalArgumentException if that is no URL, or the secret is empty
	 */
	public void postTo(String url, String secret, String env) {
		this.service.postTo(url, secret, env);
	}

	/**
	 * Asks before the {@linkplain Clients messages of clients} are delivered. What is
	 * sent over REST is never asked about, as with the service.
	 * @param url whom
	 * @param secret the secret of the signature
	 * @param timeout how long the verdict is waited for, up to a minute; the service
	 * waits for 200 ms by default
	 * @param deliverByDefault whether a message is delivered if there is no verdict in
	 * time
	 * @throws IllegalArgumentException if that is no URL, the secret is empty, or the
	 * timeout is out of range
	 */
	public void askBefore(String url, String secret, Duration timeout, boolean deliverByDefault) {
		this.service.askBefore(url, secret, timeout, deliverByDefault);
	}

	/**
	 * Sends nothing and asks nobody from now on, and forgets what was sent.
	 */
	public void stop() {
		this.service.stop();
	}

	/**
	 * The last callbacks that inform and were sent, or tried in vain, oldest first.
	 * @return up to 10,000 callbacks, fewer of large ones
	 */
	public List<SentCallback> sent() {
		return this.service.posted(SentCallback::new);
	}

	/**
	 * How many callbacks wait to be sent or to be answered.
	 * @return the number; 0 once all of them are {@linkplain #sent() sent}
	 */
	public int pending() {
		return this.service.pending();
	}

	/**
	 * How many callbacks were not even tried: 10,000 others were waiting, or the receiver
	 * had failed too often.
	 * @return the number
	 */
	public long dropped() {
		return this.service.dropped();
	}

}
