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

package io.github.imspring.chatroom;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.imspring.error.ImNotFoundException;
import io.github.imspring.exchange.BatchLookup;
import io.github.imspring.exchange.DemandPaging;
import io.github.imspring.exchange.DemandPaging.Page;
import io.github.imspring.exchange.ImRequest;
import io.github.imspring.exchange.ImResponse;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import io.github.imspring.validation.Bounds;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Turns calls into requests, and answers into records.
 */
class DefaultChatroomOperations implements ChatroomOperations {

	private static final String CHATROOMS = "chatrooms";

	private static final int IDS_A_CALL = 100;

	private final ImRestOperations rest;

	private final ChatroomSettings settings;

	private final BatchLookup<Chatroom> lookup = new BatchLookup<>(this::find,
			DefaultChatroomOperations::isUnknownChatroom);

	DefaultChatroomOperations(ImRestOperations rest, ChatroomSettings settings) {
		this.rest = rest;
		this.settings = settings;
	}

	@Override
	public Mono<ChatroomPage> list(int limit) {
		return page(limit, null);
	}

	@Override
	public Mono<ChatroomPage> list(int limit, String cursor) {
		return Mono.defer(() -> {
			Bounds.of(Operations.LIST_CHATROOMS).characters("cursor", cursor, 1, Integer.MAX_VALUE);
			return page(limit, cursor);
		});
	}

	private Mono<ChatroomPage> page(int limit, @Nullable String cursor) {
		return exchange(() -> {
			Bounds.of(Operations.LIST_CHATROOMS).range("limit", limit, 1, ChatroomSettings.MAX_PAGE_SIZE);
			return ImRequest.get(Operations.LIST_CHATROOMS)
				.path(CHATROOMS)
				.query("limit", limit)
				.query("cursor", cursor);
		}, ChatroomReader::page);
	}

	@Override
	public Flux<ChatroomSummary> listAll() {
		return DemandPaging.listing(Operations.LIST_CHATROOMS,
				(cursor, limit) -> page(limit, cursor).map((page) -> new Page<>(page.chatrooms(), page.cursor())),
				this.settings.pageSize());
	}

	@Override
	public Mono<JoinedChatroomPage> listJoined(String username, int page, int pageSize) {
		return exchange(() -> {
			Bounds bounds = Bounds.of(Operations.LIST_JOINED_CHATROOMS);
			bounds.id("username", username);
			bounds.range("pagenum", page, 1, Integer.MAX_VALUE);
			bounds.range("pagesize", pageSize, 1, ChatroomSettings.MAX_PAGE_SIZE);
			return ImRequest.get(Operations.LIST_JOINED_CHATROOMS)
				.path("users", username, "joined_chatrooms")
				.query("pagenum", page)
				.query("pagesize", pageSize);
		}, ChatroomReader::joinedPage);
	}

	@Override
	public Flux<JoinedChatroom> listAllJoined(String username) {
		int pageSize = this.settings.pageSize();
		return DemandPaging.listing(Operations.LIST_JOINED_CHATROOMS, (cursor, limit) -> {
			int number = (cursor != null) ? Integer.parseInt(cursor) : 1;
			return listJoined(username, number, pageSize).map(JoinedChatroomPage::chatrooms)
				.map((rooms) -> new Page<>(rooms, (rooms.size() < Math.min(pageSize, ChatroomBounds.LEAST_FULL_PAGE))
						? null : String.valueOf(number + 1)));
		}, pageSize);
	}

	@Override
	public Mono<Chatroom> get(String chatroomId) {
		return exchange(() -> {
			checkLookedUp(chatroomId);
			return details(List.of(chatroomId));
		}, (response) -> ChatroomReader.chatrooms(response)
			.stream()
			.filter((chatroom) -> chatroom.id().equals(chatroomId))
			.findFirst()
			.orElseThrow(() -> response.broken("the chatroom that was asked for is not among the answer's")));
	}

	@Override
	public Flux<ChatroomLookup> get(Collection<String> chatroomIds) {
		return Flux.defer(() -> {
			Bounds.of(Operations.GET_CHATROOMS).strings("chatroom_id", chatroomIds);
			List<String> ids = chatroomIds.stream().toList();
			ids.forEach(DefaultChatroomOperations::checkLookedUp);
			return this.lookup.get(ids, IDS_A_CALL, (id, chatroom) -> new ChatroomLookup(id, chatroom));
		});
	}

	private Mono<Map<String, Chatroom>> find(List<String> ids) {
		return exchange(() -> details(ids),
				(response) -> ChatroomReader.chatrooms(response)
					.stream()
					.collect(Collectors.toMap(Chatroom::id, Function.identity(), (first, second) -> first)));
	}

	private static boolean isUnknownChatroom(Throwable failure) {
		return failure instanceof ImNotFoundException ex && ex.error() != null
				&& ex.error().endsWith("resource_not_found");
	}

	private static ImRequest.Builder details(List<String> ids) {
		return ImRequest.get(Operations.GET_CHATROOMS).path(CHATROOMS, String.join(",", ids));
	}

	private static void checkLookedUp(String id) {
		checkId(Operations.GET_CHATROOMS, id);
		if (id.contains(",")) {
			throw Bounds.of(Operations.GET_CHATROOMS)
				.violated("chatroom_id", "must not contain a comma, which separates IDs");
		}
	}

	@Override
	public Mono<String> create(NewChatroom chatroom) {
		return exchange(() -> {
			Bounds bounds = Bounds.of(Operations.CREATE_CHATROOM);
			bounds.given("chatroom", chatroom);
			checkCustom(bounds, chatroom.custom());
			checkMaxUsers(bounds, chatroom.maxUsers());
			Map<String, Object> body = new LinkedHashMap<>();
			body.put("name", chatroom.name());
			body.put("description", chatroom.description());
			body.put("owner", chatroom.owner());
			putIfSet(body, "maxusers", chatroom.maxUsers());
			putIfSet(body, "members", chatroom.members());
			putIfSet(body, "custom", chatroom.custom());
			putIfSet(body, "roomid", chatroom.id());
			return ImRequest.post(Operations.CREATE_CHATROOM).path(CHATROOMS).json(body);
		}, ChatroomReader::id);
	}

	@Override
	public Mono<Void> update(String chatroomId, ChatroomUpdate update) {
		return Mono.defer(() -> {
			Bounds.of(Operations.UPDATE_CHATROOM).given("update", update);
			Map<String, Object> body = new LinkedHashMap<>();
			putIfSet(body, "name", update.name());
			putIfSet(body, "description", update.description());
			putIfSet(body, "maxusers", update.maxUsers());
			putIfSet(body, "custom", update.custom());
			return update(chatroomId, update, body);
		});
	}

	private Mono<Void> update(String chatroomId, ChatroomUpdate update, Map<String, Object> body) {
		List<String> flags = body.keySet().stream().map((field) -> "name".equals(field) ? "groupname" : field).toList();
		return exchange(() -> {
			checkId(Operations.UPDATE_CHATROOM, chatroomId);
			checkMaxUsers(Bounds.of(Operations.UPDATE_CHATROOM), update.maxUsers());
			checkCustom(Bounds.of(Operations.UPDATE_CHATROOM), update.custom());
			return ImRequest.put(Operations.UPDATE_CHATROOM).path(CHATROOMS, chatroomId).json(body);
		}, confirmed(flags, ChatroomErrors.NOT_CONFIRMED)).then();
	}

	@Override
	public Mono<Void> transfer(String chatroomId, String newOwner) {
		return exchange(() -> {
			checkId(Operations.TRANSFER_CHATROOM, chatroomId);
			Bounds.of(Operations.TRANSFER_CHATROOM).id("newowner", newOwner);
			return ImRequest.put(Operations.TRANSFER_CHATROOM)
				.path(CHATROOMS, chatroomId)
				.json(Map.of("newowner", newOwner));
		}, confirmed(List.of("newowner"), ChatroomErrors.OWNER_NOT_CHANGED)).then();
	}

	@Override
	public Mono<Void> delete(String chatroomId) {
		return exchange(() -> {
			checkId(Operations.DELETE_CHATROOM, chatroomId);
			return ImRequest.delete(Operations.DELETE_CHATROOM).path(CHATROOMS, chatroomId);
		}, (response) -> {
			response.concerns("id", chatroomId);
			response.confirm(List.of("success"), ChatroomErrors.NOT_CONFIRMED);
			return true;
		}).then().onErrorResume(DefaultChatroomOperations::isGone, (ex) -> Mono.empty());
	}

	/**
	 * An attempt before may have dissolved it and lost the answer.
	 */
	private static boolean isGone(Throwable failure) {
		return isUnknownChatroom(failure) && failure instanceof ImNotFoundException ex && ex.mayHaveBeenProcessed();
	}

	private <T> Mono<T> exchange(Supplier<ImRequest.Builder> request, Function<ImResponse, T> reader) {
		return Mono.defer(() -> this.rest.exchange(request.get().errorHints(ChatroomErrors.HINTS).build(), reader));
	}

	private static Function<ImResponse, Boolean> confirmed(List<String> flags, String hint) {
		return (response) -> {
			response.confirm(flags, hint);
			return true;
		};
	}

	private static void checkId(Operation operation, String chatroomId) {
		Bounds.of(operation).id("chatroom_id", chatroomId);
	}

	private void checkMaxUsers(Bounds bounds, @Nullable Integer maxUsers) {
		if (maxUsers != null) {
			bounds.range("maxusers", maxUsers, 1, this.settings.maxUsers());
		}
	}

	private void checkCustom(Bounds bounds, @Nullable String custom) {
		if (custom != null) {
			bounds.characters("custom", custom, 0, this.settings.maxCustomLength());
		}
	}

	private static void putIfSet(Map<String, Object> body, String field, @Nullable Object value) {
		if (value != null) {
			body.put(field, value);
		}
	}

}
