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

package io.github.imspring.message;

import io.github.imspring.error.ImException;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message to one of many recipients.
 *
 * @param recipient the user ID, as the source gave it
 * @param status whether the message was sent
 * @param messageId the id of the message, {@code null} unless it is
 * {@linkplain Status#SENT sent}
 * @param failure why it is not surely sent, {@code null} if it is
 * @since 0.1.0
 */
public record Delivery(String recipient, Status status, @Nullable String messageId, @Nullable ImException failure) {

	static Delivery sent(String recipient, String messageId) {
		return new Delivery(recipient, Status.SENT, messageId, null);
	}

	static Delivery failed(String recipient, ImException failure) {
		return new Delivery(recipient, failure.mayHaveBeenProcessed() ? Status.UNKNOWN : Status.NOT_SENT, null,
				failure);
	}

	/**
	 * Whether the service took the message.
	 * @return whether the status is {@link Status#SENT}
	 */
	public boolean isSent() {
		return this.status == Status.SENT;
	}

	/**
	 * Whether a message was sent.
	 *
	 * @since 0.1.0
	 */
	public enum Status {

		/**
		 * The service took the message and gave its id.
		 */
		SENT,

		/**
		 * The message surely was not sent. It can be sent again without reaching anybody
		 * twice.
		 */
		NOT_SENT,

		/**
		 * The message was perhaps sent: the connection broke, the service failed, or its
		 * answer has no id for the recipient. Sent again it may arrive twice.
		 */
		UNKNOWN

	}

}
