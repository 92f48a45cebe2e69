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
import java.util.regex.Pattern;

import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes an exception of an answer that is not a success ("HTTP status codes"). The same
 * condition bears several names, so the status decides first.
 */
public final class ErrorDecoder {

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
		ErrorResponse response = read(answer);
		Hint hint = CommonHints.of(operation, hints, response);
		String name = operation.name();
		int status = response.status();
		if (isCredentialError(operation, response)) {
			return new ImAuthenticationException(name, response, hint, false, processedBefore);
		}
		if (status == 401 && !response.mentions("user is not in chatroom", "MetadataException", "group_authorization",
				"registration is not open")) {
			boolean tokenRejected = isTokenError(operation, response);
			return new ImAuthenticationException(name, response, hint, tokenRejected, processedBefore);
		}
		if (status == 429 || isSendLimit(operation, response)) {
			boolean retryable = !"resource_limited".equals(response.error());
			return new ImQuotaExceededException(name, response, hint, retryable, retryAfter(answer), processedBefore);
		}
		if (status == 401 || status == 403) {
			return new ImForbiddenException(name, response, hint, processedBefore);
		}
		if (status == 404 || (status == 400 && response.mentions("does not exist in app"))) {
			return new ImNotFoundException(name, response, hint, processedBefore);
		}
		if (status >= 500) {
			boolean wrongCall = status == 500 && response.mentions("unsupported_service_operation", "web_application");
			boolean processed = !wrongCall && !operation.equals(Operations.TOKEN);
			return new ImServerException(name, response, hint, wrongCall, processedBefore || processed);
		}
		return new ImApiException(name, response, hint, processedBefore);
	}

	private static boolean isCredentialError(Operation operation, ErrorResponse response) {
		return operation.equals(Operations.TOKEN) && response.status() == 400
				&& response.mentions("invalid_grant", "client_id", "client_secret");
	}

	/**
	 * Whether it is the limit of messages a minute. The documentation gives one text, the
	 * service another.
	 */
	static boolean isSendLimit(Operation operation, ErrorResponse response) {
		return response.status() == 403 && (response.mentions("message send reach limit")
				|| (operation.equals(Operations.SEND_MESSAGE) && response.mentions("Forbidden for url")));
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
		String text = answer.hideSecrets(new String(answer.body(), StandardCharsets.UTF_8));
		JsonNode json = readJson(text);
		if (json == null || !json.isObject()) {
			return new ErrorResponse(answer.status(), null, null, null, null, text);
		}
		return new ErrorResponse(answer.status(), text(json, "error", answer), text(json, "error_description", answer),
				text(json, "exception", answer), number(json, "error_code"), text);
	}

	private @Nullable JsonNode readJson(String text) {
		try {
			return this.mapper.readTree(text);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private static @Nullable String text(JsonNode json, String field, Answer answer) {
		JsonNode value = json.get(field);
		return (value != null && value.isValueNode() && !value.isNull()) ? answer.hideSecrets(value.asString()) : null;
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
			return untilDate(header);
		}
	}

	private @Nullable Duration untilDate(String header) {
		try {
			Instant date = ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
			Duration pause = Duration.between(this.clock.instant(), date);
			return pause.isNegative() ? Duration.ZERO : pause;
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
	 * @param body the body as far as it was read, possibly empty
	 * @param secrets what must not show up in the exception even if the service echoes it
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Answer(int status, @Nullable String retryAfter, byte[] body, List<String> secrets) {

		/**
		 * A secret of fewer characters is hidden only where it stands as a word of its
		 * own: a password such as {@code user} must not garble what the service says.
		 */
		private static final int WORD = 12;

		private String hideSecrets(String text) {
			String hidden = text;
			for (String secret : this.secrets) {
				String escaped = new String(JsonStringEncoder.getInstance().quoteAsCharArray(secret));
				for (String form : List.of(secret, escaped, secret.replace("/", "\\/"))) {
					hidden = (form.length() < WORD) ? Pattern.compile("(?<!\\w)" + Pattern.quote(form) + "(?!\\w)")
						.matcher(hidden)
						.replaceAll("******") : hidden.replace(form, "******");
				}
			}
			return hidden;
		}

		@Override
		public String toString() {
			return "Answer[status=" + this.status + "]";
		}

	}

}
