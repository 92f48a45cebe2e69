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

package io.github.imspring.sample.console;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Refuses what the page of another site makes a browser send here. A browser says where a
 * request comes from, in {@code Origin} and {@code Sec-Fetch-Site}; a client that says
 * nothing of it, such as curl, is no browser and passes. A host that is not this
 * application's own is refused as well: it is how a page whose name points to this
 * machine would pass for our own.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class CrossSiteGuard implements WebFilter {

	private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

	private final ConsoleProperties console;

	CrossSiteGuard(ConsoleProperties console) {
		this.console = console;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (!isOwnHost(request)) {
			return refuse(exchange, "This is not a name of this application; 'console.hosts' lists them.");
		}
		if (!SAFE.contains(request.getMethod()) && !isOwnSite(request)) {
			return refuse(exchange, "A page of another site must not change anything here.");
		}
		return chain.filter(exchange);
	}

	private boolean isOwnHost(ServerHttpRequest request) {
		InetSocketAddress host = request.getHeaders().getHost();
		return host == null || this.console.hosts().contains(host.getHostString());
	}

	private static boolean isOwnSite(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		String site = headers.getFirst("Sec-Fetch-Site");
		String origin = headers.getOrigin();
		return (site == null || OWN_SITE.contains(site)) && (origin == null || isOwnOrigin(origin, headers));
	}

	private static boolean isOwnOrigin(String origin, HttpHeaders headers) {
		@Nullable String host = headers.getFirst(HttpHeaders.HOST);
		return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
	}

	private static Mono<Void> refuse(ServerWebExchange exchange, String why) {
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(HttpStatus.FORBIDDEN);
		response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		byte[] problem = "{\"status\":403,\"title\":\"Forbidden\",\"detail\":\"%s\"}".formatted(why)
			.getBytes(StandardCharsets.UTF_8);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(problem)));
	}

}
