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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * The tokens that the emulator accepts: those it issued, which carry their number, their
 * expiry and a signature, so that none has to be remembered; and AccessToken2, built by
 * their bearer with the App certificate.
 */
public final class Tokens {

	/** Every token of the service begins so: it is the Base64 of "ac-". */
	private static final byte[] MARK = "ac-".getBytes(StandardCharsets.US_ASCII);

	private static final int SIGNED = MARK.length + 2 * Long.BYTES;

	private static final int SIGNATURE = 16;

	private static final int MAX_SEEN = 1000;

	private static final String SCHEME = "Bearer ";

	private final EmulatorClock clock;

	private final Duration defaultTtl;

	private final byte[] key = new byte[32];

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

	Tokens(EmulatorClock clock, Duration defaultTtl) {
		this.clock = clock;
		this.defaultTtl = defaultTtl;
		new SecureRandom().nextBytes(this.key);
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
		long expiry = ttl.isZero() ? Long.MAX_VALUE : this.clock.instant().plus(ttl).toEpochMilli();
		byte[] token = Arrays.copyOf(MARK, SIGNED + SIGNATURE);
		ByteBuffer.wrap(token)
			.position(MARK.length)
			.putLong(this.issued.incrementAndGet())
			.putLong(expiry)
			.put(sign(token));
		return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
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
	 * @throws ServiceError if there is no good token in it
	 */
	void check(@Nullable String authorization) {
		if (authorization == null || authorization.isBlank()) {
			throw ServiceError.expiredToken();
		}
		if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
			throw ServiceError.unauthorized("Unable to authenticate (OAuth)");
		}
		String token = authorization.substring(SCHEME.length()).trim();
		if (token.startsWith(AccessToken2.PREFIX)) {
			checkBuilt(token);
		}
		else {
			checkIssued(token);
		}
	}

	/**
	 * Checks that the {@code Authorization} header has an AccessToken2.
	 * @return when the token expires
	 */
	Instant checkExchange(@Nullable String authorization) {
		if (authorization == null || !authorization.startsWith(SCHEME + AccessToken2.PREFIX)) {
			throw ServiceError.unauthorized("Unable to authenticate (OAuth)");
		}
		return checkBuilt(authorization.substring(SCHEME.length()).trim());
	}

	private void checkIssued(String token) {
		byte[] bytes;
		try {
			bytes = Base64.getUrlDecoder().decode(token);
		}
		catch (IllegalArgumentException ex) {
			throw ServiceError.corruptToken();
		}
		if (bytes.length != SIGNED + SIGNATURE
				|| !MessageDigest.isEqual(Arrays.copyOfRange(bytes, SIGNED, bytes.length), sign(bytes))) {
			throw ServiceError.corruptToken();
		}
		ByteBuffer content = ByteBuffer.wrap(bytes).position(MARK.length);
		long number = content.getLong();
		long expiry = content.getLong();
		if (number <= this.revokedUpTo) {
			throw ServiceError.unauthorized("Unable to authenticate (OAuth)");
		}
		if (number <= this.expiredUpTo || expiry <= this.clock.millis()) {
			throw ServiceError.expiredToken();
		}
	}

	private Instant checkBuilt(String token) {
		Seen known;
		synchronized (this.seen) {
			known = this.seen.get(token);
		}
		if (known == null) {
			AccessToken2 read = AccessToken2.read(token, Credentials.APP_ID, Credentials.APP_CERTIFICATE);
			if (read == null) {
				throw ServiceError.corruptToken();
			}
			known = new Seen(read.expiry(), State.GOOD);
			synchronized (this.seen) {
				Seen other = this.seen.putIfAbsent(token, known);
				known = (other != null) ? other : known;
			}
		}
		if (known.state == State.REVOKED) {
			throw ServiceError.unauthorized("Unable to authenticate (OAuth)");
		}
		if (known.state == State.EXPIRED || !known.expiry.isAfter(this.clock.instant())) {
			throw ServiceError.expiredToken();
		}
		return known.expiry;
	}

	private void turn(State state) {
		synchronized (this.seen) {
			this.seen.replaceAll((token, before) -> new Seen(before.expiry, state));
		}
	}

	private byte[] sign(byte[] token) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(this.key, "HmacSHA256"));
			mac.update(token, 0, SIGNED);
			return Arrays.copyOf(mac.doFinal(), SIGNATURE);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every JDK has HmacSHA256", ex);
		}
	}

	private enum State {

		GOOD, REVOKED, EXPIRED

	}

	private record Seen(Instant expiry, State state) {
	}

}
