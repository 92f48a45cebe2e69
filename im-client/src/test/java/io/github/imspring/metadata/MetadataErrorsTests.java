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

package io.github.imspring.metadata;

import io.github.imspring.RefusingService;
import io.github.imspring.emulator.Fault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.imspring.RefusingService.fits;

/**
 * The rows of the documents' table of errors: requests that the operations would not let
 * through, refused by the emulator, come back as the exception and with the hint that
 * fit.
 */
class MetadataErrorsTests {

	private static RefusingService service;

	@BeforeAll
	static void start() {
		service = new RefusingService(MetadataErrors.HINTS);
	}

	@AfterAll
	static void close() {
		service.close();
	}

	@BeforeEach
	void reset() {
		service.reset();
	}

	@ParameterizedTest(name = "{3}: {5}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-",
			textBlock = """
					GET | chatrooms/99/announcement | - | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					POST | chatrooms/99/announcement | {'announcement':'a'} | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					PUT | metadata/chatroom/1/user/user2 | {'metaData':{'a':'b'}} | 401 | MetadataException | user is not in chatroom | ImForbiddenException | Use the ID of a user who is a member of the chatroom.
					PUT | metadata/chatroom/1/user/user1 | {'metaData':{'mine':'b'}} | 400 | - | others are not allowed to be set | ImApiException | The attribute belongs to another user: use the forced variant to take it over.
					POST | metadata/chatroom/99 | {'keys':['a']} | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					DELETE | metadata/chatroom/1/user/user2 | {'keys':['a']} | 401 | MetadataException | user is not in chatroom | ImForbiddenException | Use the ID of a user who is a member of the chatroom.
					PUT | metadata/chatroom/1/user/user1 | {'metaData':{ELEVEN_VALUES}} | 400 | - | exceed allowed batch size 10 | ImApiException | Name at most 10 attributes a call.
					DELETE | metadata/chatroom/1/user/user1 | {'keys':[ELEVEN_KEYS]} | 400 | - | exceed allowed batch size 10 | ImApiException | Name at most 10 attributes a call.
					PUT | metadata/chatroom/1/user/user1/forced | {'metaData':{ELEVEN_VALUES}} | 400 | - | exceed allowed batch size 10 | ImApiException | Name at most 10 attributes a call.
					DELETE | metadata/chatroom/1/user/user1/forced | {'keys':[ELEVEN_KEYS]} | 400 | - | exceed allowed batch size 10 | ImApiException | Name at most 10 attributes a call.
					""")
	void refusedByItsOwnRules(String method, String path, @Nullable String json, int status, @Nullable String error,
			@Nullable String description, String kind, String hint) {
		fits(service.refused(method, path, json), status, error, description, kind, hint);
	}

	@Test
	void refusedForItsSize() {
		fits(service.refused("POST", "chatrooms/1/announcement", "{'announcement':'%s'}".formatted("x".repeat(513))),
				403, "forbidden_op", "announce info length exceeds limit!", "ImForbiddenException",
				"Keep the announcement within 512 characters.");
	}

	@Test
	void refusedByAFault() {
		service.emulator()
			.faults()
			.fail("force-set-attributes", Fault.error(401, "MetadataException", "user is not in chatroom"), 1);
		fits(service.refused("PUT", "metadata/chatroom/1/user/user1/forced", "{'metaData':{'a':'b'}}"), 401,
				"MetadataException", "user is not in chatroom", "ImForbiddenException",
				"Use the ID of a user who is a member of the chatroom.");
	}

}
