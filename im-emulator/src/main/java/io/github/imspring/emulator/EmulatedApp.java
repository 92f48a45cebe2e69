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

import java.util.List;
import java.util.Map;

/**
 * One app of the emulator, as the service's console would make it: with names,
 * credentials, quotas and tokens of its own, and its own users, chatrooms, groups, files
 * and messages. What is done to one app is not seen in another. Everything is remembered
 * within bounds, beside counts that are exact.
 *
 * @since 0.1.0
 * @see ImEmulator#app(String)
 */
public interface EmulatedApp {

	/**
	 * The name by which the emulator knows the app.
	 * @return the name, {@code default} for the app that is always there
	 */
	String name();

	/**
	 * The organization's name, for paths such as {@code /emulator-org/emulator-app/…}.
	 * @return {@code emulator-org}
	 */
	String orgName();

	/**
	 * The app's name, for paths such as {@code /emulator-org/emulator-app/…}.
	 * @return {@code emulator-app} for the default app
	 */
	String appName();

	/**
	 * The client id that the token endpoint takes.
	 * @return {@code emulator-client-id} for the default app
	 */
	String clientId();

	/**
	 * The client secret that the token endpoint takes.
	 * @return {@code emulator-client-secret} for the default app
	 */
	String clientSecret();

	/**
	 * The App ID, for paths such as {@code /app-id/970CA35de60c44645bbae8a215061b33/…}
	 * and for AccessToken2.
	 * @return the App ID, 32 hex characters
	 */
	String appId();

	/**
	 * The App certificate, for AccessToken2.
	 * @return the certificate, 32 hex characters
	 */
	String appCertificate();

	/**
	 * The last messages that were delivered, oldest first.
	 * @return one delivery for each user, chatroom or group that a message went to; at
	 * most {@link ImEmulatorBuilder#maxDeliveries}, and fewer of large messages
	 */
	List<DeliveredMessage> deliveries();

	/**
	 * The last messages that reached a user, oldest first: those to the user, and those
	 * to chatrooms and groups of which the user was a member at that moment.
	 * @param user the user's name, in any letter case
	 * @return the deliveries, as far as they are remembered
	 */
	List<DeliveredMessage> deliveriesTo(String user);

	/**
	 * How many messages were delivered: a message to N people, chatrooms or groups is N
	 * messages.
	 * @return the exact number, however many are remembered
	 */
	long deliveredMessages();

	/**
	 * The messages that were recalled, oldest first.
	 * @return the ids of the last 10,000
	 */
	List<String> recalledMessages();

	/**
	 * The last requests that were received, oldest first; those under {@code /emulator}
	 * are left out.
	 * @return the requests; at most {@link ImEmulatorBuilder#maxRequests}, and fewer of
	 * large ones
	 */
	List<RecordedRequest> requests();

	/**
	 * The last requests of an operation, oldest first.
	 * @param operation the operation's name, such as {@code send-message}
	 * @return the requests, as far as they are remembered
	 */
	List<RecordedRequest> requests(String operation);

	/**
	 * How many requests of an operation were received, whatever was answered.
	 * @param operation the operation's name, such as {@code send-message}
	 * @return the exact number, however many are remembered
	 */
	long requestCount(String operation);

	/**
	 * How many requests were received, by operation.
	 * @return the exact numbers; operations that were never called are left out
	 */
	Map<String, Long> requestCounts();

	/**
	 * The faults that requests meet.
	 * @return the faults
	 */
	Faults faults();

	/**
	 * The tokens that are accepted.
	 * @return the tokens
	 */
	Tokens tokens();

	/**
	 * The app's quotas.
	 * @return the quotas
	 */
	Quotas quotas();

	/**
	 * The users, for tests that look behind the service.
	 * @return the users
	 */
	Users users();

	/**
	 * The chatrooms, for tests that look behind the service.
	 * @return the chatrooms
	 */
	Chatrooms chatrooms();

	/**
	 * The groups, for tests that look behind the service.
	 * @return the groups
	 */
	Groups groups();

	/**
	 * The users' own clients, for tests of what is asked before a message is delivered.
	 * @return the clients
	 */
	Clients clients();

	/**
	 * The callbacks that the app sends.
	 * @return the callbacks
	 */
	Callbacks callbacks();

	/**
	 * Makes the app as good as new: deliveries, requests and their counts, faults, users,
	 * files, chatrooms and groups are forgotten; quotas and latency are as they were
	 * built. Tokens of the app stay valid, as clients keep them; callbacks go where they
	 * went, and message ids go on.
	 */
	void reset();

}
