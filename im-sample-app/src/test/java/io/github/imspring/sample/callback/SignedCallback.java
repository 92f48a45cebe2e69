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

package io.github.imspring.sample.callback;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * A callback as the service sends it, signed as its documents say.
 */
public final class SignedCallback {

	/**
	 * What the application is configured with on the emulator.
	 */
	private static final String SECRET = "emulator-callback-secret";

	private SignedCallback() {
	}

	/**
	 * A callback with the identifier, the time and the signature that it needs.
	 * @param fields the other fields, as they stand between the braces of JSON
	 * @return the callback
	 */
	public static String of(String fields) {
		String callId = "emulator-org#emulator-app_" + UUID.randomUUID();
		long timestamp = System.currentTimeMillis();
		return "{\"callId\":\"%s\",\"timestamp\":%d,\"security\":\"%s\",%s}".formatted(callId, timestamp,
				md5(callId + SECRET + timestamp), fields);
	}

	private static String md5(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
			return String.format("%032x", new BigInteger(1, digest));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
