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

package io.github.imspring.callback;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

import io.github.imspring.error.ImValidationException;
import io.github.imspring.message.MessageBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What becomes of a message that the service asks about ("Pre-delivery callbacks", the
 * response). A verdict that exists is one that the service takes. Immutable.
 *
 * @since 0.1.0
 */
public final class Verdict {

	/**
	 * The most characters of an answer.
	 */
	public static final int MAX_CHARACTERS = 1000;

	/**
	 * The most bytes of a text message that is delivered instead, with its extension.
	 */
	public static final int MAX_TEXT_BYTES = 1024;

	private static final String OPERATION = "pre-delivery";

	private static final Verdict DELIVER = new Verdict(true, null, null, null, null);

	private static final Verdict STOP = new Verdict(false, null, null, null, null);

	private final boolean valid;

	private final @Nullable String code;

	private final @Nullable Priority priority;

	private final @Nullable JsonNode payload;

	/**
	 * The message that the payload is meant for.
	 */
	private final @Nullable String messageId;

	private Verdict(boolean valid, @Nullable String code, @Nullable Priority priority, @Nullable JsonNode payload,
			@Nullable String messageId) {
		this.valid = valid;
		this.code = code;
		this.priority = priority;
		this.payload = payload;
		this.messageId = messageId;
	}

	/**
	 * Delivers the message as it is.
	 * @return the verdict
	 */
	public static Verdict deliver() {
		return DELIVER;
	}

	/**
	 * Stops the message. The sender sees {@code custom logic denied}, if the rule in the
	 * console reports errors.
	 * @return the verdict
	 */
	public static Verdict stop() {
		return STOP;
	}

	/**
	 * Stops the message with an error for its sender.
	 * @param code what the sender sees, if the rule in the console reports errors; if it
	 * is empty, {@code Message blocked by external logic}. The answer has at most 1,000
	 * characters
	 * @return the verdict
	 * @throws ImValidationException if the answer would be too long
	 */
	public static Verdict stop(String code) {
		Verdict verdict = new Verdict(false, code, null, null, null);
		checkCharacters("code", verdict);
		return verdict;
	}

	/**
	 * Delivers another body instead, with the extension that the message came with.
	 * @param message the message that is asked about
	 * @param body the body to deliver; see
	 * {@link #deliverInstead(PreDelivery, MessageBody, Map)}
	 * @return the verdict
	 * @throws ImValidationException if the service would not take it
	 */
	public static Verdict deliverInstead(PreDelivery message, MessageBody body) {
		return deliverInstead(message, body, message.content().ext());
	}

	/**
	 * Delivers another body instead, in the form in which the message came.
	 * @param message the message that is asked about
	 * @param body the body to deliver: a text, or, for an app that the provider has
	 * opened it for, an image, a voice, a video, a location or a custom one. The answer
	 * has at most 1,000 characters, and a text with its extension at most 1 KB (1,024
	 * bytes)
	 * @param ext the extension to deliver, made of strings, numbers, booleans,
	 * {@code null}, lists and maps; empty for none
	 * @return the verdict
	 * @throws ImValidationException if the service would not take it
	 */
	public static Verdict deliverInstead(PreDelivery message, MessageBody body, Map<String, ?> ext) {
		if (body instanceof MessageBody.Command || body instanceof MessageBody.File) {
			throw violated("payload",
					"must be a text, an image, a voice, a video, a location or a custom body but is of type '"
							+ body.type() + "'");
		}
		JsonNode payload = Replacement.payload(message, body, ext);
		int bytes = payload.toString().getBytes(StandardCharsets.UTF_8).length;
		if (body instanceof MessageBody.Text && bytes > MAX_TEXT_BYTES) {
			throw violated("payload", "must be at most %d bytes of JSON, the extension included, but is %d"
				.formatted(MAX_TEXT_BYTES, bytes));
		}
		Verdict verdict = new Verdict(true, null, null, payload, message.messageId());
		checkCharacters("payload", verdict.withPriority(Priority.NORMAL));
		return verdict;
	}

	/**
	 * Delivers with a priority, which counts in chatrooms: under load the service drops
	 * messages of lower priority first. Left out for messages of users and groups.
	 * @param priority the priority
	 * @return the verdict
	 * @throws ImValidationException if the message is stopped
	 */
	public Verdict withPriority(Priority priority) {
		if (!this.valid) {
			throw violated("chatroom_msg_level", "must not be given for a message that is stopped");
		}
		return new Verdict(true, null, priority, this.payload, this.messageId);
	}

	/**
	 * Whether the message, or another instead, is delivered.
	 * @return whether it is not stopped
	 */
	public boolean delivers() {
		return this.valid;
	}

	/**
	 * Whether another body is delivered instead.
	 * @return whether the message is replaced
	 */
	public boolean replaces() {
		return this.payload != null;
	}

	/**
	 * Whether the verdict leaves the message to those who are asked after.
	 */
	boolean isPlainDelivery() {
		return this.valid && this.payload == null && this.priority == null;
	}

	boolean isFor(PreDelivery message) {
		return this.messageId == null || this.messageId.equals(message.messageId());
	}

	/**
	 * The answer to the service.
	 */
	String answer(boolean withPriority) {
		ObjectNode answer = CallbackJson.MAPPER.createObjectNode().put("valid", this.valid);
		if (this.code != null) {
			answer.put("code", this.code);
		}
		if (this.priority != null && withPriority) {
			answer.put("chatroom_msg_level", this.priority.level());
		}
		if (this.payload != null) {
			answer.set("payload", this.payload);
		}
		return answer.toString();
	}

	private static void checkCharacters(String field, Verdict verdict) {
		int characters = verdict.answer(true).length();
		if (characters > MAX_CHARACTERS) {
			throw violated(field, "must leave the answer at most %d characters of JSON but makes it %d"
				.formatted(MAX_CHARACTERS, characters));
		}
	}

	private static ImValidationException violated(String field, String requirement) {
		return new ImValidationException(OPERATION, field, requirement);
	}

	@Override
	public String toString() {
		if (!this.valid) {
			return "Verdict[stop" + ((this.code != null) ? " with '" + this.code + "'" : "") + "]";
		}
		return "Verdict[deliver" + (replaces() ? " something else" : "")
				+ ((this.priority != null) ? ", priority " + this.priority.level() : "") + "]";
	}

	/**
	 * The priority of a message in a chatroom.
	 *
	 * @since 0.1.0
	 */
	public enum Priority {

		/**
		 * Dropped last.
		 */
		HIGH,

		/**
		 * What messages have unless somebody says otherwise.
		 */
		NORMAL,

		/**
		 * Dropped first.
		 */
		LOW;

		String level() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
