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

package io.github.imspring.emulator;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.imspring.emulator.callback.CallbackClient;
import io.github.imspring.emulator.callback.CallbackService;
import io.github.imspring.emulator.file.FileService;
import io.github.imspring.emulator.http.Router;
import io.github.imspring.emulator.message.MessageService;
import io.github.imspring.emulator.message.Sent;
import io.github.imspring.emulator.room.RoomService;
import io.github.imspring.emulator.service.AppIdentity;
import io.github.imspring.emulator.service.Route;
import io.github.imspring.emulator.service.ServiceOperation;
import io.github.imspring.emulator.service.Subject;
import io.github.imspring.emulator.token.TokenSigner;
import io.github.imspring.emulator.user.UserService;

/**
 * One app, assembled: its subjects, and what governs the calls to them.
 */
final class App implements EmulatedApp {

	private final AppIdentity identity;

	private final Router<Route> router = new Router<>();

	private final UserService users;

	private final RoomService rooms;

	private final MessageService messages;

	private final CallbackService callbacks;

	private final List<Subject> subjects;

	private final Tokens tokens;

	private final Quotas quotas;

	private final Faults faults;

	private final RequestLog requests;

	App(AppIdentity identity, ImEmulatorBuilder settings, EmulatorClock clock, TokenSigner signer,
			Supplier<CallbackClient> callbackClient) {
		this.identity = identity;
		this.users = new UserService(identity, settings.users == UserPolicy.ANY, clock);
		this.rooms = new RoomService(identity, this.users, clock, settings.maxRooms, settings.maxRoomsPerUser,
				settings.maxCustom);
		this.messages = new MessageService(this.rooms, clock, settings.maxDeliveries);
		this.callbacks = new CallbackService(identity, this.messages, this.rooms, this.users, clock, callbackClient);
		this.subjects = List.of(this.users, this.rooms, this.messages, new FileService(settings.maxFileBytes));
		this.tokens = new Tokens(identity, clock, settings.tokenTtl, signer, this.users);
		new TokenEndpoint(identity, this.tokens, this.users, clock).register(this.router);
		this.subjects.forEach((subject) -> subject.register(this.router));
		Collection<ServiceOperation> operations = this.router.targets()
			.stream()
			.flatMap((route) -> route.operations().stream())
			.toList();
		this.quotas = new Quotas(clock, settings.quotaMode, settings.quotaAlignment, operations,
				settings.callsPerSecond, settings.messagesPerMinute);
		this.faults = new Faults(settings.latency, operations);
		this.requests = new RequestLog(settings.maxRequests);
	}

	AppIdentity identity() {
		return this.identity;
	}

	Router<Route> router() {
		return this.router;
	}

	RequestLog requestLog() {
		return this.requests;
	}

	@Override
	public String name() {
		return this.identity.name();
	}

	@Override
	public String orgName() {
		return this.identity.orgName();
	}

	@Override
	public String appName() {
		return this.identity.appName();
	}

	@Override
	public String clientId() {
		return this.identity.clientId();
	}

	@Override
	public String clientSecret() {
		return this.identity.clientSecret();
	}

	@Override
	public String appId() {
		return this.identity.appId();
	}

	@Override
	public String appCertificate() {
		return this.identity.appCertificate();
	}

	@Override
	public List<DeliveredMessage> deliveries() {
		return deliveries((sent) -> true);
	}

	@Override
	public List<DeliveredMessage> deliveriesTo(String user) {
		return deliveries((sent) -> sent.reached(user));
	}

	private List<DeliveredMessage> deliveries(Predicate<Sent> condition) {
		return this.messages.matching(condition).stream().map(DeliveredMessage::of).toList();
	}

	@Override
	public long deliveredMessages() {
		return this.messages.total();
	}

	@Override
	public List<String> recalledMessages() {
		return this.messages.recalled();
	}

	@Override
	public List<RecordedRequest> requests() {
		return this.requests.all();
	}

	@Override
	public List<RecordedRequest> requests(String operation) {
		return this.requests.of(operation);
	}

	@Override
	public long requestCount(String operation) {
		return this.requests.count(operation);
	}

	@Override
	public Map<String, Long> requestCounts() {
		return this.requests.counts();
	}

	@Override
	public Faults faults() {
		return this.faults;
	}

	@Override
	public Tokens tokens() {
		return this.tokens;
	}

	@Override
	public Quotas quotas() {
		return this.quotas;
	}

	@Override
	public Users users() {
		return new Users(this.users);
	}

	@Override
	public Chatrooms chatrooms() {
		return new Chatrooms(this.rooms);
	}

	@Override
	public Groups groups() {
		return new Groups(this.rooms);
	}

	@Override
	public Clients clients() {
		return new Clients(this.callbacks);
	}

	@Override
	public Callbacks callbacks() {
		return new Callbacks(this.callbacks);
	}

	@Override
	public void reset() {
		this.faults.clear();
		this.quotas.reset();
		this.subjects.forEach(Subject::clear);
		this.callbacks.clear();
		this.requests.clear();
	}

	void close() {
		this.callbacks.close();
	}

}
