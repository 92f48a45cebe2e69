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

package io.github.imspring.operation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.imspring.operation.Quota.Unit;

/**
 * The service's table of operations with their default limits, per App Key or App ID
 * ("Limits on the calling frequency of the server-side APIs").
 *
 * @since 0.1.0
 */
public final class Operations {

	private static final List<Operation> TABLE = new ArrayList<>();

	/**
	 * Get an app token: 300 calls a second.
	 */
	public static final Operation TOKEN = repeatable("token", 300);

	/**
	 * Send one-to-one messages: 100 calls a second and 6,000 messages a minute.
	 */
	public static final Operation SEND_MESSAGE = row("send-message", false,
			List.of(new Quota("send-message", Unit.CALLS, 100), new Quota("send-message", Unit.MESSAGES, 6000)));

	/**
	 * Send messages to chatrooms: 100 calls and 100 messages a second.
	 */
	public static final Operation SEND_CHATROOM_MESSAGE = sending("send-chatroom-message", 100);

	/**
	 * Send messages to some members of a chatroom: 100 calls and 100 messages a second.
	 */
	public static final Operation SEND_CHATROOM_MEMBER_MESSAGE = sending("send-chatroom-member-message", 100);

	/**
	 * Send messages to groups: 20 calls and 20 messages a second.
	 */
	public static final Operation SEND_GROUP_MESSAGE = sending("send-group-message", 20);

	/**
	 * Send messages to some members of a group: 100 calls and 100 messages a second.
	 */
	public static final Operation SEND_GROUP_MEMBER_MESSAGE = sending("send-group-member-message", 100);

	/**
	 * Recall a message: 100 calls a second.
	 */
	public static final Operation RECALL_MESSAGE = unrepeatable("recall-message", 100);

	/**
	 * Recall up to 30 messages: 100 calls a second.
	 */
	public static final Operation RECALL_MESSAGES = unrepeatable("recall-messages", 100);

	/**
	 * Upload a file: 100 calls a second.
	 */
	public static final Operation UPLOAD_FILE = unrepeatable("upload-file", 100);

	/**
	 * Download a file or its thumbnail: 100 calls a second.
	 */
	public static final Operation DOWNLOAD_FILE = repeatable("download-file", 100);

	/**
	 * List the chatrooms of the app: 50 calls a second.
	 */
	public static final Operation LIST_CHATROOMS = repeatable("list-chatrooms", 50);

	/**
	 * List the chatrooms that a user joined: 50 calls a second.
	 */
	public static final Operation LIST_JOINED_CHATROOMS = repeatable("list-joined-chatrooms", 50);

	/**
	 * Create a chatroom: 50 calls a second.
	 */
	public static final Operation CREATE_CHATROOM = unrepeatable("create-chatroom", 50);

	/**
	 * Get the details of chatrooms: 100 calls a second.
	 */
	public static final Operation GET_CHATROOMS = repeatable("get-chatrooms", 100);

	/**
	 * Update a chatroom: 100 calls a second, shared with {@link #TRANSFER_CHATROOM}.
	 */
	public static final Operation UPDATE_CHATROOM = repeatable("update-chatroom", 100);

	/**
	 * Transfer a chatroom: shares the quota of {@link #UPDATE_CHATROOM}. Not idempotent:
	 * the service refuses the second of two equal calls.
	 */
	public static final Operation TRANSFER_CHATROOM = row("transfer-chatroom", false, UPDATE_CHATROOM.quotas());

	/**
	 * Dissolve a chatroom: 100 calls a second.
	 */
	public static final Operation DELETE_CHATROOM = repeatable("delete-chatroom", 100);

	/**
	 * Get the announcement of a chatroom: 100 calls a second.
	 */
	public static final Operation GET_ANNOUNCEMENT = repeatable("get-announcement", 100);

	/**
	 * Set the announcement of a chatroom: 100 calls a second.
	 */
	public static final Operation SET_ANNOUNCEMENT = repeatable("set-announcement", 100);

	/**
	 * Get attributes of a chatroom: 100 calls a second.
	 */
	public static final Operation GET_ATTRIBUTES = repeatable("get-attributes", 100);

	/**
	 * Set attributes of a chatroom: 100 calls a second, shared with
	 * {@link #FORCE_SET_ATTRIBUTES}.
	 */
	public static final Operation SET_ATTRIBUTES = repeatable("set-attributes", 100);

	/**
	 * Set attributes whoever owns them: shares the quota of {@link #SET_ATTRIBUTES}.
	 */
	public static final Operation FORCE_SET_ATTRIBUTES = row("force-set-attributes", true, SET_ATTRIBUTES.quotas());

	/**
	 * Delete attributes of a chatroom: 100 calls a second, shared with
	 * {@link #FORCE_DELETE_ATTRIBUTES}.
	 */
	public static final Operation DELETE_ATTRIBUTES = repeatable("delete-attributes", 100);

	/**
	 * Delete attributes whoever owns them: shares the quota of
	 * {@link #DELETE_ATTRIBUTES}.
	 */
	public static final Operation FORCE_DELETE_ATTRIBUTES = row("force-delete-attributes", true,
			DELETE_ATTRIBUTES.quotas());

	/**
	 * What all operations on users share: 100 calls a second. The limit is set under the
	 * name {@code users}.
	 */
	private static final List<Quota> USERS = List.of(new Quota("users", Unit.CALLS, 100));

	/**
	 * Register a user: 100 calls a second, shared with all operations on users.
	 */
	public static final Operation REGISTER_USER = row("register-user", false, USERS);

	/**
	 * Register a user unless there is one of this name: shares the quota of users.
	 */
	public static final Operation ENSURE_USER = row("ensure-user", true, USERS);

	/**
	 * Register up to 60 users: shares the quota of users.
	 */
	public static final Operation REGISTER_USERS = row("register-users", false, USERS);

	/**
	 * Get a user: shares the quota of users.
	 */
	public static final Operation GET_USER = row("get-user", true, USERS);

	/**
	 * List the users of the app: shares the quota of users.
	 */
	public static final Operation LIST_USERS = row("list-users", true, USERS);

	/**
	 * Delete a user: shares the quota of users.
	 */
	public static final Operation DELETE_USER = row("delete-user", true, USERS);

	/**
	 * Set the password of a user: shares the quota of users.
	 */
	public static final Operation SET_PASSWORD = row("set-password", true, USERS);

	/**
	 * Deactivate a user: shares the quota of users.
	 */
	public static final Operation DEACTIVATE_USER = row("deactivate-user", true, USERS);

	/**
	 * Activate a user: shares the quota of users.
	 */
	public static final Operation ACTIVATE_USER = row("activate-user", true, USERS);

	/**
	 * List the devices on which a user is logged in: shares the quota of users.
	 */
	public static final Operation LIST_DEVICES = row("list-devices", true, USERS);

	/**
	 * Log a user out, on all devices or on one: shares the quota of users.
	 */
	public static final Operation DISCONNECT_USER = row("disconnect-user", true, USERS);

	/**
	 * Get whether a user is online: shares the quota of users.
	 */
	public static final Operation GET_ONLINE_STATUS = row("get-online-status", true, USERS);

	/**
	 * Get whether up to 100 users are online: 50 calls a second.
	 */
	public static final Operation GET_ONLINE_STATUSES = repeatable("get-online-statuses", 50);

	/**
	 * Get a token for a user: shares the quota of {@link #TOKEN}.
	 */
	public static final Operation USER_TOKEN = row("user-token", true, TOKEN.quotas());

	/**
	 * List the members of a chatroom: 100 calls a second.
	 */
	public static final Operation LIST_CHATROOM_MEMBERS = repeatable("list-chatroom-members", 100);

	/**
	 * Add members to a chatroom: 100 calls a second.
	 */
	public static final Operation ADD_CHATROOM_MEMBERS = repeatable("add-chatroom-members", 100);

	/**
	 * Remove members from a chatroom: 100 calls a second.
	 */
	public static final Operation REMOVE_CHATROOM_MEMBERS = repeatable("remove-chatroom-members", 100);

	/**
	 * List the administrators of a chatroom: 100 calls a second.
	 */
	public static final Operation LIST_CHATROOM_ADMINS = repeatable("list-chatroom-admins", 100);

	/**
	 * Make a member an administrator of a chatroom: 100 calls a second.
	 */
	public static final Operation ADD_CHATROOM_ADMIN = repeatable("add-chatroom-admin", 100);

	/**
	 * Make an administrator of a chatroom a plain member: 100 calls a second.
	 */
	public static final Operation REMOVE_CHATROOM_ADMIN = repeatable("remove-chatroom-admin", 100);

	/**
	 * List the super administrators of the app's chatrooms: 100 calls a second.
	 */
	public static final Operation LIST_SUPER_ADMINS = repeatable("list-super-admins", 100);

	/**
	 * Make a user a super administrator of chatrooms: 100 calls a second.
	 */
	public static final Operation ADD_SUPER_ADMIN = repeatable("add-super-admin", 100);

	/**
	 * Make a super administrator a plain user: 100 calls a second.
	 */
	public static final Operation REMOVE_SUPER_ADMIN = repeatable("remove-super-admin", 100);

	/**
	 * List the muted members of a chatroom: 100 calls a second.
	 */
	public static final Operation LIST_MUTED_CHATROOM_MEMBERS = repeatable("list-muted-chatroom-members", 100);

	/**
	 * Mute members of a chatroom: 100 calls a second.
	 */
	public static final Operation MUTE_CHATROOM_MEMBERS = repeatable("mute-chatroom-members", 100);

	/**
	 * Unmute members of a chatroom: 100 calls a second.
	 */
	public static final Operation UNMUTE_CHATROOM_MEMBERS = repeatable("unmute-chatroom-members", 100);

	/**
	 * Mute all members of a chatroom: 100 calls a second.
	 */
	public static final Operation MUTE_CHATROOM = repeatable("mute-chatroom", 100);

	/**
	 * Stop muting all members of a chatroom: 100 calls a second.
	 */
	public static final Operation UNMUTE_CHATROOM = repeatable("unmute-chatroom", 100);

	/**
	 * List the members on the allow list of a chatroom: 100 calls a second.
	 */
	public static final Operation LIST_ALLOWED_CHATROOM_MEMBERS = repeatable("list-allowed-chatroom-members", 100);

	/**
	 * Put members on the allow list of a chatroom: 100 calls a second.
	 */
	public static final Operation ALLOW_CHATROOM_MEMBERS = repeatable("allow-chatroom-members", 100);

	/**
	 * Take members off the allow list of a chatroom: 100 calls a second.
	 */
	public static final Operation DISALLOW_CHATROOM_MEMBERS = repeatable("disallow-chatroom-members", 100);

	/**
	 * List the users on the block list of a chatroom: 100 calls a second.
	 */
	public static final Operation LIST_BLOCKED_CHATROOM_MEMBERS = repeatable("list-blocked-chatroom-members", 100);

	/**
	 * Put members on the block list of a chatroom: 100 calls a second.
	 */
	public static final Operation BLOCK_CHATROOM_MEMBERS = repeatable("block-chatroom-members", 100);

	/**
	 * Take users off the block list of a chatroom: 100 calls a second.
	 */
	public static final Operation UNBLOCK_CHATROOM_MEMBERS = repeatable("unblock-chatroom-members", 100);

	/**
	 * Create a group: 100 calls a second.
	 */
	public static final Operation CREATE_GROUP = unrepeatable("create-group", 100);

	/**
	 * Get the details of groups: 100 calls a second.
	 */
	public static final Operation GET_GROUPS = repeatable("get-groups", 100);

	/**
	 * List the groups of the app: 100 calls a second.
	 */
	public static final Operation LIST_GROUPS = repeatable("list-groups", 100);

	/**
	 * List the groups that a user joined: 50 calls a second.
	 */
	public static final Operation LIST_JOINED_GROUPS = repeatable("list-joined-groups", 50);

	/**
	 * Update a group: 100 calls a second, shared with {@link #TRANSFER_GROUP}.
	 */
	public static final Operation UPDATE_GROUP = repeatable("update-group", 100);

	/**
	 * Transfer a group: shares the quota of {@link #UPDATE_GROUP}. Not idempotent: the
	 * service refuses the second of two equal calls.
	 */
	public static final Operation TRANSFER_GROUP = row("transfer-group", false, UPDATE_GROUP.quotas());

	/**
	 * Dissolve a group: 100 calls a second.
	 */
	public static final Operation DELETE_GROUP = repeatable("delete-group", 100);

	/**
	 * Get the announcement of a group: 100 calls a second.
	 */
	public static final Operation GET_GROUP_ANNOUNCEMENT = repeatable("get-group-announcement", 100);

	/**
	 * Set the announcement of a group: 100 calls a second.
	 */
	public static final Operation SET_GROUP_ANNOUNCEMENT = repeatable("set-group-announcement", 100);

	/**
	 * List the members of a group: 100 calls a second.
	 */
	public static final Operation LIST_GROUP_MEMBERS = repeatable("list-group-members", 100);

	/**
	 * Add members to a group: 100 calls a second.
	 */
	public static final Operation ADD_GROUP_MEMBERS = repeatable("add-group-members", 100);

	/**
	 * Remove members from a group: 100 calls a second.
	 */
	public static final Operation REMOVE_GROUP_MEMBERS = repeatable("remove-group-members", 100);

	private Operations() {
	}

	/**
	 * All operations of the table.
	 * @return the operations, in the order of the service's documents
	 */
	public static List<Operation> all() {
		return Collections.unmodifiableList(TABLE);
	}

	private static Operation sending(String name, int perSecond) {
		return row(name, false, List.of(new Quota(name, Unit.CALLS, perSecond),
				new Quota(name, Unit.MESSAGES, perSecond, Duration.ofSeconds(1))));
	}

	private static Operation repeatable(String name, int callsPerSecond) {
		return counted(name, true, callsPerSecond);
	}

	private static Operation unrepeatable(String name, int callsPerSecond) {
		return counted(name, false, callsPerSecond);
	}

	private static Operation counted(String name, boolean idempotent, int callsPerSecond) {
		return row(name, idempotent, List.of(new Quota(name, Unit.CALLS, callsPerSecond)));
	}

	private static Operation row(String name, boolean idempotent, List<Quota> quotas) {
		Operation operation = new Operation(name, idempotent, quotas);
		TABLE.add(operation);
		return operation;
	}

}
