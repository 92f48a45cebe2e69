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
import java.util.Map;
import java.util.Objects;

import io.github.imspring.emulator.file.FileService;
import org.jspecify.annotations.Nullable;

/**
 * Prepares an emulator. Not for use by several threads at once.
 *
 * @since 0.1.0
 * @see ImEmulator#builder()
 */
public final class ImEmulatorBuilder {

	String host = "127.0.0.1";

	int port;

	UserPolicy users = UserPolicy.ANY;

	QuotaMode quotaMode = QuotaMode.SLIDING;

	Duration quotaAlignment = Duration.ZERO;

	final Map<String, Integer> callsPerSecond = new HashMap<>();

	@Nullable Integer messagesPerMinute;

	Duration tokenTtl = Duration.ofHours(24);

	InstantSource clock = EmulatorClock.steady();

	Latency latency = Latency.NONE;

	int maxDeliveries = 10_000;

	int maxRequests = 2_000;

	long maxFileBytes = 64L * 1024 * 1024;

	int maxRooms = 250_000;

	int maxRoomsPerUser = Integer.MAX_VALUE;

	int maxCustom = 8 * 1024;

	ImEmulatorBuilder() {
	}

	/** As it is now, whatever becomes of the other. */
	private ImEmulatorBuilder(ImEmulatorBuilder other) {
		this.host = other.host;
		this.port = other.port;
		this.users = other.users;
		this.quotaMode = other.quotaMode;
		this.quotaAlignment = other.quotaAlignment;
		this.callsPerSecond.putAll(other.callsPerSecond);
		this.messagesPerMinute = other.messagesPerMinute;
		this.tokenTtl = other.tokenTtl;
		this.clock = other.clock;
		this.latency = other.latency;
		this.maxDeliveries = other.maxDeliveries;
		this.maxRequests = other.maxRequests;
		this.maxFileBytes = other.maxFileBytes;
		this.maxRooms = other.maxRooms;
		this.maxRoomsPerUser = other.maxRoomsPerUser;
		this.maxCustom = other.maxCustom;
	}

	/**
	 * Sets the address to listen on; {@code 127.0.0.1} by default.
	 * @param newHost a name or an address of this machine; {@code 0.0.0.0} for all
	 * @return this builder
	 */
	public ImEmulatorBuilder host(String newHost) {
		this.host = Objects.requireNonNull(newHost, "host");
		return this;
	}

	/**
	 * Sets the port to listen on; any that is free by default.
	 * @param newPort 1 to 65535, or 0 for any that is free
	 * @return this builder
	 */
	public ImEmulatorBuilder port(int newPort) {
		require(newPort >= 0 && newPort <= 65535, "A port is 0 to 65535, not " + newPort);
		this.port = newPort;
		return this;
	}

	/**
	 * Sets which users exist; {@link UserPolicy#ANY} by default.
	 * @param policy the policy
	 * @return this builder
	 */
	public ImEmulatorBuilder users(UserPolicy policy) {
		this.users = Objects.requireNonNull(policy, "policy");
		return this;
	}

	/**
	 * Sets how quotas are counted; {@link QuotaMode#SLIDING} by default.
	 * @param mode the mode
	 * @return this builder
	 */
	public ImEmulatorBuilder quota(QuotaMode mode) {
		this.quotaMode = Objects.requireNonNull(mode, "mode");
		return this;
	}

	/**
	 * Moves fixed windows against the multiples of their length; zero by default.
	 * @param offset how far, an hour at most either way
	 * @return this builder
	 */
	public ImEmulatorBuilder quotaAlignment(Duration offset) {
		Quotas.requireAlignment(offset);
		this.quotaAlignment = offset;
		return this;
	}

	/**
	 * Sets how many calls of an operation are accepted in a second; the documented number
	 * by default.
	 * @param operation the operation's name, such as {@code send-message}
	 * @param limit the calls, 0 or more
	 * @return this builder
	 */
	public ImEmulatorBuilder callsPerSecond(String operation, int limit) {
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
	public ImEmulatorBuilder messagesPerMinute(int limit) {
		require(limit >= 0, "A limit of " + limit + " is below 0");
		this.messagesPerMinute = limit;
		return this;
	}

	/**
	 * Sets the life of a token whose request names no {@code ttl}; 24 hours by default.
	 * @param ttl the life, at most 100 years; zero for tokens that never expire
	 * @return this builder
	 */
	public ImEmulatorBuilder tokenTtl(Duration ttl) {
		require(!ttl.isNegative(), "A life of " + ttl + " is below 0");
		require(ttl.toSeconds() <= TokenEndpoint.MAX_TTL_SECONDS, "A life of " + ttl + " is beyond 100 years");
		this.tokenTtl = ttl;
		return this;
	}

	/**
	 * Sets where the emulator's clock takes its time from; a steady real-time clock by
	 * default. {@link ImEmulator#clock()} moves the emulator's time without one.
	 * @param source the source
	 * @return this builder
	 */
	public ImEmulatorBuilder clock(InstantSource source) {
		this.clock = Objects.requireNonNull(source, "source");
		return this;
	}

	/**
	 * Sets the latency of all requests; none by default.
	 * @param newLatency the latency
	 * @return this builder
	 */
	public ImEmulatorBuilder latency(Latency newLatency) {
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
	public ImEmulatorBuilder maxDeliveries(int max) {
		require(max >= 0, "A bound of " + max + " is below 0");
		this.maxDeliveries = max;
		return this;
	}

	/**
	 * Sets how many requests are remembered; the last 2,000 by default. Of large requests
	 * fewer are: all of them take 32 MB and 4 KB for each that may be remembered, no
	 * more.
	 * @param max the number, 0 or more
	 * @return this builder
	 */
	public ImEmulatorBuilder maxRequests(int max) {
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
	public ImEmulatorBuilder maxFileBytes(long max) {
		require(max >= FileService.MAX_FILE_BYTES, "A bound of " + max + " does not hold one file of 10 MB");
		this.maxFileBytes = max;
		return this;
	}

	/**
	 * Sets how many chatrooms there may be; 250,000 by default.
	 * @param max the number, 0 or more
	 * @return this builder
	 */
	public ImEmulatorBuilder maxRooms(int max) {
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
	public ImEmulatorBuilder maxRoomsPerUser(int max) {
		require(max >= 0, "A bound of " + max + " is below 0");
		this.maxRoomsPerUser = max;
		return this;
	}

	/**
	 * Sets how many characters a chatroom's {@code custom} may have; 8,192 by default, as
	 * the newest documents say. Older ones say 1,024.
	 * @param max the number, 0 or more
	 * @return this builder
	 */
	public ImEmulatorBuilder maxCustom(int max) {
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
		return new ImEmulator(new ImEmulatorBuilder(this));
	}

	private static void require(boolean met, String otherwise) {
		if (!met) {
			throw new IllegalArgumentException(otherwise);
		}
	}

}
