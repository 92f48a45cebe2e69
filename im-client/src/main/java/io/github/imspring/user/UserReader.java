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

package io.github.imspring.user;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.imspring.error.ImDecodingException;
import io.github.imspring.exchange.ImResponse;
import io.github.imspring.exchange.ResponseFields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads users from answers.
 */
final class UserReader {

	private UserReader() {
	}

	static User user(ImResponse response, String username) {
		return users(response).stream()
			.filter((user) -> user.username().equalsIgnoreCase(username))
			.findFirst()
			.orElseThrow(() -> response.broken("the user who was asked for is not among the answer's"));
	}

	static UserPage page(ImResponse response) {
		return new UserPage(users(response), response.fields().textOrNull("cursor"), response.envelope());
	}

	private static List<User> users(ImResponse response) {
		return response.body()
			.path("entities")
			.values()
			.stream()
			.map((node) -> user(response, new ResponseFields(node)))
			.toList();
	}

	private static User user(ImResponse response, ResponseFields node) {
		String username = node.textOrNull("username");
		if (username == null) {
			throw response.broken("a user has no 'username'");
		}
		return new User(username, node.textOrNull("uuid"), node.textOrNull("nickname"), node.flag("activated"),
				node.time("created"), node.time("modified"));
	}

	/**
	 * What became of each user of a call, by the key of the name.
	 */
	static Map<String, Registration> registrations(ImResponse response, List<NewUser> asked) {
		Map<String, User> made = new HashMap<>();
		users(response).forEach((user) -> made.put(UserBounds.key(user.username()), user));
		Map<String, String> refused = new HashMap<>();
		for (JsonNode refusal : response.body().path("data").values()) {
			refused.put(UserBounds.key(refusal.path("username").asString("")),
					refusal.path("registerUserFailReason").asString("the service gives no reason"));
		}
		Map<String, Registration> registrations = new HashMap<>();
		for (NewUser user : asked) {
			String key = UserBounds.key(user.username());
			registrations.put(key, registration(response, user.username(), made.get(key), refused.get(key)));
		}
		return registrations;
	}

	private static Registration registration(ImResponse response, String username, @Nullable User made,
			@Nullable String refusal) {
		if (made != null) {
			return Registration.made(username, made);
		}
		if (refusal == null) {
			ImDecodingException failure = response.broken("the answer does not mention the user");
			return Registration.failed(username, failure);
		}
		return (refusal.contains("already exists") || refusal.contains("duplicate_unique_property_exists")
				|| refusal.contains("be unique")) ? Registration.existed(username, refusal)
						: Registration.refused(username, refusal);
	}

	static boolean online(ImResponse response, String username) {
		return statuses(response, List.of(username)).get(0).online();
	}

	/**
	 * The status of each user asked for, in order: an object, or an array of objects, of
	 * names and statuses.
	 */
	static List<OnlineStatus> statuses(ImResponse response, List<String> usernames) {
		JsonNode data = response.data();
		Map<String, String> statuses = new HashMap<>();
		for (JsonNode entry : data.isArray() ? List.copyOf(data.values()) : List.of(data)) {
			entry.forEachEntry((username, status) -> statuses.put(UserBounds.key(username), status.asString()));
		}
		return usernames.stream().map((username) -> {
			String status = statuses.get(UserBounds.key(username));
			if (status == null) {
				throw response.broken("the answer does not mention a user");
			}
			return new OnlineStatus(username, "online".equalsIgnoreCase(status));
		}).toList();
	}

	static List<Device> devices(ImResponse response) {
		List<Device> devices = new ArrayList<>();
		for (JsonNode device : response.data().values()) {
			ResponseFields node = new ResponseFields(device);
			String resource = node.textOrNull("res");
			if (resource == null) {
				throw response.broken("a device has no 'res'");
			}
			devices.add(new Device(resource, node.textOrNull("device_uuid"), node.textOrNull("device_name")));
		}
		return List.copyOf(devices);
	}

}
