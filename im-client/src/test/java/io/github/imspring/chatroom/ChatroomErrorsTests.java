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

package io.github.imspring.chatroom;

import io.github.imspring.RefusingService;
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
class ChatroomErrorsTests {

	private static RefusingService service;

	@BeforeAll
	static void start() {
		service = new RefusingService(ChatroomErrors.HINTS);
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
					GET | chatrooms/99 | - | 404 | service_resource_not_found | do not find this group:99 | ImNotFoundException | Use the ID of an existing chatroom.
					POST | chatrooms | {'name':'n','description':'d'} | 400 | invalid_parameter | owner must be provided | ImApiException | Give the field that the service names.
					POST | chatrooms | {'name':'n','description':'d','owner':'owner','members':['nobody']} | 404 | resource_not_found | username nobody doesn't exist! | ImNotFoundException | Use the ID of a registered user.
					POST | chatrooms | {'name':'n','description':'d','owner':'owner','maxusers':1,'members':['user1','user2']} | 403 | exceed_limit | members size is greater than max user size ! | ImForbiddenException | Name fewer members, or have the limit raised by the provider.
					POST | chatrooms | {'name':'n','description':'d','owner':'owner','groupid':'1'} | 400 | illegal_argument | group ID 1 already exists! | ImApiException | Use another ID.
					PUT | chatrooms/99 | {'name':'n'} | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					PUT | chatrooms/1 | {'chatroom_id':'2'} | 400 | invalid_parameter | some of [chatroom_id] are not valid fields | ImApiException | Only the name, the description and the maximum of members can be changed.
					PUT | chatrooms/1 | {'maxusers':10001} | 403 | exceed_limit | maxUsers cannot exceed 10000 | ImForbiddenException | Give a lower maximum of members, or have the limit raised by the provider.
					PUT | chatrooms/99 | {'newowner':'user1'} | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					PUT | chatrooms/1 | {'newowner':'nobody'} | 404 | resource_not_found | username nobody doesn't exist! | ImNotFoundException | Use the ID of a registered user.
					PUT | chatrooms/1 | {'newowner':'owner'} | 403 | forbidden_op | new owner and old owner are the same | ImForbiddenException | Name a member who is not the owner already.
					DELETE | chatrooms/99 | - | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					""")
	void refusedByItsOwnRules(String method, String path, @Nullable String json, int status, @Nullable String error,
			@Nullable String description, String kind, String hint) {
		fits(service.refused(method, path, json), status, error, description, kind, hint);
	}

	@Test
	void refusedForItsSize() {
		fits(service.refused("PUT", "chatrooms/1", "{'name':'%s'}".formatted("x".repeat(129))), 403, "exceed_limit",
				"title cannot exceed to 128", "ImForbiddenException", "Shorten the name of the chatroom.");
		fits(service.refused("PUT", "chatrooms/1", "{'description':'%s'}".formatted("x".repeat(513))), 403,
				"exceed_limit", "desc cannot exceed to 512", "ImForbiddenException",
				"Shorten the description of the chatroom.");
	}

	@Test
	void refusedForTheirNumber() {
		String room = "{'name':'n','description':'d','owner':'%s'}";
		service.call("POST", "chatrooms", room.formatted("busy"));
		service.call("POST", "chatrooms", room.formatted("busy"));
		String hint = "Dissolve or leave chatrooms that are no longer used, or have the limit raised by the provider.";
		fits(service.refused("POST", "chatrooms", room.formatted("owner")), 403, "exceed_limit",
				"appKey:emulator-org#emulator-app has create too many chatrooms!", "ImForbiddenException", hint);
		service.call("DELETE", "chatrooms/1", null);
		fits(service.refused("POST", "chatrooms", room.formatted("busy")), 403, "exceed_limit",
				"user busy has joined too many chatrooms!", "ImForbiddenException", hint);
	}

}
