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

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Says in each request which client sends it, so that whoever reads the logs of a proxy
 * or of the service can tell.
 *
 * @since 0.1.0
 */
public final class UserAgent {

	/**
	 * In lower case, which spares the maps of headers a new string for each look.
	 */
	private static final String NAME = "user-agent";

	private static final String VALUE = of(versionOf(UserAgent.class.getPackage()));

	private UserAgent() {
	}

	/**
	 * Names this client and its version, unless the headers name one already.
	 * @param headers the headers that all requests get
	 */
	public static void setIfAbsent(HttpHeaders headers) {
		if (!headers.containsHeader(NAME)) {
			headers.set(NAME, VALUE);
		}
	}

	private static @Nullable String versionOf(@Nullable Package home) {
		return (home != null) ? home.getImplementationVersion() : null;
	}

	static String of(@Nullable String version) {
		return (version != null) ? "im-spring-boot/" + version : "im-spring-boot";
	}

}
