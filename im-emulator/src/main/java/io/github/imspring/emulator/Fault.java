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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.imspring.emulator.http.Answer;
import io.github.imspring.emulator.http.Answer.Sending;
import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.service.ServiceError;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong with one request. Immutable: every method that changes a
 * fault returns a new one.
 * <p>
 * A fault is either <em>instead of</em> the service, which then has not acted, or comes
 * <em>after</em> it: the service has acted, and the answer suffers.
 * {@link #afterProcessing()} turns one of the first kind into one of the second.
 *
 * @since 0.1.0
 */
public final class Fault {

	private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

	private final @Nullable Integer status;

	private final @Nullable ServiceError error;

	private final String contentType;

	private final byte @Nullable [] body;

	private final Map<String, String> headers;

	private final Sending sending;

	private final Duration delay;

	private final boolean afterProcessing;

	private Fault(@Nullable Integer status, @Nullable ServiceError error, String contentType, byte @Nullable [] body,
			Map<String, String> headers, Sending sending, Duration delay, boolean afterProcessing) {
		this.status = status;
		this.error = error;
		this.contentType = contentType;
		this.body = body;
		this.headers = headers;
		this.sending = sending;
		this.delay = delay;
		this.afterProcessing = afterProcessing;
	}

	/** An interim status, or one that is no status, is not the end of an answer. */
	private static void requireFinal(int status) {
		if (status < 200 || status > 599) {
			throw new IllegalArgumentException("A final HTTP status is 200 to 599, not " + status);
		}
	}

	/** A line break would begin another header. */
	private static void requireHeaderValue(String value) {
		if (value.chars().anyMatch((character) -> character != '\t' && Character.isISOControl(character))) {
			throw new IllegalArgumentException("A header has no control characters in it");
		}
	}

	private static Fault of(@Nullable Integer status, @Nullable ServiceError error, Sending sending,
			boolean afterProcessing) {
		return new Fault(status, error, "text/plain", (status != null) ? new byte[0] : null, Map.of(), sending,
				Duration.ZERO, afterProcessing);
	}

	/**
	 * A status with an empty body, instead of the service. Give it a body with
	 * {@link #html}, {@link #json} or {@link #body}.
	 * @param status the HTTP status, 200 to 599
	 * @return the fault
	 */
	public static Fault status(int status) {
		requireFinal(status);
		return of(status, null, Sending.WHOLE, false);
	}

	/**
	 * An error in the service's own format, instead of the service.
	 * @param status the HTTP status, 200 to 599
	 * @param error the error's type, such as {@code forbidden_op}, or {@code null} for
	 * none
	 * @param description the error's description
	 * @return the fault
	 */
	public static Fault error(int status, @Nullable String error, String description) {
		requireFinal(status);
		return of(null, ServiceError.of(status, error, "InjectedException", description), Sending.WHOLE, false);
	}

	/**
	 * 401 {@code unauthorized}, as for a token that has expired.
	 * @return the fault
	 */
	public static Fault expiredToken() {
		return of(null, ServiceError.expiredToken(), Sending.WHOLE, false);
	}

	/**
	 * 429 {@code reach_limit}: too many calls. Add {@link #retryAfter} if you like; the
	 * service documents no such header.
	 * @return the fault
	 */
	public static Fault reachLimit() {
		return of(null, ServiceError.reachLimit(), Sending.WHOLE, false);
	}

	/**
	 * 403 {@code message_send_error} "message send reach limit": too many messages.
	 * @return the fault
	 */
	public static Fault messageReachLimit() {
		return of(null, ServiceError.messageReachLimit(), Sending.WHOLE, false);
	}

	/**
	 * 429 {@code resource_limited}: the plan's own quota is used up. Waiting is no help.
	 * @return the fault
	 */
	public static Fault resourceLimited() {
		return of(null, ServiceError.resourceLimited(), Sending.WHOLE, false);
	}

	/**
	 * 409 {@code concurrent_operation_error}: two calls that create the same user while
	 * they ask for a token. The emulator never takes that long itself.
	 * @return the fault
	 * @since 0.1.0
	 */
	public static Fault concurrentUserCreation() {
		return of(null, ServiceError.concurrentUserCreation(), Sending.WHOLE, false);
	}

	/**
	 * The service answers as ever, but late.
	 * @param delay how late, in real time; an hour at most
	 * @return the fault
	 */
	public static Fault delay(Duration delay) {
		return of(null, null, Sending.WHOLE, true).after(delay);
	}

	/**
	 * The connection is reset; the service has not acted.
	 * @return the fault
	 */
	public static Fault resetBeforeProcessing() {
		return of(null, null, Sending.RESET, false);
	}

	/**
	 * The service acts, then the connection is reset and the answer lost.
	 * @return the fault
	 */
	public static Fault resetAfterProcessing() {
		return of(null, null, Sending.RESET, true);
	}

	/**
	 * The service acts; half of its answer's body arrives, then the connection ends.
	 * @return the fault
	 */
	public static Fault truncatedBody() {
		return of(null, null, Sending.TRUNCATED, true);
	}

	/**
	 * The service acts, and answers 200 with nothing in it.
	 * @return the fault
	 */
	public static Fault emptyOk() {
		return of(200, null, Sending.WHOLE, true);
	}

	/**
	 * No answer ever comes, and the connection stays open; the service has not acted.
	 * @return the fault
	 */
	public static Fault hang() {
		return of(null, null, Sending.NEVER, false);
	}

	/**
	 * The same answer with an HTML body, as from a gateway.
	 * @param html the body
	 * @return a copy
	 */
	public Fault html(String html) {
		return body("text/html", html);
	}

	/**
	 * The same answer with a JSON body.
	 * @param json the body
	 * @return a copy
	 */
	public Fault json(String json) {
		return body("application/json", json);
	}

	/**
	 * The same answer with a body.
	 * @param contentType the body's media type
	 * @param text the body, sent as UTF-8
	 * @return a copy
	 * @throws IllegalArgumentException if the media type has a control character in it
	 * @throws IllegalStateException if the fault is no status
	 */
	public Fault body(String contentType, String text) {
		if (this.status == null) {
			throw new IllegalStateException("Only a fault that is a status has a body of its own");
		}
		requireHeaderValue(contentType);
		return new Fault(this.status, this.error, contentType, text.getBytes(StandardCharsets.UTF_8), this.headers,
				this.sending, this.delay, this.afterProcessing);
	}

	/**
	 * The same answer with one more header.
	 * @param name the header's name
	 * @param value its value
	 * @return a copy
	 * @throws IllegalArgumentException if HTTP has no such header
	 */
	public Fault header(String name, String value) {
		if (!HEADER_NAME.matcher(name).matches()) {
			throw new IllegalArgumentException("No header can have that name");
		}
		requireHeaderValue(value);
		Map<String, String> more = new LinkedHashMap<>(this.headers);
		more.put(name, value);
		return new Fault(this.status, this.error, this.contentType, this.body, more, this.sending, this.delay,
				this.afterProcessing);
	}

	/**
	 * The same answer with a {@code Retry-After} header.
	 * @param wait how long to wait, sent in whole seconds, rounded up
	 * @return a copy
	 */
	public Fault retryAfter(Duration wait) {
		return header("Retry-After", Long.toString(wait.plusNanos(999_999_999).toSeconds()));
	}

	/**
	 * The same fault, later.
	 * @param time how much later, in real time; an hour at most
	 * @return a copy
	 */
	public Fault after(Duration time) {
		Latency.requireInRange(time);
		return new Fault(this.status, this.error, this.contentType, this.body, this.headers, this.sending, time,
				this.afterProcessing);
	}

	/**
	 * The same fault after the service has acted, instead of in its place.
	 * @return a copy
	 */
	public Fault afterProcessing() {
		return new Fault(this.status, this.error, this.contentType, this.body, this.headers, this.sending, this.delay,
				true);
	}

	boolean isAfterProcessing() {
		return this.afterProcessing;
	}

	/**
	 * What is answered.
	 * @param processed the service's own reply, or nothing if it has not acted
	 */
	Answer answer(EmulatorClock clock, @Nullable Reply processed) {
		Reply reply;
		if (this.error != null) {
			reply = this.error.reply(clock);
		}
		else if (this.status != null) {
			reply = Reply.of(this.status, this.contentType, (this.body != null) ? this.body : new byte[0]);
		}
		else {
			reply = (processed != null) ? processed : Reply.of(200, "text/plain", new byte[0]);
		}
		for (Map.Entry<String, String> header : this.headers.entrySet()) {
			reply = reply.withHeader(header.getKey(), header.getValue());
		}
		return new Answer(reply, this.sending, this.delay);
	}

}
