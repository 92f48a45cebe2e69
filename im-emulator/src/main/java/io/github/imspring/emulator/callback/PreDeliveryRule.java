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

package io.github.imspring.emulator.callback;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

import io.github.imspring.emulator.callback.CallbackClient.Answer;
import io.github.imspring.emulator.http.Request;
import io.github.imspring.emulator.message.ChatType;
import io.github.imspring.emulator.message.EmulatedMessage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks before a client's message is delivered, and reads the verdict. Whatever is no
 * verdict, or comes late, is the rule's default; there is no second try.
 */
final class PreDeliveryRule {

	private static final String INTERNAL_ERROR = "custom internal error";

	private static final Set<String> LEVELS = Set.of("high", "normal", "low");

	private final CallbackRule rule;

	private final Duration timeout;

	private final boolean deliverByDefault;

	PreDeliveryRule(CallbackRule rule, Duration timeout, boolean deliverByDefault) {
		if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofMinutes(1)) > 0) {
			throw new IllegalArgumentException("A verdict is waited for up to a minute, not for " + timeout);
		}
		this.rule = rule;
		this.timeout = timeout;
		this.deliverByDefault = deliverByDefault;
	}

	Mono<Verdict> ask(CallbackClient client, ObjectNode callback, EmulatedMessage message) {
		return client.post(this.rule.url(), this.rule.sign(callback), this.timeout)
			.map((answer) -> verdict(answer, message))
			.onErrorResume((ex) -> Mono.just(byDefault(message)));
	}

	private Verdict byDefault(EmulatedMessage message) {
		return new Verdict(this.deliverByDefault ? null : INTERNAL_ERROR, message);
	}

	private Verdict verdict(Answer answer, EmulatedMessage message) {
		JsonNode json = json(answer);
		if (answer.status() != 200 || answer.isTooLong() || json == null || !json.path("valid").isBoolean()) {
			return byDefault(message);
		}
		if (!json.path("valid").booleanValue()) {
			return new Verdict(error(json.path("code")), message);
		}
		EmulatedMessage delivered = replaced(message, json.path("payload"));
		String level = json.path("chatroom_msg_level").asString("");
		if (message.chatType() == ChatType.CHATROOM && LEVELS.contains(level)) {
			delivered = delivered.withLevel(level);
		}
		return new Verdict(null, delivered);
	}

	private static @Nullable JsonNode json(Answer answer) {
		try {
			return Request.json(answer.body().getBytes(StandardCharsets.UTF_8));
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private static String error(JsonNode code) {
		if (!code.isString()) {
			return "custom logic denied";
		}
		return code.stringValue().isEmpty() ? "Message blocked by external logic" : code.stringValue();
	}

	/** The message with another content of the same type; commands stay as they are. */
	private static EmulatedMessage replaced(EmulatedMessage message, JsonNode payload) {
		if (!payload.isObject() || payload.isEmpty() || message.type().equals("cmd")) {
			return message;
		}
		ObjectNode body = ((ObjectNode) payload).deepCopy();
		JsonNode ext = body.remove("ext");
		body.remove("type");
		return message.withContent(body, (ext != null && ext.isObject()) ? ext : message.ext());
	}

	/**
	 * What became of the question.
	 *
	 * @param error what the sender is told, or nothing if the message is delivered
	 * @param message the message, as it is to be delivered
	 */
	record Verdict(@Nullable String error, EmulatedMessage message) {
	}

}
