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

package io.github.imspring.emulator.callback;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.imspring.emulator.message.ChatType;
import io.github.imspring.emulator.message.ClientDraft;
import io.github.imspring.emulator.message.MessageListener;
import io.github.imspring.emulator.message.MessageService;
import io.github.imspring.emulator.message.Sent;
import io.github.imspring.emulator.room.RoomService;
import io.github.imspring.emulator.service.AppIdentity;
import io.github.imspring.emulator.user.UserListener;
import io.github.imspring.emulator.user.UserService;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * The callbacks of an app. Costs nothing until somebody wants them.
 *
 * @since 0.1.0
 */
public final class CallbackService {

	private final CallbackJson json;

	private final CallbackQueue queue;

	private final Supplier<CallbackClient> client;

	private final InstantSource clock;

	private final MessageService messages;

	private final RoomService rooms;

	private final UserService users;

	private final List<CallbackRule> rules = new CopyOnWriteArrayList<>();

	private volatile @Nullable PreDeliveryRule before;

	private boolean listening;

	public CallbackService(AppIdentity app, MessageService messages, RoomService rooms, UserService users,
			InstantSource clock, Supplier<CallbackClient> client) {
		this.json = new CallbackJson(app);
		this.queue = new CallbackQueue(client, clock);
		this.client = client;
		this.clock = clock;
		this.messages = messages;
		this.rooms = rooms;
		this.users = users;
	}

	public void postTo(String url, String secret, @Nullable String env) {
		this.rules.add(new CallbackRule(url, secret, env));
		listen();
	}

	public void askBefore(String url, String secret, Duration timeout, boolean deliverByDefault) {
		this.before = new PreDeliveryRule(new CallbackRule(url, secret, null), timeout, deliverByDefault);
	}

	/** Sends no more callbacks, and forgets those that were sent. */
	public void stop() {
		this.rules.clear();
		this.before = null;
		this.queue.clear();
	}

	/** Forgets those that were sent; where they go stays. */
	public void clear() {
		this.queue.clear();
	}

	public void close() {
		this.rules.clear();
		this.queue.close();
	}

	public int pending() {
		return this.queue.pending();
	}

	public long dropped() {
		return this.queue.dropped();
	}

	/** The callbacks that were tried, oldest first. */
	public <T> List<T> posted(PostedReader<T> reader) {
		return this.queue.log()
			.matching((posted) -> true)
			.stream()
			.map((posted) -> reader.read(posted.json(), posted.attempts(), posted.status()))
			.toList();
	}

	/**
	 * Sends a message as a client does: if anybody is asked before, after the verdict.
	 * @param delivered makes the result of what was delivered
	 * @param refused makes the result of what the sender is told instead
	 */
	public <T> Mono<T> sendFromClient(JsonNode message, Function<Sent, T> delivered, Function<String, T> refused) {
		ClientDraft draft = this.messages.draft(message);
		String error = draft.error();
		if (error != null) {
			return Mono.just(refused.apply(error));
		}
		PreDeliveryRule rule = this.before;
		if (rule == null) {
			return Mono.fromSupplier(() -> delivered.apply(this.messages.deliver(draft)));
		}
		return rule
			.ask(this.client.get(), this.json.before(draft.message(), draft.target(), draft.id(), this.clock.millis()),
					draft.message())
			.map((verdict) -> (verdict.error() != null) ? refused.apply(verdict.error())
					: delivered.apply(this.messages.deliver(draft.with(verdict.message()))));
	}

	private synchronized void listen() {
		if (this.listening) {
			return;
		}
		this.listening = true;
		this.messages.listen(new MessageListener() {

			@Override
			public void sent(Sent sent) {
				CallbackService.this.sent(sent);
			}

			@Override
			public void recalled(Recall recall) {
				CallbackService.this.recalled(recall);
			}

		});
		this.rooms.listen(
				(event) -> defaultRules((rule) -> this.queue.add(rule, this.json.group(event, this.clock.millis()))));
		this.users.listen(new UserListener() {

			@Override
			public void seen(String user, String device, String reason) {
				CallbackService.this.seen(user, device, reason);
			}

		});
	}

	private void sent(Sent sent) {
		for (CallbackRule rule : this.rules) {
			if (rule.isFor(sent.message().env())) {
				this.queue.add(rule, this.json.sent(sent));
				offlineReceivers(sent).forEach((user) -> this.queue.add(rule, this.json.offline(sent, user)));
			}
		}
	}

	/** Chatrooms keep nothing for those who are offline. */
	private List<String> offlineReceivers(Sent sent) {
		return (sent.message().chatType() == ChatType.CHATROOM) ? List.of()
				: sent.receivers().stream().filter(this.users::wentOffline).toList();
	}

	private void recalled(MessageListener.Recall recall) {
		defaultRules((rule) -> this.queue.add(rule,
				this.json.recalled(recall, this.messages.nextId(), this.clock.millis())));
	}

	private void seen(String user, String device, String reason) {
		defaultRules((rule) -> this.queue.add(rule, this.json.presence(user, device, reason, this.clock.millis())));
	}

	private void defaultRules(Consumer<CallbackRule> what) {
		this.rules.stream().filter((rule) -> rule.isFor(null)).forEach(what);
	}

	/**
	 * Reads what was posted.
	 *
	 * @param <T> what is read
	 * @since 0.1.0
	 */
	@FunctionalInterface
	public interface PostedReader<T> {

		T read(JsonNode callback, int attempts, int status);

	}

}
