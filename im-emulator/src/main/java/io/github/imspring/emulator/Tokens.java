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
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import io.github.imspring.emulator.service.AppIdentity;
import io.github.imspring.emulator.service.Caller;
import io.github.imspring.emulator.service.ServiceError;
import io.github.imspring.emulator.token.AccessToken2;
import io.github.imspring.emulator.token.TokenSigner;
import io.github.imspring.emulator.token.TokenSigner.Content;
import io.github.imspring.emulator.user.EmulatedUser;
import io.github.imspring.emulator.user.UserService;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that an app accepts: those that the emulator issued, and AccessToken2, built
 * by their bearer with the App certificate. A user's token opens what users may do
 * themselves, such as uploading a file, and nothing else.
 *
 * @since 0.1.0
 */
public final class Tokens {

	private static final int MAX_SEEN = 1000;

	private static final String SCHEME = "Bearer ";

	private final EmulatorClock clock;

	private final Duration defaultTtl;

	private final AppIdentity app;

	private final TokenSigner signer;

	private final UserService users;

	private final AtomicLong issued = new AtomicLong();

	private volatile long revokedUpTo;

	private volatile long expiredUpTo;

	/**
	 * AccessToken2 that were shown, with what {@link #revoke} or {@link #expire} made of
	 * them.
	 */
	private final Map<String, Seen> seen = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
			return size() > MAX_SEEN;
		}

	};

	Tokens(AppIdentity app, EmulatorClock clock, Duration defaultTtl, TokenSigner signer, UserService users) {
		this.app = app;
		this.clock = clock;
		this.defaultTtl = defaultTtl;
		this.signer = signer;
		this.users = users;
	}

	/**
	 * Issues a token, as the token endpoint does, for the emulator's own default life.
	 * @return the token
	 */
	public String issue() {
		return issue(this.defaultTtl);
	}

	/**
	 * Issues a token.
	 * @param ttl the token's life; zero for a token that never expires
	 * @return the token
	 */
	public String issue(Duration ttl) {
		return issue(ttl, "");
	}

	/** Issues a user's token. */
	String issueTo(EmulatedUser user, Duration ttl) {
		return issue(ttl, user.uuid().toString());
	}

	private String issue(Duration ttl, String user) {
		long expiry = ttl.isZero() ? Long.MAX_VALUE : this.clock.instant().plus(ttl).toEpochMilli();
		return this.signer.write(new Content(this.issued.incrementAndGet(), expiry, this.app.name(), user));
	}

	/**
	 * How many tokens were issued.
	 * @return the number
	 */
	public long issued() {
		return this.issued.get();
	}

	/**
	 * Turns away every token that was issued so far, and every AccessToken2 that was
	 * shown so far, with 401 {@code unauthorized} "Unable to authenticate (OAuth)".
	 */
	public void revoke() {
		this.revokedUpTo = this.issued.get();
		turn(State.REVOKED);
	}

	/**
	 * Lets every token that was issued so far, and every AccessToken2 that was shown so
	 * far, expire: 401 {@code unauthorized} "Unable to authenticate due to expired access
	 * token".
	 */
	public void expire() {
		this.expiredUpTo = this.issued.get();
		turn(State.EXPIRED);
	}

	Duration defaultTtl() {
		return this.defaultTtl;
	}

	/**
	 * Checks the {@code Authorization} header.
	 * @return whose token is in it
	 * @throws ServiceError if there is no good token in it
	 */
	Caller check(@Nullable String authorization) {
		if (authorization == null || authorization.isBlank()) {
			throw ServiceError.expiredToken();
		}
		if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
			throw ServiceError.oauth();
		}
		String token = authorization.substring(SCHEME.length()).trim();
		return caller(token.startsWith(AccessToken2.PREFIX) ? checkBuilt(token).user : checkIssued(token));
	}

	/**
	 * Checks that the {@code Authorization} header has an App's AccessToken2.
	 * @return when the token expires
	 */
	Instant checkExchange(@Nullable String authorization) {
		if (authorization == null || !authorization.startsWith(SCHEME + AccessToken2.PREFIX)) {
			throw ServiceError.oauth();
		}
		Seen token = checkBuilt(authorization.substring(SCHEME.length()).trim());
		if (!token.user.isEmpty()) {
			throw ServiceError.foreignToken();
		}
		return token.expiry;
	}

	/**
	 * A user's token is as good as its user: gone with them, and while they are banned.
	 */
	private Caller caller(String id) {
		if (id.isEmpty()) {
			return Caller.APP;
		}
		UUID uuid;
		try {
			uuid = UUID.fromString(id);
		}
		catch (IllegalArgumentException ex) {
			// A name, mostly, where an id should be.
			throw ServiceError.corruptToken();
		}
		EmulatedUser user = this.users.find(uuid);
		if (user == null || !user.activated()) {
			throw ServiceError.oauth();
		}
		return new Caller(user.username());
	}

	/** Returns whose the token is. */
	private String checkIssued(String token) {
		Content content = this.signer.read(token);
		if (content == null) {
			throw ServiceError.corruptToken();
		}
		if (!content.app().equals(this.app.name())) {
			throw ServiceError.foreignToken();
		}
		if (content.number() <= this.revokedUpTo) {
			throw ServiceError.oauth();
		}
		if (content.number() <= this.expiredUpTo || content.expiry() <= this.clock.millis()) {
			throw ServiceError.expiredToken();
		}
		return content.user();
	}

	private Seen checkBuilt(String token) {
		Seen known;
		synchronized (this.seen) {
			known = this.seen.get(token);
		}
		if (known == null) {
			AccessToken2 read = AccessToken2.read(token, this.app.appId(), this.app.appCertificate());
			if (read == null) {
				throw ServiceError.corruptToken();
			}
			known = new Seen(read.expiry(), read.user(), State.GOOD);
			synchronized (this.seen) {
				Seen other = this.seen.putIfAbsent(token, known);
				known = (other != null) ? other : known;
			}
		}
		if (known.state == State.REVOKED) {
			throw ServiceError.oauth();
		}
		if (known.state == State.EXPIRED || !known.expiry.isAfter(this.clock.instant())) {
			throw ServiceError.expiredToken();
		}
		return known;
	}

	private void turn(State state) {
		synchronized (this.seen) {
			this.seen.replaceAll((token, before) -> new Seen(before.expiry, before.user, state));
		}
	}

	private enum State {

		GOOD, REVOKED, EXPIRED

	}

	private record Seen(Instant expiry, String user, State state) {
	}

}
