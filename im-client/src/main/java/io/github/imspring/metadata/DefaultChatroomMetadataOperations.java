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

package io.github.imspring.metadata;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.github.imspring.exchange.BatchError;
import io.github.imspring.exchange.BatchResult;
import io.github.imspring.exchange.BatchWrite;
import io.github.imspring.exchange.BatchWrite.Answer;
import io.github.imspring.exchange.ImRequest;
import io.github.imspring.exchange.ImResponse;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.exchange.JsonValue;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import io.github.imspring.validation.Bounds;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * Turns calls into requests, and answers into what they say.
 */
class DefaultChatroomMetadataOperations implements ChatroomMetadataOperations {

	private static final int MAX_ANNOUNCEMENT = 512;

	private static final int KEYS_A_REQUEST = 10;

	private static final Set<Operation> FORCED = Set.of(Operations.FORCE_SET_ATTRIBUTES,
			Operations.FORCE_DELETE_ATTRIBUTES);

	private final ImRestOperations rest;

	DefaultChatroomMetadataOperations(ImRestOperations rest) {
		this.rest = rest;
	}

	@Override
	public Mono<String> getAnnouncement(String chatroomId) {
		return Mono.defer(() -> {
			new AttributeBounds(Operations.GET_ANNOUNCEMENT).chatroom(chatroomId);
			return this.rest.exchange(announcement(ImRequest.get(Operations.GET_ANNOUNCEMENT), chatroomId).build(),
					(response) -> response.data()
						.path("announcement")
						.asStringOpt()
						.orElseThrow(() -> response.broken("the answer has no 'data.announcement'")));
		});
	}

	@Override
	public Mono<Void> setAnnouncement(String chatroomId, String announcement) {
		return Mono.defer(() -> {
			new AttributeBounds(Operations.SET_ANNOUNCEMENT).chatroom(chatroomId);
			Bounds.of(Operations.SET_ANNOUNCEMENT).characters("announcement", announcement, 0, MAX_ANNOUNCEMENT);
			return this.rest.exchange(announcement(ImRequest.post(Operations.SET_ANNOUNCEMENT), chatroomId)
				.json(Map.of("announcement", announcement))
				.build(), (response) -> {
					response.concerns("id", chatroomId);
					response.confirm(List.of("result"), MetadataErrors.NOT_CONFIRMED);
					return true;
				});
		}).then();
	}

	private static ImRequest.Builder announcement(ImRequest.Builder request, String chatroomId) {
		return request.path("chatrooms", chatroomId, "announcement").errorHints(MetadataErrors.HINTS);
	}

	@Override
	public Mono<Map<String, String>> getAttributes(String chatroomId) {
		return Mono.defer(() -> {
			new AttributeBounds(Operations.GET_ATTRIBUTES).chatroom(chatroomId);
			return this.rest.exchange(
					attributes(chatroomId).header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON).build(),
					DefaultChatroomMetadataOperations::values);
		});
	}

	@Override
	public Mono<Map<String, String>> getAttributes(String chatroomId, Collection<String> keys) {
		return Mono.defer(() -> {
			AttributeBounds bounds = new AttributeBounds(Operations.GET_ATTRIBUTES);
			bounds.chatroom(chatroomId);
			List<String> asked = bounds.keys(keys);
			return Flux.fromIterable(asked)
				.buffer(KEYS_A_REQUEST)
				.concatMap((chunk) -> this.rest.exchange(attributes(chatroomId).json(Map.of("keys", chunk)).build(),
						DefaultChatroomMetadataOperations::values), 1)
				.collect(LinkedHashMap<String, String>::new, LinkedHashMap::putAll)
				.map((values) -> inOrder(asked, values));
		});
	}

	private static Map<String, String> inOrder(List<String> keys, Map<String, String> values) {
		Map<String, String> ordered = new LinkedHashMap<>();
		for (String key : keys) {
			String value = values.get(key);
			if (value != null) {
				ordered.put(key, value);
			}
		}
		return ordered;
	}

	private static ImRequest.Builder attributes(String chatroomId) {
		return ImRequest.post(Operations.GET_ATTRIBUTES)
			.path("metadata", "chatroom", chatroomId)
			.errorHints(MetadataErrors.HINTS);
	}

	private static Map<String, String> values(ImResponse response) {
		Map<String, String> values = new LinkedHashMap<>();
		response.read((name, data) -> {
			if (name.equals("data")) {
				values.clear();
				read(data, values, response);
			}
		});
		return values;
	}

	private static void read(JsonValue data, Map<String, String> values, ImResponse response) {
		if (!data.isObject() && !data.isNull()) {
			throw response.broken("'data' is no object");
		}
		JsonValue.Elements fields = data.elements();
		while (fields.next()) {
			JsonValue value = fields.value();
			if (!value.isNull()) {
				String name = fields.name();
				String text = value.text();
				values.put(name, (text != null) ? text : value.tree().toString());
			}
		}
	}

	@Override
	public Mono<BatchResult> setAttributes(String chatroomId, String username, Map<String, String> attributes) {
		return set(Operations.SET_ATTRIBUTES, chatroomId, username, attributes, null);
	}

	@Override
	public Mono<BatchResult> setAttributes(String chatroomId, String username, Map<String, String> attributes,
			AutoDelete autoDelete) {
		return Mono.defer(() -> {
			Bounds.of(Operations.SET_ATTRIBUTES).given("autoDelete", autoDelete);
			return set(Operations.SET_ATTRIBUTES, chatroomId, username, attributes, autoDelete);
		});
	}

	@Override
	public Mono<BatchResult> forceSetAttributes(String chatroomId, String username, Map<String, String> attributes) {
		return set(Operations.FORCE_SET_ATTRIBUTES, chatroomId, username, attributes, null);
	}

	@Override
	public Mono<BatchResult> forceSetAttributes(String chatroomId, String username, Map<String, String> attributes,
			AutoDelete autoDelete) {
		return Mono.defer(() -> {
			Bounds.of(Operations.FORCE_SET_ATTRIBUTES).given("autoDelete", autoDelete);
			return set(Operations.FORCE_SET_ATTRIBUTES, chatroomId, username, attributes, autoDelete);
		});
	}

	private Mono<BatchResult> set(Operation operation, String chatroomId, String username,
			Map<String, String> attributes, @Nullable AutoDelete autoDelete) {
		return Mono.defer(() -> {
			AttributeBounds bounds = new AttributeBounds(operation);
			bounds.chatroom(chatroomId);
			bounds.user(username);
			bounds.attributes(attributes);
			Map<String, String> values = new LinkedHashMap<>(attributes);
			return write(operation, List.copyOf(values.keySet()), (keys) -> {
				Map<String, Object> body = new LinkedHashMap<>();
				body.put("metaData", inOrder(keys, values));
				if (autoDelete != null) {
					body.put("autoDelete", autoDelete.name());
				}
				return ofUser(ImRequest.put(operation), operation, chatroomId, username).json(body);
			});
		});
	}

	@Override
	public Mono<BatchResult> deleteAttributes(String chatroomId, String username, Collection<String> keys) {
		return delete(Operations.DELETE_ATTRIBUTES, chatroomId, username, keys);
	}

	@Override
	public Mono<BatchResult> forceDeleteAttributes(String chatroomId, String username, Collection<String> keys) {
		return delete(Operations.FORCE_DELETE_ATTRIBUTES, chatroomId, username, keys);
	}

	private Mono<BatchResult> delete(Operation operation, String chatroomId, String username, Collection<String> keys) {
		return Mono.defer(() -> {
			AttributeBounds bounds = new AttributeBounds(operation);
			bounds.chatroom(chatroomId);
			bounds.user(username);
			return write(operation, bounds.keys(keys),
					(chunk) -> ofUser(ImRequest.delete(operation), operation, chatroomId, username)
						.json(Map.of("keys", chunk)));
		});
	}

	private static ImRequest.Builder ofUser(ImRequest.Builder request, Operation operation, String chatroomId,
			String username) {
		request.path("metadata", "chatroom", chatroomId, "user", username).errorHints(MetadataErrors.HINTS);
		return FORCED.contains(operation) ? request.path("forced") : request;
	}

	private Mono<BatchResult> write(Operation operation, List<String> keys,
			Function<List<String>, ImRequest.Builder> request) {
		return BatchWrite.of(operation, keys, KEYS_A_REQUEST,
				(chunk) -> this.rest.exchange(request.apply(chunk).build(), DefaultChatroomMetadataOperations::answer));
	}

	private static Answer answer(ImResponse response) {
		JsonNode data = response.data();
		List<String> succeeded = new ArrayList<>();
		data.path("successKeys").values().forEach((key) -> succeeded.add(key.asString()));
		Map<String, BatchError> errors = new LinkedHashMap<>();
		data.path("errorKeys")
			.forEachEntry((key, reason) -> errors.put(key,
					BatchError.refused(reason.asStringOpt().orElseGet(reason::toString), response.processedBefore())));
		return new Answer(succeeded, errors);
	}

}
