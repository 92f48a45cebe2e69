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

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * A token that its bearer built and signed: {@code 007} tokens of Shengwang and Agora.
 * Read once its signature is found right; all integers are little-endian.
 *
 * @param expiry when its privilege ends
 * @param user the id of the user whose it is, or an empty text for the App's own
 * @since 0.1.0
 */
public record AccessToken2(Instant expiry, String user) {

	public static final String PREFIX = "007";

	private static final int MAX_INFLATED = 4096;

	private static final long MAX_LIFE_SECONDS = 24 * 60 * 60;

	private static final int CHAT = 5;

	private static final int CHAT_USER_PRIVILEGE = 1;

	private static final int CHAT_APP_PRIVILEGE = 2;

	/**
	 * Reads a token.
	 * @return the token, or {@code null} if it is broken, forged, of another App, or not
	 * a token of the chat service
	 */
	public static @Nullable AccessToken2 read(String token, String appId, String appCertificate) {
		try {
			ByteBuffer content = ByteBuffer.wrap(inflate(Base64.getDecoder().decode(token.substring(PREFIX.length()))))
				.order(ByteOrder.LITTLE_ENDIAN);
			byte[] signature = bytes(content);
			byte[] signed = new byte[content.remaining()];
			content.duplicate().get(signed);
			String tokenAppId = text(content);
			int issued = content.getInt();
			int life = content.getInt();
			int salt = content.getInt();
			byte[] key = hmac(littleEndian(salt),
					hmac(littleEndian(issued), appCertificate.getBytes(StandardCharsets.UTF_8)));
			if (!tokenAppId.equals(appId) || !MessageDigest.isEqual(signature, hmac(key, signed))) {
				return null;
			}
			ChatPrivilege privilege = chatPrivilege(content);
			if (privilege == null) {
				return null;
			}
			long seconds = Math.min(Integer.toUnsignedLong(life), MAX_LIFE_SECONDS);
			if (privilege.expire > 0) {
				seconds = Math.min(seconds, privilege.expire);
			}
			return new AccessToken2(Instant.ofEpochSecond(Integer.toUnsignedLong(issued) + seconds), privilege.user);
		}
		catch (IllegalArgumentException | BufferUnderflowException | DataFormatException
				| GeneralSecurityException ex) {
			return null;
		}
	}

	private static @Nullable ChatPrivilege chatPrivilege(ByteBuffer content) {
		int services = Short.toUnsignedInt(content.getShort());
		for (int i = 0; i < services; i++) {
			int type = Short.toUnsignedInt(content.getShort());
			Long ofApp = null;
			Long ofUser = null;
			int privileges = Short.toUnsignedInt(content.getShort());
			for (int j = 0; j < privileges; j++) {
				int privilege = Short.toUnsignedInt(content.getShort());
				long expire = Integer.toUnsignedLong(content.getInt());
				ofApp = (privilege == CHAT_APP_PRIVILEGE) ? Long.valueOf(expire) : ofApp;
				ofUser = (privilege == CHAT_USER_PRIVILEGE) ? Long.valueOf(expire) : ofUser;
			}
			if (type == CHAT) {
				return chatPrivilege(ofApp, ofUser, content);
			}
			// What the other services say of themselves: channel and user, user, nothing.
			int texts = switch (type) {
				case 1 -> 2;
				case 2 -> 1;
				case 4 -> 0;
				default -> throw new IllegalArgumentException("Unknown service " + type);
			};
			for (int j = 0; j < texts; j++) {
				bytes(content);
			}
		}
		return null;
	}

	private static @Nullable ChatPrivilege chatPrivilege(@Nullable Long ofApp, @Nullable Long ofUser,
			ByteBuffer content) {
		if (ofApp != null) {
			return new ChatPrivilege(ofApp, "");
		}
		String user = text(content);
		return (ofUser != null && !user.isEmpty()) ? new ChatPrivilege(ofUser, user) : null;
	}

	private static byte[] inflate(byte[] compressed) throws DataFormatException {
		Inflater inflater = new Inflater();
		try {
			inflater.setInput(compressed);
			byte[] buffer = new byte[MAX_INFLATED];
			ByteArrayOutputStream inflated = new ByteArrayOutputStream();
			int count = inflater.inflate(buffer);
			inflated.write(buffer, 0, count);
			if (!inflater.finished()) {
				throw new DataFormatException("Too long, or cut off");
			}
			return inflated.toByteArray();
		}
		finally {
			inflater.end();
		}
	}

	private static byte[] bytes(ByteBuffer content) {
		byte[] bytes = new byte[Short.toUnsignedInt(content.getShort())];
		content.get(bytes);
		return bytes;
	}

	private static String text(ByteBuffer content) {
		return new String(bytes(content), StandardCharsets.UTF_8);
	}

	private static byte[] littleEndian(int value) {
		return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
	}

	private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
		Mac mac = Mac.getInstance("HmacSHA256");
		mac.init(new SecretKeySpec(key, "HmacSHA256"));
		return mac.doFinal(message);
	}

	private record ChatPrivilege(long expire, String user) {
	}

}
