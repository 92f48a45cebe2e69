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

package io.github.imspring.group;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.imspring.error.ErrorResponse;
import io.github.imspring.error.Hint;
import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImNotFoundException;
import io.github.imspring.exchange.BatchLookup;
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
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Turns calls into requests, and answers into what they say.
 */
class DefaultGroupOperations implements GroupOperations {

	private static final String GROUPS = "chatgroups";

	private static final int IDS_A_CALL = 100;

	private final ImRestOperations rest;

	private final BatchLookup<Group> lookup = new BatchLookup<>(this::find, DefaultGroupOperations::isUnknownGroup);

	private final MemberWrite members;

	DefaultGroupOperations(ImRestOperations rest) {
		this.rest = rest;
		this.members = new MemberWrite(rest);
	}

	@Override
	public Mono<String> create(NewGroup group) {
		return exchange(() -> {
			Bounds.of(Operations.CREATE_GROUP).given("group", group);
			return ImRequest.post(Operations.CREATE_GROUP).path(GROUPS).json(group.fields());
		}, GroupReader::id);
	}

	@Override
	public Mono<Group> get(String groupId) {
		return exchange(() -> {
			checkLookedUp(groupId);
			return details(List.of(groupId));
		}, GroupReader::groups).flatMap(
				(groups) -> Mono.justOrEmpty(groups.stream().filter((group) -> group.id().equals(groupId)).findFirst()))
			.switchIfEmpty(Mono.error(DefaultGroupOperations::unknown));
	}

	private static ImNotFoundException unknown() {
		return new ImNotFoundException(Operations.GET_GROUPS.name(),
				new ErrorResponse(200, "resource_not_found", "group id doesn't exist", null, null, ""),
				Hint.of("Use the ID of an existing group."), false);
	}

	@Override
	public Flux<GroupLookup> get(Collection<String> groupIds) {
		return Flux.defer(() -> {
			Bounds.of(Operations.GET_GROUPS).strings("group_id", groupIds);
			List<String> ids = groupIds.stream().toList();
			ids.forEach(DefaultGroupOperations::checkLookedUp);
			return this.lookup.get(ids, IDS_A_CALL, (id, group) -> new GroupLookup(id, group));
		});
	}

	private Mono<Map<String, Group>> find(List<String> ids) {
		return exchange(() -> details(ids),
				(response) -> GroupReader.groups(response)
					.stream()
					.collect(Collectors.toMap(Group::id, Function.identity(), (first, second) -> first)));
	}

	private static ImRequest.Builder details(List<String> ids) {
		return ImRequest.get(Operations.GET_GROUPS).path(GROUPS, String.join(",", ids));
	}

	private static void checkLookedUp(String id) {
		Bounds bounds = Bounds.of(Operations.GET_GROUPS);
		bounds.id("group_id", id);
		if (id.contains(",")) {
			throw bounds.violated("group_id", "must not contain a comma, which separates IDs");
		}
	}

	private static boolean isUnknownGroup(Throwable failure) {
		return failure instanceof ImNotFoundException ex && ex.error() != null
				&& ex.error().endsWith("resource_not_found");
	}

	@Override
	public Mono<GroupPage> list(int limit) {
		return page(limit, null);
	}

	@Override
	public Mono<GroupPage> list(int limit, String cursor) {
		return Mono.defer(() -> {
			Bounds.of(Operations.LIST_GROUPS).characters("cursor", cursor, 1, Integer.MAX_VALUE);
			return page(limit, cursor);
		});
	}

	private Mono<GroupPage> page(int limit, @Nullable String cursor) {
		return exchange(() -> {
			Bounds.of(Operations.LIST_GROUPS).range("limit", limit, 1, GroupBounds.MAX_PAGE);
			return ImRequest.get(Operations.LIST_GROUPS).path(GROUPS).query("limit", limit).query("cursor", cursor);
		}, GroupReader::page);
	}

	@Override
	public Flux<GroupSummary> listAll() {
		return DemandPaging.listing(Operations.LIST_GROUPS,
				(cursor, limit) -> page(limit, cursor).map((page) -> new Page<>(page.groups(), page.cursor())),
				GroupBounds.MAX_PAGE);
	}

	@Override
	public Mono<JoinedGroupPage> listJoined(String username, int page, int pageSize) {
		return exchange(() -> {
			Bounds bounds = Bounds.of(Operations.LIST_JOINED_GROUPS);
			bounds.id("username", username);
			bounds.range("pagenum", page, 0, Integer.MAX_VALUE);
			bounds.range("pagesize", pageSize, 1, GroupBounds.MAX_JOINED_PAGE);
			return ImRequest.get(Operations.LIST_JOINED_GROUPS)
				.path(GROUPS, "user", username)
				.query("pagesize", pageSize)
				.query("pagenum", page);
		}, GroupReader::joinedPage);
	}

	@Override
	public Flux<JoinedGroup> listAllJoined(String username) {
		return numbered(Operations.LIST_JOINED_GROUPS, 0, GroupBounds.MAX_JOINED_PAGE,
				(number) -> listJoined(username, number, GroupBounds.MAX_JOINED_PAGE).map(JoinedGroupPage::groups));
	}

	/**
	 * A listing whose pages are numbered: one that is not full is the last.
	 */
	private static <T> Flux<T> numbered(Operation operation, int first, int pageSize,
			Function<Integer, Mono<List<T>>> source) {
		return DemandPaging.listing(operation, (cursor, limit) -> {
			int number = (cursor != null) ? Integer.parseInt(cursor) : first;
			return source.apply(number)
				.map((items) -> new Page<>(items, (items.size() < pageSize) ? null : String.valueOf(number + 1)));
		}, pageSize);
	}

	@Override
	public Mono<Void> update(String groupId, GroupUpdate update) {
		return Mono.defer(() -> {
			Bounds.of(Operations.UPDATE_GROUP).given("update", update);
			Map<String, Object> fields = update.fields();
			return exchange(() -> ofGroup(ImRequest.put(Operations.UPDATE_GROUP), Operations.UPDATE_GROUP, groupId)
				.json(fields), confirmed(fields.keySet())).then();
		});
	}

	@Override
	public Mono<Void> transfer(String groupId, String newOwner) {
		return exchange(() -> {
			Bounds.of(Operations.TRANSFER_GROUP).id("newowner", newOwner);
			return ofGroup(ImRequest.put(Operations.TRANSFER_GROUP), Operations.TRANSFER_GROUP, groupId)
				.json(Map.of("newowner", newOwner));
		}, confirmed(List.of("newowner"))).then();
	}

	@Override
	public Mono<Void> delete(String groupId) {
		return exchange(() -> ofGroup(ImRequest.delete(Operations.DELETE_GROUP), Operations.DELETE_GROUP, groupId),
				(response) -> {
					response.concerns("groupid", groupId);
					response.confirm(List.of("success"), GroupErrors.NOT_CONFIRMED);
					return true;
				})
			.then()
			.onErrorResume(DefaultGroupOperations::isGone, (ex) -> Mono.empty());
	}

	/**
	 * An attempt before may have dissolved it and lost the answer.
	 */
	private static boolean isGone(Throwable failure) {
		return isUnknownGroup(failure) && failure instanceof ImNotFoundException ex && ex.mayHaveBeenProcessed();
	}

	@Override
	public Mono<String> getAnnouncement(String groupId) {
		return exchange(
				() -> ofGroup(ImRequest.get(Operations.GET_GROUP_ANNOUNCEMENT), Operations.GET_GROUP_ANNOUNCEMENT,
						groupId)
					.path("announcement"),
				(response) -> response.data().path("announcement").asStringOpt().orElse(""));
	}

	@Override
	public Mono<Void> setAnnouncement(String groupId, String announcement) {
		return exchange(() -> {
			Bounds.of(Operations.SET_GROUP_ANNOUNCEMENT)
				.characters("announcement", announcement, 0, GroupBounds.MAX_ANNOUNCEMENT);
			return ofGroup(ImRequest.post(Operations.SET_GROUP_ANNOUNCEMENT), Operations.SET_GROUP_ANNOUNCEMENT,
					groupId)
				.path("announcement")
				.json(Map.of("announcement", announcement));
		}, confirmed(List.of("result"))).then();
	}

	@Override
	public Mono<GroupMemberPage> listMembers(String groupId, int page, int pageSize) {
		return exchange(() -> {
			Bounds bounds = Bounds.of(Operations.LIST_GROUP_MEMBERS);
			bounds.range("pagenum", page, 1, Integer.MAX_VALUE);
			bounds.range("pagesize", pageSize, 1, GroupBounds.MAX_PAGE);
			return ofGroup(ImRequest.get(Operations.LIST_GROUP_MEMBERS), Operations.LIST_GROUP_MEMBERS, groupId)
				.path("users")
				.query("pagenum", page)
				.query("pagesize", pageSize);
		}, GroupReader::memberPage);
	}

	@Override
	public Flux<GroupMember> listAllMembers(String groupId) {
		return numbered(Operations.LIST_GROUP_MEMBERS, 1, GroupBounds.MAX_PAGE,
				(number) -> listMembers(groupId, number, GroupBounds.MAX_PAGE).map(GroupMemberPage::members));
	}

	@Override
	public Mono<Void> addMember(String groupId, String username) {
		return exchange(() -> {
			Bounds.of(Operations.ADD_GROUP_MEMBERS).id("username", username);
			return ofGroup(ImRequest.post(Operations.ADD_GROUP_MEMBERS), Operations.ADD_GROUP_MEMBERS, groupId)
				.path("users", username);
		}, confirmed(List.of("result"))).onErrorResume(MemberWrite::isInsideAlready, (ex) -> Mono.empty()).then();
	}

	@Override
	public Mono<BatchResult> addMembers(String groupId, Collection<String> usernames) {
		return this.members.send(Operations.ADD_GROUP_MEMBERS, usernames,
				(users) -> ofGroup(ImRequest.post(Operations.ADD_GROUP_MEMBERS), Operations.ADD_GROUP_MEMBERS, groupId)
					.path("users")
					.json(Map.of("usernames", users)));
	}

	@Override
	public Mono<Void> removeMember(String groupId, String username) {
		return exchange(() -> {
			Bounds.of(Operations.REMOVE_GROUP_MEMBERS).id("username", username);
			return ofGroup(ImRequest.delete(Operations.REMOVE_GROUP_MEMBERS), Operations.REMOVE_GROUP_MEMBERS, groupId)
				.path("users", username);
		}, confirmed(List.of("result"))).onErrorResume(DefaultGroupOperations::isOut, (ex) -> Mono.empty()).then();
	}

	/**
	 * An attempt before may have removed the member and lost the answer.
	 */
	private static boolean isOut(Throwable failure) {
		return failure instanceof ImApiException ex && ex.mayHaveBeenProcessed() && "forbidden_op".equals(ex.error());
	}

	@Override
	public Mono<BatchResult> removeMembers(String groupId, Collection<String> usernames) {
		return this.members.send(Operations.REMOVE_GROUP_MEMBERS, usernames,
				(users) -> ofGroup(ImRequest.delete(Operations.REMOVE_GROUP_MEMBERS), Operations.REMOVE_GROUP_MEMBERS,
						groupId)
					.path("users", String.join(",", users)));
	}

	private static ImRequest.Builder ofGroup(ImRequest.Builder request, Operation operation, String groupId) {
		Bounds.of(operation).id("group_id", groupId);
		return request.path(GROUPS, groupId).errorHints(GroupErrors.HINTS);
	}

	private <T> Mono<T> exchange(Supplier<ImRequest.Builder> request, Function<ImResponse, T> reader) {
		return Mono.defer(() -> this.rest.exchange(request.get().errorHints(GroupErrors.HINTS).build(), reader));
	}

	private static Function<ImResponse, Boolean> confirmed(Collection<String> flags) {
		return (response) -> {
			response.confirm(flags,
					flags.contains("newowner") ? GroupErrors.OWNER_NOT_CHANGED : GroupErrors.NOT_CONFIRMED);
			return true;
		};
	}

}
