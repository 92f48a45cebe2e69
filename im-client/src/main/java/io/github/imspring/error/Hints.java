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

import java.util.List;

import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Operations;

/**
 * What to do about an error: the advice of the service's documents, in terms of this
 * library's API and properties.
 */
final class Hints {

	private static final String SEND_LIMIT = "Send fewer messages a minute, or have the limit raised and set "
			+ "im.quota.limits.send-message.messages-per-minute; see also whether another program uses the same App "
			+ "Key.";

	private static final List<Hint> HINTS = List.of(
			new Hint(400, "invalid_request_body", "Check that each field of the request has its documented type."),
			new Hint(400, "param from can't be empty", "Leave 'from' out, which sends as 'admin', or give a user ID."),
			new Hint(400, "param to can't be empty", "Name at least one recipient."),
			new Hint(400, "param type can't be empty", "Give the type of the message."),
			new Hint(400, "param body can't be empty", "Give the message a body."),
			new Hint(400, "param ext must be JSONObject", "Give 'ext' as a JSON object."),
			new Hint(400, "size can't exceed limit", "Name at most 600 recipients a call."),
			new Hint(400, "message is too large", "Keep 'body' and 'ext' together within 5 KB."),
			new Hint(400, "client_id does not match", "Check im.auth.client-id against the console of the service."),
			new Hint(400, "client_id must be provided", "Set im.auth.client-id."),
			new Hint(400, "client_secret does not match",
					"Check im.auth.client-secret against the console of the service."),
			new Hint(400, "client_secret must be provided", "Set im.auth.client-secret."),
			new Hint(404, "organization_application_not_found",
					"Check im.org-name, im.app-name or im.app-id, and that im.base-url is the host that the console "
							+ "names for this app."),
			new Hint(401, "user is not in chatroom", "Use the ID of a user who is a member of the chatroom."),
			new Hint(401, "group_authorization", "Use a user who has the right to do this in the chatroom."),
			new Hint(401, "registration is not open",
					"Open registration in the console, or authenticate with an app token."),
			new Hint(401, "auth_bad_access_token",
					"The token is corrupt: check im.auth.token, or the App ID and im.auth.app-certificate."),
			new Hint(400, "exceed allowed batch size", "Name at most 10 attributes a call."),
			new Hint(400, "others are not allowed to be set",
					"The attribute belongs to another user: use the forced variant to take it over."),
			new Hint(400, "must be provided", "Give the field that the service names."),
			new Hint(400, "are not valid fields",
					"Only the name, the description and the maximum of members can be changed."),
			new Hint(400, "already exists", "Use another ID."),
			new Hint(400, "are not members", "Name users who are members of the chatroom."),
			new Hint(403, "too many chatrooms",
					"Dissolve or leave chatrooms that are no longer used, or have the limit raised by the provider."),
			new Hint(403, "members size is greater than max user size",
					"Name fewer members, or have the limit raised by the provider."),
			new Hint(403, "title cannot exceed", "Shorten the name of the chatroom."),
			new Hint(403, "desc cannot exceed", "Shorten the description of the chatroom."),
			new Hint(403, "maxUsers cannot exceed",
					"Give a lower maximum of members, or have the limit raised by the provider."),
			new Hint(403, "new owner and old owner are the same", "Name a member who is not the owner already."),
			new Hint(403, "announce info length exceeds limit", "Keep the announcement within 512 characters."),
			new Hint(404, "username", "Use the ID of a registered user."),
			new Hint(404, "UserNotFoundException", "Use the ID of a registered user."),
			new Hint(404, "grpID", "Use the ID of an existing chatroom."),
			new Hint(404, "do not find this group", "Use the ID of an existing chatroom."),
			new Hint(404, "file_expired", "The service has dropped the file: upload it again."),
			new Hint(404, "file may not exists", "Check the file's UUID: there is no such file."),
			new Hint(429, "resource_limited",
					"A bound of the plan is reached, which waiting does not free: look at the plan in the console."),
			new Hint(429, "",
					"Call less often, or have the limit raised and set im.quota.limits.<operation>.calls-per-second; "
							+ "see also whether another program uses the same App Key."));

	private Hints() {
	}

	static String of(Operation operation, ErrorResponse response) {
		if (operation.equals(Operations.DOWNLOAD_FILE) && response.mentions("auth_bad_access_token")) {
			return "Give the secret that the upload of the file returned; if the file is not restricted, the token is "
					+ "corrupt: check im.auth.";
		}
		if (ErrorDecoder.isSendLimit(operation, response)) {
			return SEND_LIMIT;
		}
		for (Hint hint : HINTS) {
			if (hint.status == response.status() && response.mentions(hint.text)) {
				return hint.advice.replace("<operation>", quotaOf(operation));
			}
		}
		return byStatus(operation, response);
	}

	/**
	 * The operation under whose name the limit is set.
	 */
	private static String quotaOf(Operation operation) {
		return operation.quotas().isEmpty() ? operation.name() : operation.quotas().get(0).operation();
	}

	static String ofRefusal(List<String> flags) {
		return flags.contains("newowner") ? "Check that the new owner is a member of the chatroom."
				: "The service gives no reason: look at what the chatroom is like now before repeating the call.";
	}

	private static String byStatus(Operation operation, ErrorResponse response) {
		int status = response.status();
		if (status >= 500) {
			return response.mentions("unsupported_service_operation", "web_application")
					? "The service does not know this verb or URL: check im.base-url and the path."
					: "The service or a gateway before it failed: try again later, and ask the provider if it persists.";
		}
		if (status >= 300 && status < 400) {
			return "Redirects are not followed: set im.base-url to the host that finally answers.";
		}
		return switch (status) {
			case 401 -> "Check that the credentials under im.auth belong to this app and have not been revoked.";
			case 403 -> "Check that the app's plan and the console's settings allow this call.";
			case 404 -> "Check that what the call names exists, and that im.base-url is the service's.";
			case 405 -> "The service does not take this verb here: check im.base-url and the path.";
			case 408 -> "The request took too long to arrive: check the network to the service.";
			case 409 -> "Something else changed the same thing at the same time: repeat the call.";
			case 413 ->
				operation.equals(Operations.UPLOAD_FILE) ? "Keep the file within 10 MB." : "Make the request smaller.";
			case 415 -> "The service does not take this content type.";
			default -> "Compare the request with the service's documentation of this operation.";
		};
	}

	private record Hint(int status, String text, String advice) {
	}

}
