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

package io.github.imspring.test;

import java.time.Duration;

import io.github.imspring.ImClient;
import io.github.imspring.message.MessageOperations;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;

/**
 * Tests of an application whose beans of the client are mocks, with nothing set under
 * {@code im}.
 */
@SpringBootTest(properties = "im.enabled=false")
class MockedClientTests {

	@MockitoBean
	private MessageOperations messages;

	@Autowired
	private Greeter greeter;

	@Test
	void mocksNeedNoClient(@Autowired ApplicationContext context) {
		given(this.messages.send(any())).willReturn(Mono.empty());
		assertThat(this.greeter.welcome("user2").blockOptional(Duration.ofSeconds(20))).isEmpty();
		assertThat(context.getBeanNamesForType(ImClient.class)).isEmpty();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Greeter.class)
	static class Application {

	}

}
