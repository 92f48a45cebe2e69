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

package io.github.imspring.token;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import java.util.zip.DeflaterOutputStream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Builds tokens of version 007 ("AccessToken2") for the service's chat.
 */
final class AccessToken2 {

	static final short USER_PRIVILEGE = 1;

	static final short APP_PRIVILEGE = 2;

	private static final Pattern HEX_32 = Pattern.compile("[0-9a-fA-F]{32}");

	private static final String VERSION = "007";

	private static final short CHAT = 5;

	private final String appId;

	private final String appCertificate;

	private final InstantSource clock;

	private final IntSupplier salt;

	AccessToken2(String appId, String appCertificate, InstantSource clock) {
		this(appId, appCertificate, clock, new SecureRandom()::nextInt);
	}

	AccessToken2(String appId, String appCertificate, InstantSource clock, IntSupplier salt) {
		checkHex("The App ID", appId);
		checkHex("The App certificate", appCertificate);
		this.appId = appId;
		this.appCertificate = appCertificate;
		this.clock = clock;
		this.salt = salt;
	}

	private static void checkHex(String name, String value) {
		if (!HEX_32.matcher(value).matches()) {
			throw new IllegalArgumentException(
					name + " must be 32 hexadecimal characters but is " + value.length() + " characters");
		}
	}

	static boolean lives(Duration life) {
		return life.compareTo(Duration.ofSeconds(1)) >= 0 && life.compareTo(TokenSources.MAX_LIFE) <= 0
				&& life.toNanosPart() == 0;
	}

	/**
	 * Builds a token.
	 * @param privilege what it is for
	 * @param userId whom it is for, empty for an app token
	 * @param life how long it lives, in whole seconds
	 */
	AccessToken build(short privilege, String userId, Duration life) {
		Instant issuedAt = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		int issueTs = (int) issuedAt.getEpochSecond();
		int expire = (int) life.toSeconds();
		int saltValue = this.salt.getAsInt();
		byte[] signingInfo = signingInfo(issueTs, expire, saltValue, privilege, userId.getBytes(UTF_8));
		byte[] key = hmac(uint32(saltValue), hmac(uint32(issueTs), this.appCertificate.getBytes(US_ASCII)));
		byte[] signature = hmac(key, signingInfo);
		byte[] content = littleEndian(Short.BYTES + signature.length + signingInfo.length)
			.putShort((short) signature.length)
			.put(signature)
			.put(signingInfo)
			.array();
		String value = VERSION + Base64.getEncoder().encodeToString(compress(content));
		return new AccessToken(value, issuedAt, issuedAt.plus(life));
	}

	private byte[] signingInfo(int issueTs, int expire, int salt, short privilege, byte[] userId) {
		byte[] id = this.appId.getBytes(US_ASCII);
		return littleEndian(6 * Short.BYTES + id.length + 4 * Integer.BYTES + userId.length).putShort((short) id.length)
			.put(id)
			.putInt(issueTs)
			.putInt(expire)
			.putInt(salt)
			.putShort((short) 1)
			.putShort(CHAT)
			.putShort((short) 1)
			.putShort(privilege)
			.putInt(expire)
			.putShort((short) userId.length)
			.put(userId)
			.array();
	}

	private static byte[] uint32(int value) {
		return littleEndian(Integer.BYTES).putInt(value).array();
	}

	private static ByteBuffer littleEndian(int size) {
		return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
	}

	private static byte[] hmac(byte[] key, byte[] content) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(key, "HmacSHA256"));
			return mac.doFinal(content);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java runtime has no HmacSHA256", ex);
		}
	}

	private static byte[] compress(byte[] content) {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		try (DeflaterOutputStream deflater = new DeflaterOutputStream(compressed)) {
			deflater.write(content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return compressed.toByteArray();
	}

}
