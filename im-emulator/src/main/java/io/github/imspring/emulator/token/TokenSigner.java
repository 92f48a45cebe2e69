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

package io.github.imspring.emulator.token;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * Writes tokens that carry what they are for and a signature, so that none has to be
 * remembered, and reads them back.
 *
 * @since 0.1.0
 */
public final class TokenSigner {

	/** Every token of the service begins so: it is the Base64 of "ac-". */
	private static final byte[] MARK = "ac-".getBytes(StandardCharsets.US_ASCII);

	private static final int SIGNATURE = 16;

	private static final int CONTENT = MARK.length + SIGNATURE;

	private static final String ALGORITHM = "HmacSHA256";

	private final byte[] key = new byte[32];

	public TokenSigner() {
		new SecureRandom().nextBytes(this.key);
	}

	public String write(Content content) {
		byte[] app = content.app.getBytes(StandardCharsets.UTF_8);
		byte[] user = content.user.getBytes(StandardCharsets.UTF_8);
		ByteBuffer token = ByteBuffer.allocate(CONTENT + 2 * Long.BYTES + Short.BYTES + app.length + user.length);
		token.put(MARK).position(CONTENT);
		token.putLong(content.number)
			.putLong(content.expiry)
			.putShort((short) app.length)
			.put(app)
			.put(user)
			.position(MARK.length)
			.put(sign(token.array()));
		return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
	}

	/**
	 * Reads a token.
	 * @return what it says, or nothing if nobody here wrote it
	 */
	public @Nullable Content read(String token) {
		try {
			byte[] bytes = Base64.getUrlDecoder().decode(token);
			if (bytes.length < CONTENT
					|| !MessageDigest.isEqual(Arrays.copyOfRange(bytes, MARK.length, CONTENT), sign(bytes))) {
				return null;
			}
			ByteBuffer content = ByteBuffer.wrap(bytes).position(CONTENT);
			long number = content.getLong();
			long expiry = content.getLong();
			byte[] app = new byte[content.getShort()];
			content.get(app);
			byte[] user = new byte[content.remaining()];
			content.get(user);
			return new Content(number, expiry, new String(app, StandardCharsets.UTF_8),
					new String(user, StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException | BufferUnderflowException ex) {
			return null;
		}
	}

	private byte[] sign(byte[] token) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(this.key, ALGORITHM));
			mac.update(token, CONTENT, token.length - CONTENT);
			return Arrays.copyOf(mac.doFinal(), SIGNATURE);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every JDK has " + ALGORITHM, ex);
		}
	}

	/**
	 * What a token says.
	 *
	 * @param number tokens written later have a higher one
	 * @param expiry when it ends, in epoch milliseconds
	 * @param app the name of the app that it opens
	 * @param user the id of the user whose it is, or an empty text for the app's own
	 * @since 0.1.0
	 */
	public record Content(long number, long expiry, String app, String user) {
	}

}
