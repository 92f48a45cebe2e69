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

import java.util.concurrent.CompletableFuture;

import io.github.imspring.emulator.callback.CallbackService;
import io.github.imspring.emulator.message.Sent;
import io.github.imspring.emulator.service.ServiceError;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends messages as the users' own clients do, unlike those sent over REST: whoever is
 * {@linkplain Callbacks#askBefore asked before} has a say, and who is muted in a
 * chatroom, or not in it, cannot speak there.
 *
 * @since 0.1.0
 */
public final class Clients {

	private final CallbackService callbacks;

	Clients(CallbackService callbacks) {
		this.callbacks = callbacks;
	}

	/**
	 * Sends a text to a user.
	 * @param from the sender
	 * @param user the recipient
	 * @param text the text
	 * @return what became of it
	 */
	public CompletableFuture<ClientMessage> sendToUser(String from, String user, String text) {
		return sendText(from, "chat", user, text);
	}

	/**
	 * Sends a text to a chatroom.
	 * @param from the sender, who must be in it and not be muted
	 * @param room the chatroom's id
	 * @param text the text
	 * @return what became of it
	 */
	public CompletableFuture<ClientMessage> sendToChatroom(String from, String room, String text) {
		return sendText(from, "chatroom", room, text);
	}

	/**
	 * Sends a text to a group.
	 * @param from the sender, who must be in it
	 * @param group the group's id
	 * @param text the text
	 * @return what became of it
	 */
	public CompletableFuture<ClientMessage> sendToGroup(String from, String group, String text) {
		return sendText(from, "groupchat", group, text);
	}

	private CompletableFuture<ClientMessage> sendText(String from, String chatType, String to, String text) {
		ObjectNode message = JsonNodeFactory.instance.objectNode();
		message.put("from", from).put("chat_type", chatType).put("to", to).put("type", "txt");
		message.putObject("body").put("msg", text);
		CompletableFuture<ClientMessage> result = new CompletableFuture<>();
		send(message).subscribe(result::complete, result::completeExceptionally);
		return result;
	}

	/** Any message: {@code {"from","chat_type","to","type","body","ext"}}. */
	Mono<ClientMessage> send(JsonNode message) {
		try {
			return this.callbacks.sendFromClient(message, Clients::delivered,
					(error) -> new ClientMessage(null, error));
		}
		catch (ServiceError ex) {
			return Mono.error(new IllegalArgumentException(ex.description(), ex));
		}
	}

	private static ClientMessage delivered(Sent sent) {
		return new ClientMessage(sent.id(), null);
	}

}
