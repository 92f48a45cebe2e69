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

package io.github.imspring.sample.talk;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.imspring.chatroom.ChatroomMemberOperations;
import io.github.imspring.chatroom.MutedMember;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.web.server.ResponseStatusException;

/**
 * Passes on what viewers say, and remembers the last of it. The service holds muted
 * members back when their own clients send; what a back-end sends in their name it lets
 * pass, so that this looks who is muted.
 */
@Service
class Talk {

	private static final int REMEMBERED = 50;

	private static final int MAX_ROOMS = 1000;

	private final MessageOperations messages;

	private final ChatroomMemberOperations members;

	private final Map<String, Sinks.Many<SpokenLine>> byRoom = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Sinks.Many<SpokenLine>> eldest) {
			return size() > MAX_ROOMS;
		}

	};

	Talk(MessageOperations messages, ChatroomMemberOperations members) {
		this.messages = messages;
		this.members = members;
	}

	/**
	 * Says something in a room.
	 * @param roomId the ID of the room
	 * @param speech who says what
	 * @return what was said, or a {@link ResponseStatusException} if the speaker is muted
	 */
	Mono<SpokenLine> speak(String roomId, Speech speech) {
		return this.members.muted(roomId).flatMap((muted) -> {
			if (muted.stream().map(MutedMember::username).anyMatch(speech.user()::equalsIgnoreCase)) {
				return Mono.error(new ResponseStatusException(HttpStatus.FORBIDDEN, speech.user() + " is muted"));
			}
			Message message = Message.text(speech.text()).from(speech.user()).toChatrooms(roomId).build();
			return this.messages.send(message).map((sent) -> heard(roomId, speech));
		});
	}

	private SpokenLine heard(String roomId, Speech speech) {
		SpokenLine line = new SpokenLine(Instant.now(), speech.user(), speech.text());
		synchronized (this.byRoom) {
			sink(roomId).tryEmitNext(line);
		}
		return line;
	}

	/**
	 * What is said in a room.
	 * @param roomId the ID of the room
	 * @return the last lines at once, and those to come
	 */
	Flux<SpokenLine> lines(String roomId) {
		return Flux.defer(() -> {
			synchronized (this.byRoom) {
				return sink(roomId).asFlux();
			}
		});
	}

	private Sinks.Many<SpokenLine> sink(String roomId) {
		return this.byRoom.computeIfAbsent(roomId, (id) -> Sinks.many().replay().limit(REMEMBERED));
	}

}
