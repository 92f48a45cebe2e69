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

package io.github.imspring;

import io.github.imspring.emulator.Fault;
import io.github.imspring.error.ErrorHints;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.imspring.RefusingService.fits;

/**
 * The errors that are documented for any operation come back as the exception and with
 * the hint that fit.
 */
class DocumentedErrorsTests {

	private static RefusingService service;

	@BeforeAll
	static void start() {
		service = new RefusingService(ErrorHints.NONE);
	}

	@AfterAll
	static void close() {
		service.close();
	}

	@BeforeEach
	void reset() {
		service.reset();
	}

	@Test
	void refusedForItsToken() {
		String revoked = service.emulator().tokens().issue();
		service.emulator().tokens().revoke();
		fits(service.refused(revoked, "GET", "chatrooms", null), 401, "unauthorized", "Unable to authenticate (OAuth)",
				"ImAuthenticationException",
				"Check that the credentials (ImClientBuilder.clientCredentials, appCertificate or token) belong to this "
						+ "app and have not been revoked.");
	}

	@ParameterizedTest(name = "{0} {1}: {2}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					404 | resource_not_found | username u1 doesn't exist! | ImNotFoundException | Use the ID of a registered user.
					405 | method_not_allowed | no | ImApiException | The service does not take this verb here: check the base URL of ImEndpoint and the path.
					408 | request_timeout | no | ImApiException | The request took too long to arrive: check the network to the service.
					409 | conflict | no | ImApiException | Something else changed the same thing at the same time: repeat the call.
					413 | too_large | no | ImApiException | Make the request smaller.
					415 | unsupported_media_type | no | ImApiException | The service does not take this content type.
					""")
	void refusedByAFault(int status, String error, String description, String kind, String hint) {
		service.emulator().faults().fail("force-set-attributes", Fault.error(status, error, description), 1);
		fits(service.refused("PUT", "metadata/chatroom/1/user/user1/forced", "{'metaData':{'a':'b'}}"), status, error,
				description, kind, hint);
	}

	@ParameterizedTest(name = "{0} {1}: {2}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					400 | illegal_argument | target_type can only be 'users' | ImApiException | Compare the request with the service's documentation of this operation.
					400 | message_rewrite_error | type that is currently not supported for modification | ImApiException | Compare the request with the service's documentation of this operation.
					400 | InvalidMessageIdException | not a valid number | ImApiException | Compare the request with the service's documentation of this operation.
					400 | BAD_REQUEST | exceed allowed batch size | ImApiException | Compare the request with the service's documentation of this operation.
					400 | metadata_error | metadata is not valid | ImApiException | Compare the request with the service's documentation of this operation.
					400 | required_property_not_found | The user does not exist | ImApiException | Compare the request with the service's documentation of this operation.
					400 | IllegalArgumentException | file must be provided. | ImApiException | Give the field that the service names.
					401 | message_rewrite_error | You are not authorized to edit this message | ImForbiddenException | Use the ID of a message that this user may edit.
					401 | metadata_error | auth error | ImAuthenticationException | Check that the credentials (ImClientBuilder.clientCredentials, appCertificate or token) belong to this app and have not been revoked.
					403 | forbidden_op | message broadcast service is unopened | ImForbiddenException | Check that the app's plan and the console's settings allow this call.
					403 | forbidden_op | broadcast message limit exceeded | ImForbiddenException | Check that the app's plan and the console's settings allow this call.
					403 | message_rewrite_error | The rewrite message feature is not open | ImForbiddenException | Check that the app's plan and the console's settings allow this call.
					403 | FORBIDDEN | size of metadata for this single user exceeds the limit | ImForbiddenException | Check that the app's plan and the console's settings allow this call.
					403 | forbidden_op | Group tag mute is disabled | ImForbiddenException | Check that the app's plan and the console's settings allow this call.
					404 | resource_not_found | group tag not found | ImNotFoundException | Check that what the call names exists, and that the base URL of ImEndpoint is the service's.
					404 | storage_object_not_found | no messages | ImNotFoundException | Check that what the call names exists, and that the base URL of ImEndpoint is the service's.
					404 | message_rewrite_error | unavailable or has expired | ImNotFoundException | Check that what the call names exists, and that the base URL of ImEndpoint is the service's.
					404 | MetadataException | user not in group | ImNotFoundException | Check that what the call names exists, and that the base URL of ImEndpoint is the service's.
					404 | RestGroupFeignException | no such file | ImNotFoundException | Check that what the call names exists, and that the base URL of ImEndpoint is the service's.
					409 | concurrent_operation_error | edited by another | ImApiException | Something else changed the same thing at the same time: repeat the call.
					500 | INTERNAL_SERVER_ERROR | update metadata failed | ImServerException | The service or a gateway before it failed: try again later, and ask the provider if it persists.
					""")
	void refusedWhereNoOperationIsTyped(int status, String error, String description, String kind, String hint) {
		refusedByAFault(status, error, description, kind, hint);
	}

}
