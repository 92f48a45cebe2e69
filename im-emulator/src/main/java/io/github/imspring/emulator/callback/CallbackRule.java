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

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where callbacks go, and the secret that signs them. A receiver that fails too often is
 * left alone for a while.
 */
final class CallbackRule {

	private static final int MAX_FAILURES = 90;

	private static final Duration FAILURE_WINDOW = Duration.ofSeconds(30);

	private static final Duration BAN_STEP = Duration.ofMinutes(5);

	private static final Duration BANS_COUNTED = Duration.ofDays(1);

	private static final int MAX_BANS = 5;

	private final URI url;

	private final String secret;

	private final @Nullable String env;

	private final Deque<Instant> failures = new ArrayDeque<>();

	private final Deque<Instant> bans = new ArrayDeque<>();

	private @Nullable Instant bannedUntil;

	CallbackRule(String url, String secret, @Nullable String env) {
		this.url = parse(url);
		if (secret.isEmpty()) {
			throw new IllegalArgumentException("The secret of a callback must not be empty");
		}
		this.secret = secret;
		this.env = env;
	}

	private static URI parse(String url) {
		try {
			URI parsed = new URI(url);
			if (("http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme())) && parsed.getHost() != null) {
				return parsed;
			}
		}
		catch (URISyntaxException ex) {
			// Answered below, like a URL of another kind.
		}
		throw new IllegalArgumentException(
				"A callback goes to a URL such as http://localhost:8080/im/callbacks, not to '" + url + "'");
	}

	URI url() {
		return this.url;
	}

	/** Whether messages of an environment go here; without one, to the default. */
	boolean isFor(@Nullable String environment) {
		return (this.env != null) ? this.env.equals(environment) : environment == null;
	}

	/** The callback, signed. */
	byte[] sign(ObjectNode callback) {
		ObjectNode signed = callback.deepCopy();
		signed.put("security",
				md5(callback.path("callId").asString() + this.secret + callback.path("timestamp").asLong()));
		return signed.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static String md5(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every JDK has MD5", ex);
		}
	}

	synchronized boolean isBanned(Instant now) {
		return this.bannedUntil != null && now.isBefore(this.bannedUntil);
	}

	/** One failure more; the ninetieth within 30 seconds bans the receiver. */
	synchronized void failed(Instant now) {
		this.failures.addLast(now);
		forget(this.failures, now.minus(FAILURE_WINDOW));
		if (this.failures.size() >= MAX_FAILURES) {
			this.failures.clear();
			forget(this.bans, now.minus(BANS_COUNTED));
			this.bans.addLast(now);
			this.bannedUntil = now.plus(BAN_STEP.multipliedBy(Math.min(this.bans.size(), MAX_BANS)));
		}
	}

	private static void forget(Deque<Instant> times, Instant until) {
		while (!times.isEmpty() && times.getFirst().isBefore(until)) {
			times.removeFirst();
		}
	}

	/** Without the secret, and without what the URL may have of one. */
	@Override
	public String toString() {
		return this.url.getScheme() + "://" + this.url.getHost();
	}

}
