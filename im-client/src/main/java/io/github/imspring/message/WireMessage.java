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

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a request to send a message.
 */
record WireMessage(@Nullable String from, List<String> to, @Nullable List<String> users, String type, MessageBody body,
		@JsonProperty("chatroom_msg_level") @Nullable String priority,
		@JsonProperty("need_group_ack") @Nullable Boolean needGroupAck,
		@JsonProperty("sync_device") @Nullable Boolean syncDevice,
		@JsonProperty("roam_ignore_users") @Nullable List<String> roamIgnoreUsers, @Nullable String routetype,
		@Nullable Map<String, @Nullable Object> ext, @Nullable String env) {

	static WireMessage of(Message message) {
		Addressing addressing = message.addressing();
		return new WireMessage(message.from(), addressing.answered(),
				message.destination().isMembers() ? addressing.recipients() : null, message.body().type(),
				message.body(), (addressing.priority() != null) ? addressing.priority().wire() : null,
				addressing.needGroupAck() ? true : null, addressing.syncDevice() ? true : null,
				message.roamIgnoreUsers(), addressing.onlineOnly() ? "ROUTE_ONLINE" : null, message.ext(),
				message.env());
	}

}
