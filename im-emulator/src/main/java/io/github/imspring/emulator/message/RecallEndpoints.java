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

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Router;
import io.github.imspring.emulator.message.MessageListener.Recall;
import io.github.imspring.emulator.service.Call;
import io.github.imspring.emulator.service.Route;
import io.github.imspring.emulator.service.ServiceError;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages taken back, within two minutes unless by force. Only those that the emulator
 * remembers can be found.
 */
final class RecallEndpoints {

	private static final Duration WINDOW = Duration.ofMinutes(2);

	private static final int MAX_BATCH = 30;

	private static final String DEFAULT_SENDER = "admin";

	private static final List<String> CHAT_TYPES = Arrays.stream(ChatType.values()).map(ChatType::wire).toList();

	private final MessageService messages;

	RecallEndpoints(MessageService messages) {
		this.messages = messages;
	}

	void register(Router<Route> router) {
		router.add("POST", "/messages/msg_recall", Route.of("recall-message", this::recallOne));
		router.add("POST", "/messages/batch_recall", Route.of("recall-messages", this::recallMany));
	}

	private Reply recallOne(Call call) {
		ObjectNode envelope = call.messageEnvelope();
		envelope.set("data", recall(call, call.object()));
		return Reply.json(200, envelope);
	}

	/** One that fails fails alone. */
	private Reply recallMany(Call call) {
		JsonNode messages = call.object().path("msgs");
		if (!messages.isArray() || messages.isEmpty()) {
			throw error(400, "param msgs can't be empty");
		}
		if (messages.size() > MAX_BATCH) {
			throw error(400, "params msgs's size can't exceed limit " + MAX_BATCH);
		}
		ObjectNode envelope = call.messageEnvelope();
		ArrayNode data = envelope.putArray("data");
		for (JsonNode message : messages) {
			try {
				data.add(recall(call, message));
			}
			catch (ServiceError ex) {
				data.addObject()
					.put("recalled", "no")
					.put("msg_id", message.path("msg_id").asString(""))
					.put("reason", ex.description());
			}
		}
		return Reply.json(200, envelope);
	}

	private ObjectNode recall(Call call, JsonNode request) {
		String id = required(request, "msg_id");
		String to = required(request, "to");
		String chatType = required(request, "chat_type");
		if (!request.path("force").isBoolean()) {
			throw error(400, "param force can't be empty");
		}
		if (!CHAT_TYPES.contains(chatType)) {
			throw ServiceError.invalidRequestBody();
		}
		JsonNode sender = request.path("from");
		String from = MessageReader.isAbsent(sender) ? DEFAULT_SENDER : MessageReader.text(sender);
		Sent sent = this.messages.find(id);
		if (sent != null && !isTo(sent, chatType, to)) {
			throw error(400, "can't find msg to");
		}
		if (!request.path("force").booleanValue()) {
			requireRecallable(call, sent);
		}
		this.messages.recall(new Recall(id, chatType, from, to));
		return JsonNodeFactory.instance.objectNode()
			.put("recalled", "yes")
			.put("chattype", chatType)
			.put("from", from)
			.put("to", to)
			.put("msg_id", id);
	}

	private static boolean isTo(Sent sent, String chatType, String to) {
		return sent.message().chatType().wire().equals(chatType) && sent.target().equalsIgnoreCase(to);
	}

	private void requireRecallable(Call call, @Nullable Sent sent) {
		if (sent == null || this.messages.isRecalled(sent.id())) {
			throw error(403, "not_found msg");
		}
		if (sent.timestamp().plus(WINDOW).isBefore(call.now())) {
			throw error(403, "exceed recall time limit");
		}
	}

	private static String required(JsonNode request, String name) {
		JsonNode value = request.path(name);
		String text = MessageReader.isAbsent(value) ? "" : MessageReader.text(value);
		if (text.isEmpty()) {
			throw error(400, "param " + name + " can't be empty");
		}
		return text;
	}

	private static ServiceError error(int status, String description) {
		return ServiceError.of(status, "message_recall_error", "MessageRecallException", description);
	}

}
