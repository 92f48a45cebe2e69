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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Router;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /messages/users}. Names are not checked, like the service: whoever is named
 * gets the message.
 */
final class MessageEndpoint {

	private static final int MAX_RECIPIENTS = 600;

	private static final int MAX_CONTENT_BYTES = 5 * 1024;

	private static final String DEFAULT_SENDER = "admin";

	private static final String ROUTE_ONLINE = "ROUTE_ONLINE";

	private static final long MAX_BYTES = 32L * 1024 * 1024;

	/** A small message takes less: of those, as many are remembered as were asked for. */
	private static final int BYTES_FOR_EACH = 1024;

	/**
	 * Beyond 2^53, as the service's are: a client that reads numbers into doubles shows.
	 */
	private static final long FIRST_MESSAGE_ID = 1_029_457_500_870_543_736L;

	private final Quotas quotas;

	private final EmulatorClock clock;

	private final BoundedLog<DeliveredMessage> deliveries;

	private final AtomicLong nextId = new AtomicLong(FIRST_MESSAGE_ID);

	MessageEndpoint(Quotas quotas, EmulatorClock clock, int maxDeliveries) {
		this.quotas = quotas;
		this.clock = clock;
		this.deliveries = new BoundedLog<>(maxDeliveries, MAX_BYTES + (long) maxDeliveries * BYTES_FOR_EACH);
	}

	void register(Router<Route> router) {
		router.add("POST", "/messages/users", Route.of(Quotas.SEND_MESSAGE, this::send).countedByHandler());
	}

	BoundedLog<DeliveredMessage> deliveries() {
		return this.deliveries;
	}

	private Reply send(Call call) {
		Message message;
		try {
			message = read(call);
		}
		catch (ServiceError ex) {
			this.quotas.acquire(Quotas.SEND_MESSAGE, 0);
			throw ex;
		}
		this.quotas.acquire(Quotas.SEND_MESSAGE, message.to.size());
		ObjectNode envelope = call.messageEnvelope();
		ObjectNode data = envelope.putObject("data");
		Instant now = this.clock.instant();
		for (Iterator<String> recipients = message.to.iterator(); recipients.hasNext();) {
			String recipient = recipients.next();
			String id = Long.toString(this.nextId.getAndIncrement());
			// What all deliveries of a message share stays until the last of them goes.
			long shared = recipients.hasNext() ? 0 : message.footprint();
			this.deliveries.add(
					new DeliveredMessage(recipient, message.from, message.type, message.body, message.ext, id,
							message.routetype, message.syncDevice, message.roamIgnoreUsers, now),
					Footprint.of(recipient) + Footprint.of(id) + shared);
			data.put(recipient, id);
		}
		return Reply.json(200, envelope);
	}

	private static Message read(Call call) {
		JsonNode request = tree(call);
		String from = request.has("from") && !request.path("from").isNull() ? text(request.path("from"))
				: DEFAULT_SENDER;
		requireSome(!from.isEmpty(), "from");
		List<String> to = texts(request.path("to"));
		requireSome(!to.isEmpty() && !to.contains(""), "to");
		String type = isAbsent(request.path("type")) ? "" : text(request.path("type"));
		requireSome(!type.isEmpty(), "type");
		JsonNode body = request.path("body");
		requireSome(!isAbsent(body) && !(body.isObject() && body.isEmpty()), "body");
		JsonNode ext = request.get("ext");
		if (ext != null && !ext.isObject()) {
			throw ServiceError.messageSend(400, "param ext must be JSONObject");
		}
		if (to.size() > MAX_RECIPIENTS) {
			throw ServiceError.messageSend(400, "params to's size can't exceed limit " + MAX_RECIPIENTS);
		}
		if (!body.isObject() || !MessageBodies.isValid(type, body)) {
			throw ServiceError.invalidRequestBody();
		}
		if (bytes(body) + bytes(ext) > MAX_CONTENT_BYTES) {
			throw ServiceError.messageTooLarge();
		}
		if (ext != null) {
			flag(ext.path("em_ignore_notification"));
		}
		String routetype = isAbsent(request.path("routetype")) ? null : text(request.path("routetype"));
		if (routetype != null && !routetype.equals(ROUTE_ONLINE)) {
			throw ServiceError.invalidRequestBody();
		}
		return new Message(from, new LinkedHashSet<>(to), type, body, ext, routetype, flag(request.path("sync_device")),
				texts(request.path("roam_ignore_users")));
	}

	private static JsonNode tree(Call call) {
		try {
			return call.object();
		}
		catch (ServiceError ex) {
			throw (ex.status() == 415) ? ex : ServiceError.invalidRequestBody();
		}
	}

	private static void requireSome(boolean some, String name) {
		if (!some) {
			throw ServiceError.messageSend(400, "param " + name + " can't be empty");
		}
	}

	private static boolean isAbsent(JsonNode node) {
		return node.isMissingNode() || node.isNull();
	}

	private static String text(JsonNode node) {
		if (!node.isString()) {
			throw ServiceError.invalidRequestBody();
		}
		return node.stringValue();
	}

	private static boolean flag(JsonNode node) {
		if (!isAbsent(node) && !node.isBoolean()) {
			throw ServiceError.invalidRequestBody();
		}
		return node.isBoolean() && node.booleanValue();
	}

	private static List<String> texts(JsonNode node) {
		if (isAbsent(node)) {
			return List.of();
		}
		if (!node.isArray()) {
			throw ServiceError.invalidRequestBody();
		}
		List<String> texts = new ArrayList<>(node.size());
		node.values().forEach((value) -> texts.add(text(value)));
		return texts;
	}

	private static int bytes(@Nullable JsonNode node) {
		return (node != null) ? node.toString().getBytes(StandardCharsets.UTF_8).length : 0;
	}

	private record Message(String from, Set<String> to, String type, JsonNode body, @Nullable JsonNode ext,
			@Nullable String routetype, boolean syncDevice, List<String> roamIgnoreUsers) {

		/** Of all but the recipients. */
		long footprint() {
			return Footprint.of(this.from) + Footprint.of(this.type) + Footprint.of(this.body) + Footprint.of(this.ext)
					+ Footprint.of(this.routetype) + Footprint.of(this.roamIgnoreUsers);
		}

	}

}
