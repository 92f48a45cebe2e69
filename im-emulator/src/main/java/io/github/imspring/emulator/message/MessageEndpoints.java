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

package io.github.imspring.emulator.message;

import java.util.List;
import java.util.function.Function;

import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Request;
import io.github.imspring.emulator.http.Router;
import io.github.imspring.emulator.service.Call;
import io.github.imspring.emulator.service.Route;
import io.github.imspring.emulator.service.ServiceError;
import io.github.imspring.emulator.service.ServiceOperation;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /messages/…}. Names are not checked, like the service: whoever is named
 * gets the message. So do the members that a chatroom or group has at that moment.
 */
final class MessageEndpoints {

	private final MessageService messages;

	MessageEndpoints(MessageService messages) {
		this.messages = messages;
	}

	void register(Router<Route> router) {
		for (Destination destination : Destination.values()) {
			router.add("POST", destination.path,
					Route.of(destination.operation, (call) -> send(call, destination)).countedByHandler());
		}
		List<ServiceOperation> older = List.of(Destination.USERS.operation, Destination.CHATROOMS.operation,
				Destination.GROUPS.operation);
		router.add("POST", "/messages",
				Route.of(older, MessageEndpoints::olderOperation, this::sendAsOlderClients).countedByHandler());
	}

	private Reply send(Call call, Destination destination) {
		MessageReader reader = read(call, (tree) -> MessageReader.read(tree, destination));
		ObjectNode envelope = call.messageEnvelope();
		if (destination.isMembers()) {
			envelope.put("path", destination.path.substring(0, destination.path.lastIndexOf('/')));
		}
		ObjectNode data = envelope.putObject("data");
		this.messages.deliver(reader).forEach((sent) -> data.put(sent.target(), sent.id()));
		return Reply.json(200, envelope);
	}

	private static ServiceOperation olderOperation(Request request) {
		try {
			Destination destination = Destination.ofTargetType(request.json().path("target_type").asString(""));
			return (destination != null) ? destination.operation : Destination.USERS.operation;
		}
		catch (JacksonException ex) {
			return Destination.USERS.operation;
		}
	}

	/**
	 * One path for all, the message's fields beside its type, and ids on demand only.
	 */
	private Reply sendAsOlderClients(Call call) {
		MessageReader reader = read(call, MessageEndpoints::readOlder);
		boolean withIds = "true".equalsIgnoreCase(call.request().query("useMsgId"));
		ObjectNode envelope = call.messageEnvelope();
		ObjectNode data = envelope.putObject("data");
		this.messages.deliver(reader).forEach((sent) -> data.put(sent.target(), withIds ? sent.id() : "success"));
		return Reply.json(200, envelope);
	}

	/** A message that is refused counts as a call, and as no message. */
	private static MessageReader read(Call call, Function<JsonNode, MessageReader> how) {
		MessageReader reader;
		try {
			reader = how.apply(tree(call));
		}
		catch (ServiceError ex) {
			call.acquire(0);
			throw ex;
		}
		call.acquire(reader.messages());
		return reader;
	}

	private static MessageReader readOlder(JsonNode request) {
		JsonNode targetType = request.path("target_type");
		MessageReader.requireSome(!MessageReader.isAbsent(targetType), "target_type");
		Destination destination = Destination.ofTargetType(MessageReader.text(targetType));
		JsonNode message = request.path("msg");
		MessageReader.requireSome(!MessageReader.isAbsent(message), "msg");
		if (destination == null || !message.isObject()) {
			throw ServiceError.invalidRequestBody();
		}
		ObjectNode body = JsonNodeFactory.instance.objectNode();
		message.properties().forEach((field) -> {
			if (!field.getKey().equals("type")) {
				body.set(field.getKey(), field.getValue());
			}
		});
		ObjectNode newer = JsonNodeFactory.instance.objectNode();
		for (String field : new String[] { "from", "ext", "env", "routetype", "sync_device", "roam_ignore_users",
				"chatroom_msg_level", "need_group_ack" }) {
			if (request.has(field)) {
				newer.set(field, request.path(field));
			}
		}
		newer.set("to", request.has("target") ? request.path("target") : JsonNodeFactory.instance.arrayNode());
		newer.set("type", message.has("type") ? message.path("type") : JsonNodeFactory.instance.nullNode());
		newer.set("body", body);
		return MessageReader.read(newer, destination);
	}

	private static JsonNode tree(Call call) {
		try {
			return call.object();
		}
		catch (ServiceError ex) {
			throw (ex.status() == 415) ? ex : ServiceError.invalidRequestBody();
		}
	}

}
