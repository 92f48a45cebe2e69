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

import io.github.imspring.exchange.ImRestOperations;
import reactor.core.publisher.Mono;

/**
 * Sends one-to-one messages ("Send one-to-one messages").
 */
public interface MessageOperations {

	/**
	 * Sends a message to its recipients, on subscription. Completes when the service has
	 * taken the message, with its id for each recipient.
	 * <p>
	 * Waits for, and spends, one call of the quota {@code send-message-calls} (100 a
	 * second unless raised) and one message for each recipient of
	 * {@code send-message-messages} (6,000 a minute unless raised). Repeated when the
	 * service surely did not send it; if it may have, only with
	 * {@code im.retry.unsafe=true}, for then the recipients may get it twice.
	 * @param message the message; it has 1 to 600 recipients, and the JSON of its body
	 * and extension takes at most 5 KB (5,120 bytes) together. The service does not check
	 * whether sender and recipients exist
	 * @return the ids, or an error:
	 * {@link io.github.imspring.error.ImValidationException} if the message is out of its
	 * bounds (nothing was sent, no quota spent), or any other
	 * {@link io.github.imspring.error.ImException}
	 */
	Mono<SendResult> send(Message message);

	/**
	 * Operations over a client of the service.
	 * @param rest the client
	 * @return the operations
	 */
	static MessageOperations create(ImRestOperations rest) {
		return new DefaultMessageOperations(rest);
	}

}
