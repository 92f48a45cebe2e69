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

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reports what happens to chatrooms, or to groups. Costs nothing while nobody listens.
 */
final class GroupEvents {

	private final String type;

	private final List<Consumer<GroupEvent>> listeners = new CopyOnWriteArrayList<>();

	GroupEvents(String type) {
		this.type = type;
	}

	void listen(Consumer<GroupEvent> listener) {
		this.listeners.add(listener);
	}

	/** Users came, went or were listed: payload {@code {"member":[…],"type":…}}. */
	void members(String id, String operation, String detail, Collection<String> users) {
		publish(id, operation, detail, (payload) -> users.forEach(payload.putArray("member")::add));
	}

	void admins(String id, String operation, String detail, Collection<String> users) {
		publish(id, operation, detail, (payload) -> users.forEach(payload.putArray("admin")::add));
	}

	void publish(String id, String operation, @Nullable String detail, Consumer<ObjectNode> content) {
		if (this.listeners.isEmpty()) {
			return;
		}
		ObjectNode payload = JsonNodeFactory.instance.objectNode();
		if (detail != null) {
			payload.put("type", detail);
		}
		content.accept(payload);
		GroupEvent event = new GroupEvent(this.type, id, operation, payload.isEmpty() ? null : payload);
		this.listeners.forEach((listener) -> listener.accept(event));
	}

}
