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

package io.github.imspring.sample.message;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebInputException;

/**
 * One message to many.
 *
 * @param message the message; its own recipients do not count
 * @param recipients the user IDs; who is named twice gets one message
 */
record BulkRequest(@Nullable SendRequest message, @Nullable List<String> recipients) {

	/**
	 * More would be kept for their outcomes than an example should keep.
	 */
	static final int MAX_RECIPIENTS = 50_000;

	SendRequest template() {
		if (this.message == null) {
			throw new ServerWebInputException("'message' must be given");
		}
		return this.message;
	}

	Set<String> distinctRecipients() {
		if (this.recipients == null || this.recipients.isEmpty() || this.recipients.size() > MAX_RECIPIENTS) {
			throw new ServerWebInputException("'recipients' must have 1 to %d user IDs".formatted(MAX_RECIPIENTS));
		}
		if (this.recipients.contains(null)) {
			throw new ServerWebInputException("'recipients' must have strings but has null");
		}
		return new LinkedHashSet<>(this.recipients);
	}

}
