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

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import io.github.imspring.emulator.http.Router;
import io.github.imspring.emulator.message.MessageListener.Recall;
import io.github.imspring.emulator.room.RoomService;
import io.github.imspring.emulator.service.BoundedLog;
import io.github.imspring.emulator.service.Footprint;
import io.github.imspring.emulator.service.Names;
import io.github.imspring.emulator.service.Route;
import io.github.imspring.emulator.service.ServiceError;
import io.github.imspring.emulator.service.Subject;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The messages of an app: to whom they went, and which were taken back.
 *
 * @since 0.1.0
 */
public final class MessageService implements Subject {

	private static final long MAX_BYTES = 32L * 1024 * 1024;

	/** A small message takes less: of those, as many are remembered as were asked for. */
	private static final int BYTES_FOR_EACH = 1024;

	private static final int REFERENCE = 8;

	private static final int MAX_RECALLS = 10_000;

	/**
	 * Beyond 2^53, as the service's are: a client that reads numbers into doubles shows.
	 */
	private static final long FIRST_ID = 1_029_457_500_870_543_736L;

	private final RoomService rooms;

	private final InstantSource clock;

	private final BoundedLog<Sent> log;

	private final AtomicLong nextId = new AtomicLong(FIRST_ID);

	private final List<MessageListener> listeners = new CopyOnWriteArrayList<>();

	/** Oldest first. */
	private final Map<String, Recall> recalls = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Recall> eldest) {
			return size() > MAX_RECALLS;
		}

	};

	public MessageService(RoomService rooms, InstantSource clock, int maxRemembered) {
		this.rooms = rooms;
		this.clock = clock;
		this.log = new BoundedLog<>(maxRemembered, MAX_BYTES + (long) maxRemembered * BYTES_FOR_EACH);
	}

	public void listen(MessageListener listener) {
		this.listeners.add(listener);
	}

	@Override
	public void register(Router<Route> router) {
		new MessageEndpoints(this).register(router);
		new RecallEndpoints(this).register(router);
	}

	@Override
	public void clear() {
		this.log.clear();
		synchronized (this.recalls) {
			this.recalls.clear();
		}
	}

	/** The messages that are remembered, oldest first. */
	public List<Sent> matching(Predicate<Sent> condition) {
		return this.log.matching(condition);
	}

	/** How many messages went out, remembered or not. */
	public long total() {
		return this.log.total();
	}

	/** The ids of the messages that were taken back, as far as they are remembered. */
	public List<String> recalled() {
		synchronized (this.recalls) {
			return List.copyOf(this.recalls.keySet());
		}
	}

	public String nextId() {
		return Long.toString(this.nextId.getAndIncrement());
	}

	List<Sent> deliver(MessageReader reader) {
		EmulatedMessage message = reader.message();
		List<Sent> deliveries = new ArrayList<>(reader.to().size());
		for (String target : reader.to()) {
			// What all deliveries of a message share stays until the last of them goes.
			boolean last = deliveries.size() == reader.to().size() - 1;
			deliveries.add(deliver(message, target, nextId(), reader.users(), last));
		}
		return deliveries;
	}

	/**
	 * Reads a message that a client wants to send: {@code {"from","chat_type","to",
	 * "type","body","ext"}}.
	 * @throws ServiceError if it cannot be read
	 */
	public ClientDraft draft(JsonNode request) {
		if (!request.isObject()) {
			throw ServiceError.invalidRequestBody();
		}
		Destination destination = Destination.ofChatType(request.path("chat_type").asString("chat"));
		if (destination == null || !request.path("to").isString()) {
			throw ServiceError.invalidRequestBody();
		}
		ObjectNode message = ((ObjectNode) request).deepCopy();
		message.putArray("to").add(request.path("to"));
		MessageReader reader = MessageReader.read(message, destination);
		String target = reader.to().get(0);
		String from = Names.canonical(reader.message().from());
		String error = switch (destination.chatType) {
			case CHAT -> null;
			case CHATROOM -> this.rooms.whySilentInRoom(target, from, this.clock.instant());
			case GROUP -> this.rooms.membersOfGroup(target).contains(from) ? null : "You are not a member";
		};
		return new ClientDraft(reader.message(), target, nextId(), error);
	}

	public Sent deliver(ClientDraft draft) {
		return deliver(draft.message(), draft.target(), draft.id(), List.of(), true);
	}

	private Sent deliver(EmulatedMessage message, String target, String id, List<String> users, boolean last) {
		Sent sent = new Sent(message, target, id, receivers(message, target, users), this.clock.instant());
		this.log.add(sent, Footprint.of(target) + Footprint.of(id) + (long) REFERENCE * sent.receivers().size()
				+ (last ? message.footprint() : 0));
		this.listeners.forEach((listener) -> listener.sent(sent));
		return sent;
	}

	private List<String> receivers(EmulatedMessage message, String target, List<String> users) {
		if (message.chatType() == ChatType.CHAT) {
			return List.of(target);
		}
		List<String> members = (message.chatType() == ChatType.GROUP) ? this.rooms.membersOfGroup(target)
				: this.rooms.membersOfRoom(target);
		if (users.isEmpty()) {
			// A snapshot that all messages share while nobody comes or goes.
			String from = Names.canonical(message.from());
			return members.contains(from) ? members.stream().filter((member) -> !member.equals(from)).toList()
					: members;
		}
		TreeSet<String> some = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		some.addAll(users);
		return members.stream().filter(some::contains).toList();
	}

	@Nullable Sent find(String id) {
		List<Sent> found = this.log.matching((sent) -> sent.id().equals(id));
		return found.isEmpty() ? null : found.get(0);
	}

	boolean isRecalled(String id) {
		synchronized (this.recalls) {
			return this.recalls.containsKey(id);
		}
	}

	void recall(Recall recall) {
		synchronized (this.recalls) {
			this.recalls.put(recall.messageId(), recall);
		}
		this.listeners.forEach((listener) -> listener.recalled(recall));
	}

}
