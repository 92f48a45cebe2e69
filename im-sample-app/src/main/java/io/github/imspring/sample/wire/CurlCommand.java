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

package io.github.imspring.sample.wire;

import java.net.URI;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A request as a command for a POSIX shell. The token is to be in {@code IM_TOKEN}.
 */
final class CurlCommand {

	private static final List<String> HEADERS = List.of("Accept", "Content-Type", "restrict-access", "thumbnail-width",
			"thumbnail-height");

	private CurlCommand() {
	}

	static String of(String method, URI url, Map<String, String> headers, @Nullable String body) {
		StringBuilder command = new StringBuilder("curl");
		if (!"GET".equals(method)) {
			command.append(" -X ").append(method);
		}
		command.append(' ').append(quote(url.toString()));
		if (headers.containsKey("Authorization")) {
			command.append(" \\\n  -H \"Authorization: Bearer $IM_TOKEN\"");
		}
		String type = headers.getOrDefault("Content-Type", "");
		boolean form = type.startsWith("multipart/");
		for (String name : HEADERS) {
			if (headers.containsKey(name) && !(form && "Content-Type".equals(name))) {
				command.append(" \\\n  -H ").append(quote(name + ": " + headers.get(name)));
			}
		}
		if (form) {
			command.append(" \\\n  -F file=@FILE");
		}
		else if (body != null) {
			command.append(" \\\n  --data-raw ").append(quote(body));
		}
		return command.toString();
	}

	private static String quote(String text) {
		return "'" + text.replace("'", "'\\''") + "'";
	}

}
