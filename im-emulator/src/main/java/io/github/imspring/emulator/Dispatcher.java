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

package io.github.imspring.emulator;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.github.imspring.emulator.http.Answer;
import io.github.imspring.emulator.http.Answer.Sending;
import io.github.imspring.emulator.http.HttpListener;
import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Request;
import io.github.imspring.emulator.http.Router;
import io.github.imspring.emulator.http.Router.Match;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The road of one request: fault, route, token, quota, handler. Whatever comes of it is
 * recorded before the answer leaves, so that a client which has its answer finds its
 * request in the log.
 */
final class Dispatcher implements HttpListener.Handler {

	static final String UNKNOWN_OPERATION = "unknown";

	private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

	private static final String APP_ID_STYLE = "app-id";

	private static final String CONTROL = "emulator";

	private static final int MAX_JSON_BYTES = 2 * 1024 * 1024;

	private static final int MAX_MULTIPART_BYTES = FileEndpoints.MAX_FILE_BYTES + 64 * 1024;

	private final Router<Route> service = new Router<>();

	private final Router<Route> control = new Router<>();

	private final EmulatorClock clock;

	private final Tokens tokens;

	private final Quotas quotas;

	private final Faults faults;

	private final RequestLog requests;

	Dispatcher(EmulatorClock clock, Tokens tokens, Quotas quotas, Faults faults, RequestLog requests) {
		this.clock = clock;
		this.tokens = tokens;
		this.quotas = quotas;
		this.faults = faults;
		this.requests = requests;
	}

	/** Where the areas of the service add their paths. */
	Router<Route> service() {
		return this.service;
	}

	/** Where the emulator's own paths are added. */
	Router<Route> control() {
		return this.control;
	}

	@Override
	public int maxBodySize(String contentType) {
		return contentType.toLowerCase(Locale.ROOT).startsWith("multipart/") ? MAX_MULTIPART_BYTES : MAX_JSON_BYTES;
	}

	@Override
	public Duration travelTime(Request request) {
		return isControl(request) ? Duration.ZERO : this.faults.latency().inbound();
	}

	@Override
	public Answer answer(Request request) {
		if (isControl(request)) {
			return Answer.of(guarded(() -> controlled(request)));
		}
		return serve(request).delayedBy(this.faults.latency().outbound());
	}

	private static boolean isControl(Request request) {
		List<String> segments = request.segments();
		return segments != null && segments.get(0).equals(CONTROL);
	}

	private Reply controlled(Request request) {
		List<String> segments = request.segments();
		if (segments == null || request.malformed()) {
			throw ServiceError.web(400, "Bad Request");
		}
		Match<Route> match = this.control.match(request.method(), segments);
		if (match == null) {
			throw noSuchPath(this.control, segments);
		}
		return match.target().handler().handle(new Call(request, "", request.rawPath(), match.variables(), this.clock));
	}

	private Answer serve(Request request) {
		Target target = target(request);
		String operation = (target.route != null) ? target.route.operation().apply(request) : UNKNOWN_OPERATION;
		Fault fault = this.faults.next(operation);
		Reply processed = (fault == null || fault.isAfterProcessing())
				? guarded(() -> process(operation, target, request)) : null;
		Answer answer;
		if (fault != null) {
			answer = fault.answer(this.clock, processed);
		}
		else {
			answer = Answer.of((processed != null) ? processed : Reply.of(500, "text/plain", new byte[0]));
		}
		boolean answered = answer.sending() == Sending.WHOLE || answer.sending() == Sending.TRUNCATED;
		this.requests.add(operation, request, answered ? answer.reply().status() : 0);
		return answer;
	}

	private Target target(Request request) {
		List<String> segments = request.segments();
		if (segments == null || segments.size() < 3) {
			return new Target(null, Map.of(), List.of(), "", request.rawPath());
		}
		List<String> rest = segments.subList(2, segments.size());
		int second = request.rawPath().indexOf('/', request.rawPath().indexOf('/', 1) + 1);
		Match<Route> match = this.service.match(request.method(), rest);
		return new Target((match != null) ? match.target() : null, (match != null) ? match.variables() : Map.of(), rest,
				request.rawPath().substring(0, second), request.rawPath().substring(second));
	}

	private Reply process(String operation, Target target, Request request) {
		requireApplication(request);
		if (target.route == null) {
			throw noSuchPath(this.service, target.segments);
		}
		if (target.route.access() == Route.Access.TOKEN) {
			this.tokens.check(request.header("Authorization"));
		}
		if (target.route.counting() == Route.Counting.ONE_CALL) {
			this.quotas.acquire(operation, 0);
		}
		if (request.oversized() && !FileEndpoints.UPLOAD.equals(operation)) {
			throw ServiceError.web(413, "Request Entity Too Large");
		}
		return target.route.handler()
			.handle(new Call(request, target.prefix, target.path, target.variables, this.clock));
	}

	private static void requireApplication(Request request) {
		List<String> segments = request.segments();
		if (segments == null || request.malformed()) {
			throw ServiceError.web(400, "Bad Request");
		}
		if (segments.size() < 3) {
			throw ServiceError.serviceResourceNotFound("ServiceResourceNotFoundException",
					"Service resource not found");
		}
		String first = segments.get(0);
		String second = segments.get(1);
		boolean known = first.equals(APP_ID_STYLE) ? second.equals(Credentials.APP_ID)
				: first.equals(Credentials.ORG_NAME) && second.equals(Credentials.APP_NAME);
		if (!known) {
			throw ServiceError.of(404, "organization_application_not_found",
					"org.apache.usergrid.rest.exceptions.OrganizationApplicationNotFoundException",
					"Could not find application for " + first + "/" + second + " from URI: "
							+ String.join("/", segments));
		}
	}

	private static ServiceError noSuchPath(Router<Route> router, List<String> segments) {
		Set<String> methods = router.methods(segments);
		if (methods.isEmpty()) {
			return ServiceError.serviceResourceNotFound("ServiceResourceNotFoundException",
					"Service resource not found");
		}
		return ServiceError.web(405, "Method Not Allowed").withHeader("Allow", String.join(", ", methods));
	}

	private Reply guarded(Supplier<Reply> work) {
		try {
			return work.get();
		}
		catch (ServiceError ex) {
			return ex.reply(this.clock);
		}
		catch (RuntimeException ex) {
			logger.error("The emulator failed to answer a request", ex);
			return ServiceError.of(500, "internal_error", ex.getClass().getName(), "The emulator itself failed")
				.reply(this.clock);
		}
	}

	private record Target(@Nullable Route route, Map<String, String> variables, List<String> segments, String prefix,
			String path) {
	}

}
