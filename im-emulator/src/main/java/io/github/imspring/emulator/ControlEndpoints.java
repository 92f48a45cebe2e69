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

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Router;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The emulator's own paths, under {@code /emulator}: for tests in any language. No token,
 * no quota, no faults.
 */
final class ControlEndpoints {

	private static final int DEFAULT_LIMIT = 1000;

	private final ImEmulator emulator;

	private final ObjectNode index = JsonNodeFactory.instance.objectNode();

	ControlEndpoints(ImEmulator emulator) {
		this.emulator = emulator;
	}

	void register(Router<Route> router) {
		add(router, "GET /emulator", "this page", this::index);
		add(router, "GET /emulator/deliveries", "?user= of one recipient, ?limit= the last n (1000)", this::deliveries);
		add(router, "GET /emulator/requests", "exact counts by operation; ?operation= the last of one", this::requests);
		add(router, "GET /emulator/faults", "what is planned", this::faults);
		add(router, "POST /emulator/faults",
				"{operation (or *), times, kind: status|error|delay|reset-before|reset-after|truncated|empty|hang|"
						+ "expired-token|reach-limit|message-reach-limit|resource-limited, status, error, description, "
						+ "body, contentType, delayMillis, retryAfterSeconds, afterProcessing}",
				this::fail);
		add(router, "DELETE /emulator/faults", "forget what is planned, and the latency", this::clearFaults);
		add(router, "PUT /emulator/latency", "{minMillis, maxMillis} of each way", this::latency);
		add(router, "GET /emulator/quotas", "limits, rejections, peaks", this::quotas);
		add(router, "PUT /emulator/quotas",
				"{mode: sliding|fixed|off, alignmentMillis, callsPerSecond: {operation: n}, messagesPerMinute}",
				this::setQuotas);
		add(router, "GET /emulator/clock", "the emulator's time", this::clock);
		add(router, "POST /emulator/clock",
				"{advance: an ISO-8601 duration such as PT24H, or set: an instant, " + "or frozen: true|false}",
				this::moveClock);
		add(router, "POST /emulator/tokens/revoke", "turn away all tokens so far", this::revokeTokens);
		add(router, "POST /emulator/tokens/expire", "let all tokens so far expire", this::expireTokens);
		add(router, "POST /emulator/reset", "forget everything but the tokens", this::reset);
	}

	private void add(Router<Route> router, String path, String description, Function<Call, JsonNode> handler) {
		this.index.put(path, description);
		String[] parts = path.split(" ", 2);
		router.add(parts[0], parts[1], Route.of("control", (call) -> answer(call, handler)));
	}

	private static Reply answer(Call call, Function<Call, JsonNode> handler) {
		try {
			return Reply.json(200, handler.apply(call));
		}
		catch (IllegalArgumentException | IllegalStateException | DateTimeException | ArithmeticException ex) {
			throw ServiceError.illegalArgument(String.valueOf(ex.getMessage()));
		}
	}

	private JsonNode index(Call call) {
		ObjectNode page = JsonNodeFactory.instance.objectNode();
		page.put("emulator", "An in-memory IM service that keeps the documented rules");
		page.put("orgAppUrl", call.uri("/" + this.emulator.orgName() + "/" + this.emulator.appName()));
		page.put("appIdUrl", call.uri("/app-id/" + this.emulator.appId()));
		page.put("clientId", this.emulator.clientId());
		page.set("paths", this.index);
		return page;
	}

	private JsonNode deliveries(Call call) {
		String user = call.request().query("user");
		List<DeliveredMessage> deliveries = (user != null) ? this.emulator.deliveriesTo(user)
				: this.emulator.deliveries();
		int limit = call.positive("limit", DEFAULT_LIMIT);
		ObjectNode answer = JsonNodeFactory.instance.objectNode();
		answer.put("deliveredMessages", this.emulator.deliveredMessages());
		ArrayNode list = answer.putArray("deliveries");
		for (DeliveredMessage delivery : deliveries.subList(Math.max(0, deliveries.size() - limit),
				deliveries.size())) {
			ObjectNode item = list.addObject();
			item.put("to", delivery.to());
			item.put("from", delivery.from());
			item.put("type", delivery.type());
			item.set("body", delivery.body());
			if (delivery.ext() != null) {
				item.set("ext", delivery.ext());
			}
			item.put("messageId", delivery.messageId());
			if (delivery.routetype() != null) {
				item.put("routetype", delivery.routetype());
			}
			item.put("syncDevice", delivery.syncDevice());
			delivery.roamIgnoreUsers().forEach(item.putArray("roamIgnoreUsers")::add);
			item.put("timestamp", delivery.timestamp().toEpochMilli());
		}
		return answer;
	}

	private JsonNode requests(Call call) {
		ObjectNode answer = JsonNodeFactory.instance.objectNode();
		String operation = call.request().query("operation");
		if (operation == null) {
			this.emulator.requestCounts().forEach(answer.putObject("counts")::put);
			return answer;
		}
		answer.put("count", this.emulator.requestCount(operation));
		ArrayNode list = answer.putArray("requests");
		List<RecordedRequest> requests = this.emulator.requests(operation);
		int limit = call.positive("limit", DEFAULT_LIMIT);
		for (RecordedRequest request : requests.subList(Math.max(0, requests.size() - limit), requests.size())) {
			ObjectNode item = list.addObject();
			item.put("method", request.method());
			item.put("path", request.rawPath());
			item.put("bodySize", request.bodySize());
			item.put("status", request.status());
		}
		return answer;
	}

	private JsonNode faults(Call call) {
		ObjectNode answer = JsonNodeFactory.instance.objectNode();
		this.emulator.faults().describe().forEach(answer.putArray("planned")::add);
		return answer;
	}

	private JsonNode fail(Call call) {
		JsonNode body = body(call);
		this.emulator.faults()
			.fail(body.path("operation").asString(Faults.ANY_OPERATION), FaultReader.read(body),
					FaultReader.times(body));
		return faults(call);
	}

	private JsonNode clearFaults(Call call) {
		this.emulator.faults().clear();
		return faults(call);
	}

	private JsonNode latency(Call call) {
		JsonNode body = body(call);
		Duration min = body.has("minMillis") ? millis(body, "minMillis") : Duration.ZERO;
		Duration max = body.has("maxMillis") ? millis(body, "maxMillis") : min;
		this.emulator.faults().latency(Latency.random(min, max));
		return body;
	}

	private JsonNode quotas(Call call) {
		Quotas quotas = this.emulator.quotas();
		ObjectNode answer = JsonNodeFactory.instance.objectNode();
		answer.put("mode", quotas.mode().name().toLowerCase(Locale.ROOT));
		quotas.callLimits().forEach(answer.putObject("callsPerSecond")::put);
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

	private JsonNode setQuotas(Call call) {
		JsonNode body = body(call);
		Quotas quotas = this.emulator.quotas();
		if (body.has("mode")) {
			quotas.mode(QuotaMode.valueOf(body.path("mode").asString().toUpperCase(Locale.ROOT)));
		}
		if (body.has("alignmentMillis")) {
			quotas.alignment(millis(body, "alignmentMillis"));
		}
		body.path("callsPerSecond").forEachEntry((operation, limit) -> quotas.callsPerSecond(operation, number(limit)));
		if (body.has("messagesPerMinute")) {
			quotas.messagesPerMinute(number(body.path("messagesPerMinute")));
		}
		return quotas(call);
	}

	private JsonNode clock(Call call) {
		ObjectNode answer = JsonNodeFactory.instance.objectNode();
		answer.put("now", this.emulator.clock().instant().toString());
		return answer;
	}

	private JsonNode moveClock(Call call) {
		JsonNode body = body(call);
		EmulatorClock clock = this.emulator.clock();
		if (body.has("frozen")) {
			if (body.path("frozen").asBoolean(false)) {
				clock.freeze();
			}
			else {
				clock.resume();
			}
		}
		if (body.has("set")) {
			clock.set(Instant.parse(body.path("set").asString("")));
		}
		if (body.has("advance")) {
			clock.advance(Duration.parse(body.path("advance").asString("")));
		}
		return clock(call);
	}

	private JsonNode revokeTokens(Call call) {
		this.emulator.tokens().revoke();
		return issued();
	}

	private JsonNode expireTokens(Call call) {
		this.emulator.tokens().expire();
		return issued();
	}

	private JsonNode issued() {
		return JsonNodeFactory.instance.objectNode().put("issued", this.emulator.tokens().issued());
	}

	private JsonNode reset(Call call) {
		this.emulator.reset();
		return clock(call);
	}

	/** JSON whatever the content type: what curl sends by itself is welcome here. */
	private static JsonNode body(Call call) {
		JsonNode body;
		try {
			body = call.request().json();
		}
		catch (JacksonException ex) {
			throw ServiceError.jsonParse();
		}
		if (!body.isObject()) {
			throw ServiceError.invalidRequestBody();
		}
		return body;
	}

	private static Duration millis(JsonNode body, String name) {
		return Duration.ofMillis(FaultReader.number(body, name));
	}

	private static int number(JsonNode node) {
		return node.intValueOpt().orElseThrow(() -> new IllegalArgumentException("A limit must be a whole number"));
	}

}
