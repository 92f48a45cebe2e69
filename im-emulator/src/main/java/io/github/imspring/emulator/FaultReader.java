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

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a fault for those who plan faults over HTTP.
 */
final class FaultReader {

	static final List<String> KINDS = List.of("status", "error", "delay", "reset-before", "reset-after", "truncated",
			"empty", "hang", "expired-token", "reach-limit", "message-reach-limit", "resource-limited",
			"concurrent-user-creation");

	static final List<String> FIELDS = List.of("operation", "times", "kind", "status", "error", "description", "body",
			"contentType", "delayMillis", "retryAfterSeconds", "afterProcessing");

	private FaultReader() {
	}

	static Fault read(ControlBody json) {
		Fault fault = kind(json);
		if (json.has("body")) {
			fault = fault.body(json.text("contentType", "text/plain", "\"text/html\""),
					json.text("body", "\"<h1>Bad Gateway</h1>\""));
		}
		if (json.has("retryAfterSeconds")) {
			fault = fault.retryAfter(Duration.ofSeconds(json.wholeNumber("retryAfterSeconds", "2")));
		}
		if (json.has("delayMillis")) {
			fault = fault.after(delay(json));
		}
		return json.flag("afterProcessing") ? fault.afterProcessing() : fault;
	}

	private static Fault kind(ControlBody json) {
		String kind = json.text("kind", "status", "\"reach-limit\"");
		return switch (kind) {
			case "status" -> Fault.status(status(json));
			case "error" -> Fault.error(status(json), error(json), json.text("description", "", "\"try again\""));
			case "delay" -> Fault.delay(delay(json));
			case "reset-before" -> Fault.resetBeforeProcessing();
			case "reset-after" -> Fault.resetAfterProcessing();
			case "truncated" -> Fault.truncatedBody();
			case "empty" -> Fault.emptyOk();
			case "hang" -> Fault.hang();
			case "expired-token" -> Fault.expiredToken();
			case "reach-limit" -> Fault.reachLimit();
			case "message-reach-limit" -> Fault.messageReachLimit();
			case "resource-limited" -> Fault.resourceLimited();
			case "concurrent-user-creation" -> Fault.concurrentUserCreation();
			default -> throw new IllegalArgumentException("There is no 'kind' of fault '" + Spelling.abbreviated(kind)
					+ "'. Did you mean '" + Spelling.nearest(kind, KINDS) + "'?");
		};
	}

	static int times(ControlBody json) {
		return json.has("times") ? json.integer("times", "2") : 1;
	}

	private static int status(ControlBody json) {
		return json.integer("status", "503");
	}

	private static @Nullable String error(ControlBody json) {
		JsonNode error = json.get("error");
		return (error.isMissingNode() || error.isNull()) ? null : json.text("error", "\"forbidden_op\"");
	}

	private static Duration delay(ControlBody json) {
		return Duration.ofMillis(json.wholeNumber("delayMillis", "500"));
	}

}
