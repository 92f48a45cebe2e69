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

import reactor.core.publisher.Mono;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Builds app tokens of version 007 ("AccessToken2") for the service's chat.
 */
final class AccessToken2Source implements TokenSource {

	private static final Pattern HEX_32 = Pattern.compile("[0-9a-fA-F]{32}");

	private static final String VERSION = "007";

	private static final short CHAT = 5;

	private static final short APP_PRIVILEGE = 2;

	private final String appId;

	private final String appCertificate;

	private final Duration life;

	private final InstantSource clock;

	private final IntSupplier salt;

	AccessToken2Source(String appId, String appCertificate, Duration life, InstantSource clock) {
		this(appId, appCertificate, life, clock, new SecureRandom()::nextInt);
	}

	AccessToken2Source(String appId, String appCertificate, Duration life, InstantSource clock, IntSupplier salt) {
		checkHex("The App ID", appId);
		checkHex("The App certificate", appCertificate);
		if (life.compareTo(Duration.ofSeconds(1)) < 0 || life.compareTo(TokenSources.MAX_LIFE) > 0
				|| life.toNanosPart() != 0) {
			throw new IllegalArgumentException(
					"The life of a token must be 1 second to 24 hours, in whole seconds, but is " + life);
		}
		this.appId = appId;
		this.appCertificate = appCertificate;
		this.life = life;
		this.clock = clock;
		this.salt = salt;
	}

	private static void checkHex(String name, String value) {
		if (!HEX_32.matcher(value).matches()) {
			throw new IllegalArgumentException(
					name + " must be 32 hexadecimal characters but is " + value.length() + " characters");
		}
	}

	@Override
	public Mono<AccessToken> fetch() {
		return Mono.fromCallable(this::build);
	}

	private AccessToken build() throws GeneralSecurityException {
		Instant issuedAt = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		int issueTs = (int) issuedAt.getEpochSecond();
		int expire = (int) this.life.toSeconds();
		int saltValue = this.salt.getAsInt();
		byte[] signingInfo = signingInfo(issueTs, expire, saltValue);
		byte[] key = hmac(uint32(saltValue), hmac(uint32(issueTs), this.appCertificate.getBytes(US_ASCII)));
		byte[] signature = hmac(key, signingInfo);
		byte[] content = littleEndian(Short.BYTES + signature.length + signingInfo.length)
			.putShort((short) signature.length)
			.put(signature)
			.put(signingInfo)
			.array();
		String value = VERSION + Base64.getEncoder().encodeToString(compress(content));
		return new AccessToken(value, issuedAt, issuedAt.plus(this.life));
	}

	private byte[] signingInfo(int issueTs, int expire, int salt) {
		byte[] id = this.appId.getBytes(US_ASCII);
		return littleEndian(6 * Short.BYTES + id.length + 4 * Integer.BYTES).putShort((short) id.length)
			.put(id)
			.putInt(issueTs)
			.putInt(expire)
			.putInt(salt)
			.putShort((short) 1)
			.putShort(CHAT)
			.putShort((short) 1)
			.putShort(APP_PRIVILEGE)
			.putInt(expire)
			.putShort((short) 0)
			.array();
	}

	private static byte[] uint32(int value) {
		return littleEndian(Integer.BYTES).putInt(value).array();
	}

	private static ByteBuffer littleEndian(int size) {
		return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
	}

	private static byte[] hmac(byte[] key, byte[] content) throws GeneralSecurityException {
		Mac mac = Mac.getInstance("HmacSHA256");
		mac.init(new SecretKeySpec(key, "HmacSHA256"));
		return mac.doFinal(content);
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
