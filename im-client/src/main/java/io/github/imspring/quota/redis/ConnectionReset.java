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

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.ClassUtils;

/**
 * Has the connection to Redis opened anew when its server says that it is a replica: it
 * was demoted, and a connection that lives on never leads to the new primary. What the
 * application sends over the same connection would fail as long.
 */
final class ConnectionReset {

	private static final Log logger = LogFactory.getLog(ConnectionReset.class);

	private static final boolean LETTUCE = ClassUtils.isPresent("io.lettuce.core.RedisClient",
			ConnectionReset.class.getClassLoader());

	private final ReactiveRedisConnectionFactory connectionFactory;

	ConnectionReset(ReactiveRedisConnectionFactory connectionFactory) {
		this.connectionFactory = connectionFactory;
	}

	/**
	 * Looks at what a script failed with. Blocks if the connection has to be closed.
	 */
	void failed(Throwable failure) {
		if (LETTUCE && isReplica(failure) && this.connectionFactory instanceof LettuceConnectionFactory lettuce) {
			logger.warn("Redis has become a replica: the connection to it is opened anew");
			lettuce.resetConnection();
		}
	}

	/**
	 * Depending on the version, the error of a command within a script stands first in
	 * the message or within it.
	 */
	private static boolean isReplica(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			String message = String.valueOf(cause.getMessage());
			if (message.contains("READONLY ") || message.contains("MASTERDOWN ")) {
				return true;
			}
		}
		return false;
	}

}
