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

/**
 * The one App that the emulator serves. App ID and certificate are the vendor's published
 * test constants.
 */
final class Credentials {

	static final String ORG_NAME = "emulator-org";

	static final String APP_NAME = "emulator-app";

	static final String CLIENT_ID = "emulator-client-id";

	static final String CLIENT_SECRET = "emulator-client-secret";

	static final String APP_ID = "970CA35de60c44645bbae8a215061b33";

	static final String APP_CERTIFICATE = "5CFd2fd1755d40ecb72977518be15d3b";

	/** What envelopes call the application. */
	static final String APPLICATION = "8be024f0-e978-11e8-b697-5d598d5f8402";

	private Credentials() {
	}

}
