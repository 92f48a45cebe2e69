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

import java.time.Duration;
import java.time.Instant;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A warning of one kind is logged every ten seconds at most, and the others are counted.
 */
class ThrottledLogTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(ThrottledLogTests.class);

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	private Instant now = SignedCallbacks.NOW;

	private final ThrottledLog log = new ThrottledLog(LogFactory.getLog(ThrottledLogTests.class), () -> this.now);

	@BeforeEach
	void listen() {
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	@AfterEach
	void detach() {
		this.logger.detachAppender(this.appender);
	}

	@Test
	void warnsEveryTenSecondsAndSaysHowOftenItDidNot() {
		this.log.warn("first");
		this.log.warn("second");
		this.now = this.now.plusSeconds(10).minusMillis(1);
		this.log.warn("third", new IllegalStateException());
		this.now = this.now.plusMillis(1);
		IllegalStateException cause = new IllegalStateException("on purpose");
		this.log.warn("fourth", cause);
		this.now = this.now.plus(Duration.ofSeconds(10));
		this.log.warn("fifth");
		assertThat(this.appender.list).extracting(ILoggingEvent::getFormattedMessage)
			.containsExactly("first", "fourth (2 more like it before were not logged)", "fifth");
		assertThat(this.appender.list.get(1).getThrowableProxy().getMessage()).isEqualTo("on purpose");
	}

}
