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

import io.github.imspring.RefusingService;
import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.Faults;
import io.github.imspring.error.ImApiException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.imspring.RefusingService.fits;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rows of the documents' errors of users and their tokens: requests that the
 * operations would not let through, refused by the emulator, come back as the exception
 * and with the hint that fit.
 */
class UserErrorsTests {

	private static RefusingService service;

	@BeforeAll
	static void start() {
		service = new RefusingService(UserErrors.HINTS);
	}

	@AfterAll
	static void close() {
		service.close();
	}

	@BeforeEach
	void reset() {
		service.reset();
	}

	@ParameterizedTest(name = "{0} {1}: {5}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-",
			textBlock = """
					POST | users | {'username':'not legal','password':'p'} | 400 | illegal_argument | username not legal is not legal | ImApiException | Make the user ID of a-z, 0-9, '_', '-' and '.', 1 to 64 of them.
					POST | users | {'username':'x{65}','password':'p'} | 400 | illegal_argument | USERNAME_TOO_LONG | ImApiException | Give a user ID of 1 to 64 bytes.
					POST | users | {'username':'new','password':'p','nickname':'x{101}'} | 400 | illegal_argument | NICKNAME_TOO_LONG | ImApiException | Give a nickname of at most 100 characters.
					POST | users | {'username':'new'} | 400 | illegal_argument | password or pin must provided | ImApiException | Give the user a password: this app's users have one.
					POST | users | [NAMES{61}] | 400 | illegal_argument | Request body array size[61] had almost reached or been greater than the upper range value[60] | ImApiException | Name at most 60 users a call.
					GET | users/ghost | - | 404 | service_resource_not_found | Service resource not found | ImNotFoundException | Use the ID of a registered user.
					DELETE | users/ghost | - | 404 | service_resource_not_found | Service resource not found | ImNotFoundException | Use the ID of a registered user.
					PUT | users/user1/password | {} | 400 | illegal_argument | newpassword is required | ImApiException | Give the new password.
					PUT | users/ghost/password | {'newpassword':'p'} | 404 | entity_not_found | User null not found | ImNotFoundException | Use the ID of a registered user.
					POST | users/ghost/deactivate | {} | 404 | service_resource_not_found | Service resource not found | ImNotFoundException | Use the ID of a registered user.
					POST | users/ghost/activate | {} | 404 | service_resource_not_found | Service resource not found | ImNotFoundException | Use the ID of a registered user.
					GET | users/ghost/disconnect | - | 404 | service_resource_not_found | Service resource not found | ImNotFoundException | Use the ID of a registered user.
					DELETE | users/ghost/disconnect/web_1 | - | 404 | service_resource_not_found | Service resource not found | ImNotFoundException | Use the ID of a registered user.
					GET | users/ghost/resources | - | 404 | service_resource_not_found | Service resource not found | ImNotFoundException | Use the ID of a registered user.
					GET | users/ghost/status | - | 404 | service_resource_not_found | Service resource not found | ImNotFoundException | Use the ID of a registered user.
					POST | users/batch/status | {'usernames':[NAMES{101}]} | 400 | illegal_argument | request body exceeds maximum limit, the limit of usernames is 100 | ImApiException | Name at most 100 users a call.
					POST | token | {'grant_type':'inherit','username':'ghost','autoCreateUser':false} | 404 | invalid_grant | user not found | ImNotFoundException | Use the ID of a registered user.
					POST | token | {'grant_type':'inherit','username':'not legal','autoCreateUser':true} | 400 | illegal_argument | username not legal is not legal | ImApiException | Make the user ID of a-z, 0-9, '_', '-' and '.', 1 to 64 of them.
					POST | token | {'grant_type':'password','username':'user1','password':'wrong'} | 400 | invalid_grant | invalid password | ImApiException | Give the password that the user has.
					""")
	void refusedByItsOwnRules(String method, String path, @Nullable String json, int status, String error,
			String description, String kind, String hint) {
		fits(service.refused(method, path, json), status, error, description, kind, hint);
	}

	@ParameterizedTest(name = "{3}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-",
			textBlock = """
					POST | users | 400 | duplicate_unique_property_exists | the same user user1 has a different password | ImApiException | There is a user of this name, in whatever case: use another name, or the call that takes either.
					POST | users | 401 | unauthorized | token is illegal. | ImAuthenticationException | Check that the credentials (ImClientBuilder.clientCredentials, appCertificate or token) belong to this app and have not been revoked.
					POST | users | 401 | unauthorized | Open registration doesn't allow, so register user need token | ImAuthenticationException | Check that the credentials (ImClientBuilder.clientCredentials, appCertificate or token) belong to this app and have not been revoked.
					POST | users | 401 | unauthorized | registration is not open, please contact the app admin | ImForbiddenException | Open registration in the console, or authenticate with an app token.
					POST | users | 429 | resource_limited | You have exceeded the limit of the free edition. | ImQuotaExceededException | A bound of the plan is reached, which waiting does not free: look at the plan in the console.
					DELETE | users/user1 | 400 | management | User with id null does not exist in app | ImNotFoundException | Use the ID of a registered user.
					POST | token | 404 | entity_not_found | User null not found | ImNotFoundException | Use the ID of a registered user.
					POST | token | 429 | resource_limited | You have exceeded the limit of the free edition. | ImQuotaExceededException | A bound of the plan is reached, which waiting does not free: look at the plan in the console.
					POST | token | 409 | concurrent_operation_error | concurrency create app user failed | ImApiException | Something else changed the same thing at the same time: repeat the call.
					GET | users/user1 | 404 | organization_application_not_found | Could not find application for emulator-org/other from URI: emulator-org/other/users/user1 | ImNotFoundException | Check the organization of ImEndpoint, the app name of ImEndpoint or the App ID of ImEndpoint, and that the base URL of ImEndpoint is the host that the console names for this app.
					""")
	void refusedByAFault(String method, String path, int status, @Nullable String error, String description,
			String kind, String hint) {
		// A second time for the repetition with a new token.
		service.emulator().faults().fail(Faults.ANY_OPERATION, Fault.error(status, error, description), 2);
		fits(service.refused(method, path, "{}"), status, error, description, kind, hint);
	}

	@Test
	void refusedForItsName() {
		ImApiException ex = service.refused("POST", "users", "{'username':'User1','password':'p'}");
		assertThat(ex.errorDescription()).matches("Application [0-9a-f-]{36}Entity user requires that property named "
				+ "username be unique, value of User1 exists");
		fits(ex, 400, "duplicate_unique_property_exists", ex.errorDescription(), "ImApiException",
				"There is a user of this name, in whatever case: use another name, or the call that takes either.");
	}

	@Test
	void refusedForAUserWhoIsDeactivated() {
		service.call("POST", "users/user1/deactivate", null);
		fits(service.refused("POST", "token", "{'grant_type':'inherit','username':'user1','autoCreateUser':false}"),
				400, "invalid_grant", "user not activated", "ImApiException",
				"The user is deactivated: activate the user before.");
	}

	@Test
	void refusedForATokenThatIsAUsers() {
		String token = service
			.call("POST", "token", "{'grant_type':'inherit','username':'user1','autoCreateUser':false}")
			.body()
			.path("access_token")
			.asString();
		fits(service.refused(token, "POST", "token",
				"{'grant_type':'inherit','username':'user2','autoCreateUser':false}"), 401, "auth_bad_access_token",
				"Unable to authenticate", "ImAuthenticationException",
				"The token is corrupt: check ImClientBuilder.token, or the App ID and ImClientBuilder.appCertificate.");
	}

}
