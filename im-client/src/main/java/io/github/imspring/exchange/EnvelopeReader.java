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

package io.github.imspring.exchange;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Picks what surrounds the data from the fields of an answer.
 */
final class EnvelopeReader {

	private @Nullable String action;

	private @Nullable String application;

	private @Nullable String applicationName;

	private @Nullable String organization;

	private @Nullable String host;

	private @Nullable String uri;

	private @Nullable String path;

	private @Nullable Long timestamp;

	private @Nullable Long duration;

	/**
	 * Takes a field, if it is one of the envelope's.
	 * @return whether it is
	 */
	boolean take(String name, JsonValue value) {
		switch (name) {
			case "action" -> this.action = value.text();
			case "application" -> this.application = value.text();
			case "applicationName" -> this.applicationName = value.text();
			case "organization" -> this.organization = value.text();
			case "host" -> this.host = value.text();
			case "uri" -> this.uri = value.text();
			case "path" -> this.path = value.text();
			case "timestamp" -> this.timestamp = value.longNumber();
			case "duration" -> this.duration = value.longNumber();
			default -> {
				return false;
			}
		}
		return true;
	}

	ResponseEnvelope envelope() {
		return new ResponseEnvelope(this.action, this.application, this.applicationName, this.organization, this.host,
				this.uri, this.path, (this.timestamp != null) ? Instant.ofEpochMilli(this.timestamp) : null,
				(this.duration != null) ? Duration.ofMillis(this.duration) : null);
	}

}
