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

package io.github.imspring.message;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.github.imspring.exchange.ImResponse;
import io.github.imspring.exchange.JsonValue;
import io.github.imspring.exchange.ResponseEnvelope;
import org.jspecify.annotations.Nullable;

import org.springframework.util.CollectionUtils;

/**
 * What became of a message ("Send one-to-one messages").
 *
 * @param messageIds the id of the message for each recipient, as spelled in the message,
 * in the order of the answer; ids are numbers too large for a {@code double}, so they are
 * strings
 * @param missing the recipients for whom the answer has no id; usually none. The service
 * does not check whether a recipient exists: an id is no proof of that
 * @param envelope what surrounds the ids in the answer
 * @since 0.1.0
 */
public record SendResult(Map<String, String> messageIds, List<String> missing, ResponseEnvelope envelope) {

	/**
	 * Copies the collections.
	 * @param messageIds the id of the message for each recipient
	 * @param missing the recipients for whom there is no id
	 * @param envelope what surrounds the ids in the answer
	 */
	public SendResult {
		messageIds = Collections.unmodifiableMap(new LinkedHashMap<>(messageIds));
		missing = List.copyOf(missing);
	}

	/**
	 * The ids by the members that the message went to, where the service names the
	 * chatroom or group.
	 */
	SendResult ofMembers(Message message) {
		String id = this.messageIds.get(message.within());
		if (id == null) {
			return this;
		}
		Map<String, String> ids = new LinkedHashMap<>();
		message.to().forEach((user) -> ids.put(user, id));
		return new SendResult(ids, List.of(), this.envelope);
	}

	static SendResult of(List<String> recipients, ImResponse response) {
		Map<String, String> ids = CollectionUtils.newLinkedHashMap(recipients.size());
		ResponseEnvelope envelope = response.read((name, value) -> {
			if (name.equals("data")) {
				ids.clear();
				read(value, recipients, ids, response);
			}
		});
		if (ids.isEmpty()) {
			throw response.broken("the answer has no message id for anybody");
		}
		List<String> missing = new ArrayList<>();
		for (String user : recipients) {
			if (!ids.containsKey(user) && !missing.contains(user)) {
				missing.add(user);
			}
		}
		return new SendResult(ids, missing, envelope);
	}

	private static void read(JsonValue data, List<String> recipients, Map<String, String> ids, ImResponse response) {
		if (!data.isObject() && !data.isNull()) {
			throw response.broken("'data' is no object of recipients and message ids");
		}
		Map<String, List<String>> asked = CollectionUtils.newHashMap(recipients.size());
		for (String user : recipients) {
			asked.merge(identity(user), List.of(user), SendResult::both);
		}
		JsonValue.Elements fields = data.elements();
		while (fields.next()) {
			String name = fields.name();
			String id = id(fields.value(), response);
			if (id != null) {
				for (String user : asked.getOrDefault(identity(name), List.of(name))) {
					ids.put(user, id);
				}
			}
		}
	}

	private static List<String> both(List<String> some, List<String> others) {
		return Stream.concat(some.stream(), others.stream()).distinct().toList();
	}

	private static @Nullable String id(JsonValue value, ImResponse response) {
		if (value.isString() || value.isInteger()) {
			String id = value.text();
			return (id != null && !id.isBlank()) ? id : null;
		}
		if (value.isNull()) {
			return null;
		}
		throw response.broken("a message id is neither a string nor an integer");
	}

	/**
	 * What the service takes for the same user: it does not tell upper from lower case.
	 */
	static String identity(String user) {
		return user.toLowerCase(Locale.ROOT);
	}

}
