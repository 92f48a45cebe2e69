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

import java.util.function.UnaryOperator;

import io.github.imspring.exchange.ImRestOperations;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

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
	 * service surely did not send it; if it may have sent it, only with
	 * {@link io.github.imspring.exchange.RetrySettings#unsafe()}, for then the recipients
	 * may get it twice.
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
	 * Sends a message to any number of recipients, on subscription, with the
	 * {@linkplain BulkOptions options} of the client.
	 * @param template the message; its own recipients, if it has any, do not count
	 * @param recipients the user IDs
	 * @return what became of each; see
	 * {@link #sendToAll(Message, Publisher, UnaryOperator)}
	 */
	default Flux<Delivery> sendToAll(Message template, Publisher<String> recipients) {
		return sendToAll(template, recipients, UnaryOperator.identity());
	}

	/**
	 * Sends a message to any number of recipients, on subscription. They are taken from
	 * their source as the quota and the subscriber allow, at most
	 * {@code chunk size × (concurrency + 2)} ahead of the subscriber, and cut into calls.
	 * There is one delivery for each, in the order in which the calls end. A call that
	 * fails fails the deliveries of its own recipients; an empty user ID fails its own.
	 * <p>
	 * Each call waits for, and spends, what {@link #send} does, behind single messages
	 * and within {@link io.github.imspring.quota.QuotaSettings#bulkShare()} of the quota.
	 * It waits as long as it takes: the timeout of the call stands still while it waits
	 * for its quota. No more than
	 * {@link io.github.imspring.quota.QuotaSettings#maxWaiting()} calls of all bulk sends
	 * wait at a time.
	 * <p>
	 * <b>Who got it.</b> However the source ends, everybody whom it named gets the
	 * message and a delivery before this stream ends likewise. When the client is closed,
	 * those taken from the source get their deliveries, and the stream ends with an
	 * {@link io.github.imspring.error.ImCancelledException}; nobody else was sent to.
	 * After a cancellation nothing more leaves, and the deliveries that the subscriber
	 * has not received, one for each recipient taken from the source, go to its discard
	 * hook:
	 *
	 * <pre class="code">
	 * messages.sendToAll(template, users).doOnDiscard(Delivery.class, this::record)
	 * </pre>
	 *
	 * A bulk send that is to end early without a cancellation ends its source:
	 * {@code users.takeUntilOther(end)}.
	 * @param template the message; its own recipients, if it has any, do not count. The
	 * JSON of its body and extension takes at most 5 KB (5,120 bytes) together
	 * @param recipients the user IDs
	 * @param options changes the options of the client for this bulk send
	 * @return what became of each recipient, or an error:
	 * {@link io.github.imspring.error.ImValidationException} if the template is out of
	 * its bounds (nothing was sent), the error of the source, or an
	 * {@link io.github.imspring.error.ImCancelledException}
	 */
	Flux<Delivery> sendToAll(Message template, Publisher<String> recipients, UnaryOperator<BulkOptions> options);

	/**
	 * Operations over a client of the service.
	 * @param rest the client
	 * @return the operations
	 */
	static MessageOperations create(ImRestOperations rest) {
		return create(rest, BulkOptions.DEFAULTS);
	}

	/**
	 * Operations over a client of the service.
	 * @param rest the client
	 * @param bulkOptions how messages to many recipients are sent
	 * @return the operations
	 */
	static MessageOperations create(ImRestOperations rest, BulkOptions bulkOptions) {
		return new DefaultMessageOperations(rest, bulkOptions, Schedulers.parallel());
	}

}
