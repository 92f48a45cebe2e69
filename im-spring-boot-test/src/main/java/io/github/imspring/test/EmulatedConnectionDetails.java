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

package io.github.imspring.test;

import io.github.imspring.autoconfigure.ImConnectionDetails;
import io.github.imspring.emulator.ImEmulator;

/**
 * Where the emulator is, and its client credentials.
 */
final class EmulatedConnectionDetails implements ImConnectionDetails {

	private final ImEmulator emulator;

	EmulatedConnectionDetails(ImEmulator emulator) {
		this.emulator = emulator;
	}

	ImEmulator emulator() {
		return this.emulator;
	}

	@Override
	public String getBaseUrl() {
		return this.emulator.baseUrl();
	}

	@Override
	public String getOrgName() {
		return this.emulator.orgName();
	}

	@Override
	public String getAppName() {
		return this.emulator.appName();
	}

	@Override
	public String getClientId() {
		return this.emulator.clientId();
	}

	@Override
	public String getClientSecret() {
		return this.emulator.clientSecret();
	}

}
