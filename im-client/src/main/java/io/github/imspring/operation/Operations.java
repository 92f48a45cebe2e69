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

import java.util.List;

import io.github.imspring.operation.Quota.Unit;

/**
 * The service's table of operations with their default limits, per App Key or App ID
 * ("Limits on the calling frequency of the server-side APIs").
 */
public final class Operations {

	/**
	 * Get an app token: 300 calls a second.
	 */
	public static final Operation TOKEN = repeatable("token", 300);

	/**
	 * Send one-to-one messages: 100 calls a second and 6,000 messages a minute.
	 */
	public static final Operation SEND_MESSAGE = new Operation("send-message", false,
			List.of(new Quota("send-message", Unit.CALLS, 100), new Quota("send-message", Unit.MESSAGES, 6000)));

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
	public static final Operation TRANSFER_CHATROOM = new Operation("transfer-chatroom", false,
			UPDATE_CHATROOM.quotas());

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
	public static final Operation FORCE_SET_ATTRIBUTES = new Operation("force-set-attributes", true,
			SET_ATTRIBUTES.quotas());

	/**
	 * Delete attributes of a chatroom: 100 calls a second, shared with
	 * {@link #FORCE_DELETE_ATTRIBUTES}.
	 */
	public static final Operation DELETE_ATTRIBUTES = repeatable("delete-attributes", 100);

	/**
	 * Delete attributes whoever owns them: shares the quota of
	 * {@link #DELETE_ATTRIBUTES}.
	 */
	public static final Operation FORCE_DELETE_ATTRIBUTES = new Operation("force-delete-attributes", true,
			DELETE_ATTRIBUTES.quotas());

	private static final List<Operation> ALL = List.of(TOKEN, SEND_MESSAGE, UPLOAD_FILE, DOWNLOAD_FILE, LIST_CHATROOMS,
			LIST_JOINED_CHATROOMS, CREATE_CHATROOM, GET_CHATROOMS, UPDATE_CHATROOM, TRANSFER_CHATROOM, DELETE_CHATROOM,
			GET_ANNOUNCEMENT, SET_ANNOUNCEMENT, GET_ATTRIBUTES, SET_ATTRIBUTES, FORCE_SET_ATTRIBUTES, DELETE_ATTRIBUTES,
			FORCE_DELETE_ATTRIBUTES);

	private Operations() {
	}

	/**
	 * All operations of the table.
	 * @return the operations, in the order of the service's documents
	 */
	public static List<Operation> all() {
		return ALL;
	}

	private static Operation repeatable(String name, int callsPerSecond) {
		return new Operation(name, true, List.of(new Quota(name, Unit.CALLS, callsPerSecond)));
	}

	private static Operation unrepeatable(String name, int callsPerSecond) {
		return new Operation(name, false, List.of(new Quota(name, Unit.CALLS, callsPerSecond)));
	}

}
