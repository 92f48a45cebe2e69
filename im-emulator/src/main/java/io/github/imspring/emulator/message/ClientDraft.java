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

package io.github.imspring.emulator.message;

import org.jspecify.annotations.Nullable;

/**
 * A message that a client wants to send.
 *
 * @param id the id that it is to have
 * @param error why the service refuses it, or nothing
 * @since 0.1.0
 */
public record ClientDraft(EmulatedMessage message, String target, String id, @Nullable String error) {

	public ClientDraft with(EmulatedMessage other) {
		return new ClientDraft(other, this.target, this.id, this.error);
	}

}
