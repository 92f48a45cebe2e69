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

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * To whom a message goes, and what there is to say of such a destination.
 *
 * @param destination what the recipients are
 * @param recipients their IDs
 * @param within the ID of the chatroom or group whose members they are, if they are
 * @param syncDevice whether the sender's online devices get it, too
 * @param onlineOnly whether only those get it who are online
 * @param needGroupAck whether clients say who has read it
 * @param priority how much it matters in a chatroom
 */
record Addressing(Destination destination, List<String> recipients, @Nullable String within, boolean syncDevice,
		boolean onlineOnly, boolean needGroupAck, @Nullable ChatroomPriority priority) {

	Addressing {
		recipients = List.copyOf(recipients);
	}

	static Addressing of(Destination destination, Collection<String> recipients) {
		return new Addressing(destination, checked(destination, recipients), null, false, false, false, null);
	}

	Addressing within(String id) {
		return new Addressing(this.destination, this.recipients, MessageBounds.notEmpty("to", id), this.syncDevice,
				this.onlineOnly, this.needGroupAck, this.priority);
	}

	Addressing to(Collection<String> others) {
		return new Addressing(this.destination, checked(this.destination, others), this.within, this.syncDevice,
				this.onlineOnly, this.needGroupAck, this.priority);
	}

	private static List<String> checked(Destination destination, Collection<String> recipients) {
		MessageBounds.strings(destination.field(), recipients);
		List<String> checked = new ArrayList<>(recipients.size());
		recipients.forEach((recipient) -> checked.add(MessageBounds.notEmpty(destination.field(), recipient)));
		return checked;
	}

	/**
	 * What the answer names: the recipients, or the chatroom or group of the members.
	 */
	List<String> answered() {
		return (this.within != null) ? List.of(this.within) : this.recipients;
	}

}
