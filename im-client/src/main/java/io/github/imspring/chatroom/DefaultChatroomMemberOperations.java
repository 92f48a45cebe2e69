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

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImRefusedException;
import io.github.imspring.exchange.BatchResult;
import io.github.imspring.exchange.DemandPaging;
import io.github.imspring.exchange.DemandPaging.Page;
import io.github.imspring.exchange.ImRequest;
import io.github.imspring.exchange.ImResponse;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.exchange.MemberWrite;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import io.github.imspring.validation.Bounds;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Turns calls into requests, and answers into what they say.
 */
class DefaultChatroomMemberOperations implements ChatroomMemberOperations {

	private static final int MAX_PAGE = 1000;

	private static final Duration LONGEST_MUTE = Duration.ofDays(36500);

	private static final String[] USERS = { "users" };

	private static final String[] MUTED = { "mute" };

	private static final String[] ALLOWED = { "white", "users" };

	private static final String[] BLOCKED = { "blocks", "users" };

	private final ImRestOperations rest;

	private final MemberWrite writes;

	DefaultChatroomMemberOperations(ImRestOperations rest) {
		this.rest = rest;
		this.writes = new MemberWrite(rest);
	}

	@Override
	public Mono<ChatroomMemberPage> list(String chatroomId, int page, int pageSize) {
		return exchange(() -> {
			checkPage(Operations.LIST_CHATROOM_MEMBERS, page, pageSize);
			return ofChatroom(ImRequest.get(Operations.LIST_CHATROOM_MEMBERS), Operations.LIST_CHATROOM_MEMBERS,
					chatroomId, USERS)
				.query("pagenum", page)
				.query("pagesize", pageSize);
		}, ChatroomReader::memberPage);
	}

	@Override
	public Flux<Affiliation> listAll(String chatroomId) {
		return numbered(Operations.LIST_CHATROOM_MEMBERS,
				(page) -> list(chatroomId, page, MAX_PAGE).map(ChatroomMemberPage::members));
	}

	/**
	 * A listing whose pages are numbered: one that cannot be full is the last.
	 */
	private static <T> Flux<T> numbered(Operation operation, Function<Integer, Mono<List<T>>> source) {
		return DemandPaging.listing(operation, (cursor, limit) -> {
			int number = (cursor != null) ? Integer.parseInt(cursor) : 1;
			return source.apply(number)
				.map((items) -> new Page<>(items,
						(items.size() < ChatroomBounds.LEAST_FULL_PAGE) ? null : String.valueOf(number + 1)));
		}, MAX_PAGE);
	}

	@Override
	public Mono<Void> add(String chatroomId, String username) {
		return exchange(() -> ofMember(ImRequest.post(Operations.ADD_CHATROOM_MEMBERS), Operations.ADD_CHATROOM_MEMBERS,
				chatroomId, username, USERS), DefaultChatroomMemberOperations::confirmed)
			.then();
	}

	@Override
	public Mono<BatchResult> add(String chatroomId, Collection<String> usernames) {
		return post(Operations.ADD_CHATROOM_MEMBERS, chatroomId, usernames, USERS, Map.of());
	}

	@Override
	public Mono<Void> remove(String chatroomId, String username) {
		return exchange(() -> ofMember(ImRequest.delete(Operations.REMOVE_CHATROOM_MEMBERS),
				Operations.REMOVE_CHATROOM_MEMBERS, chatroomId, username, USERS),
				DefaultChatroomMemberOperations::confirmed)
			.onErrorResume(DefaultChatroomMemberOperations::isOut, (ex) -> Mono.empty())
			.then();
	}

	/**
	 * An attempt before may have removed the member and lost the answer.
	 */
	private static boolean isOut(Throwable failure) {
		return failure instanceof ImApiException ex && ex.mayHaveBeenProcessed() && "forbidden_op".equals(ex.error());
	}

	@Override
	public Mono<BatchResult> remove(String chatroomId, Collection<String> usernames) {
		return delete(Operations.REMOVE_CHATROOM_MEMBERS, chatroomId, usernames, USERS);
	}

	@Override
	public Mono<List<String>> admins(String chatroomId) {
		return exchange(() -> ofChatroom(ImRequest.get(Operations.LIST_CHATROOM_ADMINS),
				Operations.LIST_CHATROOM_ADMINS, chatroomId, "admin"), DefaultChatroomMemberOperations::names);
	}

	@Override
	public Mono<Void> addAdmin(String chatroomId, String username) {
		return exchange(() -> {
			Bounds.of(Operations.ADD_CHATROOM_ADMIN).id("newadmin", username);
			return ofChatroom(ImRequest.post(Operations.ADD_CHATROOM_ADMIN), Operations.ADD_CHATROOM_ADMIN, chatroomId,
					"admin")
				.json(Map.of("newadmin", username));
		}, DefaultChatroomMemberOperations::succeeded).then();
	}

	@Override
	public Mono<Void> removeAdmin(String chatroomId, String username) {
		return exchange(() -> ofMember(ImRequest.delete(Operations.REMOVE_CHATROOM_ADMIN),
				Operations.REMOVE_CHATROOM_ADMIN, chatroomId, username, "admin"),
				DefaultChatroomMemberOperations::succeeded)
			.then();
	}

	@Override
	public Mono<List<String>> superAdmins(int page, int pageSize) {
		return exchange(() -> {
			checkPage(Operations.LIST_SUPER_ADMINS, page, pageSize);
			return ImRequest.get(Operations.LIST_SUPER_ADMINS)
				.path("chatrooms", "super_admin")
				.query("pagenum", page)
				.query("pagesize", pageSize);
		}, DefaultChatroomMemberOperations::names);
	}

	@Override
	public Flux<String> listAllSuperAdmins() {
		return numbered(Operations.LIST_SUPER_ADMINS, (page) -> superAdmins(page, MAX_PAGE));
	}

	@Override
	public Mono<Void> addSuperAdmin(String username) {
		return exchange(() -> {
			Bounds.of(Operations.ADD_SUPER_ADMIN).id("superadmin", username);
			return ImRequest.post(Operations.ADD_SUPER_ADMIN)
				.path("chatrooms", "super_admin")
				.json(Map.of("superadmin", username));
		}, DefaultChatroomMemberOperations::succeeded).then();
	}

	@Override
	public Mono<Void> removeSuperAdmin(String username) {
		return exchange(() -> {
			Bounds.of(Operations.REMOVE_SUPER_ADMIN).id("superadmin", username);
			return ImRequest.delete(Operations.REMOVE_SUPER_ADMIN).path("chatrooms", "super_admin", username);
		}, DefaultChatroomMemberOperations::succeeded).then();
	}

	@Override
	public Mono<BatchResult> mute(String chatroomId, Collection<String> usernames, Duration duration) {
		return Mono.defer(() -> {
			Bounds.of(Operations.MUTE_CHATROOM_MEMBERS).given("mute_duration", duration);
			if (duration.compareTo(Duration.ofMillis(1)) < 0 || duration.compareTo(LONGEST_MUTE) > 0) {
				throw Bounds.of(Operations.MUTE_CHATROOM_MEMBERS)
					.violated("mute_duration", "must be a millisecond to 100 years but is " + duration);
			}
			return mute(chatroomId, usernames, duration.toMillis());
		});
	}

	@Override
	public Mono<BatchResult> muteForever(String chatroomId, Collection<String> usernames) {
		return mute(chatroomId, usernames, -1);
	}

	private Mono<BatchResult> mute(String chatroomId, Collection<String> usernames, long millis) {
		return post(Operations.MUTE_CHATROOM_MEMBERS, chatroomId, usernames, MUTED, Map.of("mute_duration", millis));
	}

	@Override
	public Mono<BatchResult> unmute(String chatroomId, Collection<String> usernames) {
		return delete(Operations.UNMUTE_CHATROOM_MEMBERS, chatroomId, usernames, MUTED);
	}

	@Override
	public Mono<List<MutedMember>> muted(String chatroomId) {
		return exchange(
				() -> ofChatroom(ImRequest.get(Operations.LIST_MUTED_CHATROOM_MEMBERS),
						Operations.LIST_MUTED_CHATROOM_MEMBERS, chatroomId, MUTED),
				(response) -> items(response).stream().map((node) -> muted(response, node)).toList());
	}

	private static MutedMember muted(ImResponse response, JsonNode node) {
		String username = node.path("user")
			.asStringOpt()
			.orElseThrow(() -> response.broken("a muted member has no 'user'"));
		OptionalLong expire = node.path("expire").asLongOpt();
		return new MutedMember(username,
				(expire.isPresent() && expire.getAsLong() > 0) ? Instant.ofEpochMilli(expire.getAsLong()) : null);
	}

	@Override
	public Mono<Void> muteAll(String chatroomId) {
		return exchange(
				() -> ofChatroom(ImRequest.post(Operations.MUTE_CHATROOM), Operations.MUTE_CHATROOM, chatroomId, "ban"),
				(response) -> muted(response, true))
			.then();
	}

	@Override
	public Mono<Void> unmuteAll(String chatroomId) {
		return exchange(() -> ofChatroom(ImRequest.delete(Operations.UNMUTE_CHATROOM), Operations.UNMUTE_CHATROOM,
				chatroomId, "ban"), (response) -> muted(response, false))
			.then();
	}

	private static boolean muted(ImResponse response, boolean expected) {
		JsonNode data = response.data();
		if (data.path("mute").asBooleanOpt().orElse(expected) != expected) {
			throw refused(response, "mute");
		}
		return true;
	}

	@Override
	public Mono<List<String>> allowed(String chatroomId) {
		return exchange(
				() -> ofChatroom(ImRequest.get(Operations.LIST_ALLOWED_CHATROOM_MEMBERS),
						Operations.LIST_ALLOWED_CHATROOM_MEMBERS, chatroomId, ALLOWED),
				DefaultChatroomMemberOperations::names);
	}

	@Override
	public Mono<BatchResult> allow(String chatroomId, Collection<String> usernames) {
		return post(Operations.ALLOW_CHATROOM_MEMBERS, chatroomId, usernames, ALLOWED, Map.of());
	}

	@Override
	public Mono<BatchResult> disallow(String chatroomId, Collection<String> usernames) {
		return delete(Operations.DISALLOW_CHATROOM_MEMBERS, chatroomId, usernames, ALLOWED);
	}

	@Override
	public Mono<List<String>> blocked(String chatroomId) {
		return exchange(
				() -> ofChatroom(ImRequest.get(Operations.LIST_BLOCKED_CHATROOM_MEMBERS),
						Operations.LIST_BLOCKED_CHATROOM_MEMBERS, chatroomId, BLOCKED),
				DefaultChatroomMemberOperations::names);
	}

	@Override
	public Mono<BatchResult> block(String chatroomId, Collection<String> usernames) {
		return post(Operations.BLOCK_CHATROOM_MEMBERS, chatroomId, usernames, BLOCKED, Map.of());
	}

	@Override
	public Mono<BatchResult> unblock(String chatroomId, Collection<String> usernames) {
		return delete(Operations.UNBLOCK_CHATROOM_MEMBERS, chatroomId, usernames, BLOCKED);
	}

	private Mono<BatchResult> post(Operation operation, String chatroomId, Collection<String> usernames, String[] list,
			Map<String, Object> fields) {
		return this.writes.send(operation, usernames, (users) -> {
			Map<String, Object> body = new LinkedHashMap<>(fields);
			body.put("usernames", users);
			return ofChatroom(ImRequest.post(operation), operation, chatroomId, list).json(body)
				.errorHints(ChatroomErrors.HINTS);
		});
	}

	private Mono<BatchResult> delete(Operation operation, String chatroomId, Collection<String> usernames,
			String[] list) {
		return this.writes.send(operation, usernames,
				(users) -> ofChatroom(ImRequest.delete(operation), operation, chatroomId, list)
					.path(String.join(",", users))
					.errorHints(ChatroomErrors.HINTS));
	}

	private static ImRequest.Builder ofMember(ImRequest.Builder request, Operation operation, String chatroomId,
			String username, String... list) {
		Bounds.of(operation).id("username", username);
		return ofChatroom(request, operation, chatroomId, list).path(username);
	}

	private static ImRequest.Builder ofChatroom(ImRequest.Builder request, Operation operation, String chatroomId,
			String... list) {
		Bounds.of(operation).id("chatroom_id", chatroomId);
		return request.path("chatrooms", chatroomId).path(list);
	}

	private static void checkPage(Operation operation, int page, int pageSize) {
		Bounds bounds = Bounds.of(operation);
		bounds.range("pagenum", page, 1, Integer.MAX_VALUE);
		bounds.range("pagesize", pageSize, 1, MAX_PAGE);
	}

	private <T> Mono<T> exchange(Supplier<ImRequest.Builder> request, Function<ImResponse, T> reader) {
		return Mono.defer(() -> this.rest.exchange(request.get().errorHints(ChatroomErrors.HINTS).build(), reader));
	}

	private static boolean confirmed(ImResponse response) {
		response.confirm(List.of("result"), ChatroomErrors.MEMBERS_NOT_CONFIRMED);
		return true;
	}

	/**
	 * Where the result is a word, if there is any.
	 */
	private static boolean succeeded(ImResponse response) {
		JsonNode result = response.data().path("result");
		if (result.isValueNode() && !result.asBooleanOpt().orElse("success".equals(result.asString("")))) {
			throw refused(response, "result");
		}
		return true;
	}

	private static ImRefusedException refused(ImResponse response, String flag) {
		return response.refused(List.of(flag), ChatroomErrors.MEMBERS_NOT_CONFIRMED);
	}

	private static List<String> names(ImResponse response) {
		List<String> names = new ArrayList<>();
		for (JsonNode name : items(response)) {
			names.add(name.asStringOpt().orElseThrow(() -> response.broken("a user ID is no string")));
		}
		return List.copyOf(names);
	}

	private static List<JsonNode> items(ImResponse response) {
		if (!response.data().isArray()) {
			throw response.broken("'data' is no array");
		}
		return List.copyOf(response.data().values());
	}

}
