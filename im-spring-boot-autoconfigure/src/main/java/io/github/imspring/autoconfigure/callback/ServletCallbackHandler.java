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
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import io.github.imspring.callback.CallbackReceiver;
import io.github.imspring.callback.CallbackReply;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Hands the body of a request to the receiver, and the answer to the service.
 */
final class ServletCallbackHandler implements HandlerFunction<ServerResponse> {

	private final CallbackReceiver receiver;

	ServletCallbackHandler(CallbackReceiver receiver) {
		this.receiver = receiver;
	}

	/**
	 * Waits on the thread of the request, which the servlet API gives for that; no longer
	 * than the filters have to decide.
	 */
	@Override
	public ServerResponse handle(ServerRequest request) throws IOException {
		int max = this.receiver.maxBodySize();
		byte[] body = request.servletRequest().getInputStream().readNBytes(max + 1);
		CallbackReply reply = (body.length > max) ? this.receiver.refuseTooLarge()
				: Objects.requireNonNull(this.receiver.receive(body).block());
		return new Answer(response(reply), reply);
	}

	private static ServerResponse response(CallbackReply reply) {
		ServerResponse.BodyBuilder response = ServerResponse.status(reply.status());
		String json = reply.json();
		return (json != null)
				? response.contentType(MediaType.APPLICATION_JSON).body(json.getBytes(StandardCharsets.UTF_8))
				: response.contentLength(0).build();
	}

	/**
	 * A response whose receiver is notified when it has left.
	 *
	 * @param response the response
	 * @param reply the answer that it carries
	 */
	private record Answer(ServerResponse response, CallbackReply reply) implements ServerResponse {

		@Override
		public HttpStatusCode statusCode() {
			return this.response.statusCode();
		}

		@Override
		public HttpHeaders headers() {
			return this.response.headers();
		}

		@Override
		public MultiValueMap<String, Cookie> cookies() {
			return this.response.cookies();
		}

		@Override
		public @Nullable ModelAndView writeTo(HttpServletRequest request, HttpServletResponse response, Context context)
				throws ServletException, IOException {
			try {
				ModelAndView view = this.response.writeTo(request, response, context);
				response.flushBuffer();
				return view;
			}
			finally {
				this.reply.sent();
			}
		}

	}

}
