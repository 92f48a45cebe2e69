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

import java.util.ArrayList;
import java.util.List;

/**
 * What one request to this application sent to the service, in order: an attempt that is
 * repeated is an exchange of its own. The fetch of a token, which belongs to all that
 * wait for it, is left out.
 */
final class WireTrace {

	/**
	 * One request hardly makes more, except lists, of which the first pages tell enough.
	 */
	private static final int CAPACITY = 8;

	private final List<WireExchange> exchanges = new ArrayList<>();

	synchronized void add(WireExchange exchange) {
		if (this.exchanges.size() < CAPACITY) {
			this.exchanges.add(exchange);
		}
	}

	synchronized List<WireExchange> exchanges() {
		return List.copyOf(this.exchanges);
	}

}
