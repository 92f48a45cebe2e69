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
package io.github.imspring.benchmarks.call;

import java.nio.charset.StandardCharsets;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * Answers every request with the same bytes, and asks for a token with another.
 */
public final class CannedService {

	private static final byte[] TOKEN = "{\"access_token\":\"t0ken\",\"expires_in\":86400,\"application\":\"a\"}"
		.getBytes(StandardCharsets.UTF_8);

	private CannedService() {
	}

	/**
	 * Listens on a free port of the loopback address, and prints it.
	 * @param arguments the {@link Shape}
	 */
	public static void main(String[] arguments) {
		byte[] answer = Shape.valueOf(arguments[0]).answer();
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> request.receive()
				.then(response.header("Content-Type", "application/json")
					.sendByteArray(Mono.just(request.uri().endsWith("/token") ? TOKEN : answer))
					.then()))
			.bindNow();
		System.out.println(server.port());
		server.onDispose().block();
	}

}
