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

import java.util.List;
import java.util.Map;

import io.github.imspring.emulator.callback.CallbackClient;
import io.github.imspring.emulator.http.HttpListener;
import io.github.imspring.emulator.token.TokenSigner;
import org.jspecify.annotations.Nullable;

/**
 * An in-memory IM service on a port of this machine, for tests. It speaks HTTP like the
 * documented service, in both path styles, to anybody's client; keeps the documented
 * bounds, errors and quotas; and shows a test what arrived and what was delivered.
 * <pre>{@code
 * try (ImEmulator emulator = ImEmulator.start()) {
 *     // Point the client at emulator.baseUrl(), with emulator.orgName() and so on.
 *     emulator.faults().fail("send-message", Fault.status(503).html("<h1>Sorry</h1>"), 2);
 *     // Send a message to user2, then:
 *     assertThat(emulator.deliveriesTo("user2")).hasSize(1);
 *     assertThat(emulator.requestCount("send-message")).isEqualTo(3);
 * }
 * }</pre>
 * <p>
 * There is one app, whose names and credentials are the same in every emulator; what is
 * asked of the emulator is asked of this app. Tests of an application with several
 * accounts ask for {@linkplain #app(String) more apps}, to tell which of them it called.
 * An emulator may be used by any number of threads.
 *
 * @since 0.1.0
 */
public final class ImEmulator implements EmulatedApp, AutoCloseable {

	private final EmulatorClock clock;

	private final Apps apps;

	private final App app;

	private final String host;

	private final HttpListener listener;

	/** Made for the first callback: most tests have none. */
	private @Nullable CallbackClient callbackClient;

	private boolean closed;

	ImEmulator(ImEmulatorBuilder builder) {
		this.host = builder.host;
		this.clock = new EmulatorClock(builder.clock);
		TokenSigner signer = new TokenSigner();
		this.apps = new Apps((identity) -> new App(identity, builder, this.clock, signer, this::callbackClient));
		this.app = this.apps.defaultApp();
		Dispatcher dispatcher = new Dispatcher(this.clock, this.apps);
		new ControlEndpoints(this, this.apps).register(dispatcher.control());
		this.listener = new HttpListener(builder.host, builder.port, dispatcher);
	}

	/**
	 * Starts an emulator with the documented limits on a free port of the loopback
	 * address.
	 * @return the emulator, to be closed by the caller
	 */
	public static ImEmulator start() {
		return builder().start();
	}

	/**
	 * Prepares an emulator.
	 * @return a builder with the documented limits, on a free port of the loopback
	 * address
	 */
	public static ImEmulatorBuilder builder() {
		return new ImEmulatorBuilder();
	}

	/**
	 * Where the emulator listens, such as {@code http://127.0.0.1:41231}.
	 * @return the URL, without organization, app or App ID
	 */
	public String baseUrl() {
		String name = this.host.contains(":") ? "[" + this.host + "]" : this.host;
		return "http://" + name + ":" + port();
	}

	/**
	 * The port on which the emulator listens.
	 * @return the port
	 */
	public int port() {
		return this.listener.port();
	}

	/**
	 * An app beside the default one, made when it is first asked for, with the same
	 * settings. Its names and credentials follow from the name, and are the same in every
	 * emulator.
	 * @param name the app's name, such as that of an account of the application;
	 * {@code default} for the default app
	 * @return the app
	 * @throws IllegalArgumentException if the name is blank
	 */
	public EmulatedApp app(String name) {
		return this.apps.get(name);
	}

	/**
	 * All apps that were asked for, the default one among them.
	 * @return the apps, by name
	 */
	public List<EmulatedApp> apps() {
		return List.copyOf(this.apps.all());
	}

	/**
	 * The emulator's time, for all apps.
	 * @return the clock
	 */
	public EmulatorClock clock() {
		return this.clock;
	}

	@Override
	public String name() {
		return this.app.name();
	}

	@Override
	public String orgName() {
		return this.app.orgName();
	}

	@Override
	public String appName() {
		return this.app.appName();
	}

	@Override
	public String clientId() {
		return this.app.clientId();
	}

	@Override
	public String clientSecret() {
		return this.app.clientSecret();
	}

	@Override
	public String appId() {
		return this.app.appId();
	}

	@Override
	public String appCertificate() {
		return this.app.appCertificate();
	}

	@Override
	public List<DeliveredMessage> deliveries() {
		return this.app.deliveries();
	}

	@Override
	public List<DeliveredMessage> deliveriesTo(String user) {
		return this.app.deliveriesTo(user);
	}

	@Override
	public long deliveredMessages() {
		return this.app.deliveredMessages();
	}

	@Override
	public List<String> recalledMessages() {
		return this.app.recalledMessages();
	}

	@Override
	public List<RecordedRequest> requests() {
		return this.app.requests();
	}

	@Override
	public List<RecordedRequest> requests(String operation) {
		return this.app.requests(operation);
	}

	@Override
	public long requestCount(String operation) {
		return this.app.requestCount(operation);
	}

	@Override
	public Map<String, Long> requestCounts() {
		return this.app.requestCounts();
	}

	@Override
	public Faults faults() {
		return this.app.faults();
	}

	@Override
	public Tokens tokens() {
		return this.app.tokens();
	}

	@Override
	public Quotas quotas() {
		return this.app.quotas();
	}

	@Override
	public Users users() {
		return this.app.users();
	}

	@Override
	public Chatrooms chatrooms() {
		return this.app.chatrooms();
	}

	@Override
	public Groups groups() {
		return this.app.groups();
	}

	@Override
	public Clients clients() {
		return this.app.clients();
	}

	@Override
	public Callbacks callbacks() {
		return this.app.callbacks();
	}

	/**
	 * Makes the emulator as good as new: all apps are {@linkplain EmulatedApp#reset()
	 * reset}, and the clock is as it was built.
	 */
	@Override
	public void reset() {
		this.clock.reset();
		this.apps.all().forEach(App::reset);
	}

	/**
	 * Waits until the emulator is closed.
	 */
	void await() {
		this.listener.await();
	}

	/**
	 * Stops the emulator: the port is free, every connection closed, and callbacks that
	 * wait are dropped.
	 */
	@Override
	public void close() {
		this.apps.all().forEach(App::close);
		CallbackClient client;
		synchronized (this) {
			this.closed = true;
			client = this.callbackClient;
		}
		if (client != null) {
			client.close();
		}
		this.listener.close();
	}

	private synchronized CallbackClient callbackClient() {
		if (this.closed) {
			throw new IllegalStateException("The emulator is closed");
		}
		CallbackClient client = this.callbackClient;
		if (client == null) {
			client = new CallbackClient();
			this.callbackClient = client;
		}
		return client;
	}

}
