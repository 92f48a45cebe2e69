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

package io.github.imspring.error;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;

import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import io.github.imspring.operation.Quota.Unit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;

/**
 * Makes an exception of an answer that is not a success ("HTTP status codes"). The same
 * condition bears several names, so the status decides first.
 *
 * @since 0.1.0
 */
public final class ErrorDecoder {

	private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

	private final JsonMapper mapper;

	private final InstantSource clock;

	/**
	 * Creates a decoder.
	 * @param mapper reads the answer
	 * @param clock the time, for a {@code Retry-After} that names a date
	 */
	public ErrorDecoder(JsonMapper mapper, InstantSource clock) {
		this.mapper = mapper;
		this.clock = clock;
	}

	/**
	 * Makes the exception.
	 * @param operation the operation that was asked for
	 * @param hints what to do about the errors that are documented for the operation
	 * @param answer what came instead of success
	 * @param processedBefore whether an earlier attempt of the same call may have been
	 * processed
	 * @return the exception of the fitting kind
	 */
	public ImApiException decode(Operation operation, ErrorHints hints, Answer answer, boolean processedBefore) {
		ErrorResponse raw = read(answer);
		ErrorResponse response = raw.hiding(new SecretMask(answer.secrets()), text(answer));
		Hint hint = hint(operation, hints, raw, answer);
		String name = operation.name();
		int status = raw.status();
		if (isCredentialError(operation, raw)) {
			return new ImAuthenticationException(name, response, hint, false, processedBefore);
		}
		if (status == 401 && !raw.mentions("user is not in chatroom", "MetadataException", "group_authorization",
				"message_rewrite_error", "registration is not open")) {
			boolean tokenRejected = isTokenError(operation, raw);
			return new ImAuthenticationException(name, response, hint, tokenRejected, processedBefore);
		}
		if (status == 429 || isSendLimit(operation, raw)) {
			boolean retryable = !"resource_limited".equals(raw.error());
			return new ImQuotaExceededException(name, response, hint, retryable, retryAfter(answer), processedBefore);
		}
		if (status == 401 || status == 403) {
			return new ImForbiddenException(name, response, hint, processedBefore);
		}
		if (status == 404 || (status == 400 && raw.mentions("does not exist in app"))) {
			return new ImNotFoundException(name, response, hint, processedBefore);
		}
		if (status >= 500) {
			boolean wrongCall = status == 500 && raw.mentions("unsupported_service_operation", "web_application");
			boolean processed = !wrongCall && !operation.equals(Operations.TOKEN);
			return new ImServerException(name, response, hint, wrongCall, processedBefore || processed);
		}
		return new ImApiException(name, response, hint, processedBefore || saysNothing(status));
	}

	/**
	 * Whether the status leaves open what became of the call: an interim answer, one that
	 * points to the result, or one that takes for known what was asked for.
	 */
	private static boolean saysNothing(int status) {
		return status < 200 || status == 300 || status == 303 || status == 304;
	}

	/**
	 * A token that was built by a wrong clock is refused like one that was revoked.
	 */
	private Hint hint(Operation operation, ErrorHints hints, ErrorResponse response, Answer answer) {
		Instant date = date(answer.date());
		if (response.status() == 401 && date != null && isTokenError(operation, response)) {
			Duration off = Duration.between(date, this.clock.instant());
			if (off.abs().compareTo(CLOCK_TOLERANCE) > 0) {
				return Hint
					.of("The clock of this host is %d minutes %s the service's: set it, because tokens are dated by it."
						.formatted(off.abs().toMinutes(), off.isNegative() ? "behind" : "ahead of"));
			}
		}
		return CommonHints.of(operation, hints, response);
	}

	private static boolean isCredentialError(Operation operation, ErrorResponse response) {
		return operation.equals(Operations.TOKEN) && response.status() == 400
				&& response.mentions("invalid_grant", "client_id", "client_secret");
	}

	/**
	 * Whether it is the limit of messages a minute, or a second. The documentation gives
	 * one text, the service another.
	 */
	static boolean isSendLimit(Operation operation, ErrorResponse response) {
		return response.status() == 403 && (response.mentions("message send reach limit")
				|| (operation.quotas().stream().anyMatch((quota) -> quota.unit() == Unit.MESSAGES)
						&& response.mentions("Forbidden for url")));
	}

	/**
	 * A download without the file's secret is answered as one with a corrupt token is:
	 * that must not cost everybody the token.
	 */
	private static boolean isTokenError(Operation operation, ErrorResponse response) {
		if (operation.equals(Operations.TOKEN)) {
			return false;
		}
		return "unauthorized".equals(response.error())
				|| ("auth_bad_access_token".equals(response.error()) && !operation.equals(Operations.DOWNLOAD_FILE));
	}

	private ErrorResponse read(Answer answer) {
		String text = text(answer);
		JsonNode json = readJson(text);
		if (json == null) {
			return new ErrorResponse(answer.status(), null, null, null, null, text);
		}
		return new ErrorResponse(answer.status(), text(json, "error"), text(json, "error_description"),
				text(json, "exception"), number(json, "error_code"), text);
	}

	private static String text(Answer answer) {
		return new String(answer.body(), StandardCharsets.UTF_8);
	}

	private @Nullable JsonNode readJson(String text) {
		try {
			return this.mapper.readTree(text);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private static @Nullable String text(JsonNode json, String field) {
		JsonNode value = json.get(field);
		return (value != null && value.isValueNode() && !value.isNull()) ? value.asString() : null;
	}

	private static @Nullable Integer number(JsonNode json, String field) {
		JsonNode value = json.get(field);
		return (value != null) ? value.asIntOpt().stream().boxed().findFirst().orElse(null) : null;
	}

	private @Nullable Duration retryAfter(Answer answer) {
		String header = answer.retryAfter();
		if (header == null) {
			return null;
		}
		try {
			return Duration.ofSeconds(Math.max(0, Integer.parseInt(header.strip())));
		}
		catch (NumberFormatException ex) {
			return until(date(header), date(answer.date()));
		}
	}

	/**
	 * A date of the service's is compared with the service's own clock, if the answer has
	 * it.
	 */
	private @Nullable Duration until(@Nullable Instant date, @Nullable Instant now) {
		if (date == null) {
			return null;
		}
		Duration pause = Duration.between((now != null) ? now : this.clock.instant(), date);
		return pause.isNegative() ? Duration.ZERO : pause;
	}

	private static @Nullable Instant date(@Nullable String header) {
		try {
			return (header != null)
					? ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant() : null;
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

	/**
	 * What came instead of success.
	 *
	 * @param status the HTTP status
	 * @param retryAfter the header {@code Retry-After}, if it came
	 * @param date the header {@code Date}, if it came
	 * @param body the body as far as it was read, possibly empty
	 * @param secrets what must not show up in the exception even if the service echoes it
	 * @since 0.1.0
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Answer(int status, @Nullable String retryAfter, @Nullable String date, byte[] body,
			List<String> secrets) {

		/**
		 * The answer with these headers.
		 * @param status the HTTP status
		 * @param headers its headers
		 * @param body the body as far as it was read, possibly empty
		 * @param secrets what must not show up in the exception
		 * @return the answer
		 */
		public static Answer of(int status, HttpHeaders headers, byte[] body, List<String> secrets) {
			return new Answer(status, headers.getFirst(HttpHeaders.RETRY_AFTER), headers.getFirst(HttpHeaders.DATE),
					body, secrets);
		}

		@Override
		public String toString() {
			return "Answer[status=" + this.status + "]";
		}

	}

}
