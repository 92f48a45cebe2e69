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

package io.github.imspring.autoconfigure.callback;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the security configuration of the documents lets the service through, and
 * nobody else.
 */
class CallbackSecurityTests {

	@ParameterizedTest
	@EnumSource(WebStack.class)
	void documentedConfigurationLetsExactlyThePathThrough(WebStack stack) {
		Class<?> configuration = (stack == WebStack.WEBFLUX) ? WebFlux.class : Servlet.class;
		try (ConfigurableApplicationContext context = stack.run(List.of(stack.security(), configuration),
				"im.callback.secrets=s3cret", "im.callback.path=/im/callbacks")) {
			int port = WebStack.port(context);
			CallbackSender service = new CallbackSender(port, "/im/callbacks", "s3cret");
			CallbackSender forger = new CallbackSender(port, "/im/callbacks", "other");
			CallbackSender elsewhere = new CallbackSender(port, "/im/callbacks/other", "s3cret");
			assertThat(service.post(service.message(1, "user1", "hello")).statusCode()).isEqualTo(200);
			assertThat(forger.post(forger.message(2, "user1", "hello")).statusCode()).isEqualTo(403);
			assertThat(service.get().statusCode()).isIn(401, 403);
			assertThat(elsewhere.get().statusCode()).isEqualTo(401);
			assertThat(elsewhere.post(elsewhere.message(3, "user1", "hello")).statusCode()).isIn(401, 403);
		}
	}

	@ParameterizedTest
	@EnumSource(WebStack.class)
	void withoutItTheServiceDoesNotGetThrough(WebStack stack) {
		try (ConfigurableApplicationContext context = stack.run(List.of(stack.security()),
				"im.callback.secrets=s3cret")) {
			CallbackSender service = new CallbackSender(WebStack.port(context), "/im/callbacks", "s3cret");
			assertThat(service.post(service.message(1, "user1", "hello")).statusCode()).isIn(401, 403);
		}
	}

	@Test
	void documentsHaveTheConfigurationThatIsTested() throws IOException {
		List<String> test = lines(
				Path.of("src", "test", "java", CallbackSecurityTests.class.getName().replace('.', '/') + ".java"));
		for (String document : List.of("callbacks.md", "callbacks.zh-CN.md")) {
			List<String> documented = lines(Path.of("..", "docs", document));
			assertThat(documented).containsAll(snippet(test, "SecurityWebFilterChain callbackSecurity("))
				.containsAll(snippet(test, "SecurityFilterChain callbackSecurity("));
		}
	}

	private static List<String> snippet(List<String> lines, String start) {
		List<String> snippet = lines.stream()
			.dropWhile((line) -> !line.startsWith(start))
			.takeWhile((line) -> !line.equals("}"))
			.toList();
		assertThat(snippet).hasSizeGreaterThan(3);
		return snippet;
	}

	private static List<String> lines(Path path) throws IOException {
		try (Stream<String> lines = Files.lines(path)) {
			return lines.map(String::strip).collect(Collectors.toList());
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class WebFlux {

		@Bean
		@Order(1)
		SecurityWebFilterChain callbackSecurity(ServerHttpSecurity http) {
			return http.securityMatcher(new PathPatternParserServerWebExchangeMatcher("/im/callbacks", HttpMethod.POST))
				.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
				.csrf(ServerHttpSecurity.CsrfSpec::disable)
				.build();
		}

		@Bean
		SecurityWebFilterChain everythingElse(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
				.httpBasic(Customizer.withDefaults())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Servlet {

		@Bean
		@Order(1)
		SecurityFilterChain callbackSecurity(HttpSecurity http) {
			return http.securityMatcher(PathPatternRequestMatcher.pathPattern(HttpMethod.POST, "/im/callbacks"))
				.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
				.csrf((csrf) -> csrf.disable())
				.build();
		}

		@Bean
		SecurityFilterChain everythingElse(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.httpBasic(Customizer.withDefaults())
				.build();
		}

	}

}
