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
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.github.imspring.emulator.service.Call;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shows and changes an app's quotas over HTTP.
 */
final class QuotaControl {

	private static final List<String> FIELDS = List.of("mode", "alignmentMillis", "callsPerSecond", "messages",
			"messagesPerMinute");

	private QuotaControl() {
	}

	static JsonNode show(App app) {
		Quotas quotas = app.quotas();
		ObjectNode answer = JsonNodeFactory.instance.objectNode();
		answer.put("mode", quotas.mode().name().toLowerCase(Locale.ROOT));
		quotas.callLimits().forEach(answer.putObject("callsPerSecond")::put);
		quotas.messageLimits().forEach(answer.putObject("messages")::put);
		answer.put("messagesPerMinute", quotas.messagesPerMinute());
		ObjectNode peaks = answer.putObject("peakCalls");
		quotas.callLimits().keySet().forEach((operation) -> peaks.put(operation, quotas.peakCalls(operation)));
		answer.put("peakMessages", quotas.peakMessages());
		ObjectNode rejections = answer.putObject("rejections");
		quotas.rejections().forEach((operation, counts) -> {
			ObjectNode byStatus = rejections.putObject(operation);
			counts.forEach((status, count) -> byStatus.put(status.toString(), count));
		});
		return answer;
	}

	static JsonNode change(Call call, App app) {
		ControlBody body = ControlBody.of(call, FIELDS);
		Quotas quotas = app.quotas();
		Map<String, Integer> calls = limits(body, "callsPerSecond");
		Map<String, Integer> messages = limits(body, "messages");
		if (body.has("mode")) {
			quotas.mode(body.parsed("mode", "sliding, fixed or off", "\"sliding\"",
					(mode) -> QuotaMode.valueOf(mode.toUpperCase(Locale.ROOT))));
		}
		if (body.has("alignmentMillis")) {
			quotas.alignment(Duration.ofMillis(body.wholeNumber("alignmentMillis", "300")));
		}
		calls.forEach(quotas::callsPerSecond);
		messages.forEach(quotas::messages);
		if (body.has("messagesPerMinute")) {
			quotas.messagesPerMinute(body.integer("messagesPerMinute", "6000"));
		}
		return show(app);
	}

	private static Map<String, Integer> limits(ControlBody body, String name) {
		Map<String, Integer> limits = new TreeMap<>();
		for (Map.Entry<String, JsonNode> entry : body.get(name).properties()) {
			limits.put(entry.getKey(),
					entry.getValue()
						.intValueOpt()
						.orElseThrow(() -> new IllegalArgumentException("'" + name
								+ "' must be whole numbers by operation, such as {\"send-message\": 200}, not "
								+ Spelling.abbreviated(body.get(name).toString()))));
		}
		if (body.has(name) && !body.get(name).isObject()) {
			throw new IllegalArgumentException(
					"'" + name + "' must be whole numbers by operation, such as {\"send-message\": 200}");
		}
		return limits;
	}

}
