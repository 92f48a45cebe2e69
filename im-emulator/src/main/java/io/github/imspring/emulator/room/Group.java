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

package io.github.imspring.emulator.room;

import java.time.Instant;

import tools.jackson.databind.node.ObjectNode;

/**
 * One group.
 */
final class Group extends Room {

	String avatar = "";

	boolean open;

	boolean allowInvites;

	boolean membersOnly;

	boolean inviteNeedConfirm = true;

	Group(String id, long order, Instant created, Profile profile) {
		super(id, order, created, profile);
	}

	@Override
	ObjectNode info(String appKey) {
		return super.info(appKey).put("avatar", this.avatar)
			.put("public", Boolean.toString(this.open))
			.put("allow_user_invites", Boolean.toString(this.allowInvites))
			.put("invite_need_confirm", Boolean.toString(this.inviteNeedConfirm))
			.put("disabled", "false");
	}

}
