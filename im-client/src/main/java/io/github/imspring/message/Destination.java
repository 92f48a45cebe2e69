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

package io.github.imspring.message;

import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;

/**
 * To whom a message goes.
 *
 * @since 0.1.0
 */
public enum Destination {

	/**
	 * To users, 1 to 600 a call.
	 */
	USERS(Operations.SEND_MESSAGE, "users", 600, "messages", "users"),

	/**
	 * To all who are in chatrooms, 1 to 10 chatrooms a call.
	 */
	CHATROOMS(Operations.SEND_CHATROOM_MESSAGE, "chatrooms", 10, "messages", "chatrooms"),

	/**
	 * To some members of one chatroom, 1 to 20 a call.
	 */
	CHATROOM_MEMBERS(Operations.SEND_CHATROOM_MEMBER_MESSAGE, "users", 20, "messages", "chatrooms", "users"),

	/**
	 * To groups, 1 to 3 a call.
	 */
	GROUPS(Operations.SEND_GROUP_MESSAGE, "groups", 3, "messages", "chatgroups"),

	/**
	 * To some members of one group, 1 to 20 a call.
	 */
	GROUP_MEMBERS(Operations.SEND_GROUP_MEMBER_MESSAGE, "users", 20, "messages", "chatgroups", "users");

	private final Operation operation;

	private final String recipients;

	private final int maxRecipients;

	private final String[] path;

	Destination(Operation operation, String recipients, int maxRecipients, String... path) {
		this.operation = operation;
		this.recipients = recipients;
		this.maxRecipients = maxRecipients;
		this.path = path;
	}

	Operation operation() {
		return this.operation;
	}

	/**
	 * What the recipients are, in the plural.
	 */
	String recipients() {
		return this.recipients;
	}

	int maxRecipients() {
		return this.maxRecipients;
	}

	String[] path() {
		return this.path.clone();
	}

	boolean isMembers() {
		return this == CHATROOM_MEMBERS || this == GROUP_MEMBERS;
	}

	/**
	 * The field that names the recipients.
	 */
	String field() {
		return isMembers() ? "users" : "to";
	}

	/**
	 * The options of a bulk send to such recipients. Where calls are counted as messages
	 * are, or not at all, small calls use up the quota to the last slot.
	 */
	BulkOptions bulk(BulkOptions options) {
		return (this == USERS) ? options : options.withChunkSize(1);
	}

}
