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

import org.springframework.lang.CheckReturnValue;

/**
 * Sends messages to users, to chatrooms and groups, and to some members of one ("Send
 * one-to-one messages", "Send messages to chatrooms", "Send group messages"), and recalls
 * them.
 * <p>
 * Nothing is sent before somebody subscribes, and every subscription sends anew.
 *
 * @since 0.1.0
 */
@CheckReturnValue
public interface MessageOperations {

	/**
	 * Sends a message to its recipients, on subscription. Completes when the service has
	 * taken the message, with its id for each recipient.
	 * <p>
	 * Waits for, and spends, one call and one message for each recipient, of the quotas
	 * of the destination:
	 * <table>
	 * <caption>Quotas and bounds, unless raised</caption>
	 * <tr>
	 * <th>to</th>
	 * <th>quota</th>
	 * <th>calls</th>
	 * <th>messages</th>
	 * <th>recipients of a call</th>
	 * </tr>
	 * <tr>
	 * <td>users</td>
	 * <td>{@code send-message}</td>
	 * <td>100 a second</td>
	 * <td>6,000 a minute</td>
	 * <td>600</td>
	 * </tr>
	 * <tr>
	 * <td>chatrooms</td>
	 * <td>{@code send-chatroom-message}</td>
	 * <td>100 a second</td>
	 * <td>100 a second</td>
	 * <td>10</td>
	 * </tr>
	 * <tr>
	 * <td>members of a chatroom</td>
	 * <td>{@code send-chatroom-member-message}</td>
	 * <td>100 a second</td>
	 * <td>100 a second</td>
	 * <td>20</td>
	 * </tr>
	 * <tr>
	 * <td>groups</td>
	 * <td>{@code send-group-message}</td>
	 * <td>20 a second</td>
	 * <td>20 a second</td>
	 * <td>3</td>
	 * </tr>
	 * <tr>
	 * <td>members of a group</td>
	 * <td>{@code send-group-member-message}</td>
	 * <td>100 a second</td>
	 * <td>100 a second</td>
	 * <td>20</td>
	 * </tr>
	 * </table>
	 * Repeated when the service surely did not send it; if it may have sent it, only with
	 * {@link io.github.imspring.exchange.RetrySettings#unsafe()}, for then the recipients
	 * may get it twice.
	 * <p>
	 * To members of a chatroom or group goes one message, whose id stands under the ID of
	 * the chatroom or group.
	 * @param message the message, to as many recipients as the table says; the JSON of
	 * its body and extension takes at most 5 KB (5,120 bytes) together. The service does
	 * not check whether sender and recipients exist
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
	 * @param recipients the IDs of users, chatrooms or groups, whatever the template goes
	 * to
	 * @return what became of each; see
	 * {@link #sendToAll(Message, Publisher, UnaryOperator)}
	 */
	default Flux<Delivery> sendToAll(Message template, Publisher<String> recipients) {
		return sendToAll(template, recipients, UnaryOperator.identity());
	}

	/**
	 * Sends a message to any number of recipients, on subscription. They are taken from
	 * their source as the quota and the subscriber allow, at most
	 * {@code chunk size × (concurrency + 2)} ahead of the subscriber, and cut into calls:
	 * of one recipient each to all others than users unless the options say otherwise,
	 * because that uses up their quotas to the last slot. There is one delivery for each,
	 * in the order in which the calls end. A call that fails fails the deliveries of its
	 * own recipients; an empty user ID fails its own.
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
	 * @param recipients the IDs of users, chatrooms or groups, whatever the template goes
	 * to
	 * @param options changes the options of the client for this bulk send
	 * @return what became of each recipient, or an error:
	 * {@link io.github.imspring.error.ImValidationException} if the template is out of
	 * its bounds (nothing was sent), the error of the source, or an
	 * {@link io.github.imspring.error.ImCancelledException}
	 */
	Flux<Delivery> sendToAll(Message template, Publisher<String> recipients, UnaryOperator<BulkOptions> options);

	/**
	 * Takes a message back. One call of a quota of 100 a second. Not repeated when the
	 * service may have acted already.
	 * @param recall the message
	 * @return completion when the message is recalled, or an error: an
	 * {@link io.github.imspring.error.ImForbiddenException} if it is too old or no more
	 * there and the recall is not forced; an
	 * {@link io.github.imspring.error.ImRefusedException} if the service reports that it
	 * did not recall it
	 * @since 0.1.0
	 */
	Mono<Void> recall(Recall recall);

	/**
	 * Takes any number of messages back, 30 a call, one call after another as the results
	 * are consumed. A call that the service refuses as a whole because of one message is
	 * sent again in halves; any other failure of a call fails its own messages. Each call
	 * is one of a quota of 100 a second, behind single calls.
	 * @param recalls the messages; one that is named twice is recalled once
	 * @return what became of each, in the order of the source, or the error of the source
	 * @since 0.1.0
	 */
	Flux<RecallResult> recallAll(Publisher<Recall> recalls);

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
