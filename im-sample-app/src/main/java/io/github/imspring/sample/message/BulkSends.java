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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.web.server.ResponseStatusException;

/**
 * The bulk sends that go on, and the last that ended.
 */
@Service
class BulkSends {

	private static final int CAPACITY = 8;

	private final MessageOperations messages;

	private final Messenger messenger;

	private final Map<String, BulkSend> byId = new LinkedHashMap<>();

	BulkSends(MessageOperations messages, Messenger messenger) {
		this.messages = messages;
		this.messenger = messenger;
	}

	/**
	 * Starts a bulk send.
	 * @param request the message and its recipients
	 * @return its progress
	 * @throws ResponseStatusException if too many are under way
	 */
	BulkProgress start(BulkRequest request) {
		Message template = this.messenger.message(request.template());
		BulkSend send = add(request);
		send.start(this.messages, template);
		return send.progress();
	}

	private synchronized BulkSend add(BulkRequest request) {
		if (this.byId.size() == CAPACITY && !forgetOneThatEnded()) {
			throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE,
					"%d bulk sends are under way; cancel one or wait".formatted(CAPACITY));
		}
		String id = UUID.randomUUID().toString();
		BulkSend send = new BulkSend(id, request.distinctRecipients());
		this.byId.put(id, send);
		return send;
	}

	private boolean forgetOneThatEnded() {
		return this.byId.values()
			.stream()
			.filter((send) -> send.progress().ended())
			.findFirst()
			.map((ended) -> this.byId.values().remove(ended))
			.orElse(false);
	}

	synchronized List<BulkProgress> all() {
		return this.byId.values().stream().map(BulkSend::progress).toList();
	}

	synchronized BulkSend get(String id) {
		BulkSend send = this.byId.get(id);
		if (send == null) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such bulk send, or it is forgotten");
		}
		return send;
	}

}
