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

package io.github.imspring.user;

import io.github.imspring.error.ErrorHints;
import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImNotFoundException;

/**
 * What failures say of a user, and what to do about those that the documents know.
 */
final class UserErrors {

	static final String NOT_DISCONNECTED = "Check that the user is logged in on the device.";

	static final ErrorHints HINTS = ErrorHints.NONE
		.on(400, "duplicate_unique_property_exists",
				"There is a user of this name, in whatever case: use another name, or the call that takes either.")
		.on(400, "USERNAME_TOO_LONG", "Give a user ID of 1 to 64 bytes.")
		.on(400, "NICKNAME_TOO_LONG", "Give a nickname of at most 100 characters.")
		.on(400, "is not legal", "Make the user ID of a-z, 0-9, '_', '-' and '.', 1 to 64 of them.")
		.on(400, "password or pin must provided", "Give the user a password: this app's users have one.")
		.on(400, "Request body array size", "Name at most 60 users a call.")
		.on(400, "newpassword is required", "Give the new password.")
		.on(400, "user not activated", "The user is deactivated: activate the user before.")
		.on(400, "invalid password", "Give the password that the user has.")
		.on(400, "does not exist in app", "Use the ID of a registered user.")
		.on(400, "request body exceeds maximum limit", "Name at most 100 users a call.")
		.on(404, "service_resource_not_found", "Use the ID of a registered user.")
		.on(404, "entity_not_found", "Use the ID of a registered user.")
		.on(404, "invalid_grant", "Use the ID of a registered user.");

	private UserErrors() {
	}

	/**
	 * Whether there is no such user, rather than no such app or address.
	 */
	static boolean isUnknown(Throwable failure) {
		return failure instanceof ImNotFoundException ex && ex.error() != null
				&& (ex.error().endsWith("resource_not_found") || ex.error().equals("entity_not_found")
						|| ex.error().equals("invalid_grant") || ex.error().equals("management"));
	}

	/**
	 * Whether there is such a user already.
	 */
	static boolean isDuplicate(Throwable failure) {
		return failure instanceof ImApiException ex && ex.status() == 400
				&& "duplicate_unique_property_exists".equals(ex.error());
	}

	/**
	 * Whether two calls were about to do the same.
	 */
	static boolean isConflict(Throwable failure) {
		return failure instanceof ImApiException ex && ex.status() == 409;
	}

}
