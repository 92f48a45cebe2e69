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

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * A Redis server for the tests of one class, empty for each of them.
 */
final class RedisOfTests implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

	private final RealRedis server = new RealRedis();

	private @Nullable LettuceConnectionFactory connectionFactory;

	@Override
	public void beforeAll(ExtensionContext context) {
		this.server.start();
		this.connectionFactory = this.server.connect();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		content().clear();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		connectionFactory().destroy();
		this.server.close();
	}

	LettuceConnectionFactory connectionFactory() {
		return Objects.requireNonNull(this.connectionFactory);
	}

	RedisContent content() {
		return new RedisContent(connectionFactory());
	}

	Claimant claimant(int instances) {
		return new Claimant(connectionFactory(), instances);
	}

}
