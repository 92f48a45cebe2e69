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

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The addresses of requests. Remembers the last one of each operation, because many
 * operations have only one, and others are often called for the same chatroom or user.
 */
final class Addresses {

	private static final int MOST = 256;

	private final ImEndpoint endpoint;

	private final Map<String, Address> byOperation = new ConcurrentHashMap<>();

	Addresses(ImEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	URI of(ImRequest request) {
		String operation = request.operation().name();
		Address last = this.byOperation.get(operation);
		if (last != null && last.path.equals(request.path()) && last.query.equals(request.query())) {
			return last.uri;
		}
		URI uri = this.endpoint.resolve(request.path(), request.query());
		if (last != null || this.byOperation.size() < MOST) {
			this.byOperation.put(operation, new Address(request.path(), request.query(), uri));
		}
		return uri;
	}

	private record Address(List<String> path, Map<String, String> query, URI uri) {
	}

}
