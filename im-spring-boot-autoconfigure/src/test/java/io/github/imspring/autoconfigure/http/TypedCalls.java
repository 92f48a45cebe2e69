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

package io.github.imspring.autoconfigure.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import io.github.imspring.ImClient;
import io.github.imspring.chatroom.ChatroomUpdate;
import io.github.imspring.chatroom.NewChatroom;
import io.github.imspring.error.ImException;
import io.github.imspring.exchange.BatchError;
import io.github.imspring.exchange.BatchResult;
import io.github.imspring.group.GroupUpdate;
import io.github.imspring.group.NewGroup;
import io.github.imspring.message.Message;
import io.github.imspring.message.Recall;
import io.github.imspring.message.RecallResult;
import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import io.github.imspring.user.NewUser;
import io.github.imspring.user.Registration;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * A call of each operation, as applications make it.
 */
final class TypedCalls {

	static final Map<Operation, Function<ImClient, Publisher<?>>> ALL = all();

	private TypedCalls() {
	}

	private static Map<Operation, Function<ImClient, Publisher<?>>> all() {
		Map<Operation, Function<ImClient, Publisher<?>>> calls = new LinkedHashMap<>();
		calls.put(Operations.SEND_MESSAGE, (client) -> client.messages().send(Message.text("hi").to("u1").build()));
		calls.put(Operations.SEND_CHATROOM_MESSAGE,
				(client) -> client.messages().send(Message.text("hi").toChatrooms("r1").build()));
		calls.put(Operations.SEND_CHATROOM_MEMBER_MESSAGE,
				(client) -> client.messages().send(Message.text("hi").toChatroomMembers("r1", "u1").build()));
		calls.put(Operations.SEND_GROUP_MESSAGE,
				(client) -> client.messages().send(Message.text("hi").toGroups("g1").build()));
		calls.put(Operations.SEND_GROUP_MEMBER_MESSAGE,
				(client) -> client.messages().send(Message.text("hi").toGroupMembers("g1", "u1").build()));
		calls.put(Operations.RECALL_MESSAGE, (client) -> client.messages().recall(Recall.message("1").sentTo("u1")));
		calls.put(Operations.RECALL_MESSAGES,
				(client) -> client.messages().recallAll(Flux.just(Recall.message("1").sentTo("u1"))));
		calls.put(Operations.UPLOAD_FILE, (client) -> client.files().upload(new NamedResource()));
		calls.put(Operations.DOWNLOAD_FILE,
				(client) -> client.files().download("f1", null).doOnNext(DataBufferUtils::release).then());
		calls.put(Operations.LIST_CHATROOMS, (client) -> client.chatrooms().list(10));
		calls.put(Operations.LIST_JOINED_CHATROOMS, (client) -> client.chatrooms().listJoined("u1", 1, 10));
		calls.put(Operations.CREATE_CHATROOM,
				(client) -> client.chatrooms().create(NewChatroom.named("n").description("d").owner("u1").build()));
		calls.put(Operations.GET_CHATROOMS, (client) -> client.chatrooms().get("r1"));
		calls.put(Operations.UPDATE_CHATROOM,
				(client) -> client.chatrooms().update("r1", ChatroomUpdate.builder().name("n").build()));
		calls.put(Operations.TRANSFER_CHATROOM, (client) -> client.chatrooms().transfer("r1", "u1"));
		calls.put(Operations.DELETE_CHATROOM, (client) -> client.chatrooms().delete("r1"));
		calls.put(Operations.GET_ANNOUNCEMENT, (client) -> client.chatroomMetadata().getAnnouncement("r1"));
		calls.put(Operations.SET_ANNOUNCEMENT, (client) -> client.chatroomMetadata().setAnnouncement("r1", "a"));
		calls.put(Operations.GET_ATTRIBUTES, (client) -> client.chatroomMetadata().getAttributes("r1"));
		calls.put(Operations.SET_ATTRIBUTES,
				(client) -> client.chatroomMetadata().setAttributes("r1", "u1", Map.of("k", "v")));
		calls.put(Operations.FORCE_SET_ATTRIBUTES,
				(client) -> client.chatroomMetadata().forceSetAttributes("r1", "u1", Map.of("k", "v")));
		calls.put(Operations.DELETE_ATTRIBUTES,
				(client) -> client.chatroomMetadata().deleteAttributes("r1", "u1", List.of("k")));
		calls.put(Operations.FORCE_DELETE_ATTRIBUTES,
				(client) -> client.chatroomMetadata().forceDeleteAttributes("r1", "u1", List.of("k")));
		calls.put(Operations.REGISTER_USER, (client) -> client.users().register(NewUser.named("u1").withPassword("p")));
		calls.put(Operations.ENSURE_USER, (client) -> client.users().ensure(NewUser.named("u1").withPassword("p")));
		calls.put(Operations.REGISTER_USERS,
				(client) -> client.users().registerAll(Flux.just(NewUser.named("u1").withPassword("p"))));
		calls.put(Operations.GET_USER, (client) -> client.users().get("u1"));
		calls.put(Operations.LIST_USERS, (client) -> client.users().list(10));
		calls.put(Operations.DELETE_USER, (client) -> client.users().delete("u1"));
		calls.put(Operations.SET_PASSWORD, (client) -> client.users().setPassword("u1", "p"));
		calls.put(Operations.DEACTIVATE_USER, (client) -> client.users().deactivate("u1"));
		calls.put(Operations.ACTIVATE_USER, (client) -> client.users().activate("u1"));
		calls.put(Operations.LIST_DEVICES, (client) -> client.users().devices("u1"));
		calls.put(Operations.DISCONNECT_USER, (client) -> client.users().disconnect("u1"));
		calls.put(Operations.GET_ONLINE_STATUS, (client) -> client.users().isOnline("u1"));
		calls.put(Operations.GET_ONLINE_STATUSES, (client) -> client.users().onlineStatuses(Flux.just("u1")));
		calls.put(Operations.USER_TOKEN, (client) -> client.users().token("u1"));
		calls.put(Operations.LIST_CHATROOM_MEMBERS, (client) -> client.chatroomMembers().list("r1", 1, 10));
		calls.put(Operations.ADD_CHATROOM_MEMBERS, (client) -> client.chatroomMembers().add("r1", "u1"));
		calls.put(Operations.REMOVE_CHATROOM_MEMBERS, (client) -> client.chatroomMembers().remove("r1", "u1"));
		calls.put(Operations.LIST_CHATROOM_ADMINS, (client) -> client.chatroomMembers().admins("r1"));
		calls.put(Operations.ADD_CHATROOM_ADMIN, (client) -> client.chatroomMembers().addAdmin("r1", "u1"));
		calls.put(Operations.REMOVE_CHATROOM_ADMIN, (client) -> client.chatroomMembers().removeAdmin("r1", "u1"));
		calls.put(Operations.LIST_SUPER_ADMINS, (client) -> client.chatroomMembers().superAdmins(1, 10));
		calls.put(Operations.ADD_SUPER_ADMIN, (client) -> client.chatroomMembers().addSuperAdmin("u1"));
		calls.put(Operations.REMOVE_SUPER_ADMIN, (client) -> client.chatroomMembers().removeSuperAdmin("u1"));
		calls.put(Operations.LIST_MUTED_CHATROOM_MEMBERS, (client) -> client.chatroomMembers().muted("r1"));
		calls.put(Operations.MUTE_CHATROOM_MEMBERS, (client) -> client.chatroomMembers().muteForever("r1", "u1"));
		calls.put(Operations.UNMUTE_CHATROOM_MEMBERS, (client) -> client.chatroomMembers().unmute("r1", "u1"));
		calls.put(Operations.MUTE_CHATROOM, (client) -> client.chatroomMembers().muteAll("r1"));
		calls.put(Operations.UNMUTE_CHATROOM, (client) -> client.chatroomMembers().unmuteAll("r1"));
		calls.put(Operations.LIST_ALLOWED_CHATROOM_MEMBERS, (client) -> client.chatroomMembers().allowed("r1"));
		calls.put(Operations.ALLOW_CHATROOM_MEMBERS, (client) -> client.chatroomMembers().allow("r1", "u1"));
		calls.put(Operations.DISALLOW_CHATROOM_MEMBERS, (client) -> client.chatroomMembers().disallow("r1", "u1"));
		calls.put(Operations.LIST_BLOCKED_CHATROOM_MEMBERS, (client) -> client.chatroomMembers().blocked("r1"));
		calls.put(Operations.BLOCK_CHATROOM_MEMBERS, (client) -> client.chatroomMembers().block("r1", "u1"));
		calls.put(Operations.UNBLOCK_CHATROOM_MEMBERS, (client) -> client.chatroomMembers().unblock("r1", "u1"));
		calls.put(Operations.CREATE_GROUP,
				(client) -> client.groups().create(NewGroup.privateOf("u1").name("n").build()));
		calls.put(Operations.GET_GROUPS, (client) -> client.groups().get("g1"));
		calls.put(Operations.LIST_GROUPS, (client) -> client.groups().list(10));
		calls.put(Operations.LIST_JOINED_GROUPS, (client) -> client.groups().listJoined("u1", 0, 10));
		calls.put(Operations.UPDATE_GROUP,
				(client) -> client.groups().update("g1", GroupUpdate.builder().name("n").build()));
		calls.put(Operations.TRANSFER_GROUP, (client) -> client.groups().transfer("g1", "u1"));
		calls.put(Operations.DELETE_GROUP, (client) -> client.groups().delete("g1"));
		calls.put(Operations.GET_GROUP_ANNOUNCEMENT, (client) -> client.groups().getAnnouncement("g1"));
		calls.put(Operations.SET_GROUP_ANNOUNCEMENT, (client) -> client.groups().setAnnouncement("g1", "a"));
		calls.put(Operations.LIST_GROUP_MEMBERS, (client) -> client.groups().listMembers("g1", 1, 10));
		calls.put(Operations.ADD_GROUP_MEMBERS, (client) -> client.groups().addMember("g1", "u1"));
		calls.put(Operations.REMOVE_GROUP_MEMBERS, (client) -> client.groups().removeMember("g1", "u1"));
		return Collections.unmodifiableMap(calls);
	}

	/**
	 * What a result says of a failure, where calls of many are told the failure of each.
	 */
	static @Nullable ImException failureIn(Object result) {
		if (result instanceof BatchResult batch) {
			return batch.errors()
				.values()
				.stream()
				.map(BatchError::cause)
				.filter(Objects::nonNull)
				.findFirst()
				.orElse(null);
		}
		if (result instanceof RecallResult recall) {
			return recall.failure();
		}
		return (result instanceof Registration registration) ? registration.failure() : null;
	}

	private static final class NamedResource extends ByteArrayResource {

		NamedResource() {
			super(new byte[] { 1 });
		}

		@Override
		public String getFilename() {
			return "a.txt";
		}

	}

}
