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

package io.github.imspring.sample.wire;

import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Traces what a request makes the service see, if it asks with {@value #ASKED}. The
 * answer says where to read the trace.
 */
@Component
class WireTraceFilter implements WebFilter {

	/**
	 * The header of a request that is to be traced.
	 */
	static final String ASKED = "Wire-Trace";

	private final WireTraces traces;

	WireTraceFilter(WireTraces traces) {
		this.traces = traces;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (!exchange.getRequest().getHeaders().containsHeader(ASKED)) {
			return chain.filter(exchange);
		}
		WireTrace trace = new WireTrace();
		exchange.getResponse().getHeaders().set(ASKED, "/api/wire/" + this.traces.add(trace));
		return chain.filter(exchange).contextWrite((context) -> context.put(WireTrace.class, trace));
	}

}
