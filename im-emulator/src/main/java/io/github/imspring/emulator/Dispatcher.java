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

import io.github.imspring.emulator.file.FileService;
import io.github.imspring.emulator.http.Answer;
import io.github.imspring.emulator.http.Answer.Sending;
import io.github.imspring.emulator.http.HttpListener;
import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Request;
import io.github.imspring.emulator.http.Router;
import io.github.imspring.emulator.http.Router.Match;
import io.github.imspring.emulator.service.Call;
import io.github.imspring.emulator.service.Route;
import io.github.imspring.emulator.service.ServiceError;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The pipeline of one request: fault, route, token, quota, handler. Whatever comes of it
 * is recorded before the answer leaves, so that a client which has its answer finds its
 * request in the log.
 */
final class Dispatcher implements HttpListener.Handler {

	static final String UNKNOWN_OPERATION = "unknown";

	private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

	private static final String CONTROL = "emulator";

	private static final int MAX_JSON_BYTES = 2 * 1024 * 1024;

	private static final int MAX_MULTIPART_BYTES = FileService.MAX_FILE_BYTES + 64 * 1024;

	private final Router<ControlHandler> control = new Router<>();

	private final EmulatorClock clock;

	private final Apps apps;

	Dispatcher(EmulatorClock clock, Apps apps) {
		this.clock = clock;
		this.apps = apps;
	}

	/** Where the emulator's own paths are added. */
	Router<ControlHandler> control() {
		return this.control;
	}

	@Override
	public int maxBodySize(String contentType) {
		return contentType.toLowerCase(Locale.ROOT).startsWith("multipart/") ? MAX_MULTIPART_BYTES : MAX_JSON_BYTES;
	}

	@Override
	public Duration travelTime(Request request) {
		return isControl(request) ? Duration.ZERO : appOf(request).faults().latency().inbound();
	}

	@Override
	public Mono<Answer> answer(Request request) {
		if (isControl(request)) {
			return Mono.defer(() -> controlled(request)).onErrorResume((ex) -> Mono.just(failure(ex))).map(Answer::of);
		}
		App app = appOf(request);
		return Mono.just(serve(app, request).delayedBy(app.faults().latency().outbound()));
	}

	/** Whoever calls an app that there is not is the business of the default one. */
	private App appOf(Request request) {
		App app = this.apps.at(request.segments());
		return (app != null) ? app : this.apps.defaultApp();
	}

	private static boolean isControl(Request request) {
		List<String> segments = request.segments();
		return segments != null && segments.get(0).equals(CONTROL);
	}

	private Mono<Reply> controlled(Request request) {
		List<String> segments = request.segments();
		if (segments == null || request.malformed()) {
			throw ServiceError.web(400, "Bad Request");
		}
		Match<ControlHandler> match = this.control.match(request.method(), segments);
		if (match == null) {
			throw noSuchPath(this.control, segments);
		}
		return match.target()
			.handle(call(this.apps.defaultApp(), UNKNOWN_OPERATION,
					new Target(null, match.variables(), segments, "", request.rawPath()), request));
	}

	private Answer serve(App app, Request request) {
		Target target = target(app, request);
		String operation = (target.route != null) ? target.route.selector().apply(request).name() : UNKNOWN_OPERATION;
		Fault fault = app.faults().next(operation, request);
		Reply processed = (fault == null || fault.isAfterProcessing())
				? guarded(() -> process(app, operation, target, request)) : null;
		Answer answer;
		if (fault != null) {
			answer = fault.answer(this.clock, processed);
		}
		else {
			answer = Answer.of((processed != null) ? processed : Reply.of(500, "text/plain", new byte[0]));
		}
		boolean answered = answer.sending() == Sending.WHOLE || answer.sending() == Sending.TRUNCATED;
		app.requestLog().add(operation, request, answered ? answer.reply().status() : 0);
		return answer;
	}

	private static Target target(App app, Request request) {
		List<String> segments = request.segments();
		if (segments == null || segments.size() < 3) {
			return new Target(null, Map.of(), List.of(), "", request.rawPath());
		}
		List<String> rest = segments.subList(2, segments.size());
		int second = request.rawPath().indexOf('/', request.rawPath().indexOf('/', 1) + 1);
		Match<Route> match = app.router().match(request.method(), rest);
		return new Target((match != null) ? match.target() : null, (match != null) ? match.variables() : Map.of(), rest,
				request.rawPath().substring(0, second), request.rawPath().substring(second));
	}

	private Reply process(App app, String operation, Target target, Request request) {
		requireApplication(request);
		if (target.route == null) {
			throw noSuchPath(app.router(), target.segments);
		}
		Call call = call(app, operation, target, request);
		if (target.route.access() != Route.Access.CHECKED_BY_HANDLER && !call.authenticate().isApp()
				&& target.route.access() == Route.Access.APP_TOKEN) {
			throw ServiceError.foreignToken();
		}
		if (target.route.counting() == Route.Counting.ONE_CALL) {
			call.acquire(0);
		}
		if (request.oversized() && !FileService.UPLOAD.equals(operation)) {
			throw ServiceError.web(413, "Request Entity Too Large");
		}
		return target.route.handler().handle(call);
	}

	private Call call(App app, String operation, Target target, Request request) {
		return new Call(request, app.identity(), target.prefix, target.path, target.variables, new Call.Context(
				this.clock, app.tokens()::check, (messages) -> app.quotas().acquire(operation, messages)));
	}

	private void requireApplication(Request request) {
		List<String> segments = request.segments();
		if (segments == null || request.malformed()) {
			throw ServiceError.web(400, "Bad Request");
		}
		if (segments.size() < 3) {
			throw ServiceError.serviceResourceNotFound("ServiceResourceNotFoundException",
					"Service resource not found");
		}
		if (this.apps.at(segments) == null) {
			throw ServiceError.of(404, "organization_application_not_found",
					"org.apache.usergrid.rest.exceptions.OrganizationApplicationNotFoundException",
					"Could not find application for " + segments.get(0) + "/" + segments.get(1) + " from URI: "
							+ String.join("/", segments));
		}
	}

	private static ServiceError noSuchPath(Router<?> router, List<String> segments) {
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
		catch (RuntimeException ex) {
			return failure(ex);
		}
	}

	private Reply failure(Throwable failure) {
		if (failure instanceof ServiceError error) {
			return error.reply(this.clock);
		}
		logger.error("The emulator failed to answer a request", failure);
		return ServiceError.of(500, "internal_error", failure.getClass().getName(), "The emulator itself failed")
			.reply(this.clock);
	}

	/** Answers a call to the emulator itself. */
	@FunctionalInterface
	interface ControlHandler {

		Mono<Reply> handle(Call call);

	}

	private record Target(@Nullable Route route, Map<String, String> variables, List<String> segments, String prefix,
			String path) {
	}

}
