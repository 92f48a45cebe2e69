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

package io.github.imspring.quota.redis;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * What Redis knows of the quotas of {@code org#app}, for a test to look at and to change.
 */
final class RedisContent {

	private final LettuceConnectionFactory connectionFactory;

	RedisContent(LettuceConnectionFactory connectionFactory) {
		this.connectionFactory = connectionFactory;
	}

	/**
	 * The time of Redis, in milliseconds.
	 */
	long now() {
		try (var connection = this.connectionFactory.getConnection()) {
			return connection.serverCommands().time(TimeUnit.MILLISECONDS);
		}
	}

	void hash(String key, String field, String value) {
		try (var connection = this.connectionFactory.getConnection()) {
			connection.hashCommands().hSet(bytes(key), field.getBytes(), value.getBytes());
		}
	}

	Map<String, String> hash(String key) {
		Map<String, String> hash = new HashMap<>();
		try (var connection = this.connectionFactory.getConnection()) {
			connection.hashCommands()
				.hGetAll(bytes(key))
				.forEach((field, value) -> hash.put(new String(field), new String(value)));
		}
		return hash;
	}

	/**
	 * Lets it be so long ago that Redis was found to have lost data.
	 */
	void foundLost(long millisAgo) {
		String lastAnswer = hash("instances").get("emptied").split(" ")[1];
		hash("instances", "emptied", (now() - millisAgo) + " " + lastAnswer);
	}

	private static byte[] bytes(String key) {
		return ("im:quota:{org#app}:" + key).getBytes();
	}

	void clear() {
		try (var connection = this.connectionFactory.getConnection()) {
			connection.serverCommands().flushAll();
		}
	}

}
