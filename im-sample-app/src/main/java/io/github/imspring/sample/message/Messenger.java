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

package io.github.imspring.sample.message;

import java.util.List;
import java.util.Map;

import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.message.SendResult;
import io.github.imspring.message.UserMessageBuilder;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Sends what the HTTP API takes through {@link MessageOperations}.
 */
@Service
class Messenger {

	private final MessageOperations messages;

	private final MessageBodies bodies;

	Messenger(MessageOperations messages, MessageBodies bodies) {
		this.messages = messages;
		this.bodies = bodies;
	}

	/**
	 * Sends a message.
	 * @param request the message
	 * @return the message ID of each recipient
	 */
	Mono<Map<String, String>> send(SendRequest request) {
		return Mono.fromSupplier(() -> message(request)).flatMap(this.messages::send).map(SendResult::messageIds);
	}

	/**
	 * Builds a message.
	 * @param request the message
	 * @return the message as the starter knows it
	 * @throws io.github.imspring.error.ImValidationException if a value is out of its
	 * bounds
	 */
	Message message(SendRequest request) {
		UserMessageBuilder message = Message.of(this.bodies.read(request.type(), request.body()))
			.to((request.to() != null) ? request.to() : List.of());
		if (request.from() != null) {
			message.from(request.from());
		}
		if (request.ext() != null) {
			message.ext(request.ext());
		}
		if (Boolean.TRUE.equals(request.syncDevice())) {
			message.syncDevice();
		}
		if (request.roamIgnoreUsers() != null) {
			message.roamIgnoreUsers(request.roamIgnoreUsers());
		}
		if (request.routeType() == SendRequest.RouteType.ROUTE_ONLINE) {
			message.onlineOnly();
		}
		return message.build();
	}

}
