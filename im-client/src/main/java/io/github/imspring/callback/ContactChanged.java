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

package io.github.imspring.callback;

import org.jspecify.annotations.Nullable;

/**
 * Contacts or a block list changed ("Contacts and block lists").
 *
 * @param envelope what surrounds the event
 * @param from who acted, without the app and the domain that the service puts around it
 * @param to whom it concerns
 * @param operation {@code add}, {@code accept}, {@code remote_accept}, {@code decline},
 * {@code remote_decline}, {@code remove}, {@code ban}, {@code allow}, or one that is new
 * @param reason what the request said, if given
 * @since 0.1.0
 */
public record ContactChanged(CallbackEnvelope envelope, String from, String to, String operation,
		@Nullable String reason) implements CallbackEvent {

	@Override
	public String kind() {
		return "contact";
	}

}
