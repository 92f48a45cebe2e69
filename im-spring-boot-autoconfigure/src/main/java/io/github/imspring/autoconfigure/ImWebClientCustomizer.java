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

package io.github.imspring.autoconfigure;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Changes the {@link WebClient} that calls the service, to add a filter for example.
 * Beans of this type are asked in their order.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ImWebClientCustomizer {

	/**
	 * Changes the client.
	 * @param builder builds the client; its connector, with redirects off and the
	 * timeouts of {@code im.http}, is set afterwards
	 */
	void customize(WebClient.Builder builder);

}
