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

package io.github.imspring.emulator.user;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One account.
 *
 * @param username the name, in its one spelling
 * @param order users made later have a higher one; 0 for those who were never made
 * @param password what opens it, if the user was made with one
 * @since 0.1.0
 */
public record EmulatedUser(String username, UUID uuid, long order, Instant created, Instant modified,
		@Nullable String nickname, @Nullable String password, boolean activated) {

	static EmulatedUser made(String username, UUID uuid, long order, Instant now, @Nullable String nickname,
			@Nullable String password) {
		return new EmulatedUser(username, uuid, order, now, now, nickname, password, true);
	}

	EmulatedUser withNickname(String newNickname, Instant now) {
		return new EmulatedUser(this.username, this.uuid, this.order, this.created, now, newNickname, this.password,
				this.activated);
	}

	EmulatedUser withPassword(String newPassword, Instant now) {
		return new EmulatedUser(this.username, this.uuid, this.order, this.created, now, this.nickname, newPassword,
				this.activated);
	}

	EmulatedUser withActivated(boolean active, Instant now) {
		return new EmulatedUser(this.username, this.uuid, this.order, this.created, now, this.nickname, this.password,
				active);
	}

	/** The user as answers show them. */
	public ObjectNode describe() {
		ObjectNode entity = JsonNodeFactory.instance.objectNode();
		entity.put("uuid", this.uuid.toString());
		entity.put("type", "user");
		entity.put("created", this.created.toEpochMilli());
		entity.put("modified", this.modified.toEpochMilli());
		entity.put("username", this.username);
		entity.put("activated", this.activated);
		if (this.nickname != null) {
			entity.put("nickname", this.nickname);
		}
		return entity;
	}

	/** Without the password. */
	@Override
	public String toString() {
		return "User " + this.username;
	}

}
