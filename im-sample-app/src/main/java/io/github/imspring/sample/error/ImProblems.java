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

import java.util.Set;

import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.error.ImTimeoutException;
import io.github.imspring.error.ImValidationException;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers a failed call with a problem detail that carries the service's error and what
 * to do about it.
 */
@RestControllerAdvice
class ImProblems {

	private static final Set<Integer> CALLERS_FAULTS = Set.of(400, 403, 404, 409, 413);

	@ExceptionHandler
	ProblemDetail problem(ImException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status(ex), ex.getMessage());
		problem.setProperty("operation", ex.operation());
		problem.setProperty("hint", ex.hint());
		problem.setProperty("mayHaveBeenProcessed", ex.mayHaveBeenProcessed());
		if (ex instanceof ImValidationException validation) {
			problem.setTitle("Invalid value");
			problem.setProperty("field", validation.field());
		}
		if (ex instanceof ImApiException api) {
			problem.setTitle("IM service error");
			problem.setProperty("imStatus", api.status());
			problem.setProperty("imError", api.error());
			problem.setProperty("imErrorDescription", api.errorDescription());
		}
		return problem;
	}

	/**
	 * The caller of this application is to blame for an invalid value and for what the
	 * service calls a bad request, an unknown or a forbidden thing; everything else is
	 * between this application and the service.
	 */
	private static HttpStatus status(ImException ex) {
		if (ex instanceof ImValidationException) {
			return HttpStatus.BAD_REQUEST;
		}
		if (ex instanceof ImQuotaExceededException) {
			return HttpStatus.SERVICE_UNAVAILABLE;
		}
		if (ex instanceof ImTimeoutException) {
			return HttpStatus.GATEWAY_TIMEOUT;
		}
		if (ex instanceof ImApiException api && CALLERS_FAULTS.contains(api.status())) {
			return HttpStatus.valueOf(api.status());
		}
		return HttpStatus.BAD_GATEWAY;
	}

}
