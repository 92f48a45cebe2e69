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

package io.github.imspring.emulator.service;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Under which names an app is known, and the credentials that it takes. All of them
 * follow from one name, so that they are the same in every emulator.
 *
 * @param name what the emulator calls the app
 * @param orgName the organization, for paths
 * @param appName the app, for paths
 * @param clientId the id that the token endpoint takes
 * @param clientSecret the secret that the token endpoint takes
 * @param appId the App ID, for paths and AccessToken2
 * @param appCertificate the certificate that AccessToken2 is signed with
 * @param application what envelopes call the app
 * @since 0.1.0
 */
public record AppIdentity(String name, String orgName, String appName, String clientId, String clientSecret,
		String appId, String appCertificate, String application) {

	/** The app that is always there. */
	public static final String DEFAULT_NAME = "default";

	private static final String ORG_NAME = "emulator-org";

	private static final String APP_NAME = "emulator-app";

	private static final String CLIENT_ID = "emulator-client-id";

	private static final String CLIENT_SECRET = "emulator-client-secret";

	/** App ID and certificate are the vendor's published test constants. */
	private static final AppIdentity DEFAULT = new AppIdentity(DEFAULT_NAME, ORG_NAME, APP_NAME, CLIENT_ID,
			CLIENT_SECRET, "970CA35de60c44645bbae8a215061b33", "5CFd2fd1755d40ecb72977518be15d3b",
			"8be024f0-e978-11e8-b697-5d598d5f8402");

	private static final Pattern PLAIN = Pattern.compile("[a-zA-Z0-9._-]{1,40}");

	private static final int HEX_LENGTH = 32;

	public static AppIdentity of(String name) {
		if (name.equals(DEFAULT_NAME)) {
			return DEFAULT;
		}
		String suffix = "-" + (PLAIN.matcher(name).matches() ? name : hex("name", name).substring(0, 12));
		return new AppIdentity(name, ORG_NAME, APP_NAME + suffix, CLIENT_ID + suffix, CLIENT_SECRET + suffix,
				hex("app-id", name), hex("app-certificate", name),
				UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
	}

	/** The App Key, as it stands in errors and callbacks. */
	public String appKey() {
		return this.orgName + "#" + this.appName;
	}

	private static String hex(String purpose, String name) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256")
				.digest((purpose + ":" + name).getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(Arrays.copyOf(digest, HEX_LENGTH / 2));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every JDK has SHA-256", ex);
		}
	}

}
