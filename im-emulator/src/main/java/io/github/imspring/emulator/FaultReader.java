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

import tools.jackson.databind.JsonNode;

/**
 * Reads a fault from JSON, for those who plan faults over HTTP.
 */
final class FaultReader {

	private FaultReader() {
	}

	static Fault read(JsonNode json) {
		Fault fault = kind(json);
		if (json.path("body").isString()) {
			fault = fault.body(json.path("contentType").asString("text/plain"), json.path("body").stringValue());
		}
		if (json.has("retryAfterSeconds")) {
			fault = fault.retryAfter(Duration.ofSeconds(number(json, "retryAfterSeconds")));
		}
		if (json.has("delayMillis")) {
			fault = fault.after(Duration.ofMillis(number(json, "delayMillis")));
		}
		return json.path("afterProcessing").asBoolean(false) ? fault.afterProcessing() : fault;
	}

	private static Fault kind(JsonNode json) {
		String kind = json.path("kind").asString("status");
		return switch (kind) {
			case "status" -> Fault.status(intNumber(json, "status"));
			case "error" -> Fault.error(intNumber(json, "status"),
					json.path("error").isString() ? json.path("error").stringValue() : null,
					json.path("description").asString(""));
			case "delay" -> Fault.delay(Duration.ofMillis(number(json, "delayMillis")));
			case "reset-before" -> Fault.resetBeforeProcessing();
			case "reset-after" -> Fault.resetAfterProcessing();
			case "truncated" -> Fault.truncatedBody();
			case "empty" -> Fault.emptyOk();
			case "hang" -> Fault.hang();
			case "expired-token" -> Fault.expiredToken();
			case "reach-limit" -> Fault.reachLimit();
			case "message-reach-limit" -> Fault.messageReachLimit();
			case "resource-limited" -> Fault.resourceLimited();
			default -> throw new IllegalArgumentException("Unknown kind of fault: " + kind);
		};
	}

	static int times(JsonNode json) {
		return json.has("times") ? intNumber(json, "times") : 1;
	}

	private static int intNumber(JsonNode json, String name) {
		return Math.toIntExact(number(json, name));
	}

	/** A whole number. */
	static long number(JsonNode json, String name) {
		return json.path(name)
			.longValueOpt()
			.orElseThrow(() -> new IllegalArgumentException("'" + name + "' must be a whole number"));
	}

}
