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

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.imspring.emulator.http.HttpListener;
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
 * There is one App, whose names and credentials are the same in every emulator.
 * Everything is remembered within bounds, beside counts that are exact. An emulator may
 * be used by any number of threads.
 */
public final class ImEmulator implements AutoCloseable {

	private final EmulatorClock clock;

	private final Tokens tokens;

	private final Quotas quotas;

	private final Faults faults;

	private final RequestLog requests;

	private final MessageEndpoint messages;

	private final UserStore users;

	private final FileStore files;

	private final RoomStore rooms;

	private final String host;

	private final HttpListener listener;

	private ImEmulator(Builder builder) {
		this.host = builder.host;
		this.clock = new EmulatorClock(builder.clock);
		this.tokens = new Tokens(this.clock, builder.tokenTtl);
		this.quotas = new Quotas(this.clock, builder.quotaMode, builder.quotaAlignment, builder.callsPerSecond,
				builder.messagesPerMinute);
		this.faults = new Faults(builder.latency);
		this.requests = new RequestLog(builder.maxRequests);
		this.messages = new MessageEndpoint(this.quotas, this.clock, builder.maxDeliveries);
		this.users = new UserStore(builder.users);
		this.files = new FileStore(builder.maxFileBytes);
		this.rooms = new RoomStore(this.clock, this.users, builder.maxRooms, builder.maxRoomsPerUser);
		Dispatcher dispatcher = new Dispatcher(this.clock, this.tokens, this.quotas, this.faults, this.requests);
		new TokenEndpoint(this.tokens, this.clock).register(dispatcher.service());
		new UserEndpoints(this.users, this.clock, this.rooms::leaveAll).register(dispatcher.service());
		this.messages.register(dispatcher.service());
		new FileEndpoints(this.files, this.tokens, this.quotas, this.clock).register(dispatcher.service());
		new ModerationEndpoints(this.rooms, this.clock).register(dispatcher.service());
		new RoomEndpoints(this.rooms, this.users, builder.maxCustom).register(dispatcher.service());
		new MemberEndpoints(this.rooms).register(dispatcher.service());
		new AnnouncementEndpoints(this.rooms).register(dispatcher.service());
		new AttributeEndpoints(this.rooms).register(dispatcher.service());
		new ControlEndpoints(this).register(dispatcher.control());
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
	public static Builder builder() {
		return new Builder();
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
	 * The organization's name, for paths such as {@code /emulator-org/emulator-app/…}.
	 * @return {@code emulator-org}
	 */
	public String orgName() {
		return Credentials.ORG_NAME;
	}

	/**
	 * The app's name, for paths such as {@code /emulator-org/emulator-app/…}.
	 * @return {@code emulator-app}
	 */
	public String appName() {
		return Credentials.APP_NAME;
	}

	/**
	 * The client id that the token endpoint takes.
	 * @return {@code emulator-client-id}
	 */
	public String clientId() {
		return Credentials.CLIENT_ID;
	}

	/**
	 * The client secret that the token endpoint takes.
	 * @return {@code emulator-client-secret}
	 */
	public String clientSecret() {
		return Credentials.CLIENT_SECRET;
	}

	/**
	 * The App ID, for paths such as {@code /app-id/970CA35de60c44645bbae8a215061b33/…}
	 * and for AccessToken2.
	 * @return the App ID, 32 hex characters
	 */
	public String appId() {
		return Credentials.APP_ID;
	}

	/**
	 * The App certificate, for AccessToken2.
	 * @return the certificate, 32 hex characters
	 */
	public String appCertificate() {
		return Credentials.APP_CERTIFICATE;
	}

	/**
	 * The last messages that were delivered, oldest first.
	 * @return one delivery for each recipient of each message; at most
	 * {@link Builder#maxDeliveries}, and fewer of large messages
	 */
	public List<DeliveredMessage> deliveries() {
		return this.messages.deliveries().matching((delivery) -> true);
	}

	/**
	 * The last messages that were delivered to a user, oldest first.
	 * @param user the user's name
	 * @return the deliveries, as far as they are remembered
	 */
	public List<DeliveredMessage> deliveriesTo(String user) {
		return this.messages.deliveries().matching((delivery) -> delivery.to().equals(user));
	}

	/**
	 * How many messages were delivered: a message to N people is N messages.
	 * @return the exact number, however many are remembered
	 */
	public long deliveredMessages() {
		return this.messages.deliveries().total();
	}

	/**
	 * The last requests that were received, oldest first; those under {@code /emulator}
	 * are left out.
	 * @return the requests; at most {@link Builder#maxRequests}, and fewer of large ones
	 */
	public List<RecordedRequest> requests() {
		return this.requests.all();
	}

	/**
	 * The last requests of an operation, oldest first.
	 * @param operation the operation's name, such as {@code send-message}
	 * @return the requests, as far as they are remembered
	 */
	public List<RecordedRequest> requests(String operation) {
		return this.requests.of(operation);
	}

	/**
	 * How many requests of an operation were received, whatever was answered.
	 * @param operation the operation's name, such as {@code send-message}
	 * @return the exact number, however many are remembered
	 */
	public long requestCount(String operation) {
		return this.requests.count(operation);
	}

	/**
	 * How many requests were received, by operation.
	 * @return the exact numbers; operations that were never called are left out
	 */
	public Map<String, Long> requestCounts() {
		return this.requests.counts();
	}

	/**
	 * The faults that requests meet.
	 * @return the faults
	 */
	public Faults faults() {
		return this.faults;
	}

	/**
	 * The tokens that are accepted.
	 * @return the tokens
	 */
	public Tokens tokens() {
		return this.tokens;
	}

	/**
	 * The emulator's time.
	 * @return the clock
	 */
	public EmulatorClock clock() {
		return this.clock;
	}

	/**
	 * The emulator's quotas.
	 * @return the quotas
	 */
	public Quotas quotas() {
		return this.quotas;
	}

	/**
	 * The chatrooms, for tests that look behind the service.
	 * @return the chatrooms
	 */
	public Chatrooms chatrooms() {
		return new Chatrooms(this.rooms);
	}

	/**
	 * Makes the emulator as good as new: deliveries, requests and their counts, faults,
	 * users, files and rooms are forgotten; clock, quotas and latency are as they were
	 * built. Tokens stay valid, as clients keep them; message ids go on.
	 */
	public void reset() {
		this.faults.clear();
		this.clock.reset();
		this.quotas.reset();
		this.users.clear();
		this.files.clear();
		this.rooms.clear();
		this.messages.deliveries().clear();
		this.requests.clear();
	}

	/**
	 * Waits until the emulator is closed.
	 */
	void await() {
		this.listener.await();
	}

	/**
	 * Stops the emulator: the port is free, and every connection closed.
	 */
	@Override
	public void close() {
		this.listener.close();
	}

	/**
	 * Prepares an emulator. Not for use by several threads at once.
	 */
	public static final class Builder {

		private String host = "127.0.0.1";

		private int port;

		private UserPolicy users = UserPolicy.ANY;

		private QuotaMode quotaMode = QuotaMode.SLIDING;

		private Duration quotaAlignment = Duration.ZERO;

		private final Map<String, Integer> callsPerSecond = new HashMap<>();

		private @Nullable Integer messagesPerMinute;

		private Duration tokenTtl = Duration.ofHours(24);

		private InstantSource clock = EmulatorClock.steady();

		private Latency latency = Latency.NONE;

		private int maxDeliveries = 10_000;

		private int maxRequests = 2_000;

		private long maxFileBytes = 64L * 1024 * 1024;

		private int maxRooms = 250_000;

		private int maxRoomsPerUser = Integer.MAX_VALUE;

		private int maxCustom = 1024;

		private Builder() {
		}

		/**
		 * Sets the address to listen on; {@code 127.0.0.1} by default.
		 * @param newHost a name or an address of this machine; {@code 0.0.0.0} for all
		 * @return this builder
		 */
		public Builder host(String newHost) {
			this.host = Objects.requireNonNull(newHost, "host");
			return this;
		}

		/**
		 * Sets the port to listen on; any that is free by default.
		 * @param newPort 1 to 65535, or 0 for any that is free
		 * @return this builder
		 */
		public Builder port(int newPort) {
			require(newPort >= 0 && newPort <= 65535, "A port is 0 to 65535, not " + newPort);
			this.port = newPort;
			return this;
		}

		/**
		 * Sets which users exist; {@link UserPolicy#ANY} by default.
		 * @param policy the policy
		 * @return this builder
		 */
		public Builder users(UserPolicy policy) {
			this.users = Objects.requireNonNull(policy, "policy");
			return this;
		}

		/**
		 * Sets how quotas are counted; {@link QuotaMode#SLIDING} by default.
		 * @param mode the mode
		 * @return this builder
		 */
		public Builder quota(QuotaMode mode) {
			this.quotaMode = Objects.requireNonNull(mode, "mode");
			return this;
		}

		/**
		 * Moves fixed windows against the multiples of their length; zero by default.
		 * @param offset how far, an hour at most either way
		 * @return this builder
		 */
		public Builder quotaAlignment(Duration offset) {
			Quotas.requireAlignment(offset);
			this.quotaAlignment = offset;
			return this;
		}

		/**
		 * Sets how many calls of an operation are accepted in a second; the documented
		 * number by default.
		 * @param operation the operation's name, such as {@code send-message}
		 * @param limit the calls, 0 or more
		 * @return this builder
		 */
		public Builder callsPerSecond(String operation, int limit) {
			require(limit >= 0, "A limit of " + limit + " is below 0");
			this.callsPerSecond.put(Objects.requireNonNull(operation, "operation"), limit);
			return this;
		}

		/**
		 * Sets how many messages are accepted in a minute; 6000 by default. A call to N
		 * people is N messages.
		 * @param limit the messages, 0 or more
		 * @return this builder
		 */
		public Builder messagesPerMinute(int limit) {
			require(limit >= 0, "A limit of " + limit + " is below 0");
			this.messagesPerMinute = limit;
			return this;
		}

		/**
		 * Sets the life of a token whose request names no {@code ttl}; 24 hours by
		 * default.
		 * @param ttl the life, at most 100 years; zero for tokens that never expire
		 * @return this builder
		 */
		public Builder tokenTtl(Duration ttl) {
			require(!ttl.isNegative(), "A life of " + ttl + " is below 0");
			require(ttl.toSeconds() <= TokenEndpoint.MAX_TTL_SECONDS, "A life of " + ttl + " is beyond 100 years");
			this.tokenTtl = ttl;
			return this;
		}

		/**
		 * Sets where the emulator's clock takes its time from; a steady real-time clock
		 * by default. {@link ImEmulator#clock()} moves the emulator's time without one.
		 * @param source the source
		 * @return this builder
		 */
		public Builder clock(InstantSource source) {
			this.clock = Objects.requireNonNull(source, "source");
			return this;
		}

		/**
		 * Sets the latency of all requests; none by default.
		 * @param newLatency the latency
		 * @return this builder
		 */
		public Builder latency(Latency newLatency) {
			this.latency = Objects.requireNonNull(newLatency, "latency");
			return this;
		}

		/**
		 * Sets how many deliveries are remembered; the last 10,000 by default. Of large
		 * messages fewer are: all of them take 32 MB and 1 KB for each that may be
		 * remembered, no more.
		 * @param max the number, 0 or more
		 * @return this builder
		 */
		public Builder maxDeliveries(int max) {
			require(max >= 0, "A bound of " + max + " is below 0");
			this.maxDeliveries = max;
			return this;
		}

		/**
		 * Sets how many requests are remembered; the last 2,000 by default. Of large
		 * requests fewer are: all of them take 32 MB and 4 KB for each that may be
		 * remembered, no more.
		 * @param max the number, 0 or more
		 * @return this builder
		 */
		public Builder maxRequests(int max) {
			require(max >= 0, "A bound of " + max + " is below 0");
			this.maxRequests = max;
			return this;
		}

		/**
		 * Sets how many bytes of uploaded files are kept; 64 MB by default. Beyond, the
		 * oldest files expire early.
		 * @param max the number of bytes, 10 MB or more
		 * @return this builder
		 */
		public Builder maxFileBytes(long max) {
			require(max >= FileEndpoints.MAX_FILE_BYTES, "A bound of " + max + " does not hold one file of 10 MB");
			this.maxFileBytes = max;
			return this;
		}

		/**
		 * Sets how many chatrooms there may be; 250,000 by default.
		 * @param max the number, 0 or more
		 * @return this builder
		 */
		public Builder maxRooms(int max) {
			require(max >= 0, "A bound of " + max + " is below 0");
			this.maxRooms = max;
			return this;
		}

		/**
		 * Sets how many chatrooms a user may be in, those they own included; no bound by
		 * default.
		 * @param max the number, 0 or more
		 * @return this builder
		 */
		public Builder maxRoomsPerUser(int max) {
			require(max >= 0, "A bound of " + max + " is below 0");
			this.maxRoomsPerUser = max;
			return this;
		}

		/**
		 * Sets how many characters a chatroom's {@code custom} may have; 1,024 by
		 * default, as documented. Newer documents say 8 KB.
		 * @param max the number, 0 or more
		 * @return this builder
		 */
		public Builder maxCustom(int max) {
			require(max >= 0, "A bound of " + max + " is below 0");
			this.maxCustom = max;
			return this;
		}

		/**
		 * Starts the emulator.
		 * @return the emulator, to be closed by the caller
		 * @throws RuntimeException if the port is in use
		 */
		public ImEmulator start() {
			return new ImEmulator(this);
		}

		private static void require(boolean met, String otherwise) {
			if (!met) {
				throw new IllegalArgumentException(otherwise);
			}
		}

	}

}
