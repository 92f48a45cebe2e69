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

package io.github.imspring.sample.callback;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.imspring.callback.CallbackEvent;
import io.github.imspring.callback.GroupChange;
import io.github.imspring.callback.GroupChanged;
import io.github.imspring.callback.MessageSent;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Remembers what happened last in each room.
 */
@Component
class RoomLog {

	private static final int ROOMS = 1000;

	private static final int ENTRIES = 50;

	private final Map<String, Deque<LogEntry>> rooms = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Deque<LogEntry>> eldest) {
			return size() > ROOMS;
		}

	};

	@EventListener
	void onMessage(MessageSent message) {
		String text = message.content().text();
		add(message.conversation().id(), message,
				message.from() + ((text != null) ? " said: " + text : " sent something"));
	}

	@EventListener
	void onChange(GroupChanged event) {
		if (event.change() instanceof GroupChange.Joined joined) {
			add(event.groupId(), event, String.join(", ", joined.members()) + " joined");
		}
		else if (event.change() instanceof GroupChange.Left left) {
			add(event.groupId(), event, String.join(", ", left.members()) + " left");
		}
	}

	private synchronized void add(String room, CallbackEvent event, String what) {
		Deque<LogEntry> log = this.rooms.computeIfAbsent(room, (id) -> new ArrayDeque<>());
		if (log.size() == ENTRIES) {
			log.removeFirst();
		}
		log.addLast(new LogEntry(event.envelope().timestamp(), what));
	}

	/**
	 * The log of a room, the oldest entry first.
	 */
	synchronized List<LogEntry> of(String room) {
		return List.copyOf(this.rooms.getOrDefault(room, new ArrayDeque<>()));
	}

}
