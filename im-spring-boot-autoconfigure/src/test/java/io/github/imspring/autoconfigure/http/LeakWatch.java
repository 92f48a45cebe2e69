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

package io.github.imspring.autoconfigure.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import org.slf4j.LoggerFactory;

/**
 * Has Netty's own detector track each buffer while it is open, and collects what it
 * reports.
 */
final class LeakWatch implements AutoCloseable {

	private static final int ROUNDS = 5;

	private final List<String> leaks = new CopyOnWriteArrayList<>();

	private final Level before = ResourceLeakDetector.getLevel();

	private final AppenderBase<ILoggingEvent> listener = new AppenderBase<>() {
		@Override
		protected void append(ILoggingEvent event) {
			if (event.getFormattedMessage().startsWith("LEAK")) {
				LeakWatch.this.leaks.add(event.getFormattedMessage());
			}
		}
	};

	LeakWatch() {
		ResourceLeakDetector.setLevel(Level.PARANOID);
		this.listener.start();
		logger().addAppender(this.listener);
	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
	}

	/**
	 * The leaks of what has been collected by now; it is reported with the next buffers.
	 */
	List<String> leaks() {
		for (int round = 0; round < ROUNDS; round++) {
			System.gc();
			for (int i = 0; i < 200; i++) {
				PooledByteBufAllocator.DEFAULT.directBuffer(16).release();
			}
		}
		return this.leaks;
	}

	@Override
	public void close() {
		logger().detachAppender(this.listener);
		ResourceLeakDetector.setLevel(this.before);
	}

}
