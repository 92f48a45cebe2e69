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

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					401 | message_rewrite_error | You are not authorized to edit this message | ImForbiddenException | Use the ID of a message that this user may edit.
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

}
