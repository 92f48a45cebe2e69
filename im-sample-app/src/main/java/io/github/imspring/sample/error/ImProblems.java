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

package io.github.imspring.sample.error;

import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImAuthenticationException;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImForbiddenException;
import io.github.imspring.error.ImNotFoundException;
import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.error.ImTimeoutException;
import io.github.imspring.error.ImValidationException;
import tools.jackson.core.JacksonException;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ServerWebInputException;

/**
 * Answers a failed call with a problem detail that carries the service's error and what
 * to do about it. It goes ahead of Spring's own advice, because an {@link ImException}
 * can also be the cause of an exception that Spring would answer with less to say.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ImProblems {

	@ExceptionHandler
	ResponseEntity<ProblemDetail> problem(ImException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status(ex),
				"%s failed: %s.".formatted(ex.operation(), ex.problem()));
		problem.setProperty("operation", ex.operation());
		problem.setProperty("hint", ex.hint());
		problem.setProperty("mayHaveBeenProcessed", ex.mayHaveBeenProcessed());
		if (ex instanceof ImValidationException validation) {
			problem.setProperty("field", validation.field());
		}
		if (ex instanceof ImApiException api && api.status() != 0) {
			problem.setProperty("service", ServiceError.of(api));
		}
		return ResponseEntity.of(problem).headers((headers) -> retryAfter(ex, headers)).build();
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> unreadable(ServerWebInputException ex) {
		Throwable cause = ex.getMostSpecificCause();
		if (cause instanceof ImException refused) {
			return problem(refused);
		}
		ProblemDetail problem = ex.getBody();
		if (cause instanceof JacksonException unreadable) {
			problem.setDetail("The body cannot be read: " + unreadable.getOriginalMessage());
		}
		return ResponseEntity.of(problem).build();
	}

	/**
	 * The caller of this application is to blame for an invalid value and for what the
	 * service calls unknown, forbidden or a bad request; everything else is between this
	 * application and the service.
	 */
	private static HttpStatus status(ImException ex) {
		if (ex instanceof ImValidationException) {
			return HttpStatus.BAD_REQUEST;
		}
		if (ex instanceof ImForbiddenException) {
			return HttpStatus.FORBIDDEN;
		}
		if (ex instanceof ImNotFoundException) {
			return HttpStatus.NOT_FOUND;
		}
		if (ex instanceof ImQuotaExceededException) {
			return HttpStatus.SERVICE_UNAVAILABLE;
		}
		if (ex instanceof ImTimeoutException) {
			return HttpStatus.GATEWAY_TIMEOUT;
		}
		if (ex instanceof ImApiException api && !(ex instanceof ImAuthenticationException)) {
			return refusal(api);
		}
		return HttpStatus.BAD_GATEWAY;
	}

	private static HttpStatus refusal(ImApiException ex) {
		return switch (ex.status()) {
			case 400 -> HttpStatus.BAD_REQUEST;
			case 409 -> HttpStatus.CONFLICT;
			case 413 -> HttpStatus.CONTENT_TOO_LARGE;
			default -> HttpStatus.BAD_GATEWAY;
		};
	}

	private static void retryAfter(ImException ex, HttpHeaders headers) {
		if (ex instanceof ImQuotaExceededException quota && quota.retryAfter() != null) {
			headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(quota.retryAfter().plusMillis(999).toSeconds()));
		}
	}

}
