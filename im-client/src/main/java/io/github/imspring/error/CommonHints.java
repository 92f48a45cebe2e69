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

import java.time.Duration;

import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Quota;
import io.github.imspring.operation.Quota.Unit;

/**
 * What to do about the errors that any operation can meet.
 */
final class CommonHints {

	private static final Hint SEND_LIMIT = Hint.of("Send fewer messages a minute, or have the limit raised and set %s; "
			+ "see also whether another program uses the same App Key.", Setting.MESSAGES_PER_MINUTE);

	private static final Hint SEND_RATE = Hint.of("Send fewer messages a second, or have the limit raised and set %s; "
			+ "see also whether another program uses the same App Key.", Setting.MESSAGES_PER_SECOND);

	private static final Hint RATE = Hint.of("Call less often, or have the limit raised and set %s; see also whether "
			+ "another program uses the same App Key.", Setting.CALLS_PER_SECOND);

	private static final ErrorHints DOCUMENTED = ErrorHints.NONE
		.on(400, "invalid_request_body", "Check that each field of the request has its documented type.")
		.on(400, "must be provided", "Give the field that the service names.")
		.on(400, "already exists", "Use another ID.")
		.on(401, "registration is not open", "Open registration in the console, or authenticate with an app token.")
		.on(401, "message_rewrite_error", "Use the ID of a message that this user may edit.")
		.on(401, "auth_bad_access_token",
				Hint.of("The token is corrupt: check %s, or the App ID and %s.", Setting.TOKEN,
						Setting.APP_CERTIFICATE))
		.on(404, "organization_application_not_found",
				Hint.of("Check %s, %s or %s, and that %s is the host that the console names for this app.",
						Setting.ORG_NAME, Setting.APP_NAME, Setting.APP_ID, Setting.BASE_URL))
		.on(404, "username", "Use the ID of a registered user.")
		.on(404, "UserNotFoundException", "Use the ID of a registered user.")
		.on(429, "resource_limited",
				"A bound of the plan is reached, which waiting does not free: look at the plan in the console.");

	private CommonHints() {
	}

	static Hint of(Operation operation, ErrorHints documented, ErrorResponse response) {
		Hint hint = documented.find(response);
		if (hint == null) {
			hint = DOCUMENTED.find(response);
		}
		return (hint != null) ? hint : byStatus(operation, response);
	}

	private static Hint byStatus(Operation operation, ErrorResponse response) {
		int status = response.status();
		if (status == 429) {
			return RATE.about(limitOf(operation, Unit.CALLS));
		}
		if (ErrorDecoder.isSendLimit(operation, response)) {
			return (isByTheSecond(operation) ? SEND_RATE : SEND_LIMIT).about(limitOf(operation, Unit.MESSAGES));
		}
		if (status >= 500) {
			return response.mentions("unsupported_service_operation", "web_application")
					? Hint.of("The service does not know this verb or URL: check %s and the path.", Setting.BASE_URL)
					: Hint.of("The service or a gateway before it failed: try again later, and ask the provider if it "
							+ "persists.");
		}
		if (status < 200 || status == 303 || status == 304) {
			return Hint.of("Look at what stands between here and the service: it answers what no client can use.");
		}
		if (status >= 300 && status < 400) {
			return Hint.of("Redirects are not followed: set %s to the host that finally answers.", Setting.BASE_URL);
		}
		return switch (status) {
			case 401 -> Hint.of("Check that the credentials (%s) belong to this app and have not been revoked.",
					Setting.CREDENTIALS);
			case 403 -> Hint.of("Check that the app's plan and the console's settings allow this call.");
			case 404 ->
				Hint.of("Check that what the call names exists, and that %s is the service's.", Setting.BASE_URL);
			case 405 -> Hint.of("The service does not take this verb here: check %s and the path.", Setting.BASE_URL);
			case 407 -> Hint.of("Give the HTTP client the user name and the password that the proxy asks for.");
			case 408 -> Hint.of("The request took too long to arrive: check the network to the service.");
			case 409 -> Hint.of("Something else changed the same thing at the same time: repeat the call.");
			case 413 -> Hint.of("Make the request smaller.");
			case 415 -> Hint.of("The service does not take this content type.");
			default -> Hint.of("Compare the request with the service's documentation of this operation.");
		};
	}

	private static boolean isByTheSecond(Operation operation) {
		return operation.quotas()
			.stream()
			.anyMatch((quota) -> quota.unit() == Unit.MESSAGES && quota.window().equals(Duration.ofSeconds(1)));
	}

	/**
	 * The operation under whose name the limit is set.
	 */
	private static String limitOf(Operation operation, Unit unit) {
		return operation.quotas()
			.stream()
			.filter((quota) -> quota.unit() == unit)
			.map(Quota::operation)
			.findFirst()
			.orElse(operation.name());
	}

}
