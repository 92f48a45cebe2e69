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

package io.github.imspring.callback;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Decides whether a callback comes from somebody who knows a secret: its {@code security}
 * is the MD5 of {@code callId}, secret and {@code timestamp} ("Verify the signature").
 * <p>
 * The signature does not cover what happened: who has seen a callback on its way can send
 * another under its signature. Receive callbacks over HTTPS alone, and under a path that
 * nobody can guess.
 *
 * @since 0.1.0
 */
public final class CallbackVerifier {

	private final List<byte[]> secrets;

	private final Duration maxAge;

	private final boolean acceptUnsigned;

	private final InstantSource clock;

	/**
	 * Creates a verifier.
	 * @param secrets the secrets of the rules in the console, at least one, none blank:
	 * each rule has its own
	 * @param maxAge how far the timestamp of a callback may be from now, before or after;
	 * above 0
	 * @param acceptUnsigned whether a callback without {@code security} is accepted; one
	 * with a wrong one never is
	 * @param clock tells what time it is
	 * @throws IllegalArgumentException if there is no secret, one of them is blank, or
	 * the age is not above 0
	 */
	public CallbackVerifier(List<String> secrets, Duration maxAge, boolean acceptUnsigned, InstantSource clock) {
		if (secrets.isEmpty() || secrets.stream().anyMatch(String::isBlank)) {
			throw new IllegalArgumentException("There must be a secret, and none may be blank");
		}
		if (maxAge.isZero() || maxAge.isNegative()) {
			throw new IllegalArgumentException("The age must be above 0");
		}
		this.secrets = secrets.stream().map((secret) -> secret.getBytes(StandardCharsets.UTF_8)).toList();
		this.maxAge = maxAge;
		this.acceptUnsigned = acceptUnsigned;
		this.clock = clock;
	}

	/**
	 * Verifies a callback.
	 * @param callback the callback, a JSON object
	 * @return what is to be thought of it
	 */
	public Verification verify(JsonNode callback) {
		JsonNode security = callback.path("security");
		if (security.isMissingNode() || security.isNull()) {
			return this.acceptUnsigned ? Verification.UNSIGNED : Verification.FORGED;
		}
		Fields fields = new Fields(callback);
		String callId = callback.path("callId").stringValue(null);
		String timestamp = digits(callback.path("timestamp"));
		byte[] signature = signature(security.stringValue(null));
		if (callId == null || timestamp == null || signature == null || !matches(callId, timestamp, signature)) {
			return Verification.FORGED;
		}
		Instant at = fields.time("timestamp");
		return (at != null && isRecent(at)) ? Verification.SIGNED : Verification.EXPIRED;
	}

	/**
	 * The digits as the service wrote them, into JSON and into the hash: a number, or, on
	 * one of its pages, a text.
	 */
	private static @Nullable String digits(JsonNode timestamp) {
		return (timestamp.isIntegralNumber() || timestamp.isString()) ? timestamp.asString() : null;
	}

	private static byte @Nullable [] signature(@Nullable String security) {
		try {
			return (security != null) ? HexFormat.of().parseHex(security) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Takes as long for every signature, and for every secret that it may be made with.
	 */
	private boolean matches(String callId, String timestamp, byte[] signature) {
		byte[] before = callId.getBytes(StandardCharsets.UTF_8);
		byte[] after = timestamp.getBytes(StandardCharsets.UTF_8);
		boolean matches = false;
		for (byte[] secret : this.secrets) {
			MessageDigest md5 = md5();
			md5.update(before);
			md5.update(secret);
			md5.update(after);
			matches |= MessageDigest.isEqual(md5.digest(), signature);
		}
		return matches;
	}

	private boolean isRecent(Instant timestamp) {
		return Duration.between(timestamp, this.clock.instant()).abs().compareTo(this.maxAge) <= 0;
	}

	private static MessageDigest md5() {
		try {
			return MessageDigest.getInstance("MD5");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String toString() {
		return "CallbackVerifier[secrets=%d, maxAge=%s]".formatted(this.secrets.size(), this.maxAge);
	}

	/**
	 * What is to be thought of a callback.
	 *
	 * @since 0.1.0
	 */
	public enum Verification {

		/**
		 * It is signed with one of the secrets, and recent.
		 */
		SIGNED,

		/**
		 * It has no signature, and needs none.
		 */
		UNSIGNED,

		/**
		 * Its signature is missing, is of another secret or no signature at all.
		 */
		FORGED,

		/**
		 * It is signed with one of the secrets, but too old, or from too far in the
		 * future.
		 */
		EXPIRED

	}

}
