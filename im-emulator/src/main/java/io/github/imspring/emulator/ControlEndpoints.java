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
import java.util.function.BiFunction;
import java.util.function.Function;

import io.github.imspring.emulator.Dispatcher.ControlHandler;
import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Router;
import io.github.imspring.emulator.service.Call;
import io.github.imspring.emulator.service.ServiceError;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The emulator's own paths, under {@code /emulator}: for tests in any language. No token,
 * no quota, no faults. They are about the default app unless {@code ?app=} names another.
 */
final class ControlEndpoints {

	private static final int DEFAULT_LIMIT = 1000;

	private static final long DEFAULT_TIMEOUT_MILLIS = 200;

	private static final String CALLBACK_URL = "\"http://localhost:8080/im/callbacks\"";

	private final ImEmulator emulator;

	private final Apps apps;

	private final ObjectNode index = JsonNodeFactory.instance.objectNode();

	ControlEndpoints(ImEmulator emulator, Apps apps) {
		this.emulator = emulator;
		this.apps = apps;
	}

	void register(Router<ControlHandler> router) {
		addForAll(router, "GET /emulator", "this page; ?app=NAME on the other paths, for another app than the default",
				this::index);
		addForAll(router, "GET /emulator/apps", "the apps and their credentials", (call) -> listApps());
		addForAll(router, "POST /emulator/apps", "{name}: one more app", this::addApp);
		add(router, "GET /emulator/deliveries", "?user= of one recipient, ?limit= the last n (1000)", this::deliveries);
		add(router, "GET /emulator/requests", "exact counts by operation; ?operation= the last of one", this::requests);
		add(router, "GET /emulator/faults", "what is planned", (call, app) -> faults(app));
		add(router, "POST /emulator/faults",
				"{operation (its name, or its method and path, or *), times, kind: "
						+ String.join("|", FaultReader.KINDS)
						+ ", status, error, description, body, contentType, delayMillis, retryAfterSeconds, "
						+ "afterProcessing}",
				this::fail);
		add(router, "DELETE /emulator/faults", "forget what is planned, and the latency", this::clearFaults);
		add(router, "PUT /emulator/latency", "{minMillis, maxMillis} of each way", this::latency);
		add(router, "GET /emulator/quotas", "limits, rejections, peaks", (call, app) -> QuotaControl.show(app));
		add(router, "PUT /emulator/quotas",
				"{mode: sliding|fixed|off, alignmentMillis, callsPerSecond: {operation: n}, messages: {operation: n}, "
						+ "messagesPerMinute}",
				QuotaControl::change);
		add(router, "POST /emulator/users/online", "{username, device, online: true|false}", this::online);
		addLater(router, "POST /emulator/messages",
				"{from, chat_type: chat|chatroom|groupchat, to, type, body, ext}: a message as a client sends it",
				this::sendFromClient);
		add(router, "GET /emulator/callbacks", "those that were sent", this::callbacks);
		add(router, "PUT /emulator/callbacks",
				"{postTo: URL, secret} and {askBefore: URL, secret, timeoutMillis (200), deliverByDefault (true)}",
				this::setCallbacks);
		add(router, "DELETE /emulator/callbacks", "send no more, and forget those that were sent", this::stopCallbacks);
		addForAll(router, "GET /emulator/clock", "the emulator's time", (call) -> clock());
		addForAll(router, "POST /emulator/clock",
				"{advance: an ISO-8601 duration such as PT24H, or set: an instant, or frozen: true|false}",
				this::moveClock);
		add(router, "POST /emulator/tokens/revoke", "turn away all tokens so far", this::revokeTokens);
		add(router, "POST /emulator/tokens/expire", "let all tokens so far expire", this::expireTokens);
		addForAll(router, "POST /emulator/reset", "forget everything but the tokens, of all apps", this::reset);
	}

	private void add(Router<ControlHandler> router, String path, String description,
			BiFunction<Call, App, JsonNode> handler) {
		addForAll(router, path, description, (call) -> handler.apply(call, appOf(call)));
	}

	private void addForAll(Router<ControlHandler> router, String path, String description,
			Function<Call, JsonNode> handler) {
		addLater(router, path, description, (call) -> Mono.fromSupplier(() -> handler.apply(call)));
	}

	private void addLater(Router<ControlHandler> router, String path, String description,
			Function<Call, Mono<? extends JsonNode>> handler) {
		this.index.put(path, description);
		String[] parts = path.split(" ", 2);
		router.add(parts[0], parts[1],
				(call) -> Mono.defer(() -> handler.apply(call))
					.map((json) -> Reply.json(200, json))
					.onErrorMap(ControlEndpoints::isBadRequest,
							(ex) -> ServiceError.illegalArgument(String.valueOf(ex.getMessage()))));
	}

	private static boolean isBadRequest(Throwable ex) {
		return ex instanceof IllegalArgumentException || ex instanceof IllegalStateException
				|| ex instanceof DateTimeException || ex instanceof ArithmeticException;
	}

	private App appOf(Call call) {
		String name = call.request().query("app");
		if (name == null || name.isEmpty()) {
			return this.apps.defaultApp();
		}
		App app = this.apps.find(name);
		if (app == null) {
			List<String> names = this.apps.all().stream().map(App::name).toList();
			throw new IllegalArgumentException("There is no app '" + Spelling.abbreviated(name) + "'. Did you mean '"
					+ Spelling.nearest(name, names) + "'? POST /emulator/apps makes one");
		}
		return app;
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

	private JsonNode listApps() {
		ObjectNode answer = JsonNodeFactory.instance.objectNode();
		ArrayNode list = answer.putArray("apps");
		this.apps.all().forEach((app) -> list.add(describe(app)));
		return answer;
	}

	private JsonNode addApp(Call call) {
		return describe(this.apps.get(ControlBody.of(call, List.of("name")).text("name", "\"sales\"")));
	}

	private static ObjectNode describe(App app) {
		return JsonNodeFactory.instance.objectNode()
			.put("name", app.name())
			.put("orgName", app.orgName())
			.put("appName", app.appName())
			.put("clientId", app.clientId())
			.put("clientSecret", app.clientSecret())
			.put("appId", app.appId())
			.put("appCertificate", app.appCertificate());
	}

	private JsonNode deliveries(Call call, App app) {
		String user = call.request().query("user");
		List<DeliveredMessage> deliveries = (user != null) ? app.deliveriesTo(user) : app.deliveries();
		int limit = call.positive("limit", DEFAULT_LIMIT);
		ObjectNode answer = JsonNodeFactory.instance.objectNode();
		answer.put("deliveredMessages", app.deliveredMessages());
		ArrayNode list = answer.putArray("deliveries");
		for (DeliveredMessage delivery : deliveries.subList(Math.max(0, deliveries.size() - limit),
				deliveries.size())) {
			ObjectNode item = list.addObject();
			item.put("to", delivery.to());
			item.put("chatType", delivery.chatType());
			item.put("from", delivery.from());
			item.put("type", delivery.type());
			item.set("body", delivery.body());
			if (delivery.ext() != null) {
				item.set("ext", delivery.ext());
			}
			item.put("messageId", delivery.messageId());
			delivery.receivers().forEach(item.putArray("receivers")::add);
			putIfPresent(item, "routetype", delivery.routetype());
			putIfPresent(item, "level", delivery.level());
			putIfPresent(item, "env", delivery.env());
			item.put("syncDevice", delivery.syncDevice());
			item.put("needGroupAck", delivery.needGroupAck());
			delivery.roamIgnoreUsers().forEach(item.putArray("roamIgnoreUsers")::add);
			item.put("timestamp", delivery.timestamp().toEpochMilli());
		}
		app.recalledMessages().forEach(answer.putArray("recalledMessages")::add);
		return answer;
	}

	private static void putIfPresent(ObjectNode item, String name, @Nullable String value) {
		if (value != null) {
			item.put(name, value);
		}
	}

	private JsonNode requests(Call call, App app) {
		ObjectNode answer = JsonNodeFactory.instance.objectNode();
		String operation = call.request().query("operation");
		if (operation == null) {
			app.requestCounts().forEach(answer.putObject("counts")::put);
			return answer;
		}
		answer.put("count", app.requestCount(operation));
		ArrayNode list = answer.putArray("requests");
		List<RecordedRequest> requests = app.requests(operation);
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

	private static JsonNode faults(App app) {
		ObjectNode answer = JsonNodeFactory.instance.objectNode();
		app.faults().describe().forEach(answer.putArray("planned")::add);
		return answer;
	}

	private JsonNode fail(Call call, App app) {
		ControlBody body = ControlBody.of(call, FaultReader.FIELDS);
		String operation = body.text("operation", Faults.ANY_OPERATION, "\"send-message\"");
		app.faults().fail(operation, FaultReader.read(body), FaultReader.times(body));
		return faults(app);
	}

	private JsonNode clearFaults(Call call, App app) {
		app.faults().clear();
		return faults(app);
	}

	private JsonNode latency(Call call, App app) {
		ControlBody body = ControlBody.of(call, List.of("minMillis", "maxMillis"));
		Duration min = body.has("minMillis") ? Duration.ofMillis(body.wholeNumber("minMillis", "10")) : Duration.ZERO;
		Duration max = body.has("maxMillis") ? Duration.ofMillis(body.wholeNumber("maxMillis", "50")) : min;
		app.faults().latency(Latency.random(min, max));
		return JsonNodeFactory.instance.objectNode().put("minMillis", min.toMillis()).put("maxMillis", max.toMillis());
	}

	private JsonNode online(Call call, App app) {
		ControlBody body = ControlBody.of(call, List.of("username", "device", "online"));
		String user = body.text("username", "\"user1\"");
		String device = body.text("device", "android_1", "\"android_1\"");
		boolean online = !body.has("online") || body.flag("online");
		if (online) {
			app.users().logIn(user, device);
		}
		else {
			app.users().logOut(user, device);
		}
		return JsonNodeFactory.instance.objectNode().put("username", user).put("device", device).put("online", online);
	}

	private Mono<JsonNode> sendFromClient(Call call) {
		return appOf(call).clients().send(ControlBody.json(call)).map((message) -> {
			ObjectNode answer = JsonNodeFactory.instance.objectNode().put("delivered", message.delivered());
			putIfPresent(answer, "messageId", message.messageId());
			putIfPresent(answer, "error", message.error());
			return answer;
		});
	}

	private JsonNode callbacks(Call call, App app) {
		ObjectNode answer = JsonNodeFactory.instance.objectNode();
		answer.put("pending", app.callbacks().pending());
		answer.put("dropped", app.callbacks().dropped());
		ArrayNode list = answer.putArray("sent");
		List<SentCallback> sent = app.callbacks().sent();
		int limit = call.positive("limit", DEFAULT_LIMIT);
		for (SentCallback callback : sent.subList(Math.max(0, sent.size() - limit), sent.size())) {
			ObjectNode item = list.addObject().put("attempts", callback.attempts()).put("status", callback.status());
			item.set("body", callback.body());
		}
		return answer;
	}

	private JsonNode setCallbacks(Call call, App app) {
		ControlBody body = ControlBody.of(call,
				List.of("postTo", "askBefore", "secret", "timeoutMillis", "deliverByDefault"));
		String secret = body.text("secret", "\"secret\"");
		if (body.has("postTo")) {
			app.callbacks().postTo(body.text("postTo", CALLBACK_URL), secret);
		}
		if (body.has("askBefore")) {
			Duration timeout = Duration.ofMillis(
					body.has("timeoutMillis") ? body.wholeNumber("timeoutMillis", "200") : DEFAULT_TIMEOUT_MILLIS);
			app.callbacks()
				.askBefore(body.text("askBefore", CALLBACK_URL), secret, timeout,
						!body.has("deliverByDefault") || body.flag("deliverByDefault"));
		}
		return callbacks(call, app);
	}

	private JsonNode stopCallbacks(Call call, App app) {
		app.callbacks().stop();
		return callbacks(call, app);
	}

	private JsonNode clock() {
		return JsonNodeFactory.instance.objectNode().put("now", this.emulator.clock().instant().toString());
	}

	private JsonNode moveClock(Call call) {
		ControlBody body = ControlBody.of(call, List.of("advance", "set", "frozen"));
		EmulatorClock clock = this.emulator.clock();
		Instant set = body.has("set") ? body.parsed("set", "an instant", "\"2030-01-01T00:00:00Z\"", Instant::parse)
				: null;
		Duration advance = body.has("advance")
				? body.parsed("advance", "an ISO-8601 duration", "\"PT24H\"", Duration::parse) : null;
		if (body.has("frozen")) {
			if (body.flag("frozen")) {
				clock.freeze();
			}
			else {
				clock.resume();
			}
		}
		if (set != null) {
			clock.set(set);
		}
		if (advance != null) {
			clock.advance(advance);
		}
		return clock();
	}

	private JsonNode revokeTokens(Call call, App app) {
		app.tokens().revoke();
		return issued(app);
	}

	private JsonNode expireTokens(Call call, App app) {
		app.tokens().expire();
		return issued(app);
	}

	private static JsonNode issued(App app) {
		return JsonNodeFactory.instance.objectNode().put("issued", app.tokens().issued());
	}

	private JsonNode reset(Call call) {
		this.emulator.reset();
		return clock();
	}

}
