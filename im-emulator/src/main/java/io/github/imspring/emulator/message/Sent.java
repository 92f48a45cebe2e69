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

package io.github.imspring.emulator.message;

import java.time.Instant;
import java.util.List;

/**
 * A message that arrived at one of its targets.
 *
 * @param target the user, chatroom or group
 * @param id the message's id, of its own for each target
 * @param receivers the users who got it
 * @since 0.1.0
 */
public record Sent(EmulatedMessage message, String target, String id, List<String> receivers, Instant timestamp) {

	/** Whether a user got it, whatever the case of their name. */
	public boolean reached(String user) {
		return this.receivers.stream().anyMatch(user::equalsIgnoreCase);
	}

}
