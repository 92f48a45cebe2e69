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
import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.Faults;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.imspring.RefusingService.fits;

/**
 * The rows of the documents' errors of chatroom members: requests that the operations
 * would not let through, refused by the emulator, come back as the exception and with the
 * hint that fit.
 */
class ChatroomMemberErrorsTests {

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

	@ParameterizedTest(name = "{0} {1}: {5}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-",
			textBlock = """
					GET | chatrooms/99/users | - | 404 | service_resource_not_found | do not find this group:99 | ImNotFoundException | Use the ID of an existing chatroom.
					POST | chatrooms/99/users/user1 | - | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					POST | chatrooms/99/users | {'usernames':['user1']} | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					DELETE | chatrooms/99/users/user1 | - | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					GET | chatrooms/99/admin | - | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					POST | chatrooms/99/admin | {'newadmin':'user1'} | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					DELETE | chatrooms/99/admin/user1 | - | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					GET | chatrooms/99/mute | - | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					POST | chatrooms/99/mute | {'usernames':['user1'],'mute_duration':1} | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					DELETE | chatrooms/99/mute/user1 | - | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					POST | chatrooms/99/ban | - | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					DELETE | chatrooms/99/ban | - | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					GET | chatrooms/99/white/users | - | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					POST | chatrooms/99/white/users/user1 | - | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					POST | chatrooms/99/white/users | {'usernames':['user1']} | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					DELETE | chatrooms/99/white/users/user1 | - | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					GET | chatrooms/99/blocks/users | - | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					POST | chatrooms/99/blocks/users/user1 | - | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					POST | chatrooms/99/blocks/users | {'usernames':['user1']} | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					DELETE | chatrooms/99/blocks/users/user1 | - | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing chatroom.
					POST | chatrooms/1/users/ghost | - | 404 | resource_not_found | username ghost doesn't exist! | ImNotFoundException | Use the ID of a registered user.
					POST | chatrooms/1/users | {'usernames':['user2','ghost']} | 404 | resource_not_found | username ghost doesn't exist! | ImNotFoundException | Use the ID of a registered user.
					POST | chatrooms/1/admin | {'newadmin':'ghost'} | 404 | resource_not_found | username ghost doesn't exist! | ImNotFoundException | Use the ID of a registered user.
					DELETE | chatrooms/1/admin/ghost | - | 404 | resource_not_found | username ghost doesn't exist! | ImNotFoundException | Use the ID of a registered user.
					POST | chatrooms/super_admin | {'superadmin':'ghost'} | 404 | resource_not_found | username ghost doesn't exist! | ImNotFoundException | Use the ID of a registered user.
					DELETE | chatrooms/super_admin/ghost | - | 404 | resource_not_found | username ghost doesn't exist! | ImNotFoundException | Use the ID of a registered user.
					DELETE | chatrooms/1/users/user2 | - | 400 | forbidden_op | users [user2] are not members of this group! | ImApiException | Name users who are members of the chatroom.
					POST | chatrooms/1/admin | {'newadmin':'user2'} | 400 | forbidden_op | users [user2] are not members of this group! | ImApiException | Name users who are members of the chatroom.
					POST | chatrooms/1/mute | {'usernames':['user2'],'mute_duration':1} | 400 | forbidden_op | users [user2] are not members of this group! | ImApiException | Name users who are members of the chatroom.
					POST | chatrooms/1/white/users/user2 | - | 400 | forbidden_op | users [user2] are not members of this group! | ImApiException | Name users who are members of the chatroom.
					POST | chatrooms/1/white/users | {'usernames':['user2']} | 400 | forbidden_op | users [user2] are not members of this group! | ImApiException | Name users who are members of the chatroom.
					POST | chatrooms/1/blocks/users/user2 | - | 400 | forbidden_op | users [user2] are not members of this group! | ImApiException | Name users who are members of the chatroom.
					POST | chatrooms/1/blocks/users | {'usernames':['user2']} | 400 | forbidden_op | users [user2] are not members of this group! | ImApiException | Name users who are members of the chatroom.
					POST | chatrooms/1/users | {'usernames':[NAMES{61}]} | 400 | invalid_parameter | addMembers: addMembers number more than maxSize : 60 | ImApiException | Name at most 60 users a call.
					DELETE | chatrooms/1/users/NAMES{61} | - | 400 | invalid_parameter | kickMember: kickMembers number more than maxSize : 60 | ImApiException | Name at most 60 users a call.
					POST | chatrooms/1/mute | {'usernames':[NAMES{61}],'mute_duration':1} | 400 | invalid_parameter | userNames size is more than max limit : 60 | ImApiException | Name at most 60 users a call.
					DELETE | chatrooms/1/mute/NAMES{61} | - | 400 | invalid_parameter | removeMute member size more than max limit : 60 | ImApiException | Name at most 60 users a call.
					POST | chatrooms/1/white/users | {'usernames':[NAMES{61}]} | 400 | invalid_parameter | addWhitelist: list size more than max limit : 60 | ImApiException | Name at most 60 users a call.
					DELETE | chatrooms/1/white/users/NAMES{61} | - | 400 | invalid_parameter | removeWhitelist: list size more than max limit : 60 | ImApiException | Name at most 60 users a call.
					POST | chatrooms/1/blocks/users | {'usernames':[NAMES{61}]} | 400 | invalid_parameter | addBlacklist: list size more than max limit : 60 | ImApiException | Name at most 60 users a call.
					DELETE | chatrooms/1/blocks/users/NAMES{61} | - | 400 | invalid_parameter | removeBlacklist: list size more than max limit : 60 | ImApiException | Name at most 60 users a call.
					DELETE | chatrooms/1/users/owner | - | 403 | forbidden_op | forbidden operation on group owner! | ImForbiddenException | The owner can be neither removed nor blocked: transfer the chatroom before.
					POST | chatrooms/1/blocks/users/owner | - | 403 | forbidden_op | forbidden operation on group owner! | ImForbiddenException | The owner can be neither removed nor blocked: transfer the chatroom before.
					""")
	void refusedByItsOwnRules(String method, String path, @Nullable String json, int status, String error,
			String description, String kind, String hint) {
		fits(service.refused(method, path, json), status, error, description, kind, hint);
	}

	@ParameterizedTest(name = "{3}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-",
			textBlock = """
					POST | chatrooms/1/users/busy | 403 | exceeded_limit | can not join this group, reason:user busy has joined too many chatrooms! | ImForbiddenException | Dissolve or leave chatrooms that are no longer used, or have the limit raised by the provider.
					POST | chatrooms/1/blocks/users/user2 | 403 | forbidden_op | users [user2] are not members of this group! | ImForbiddenException | Name users who are members of the chatroom.
					DELETE | chatrooms/1/blocks/users/user2 | 403 | forbidden_op | users [user2] are not members of this group! | ImForbiddenException | Name users who are members of the chatroom.
					""")
	void refusedByAFault(String method, String path, int status, @Nullable String error, String description,
			String kind, String hint) {
		service.emulator().faults().fail(Faults.ANY_OPERATION, Fault.error(status, error, description), 1);
		fits(service.refused(method, path, "{}"), status, error, description, kind, hint);
	}

	@Test
	void refusedForTheirNumber() {
		String room = "{'name':'n','description':'d','owner':'busy'}";
		service.call("POST", "chatrooms", room);
		service.call("POST", "chatrooms", room);
		fits(service.refused("POST", "chatrooms/1/users/busy", null), 403, "forbidden_op",
				"can not join this group, reason:user busy has joined too many chatrooms!", "ImForbiddenException",
				"Dissolve or leave chatrooms that are no longer used, or have the limit raised by the provider.");
	}

}
