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

package io.github.imspring.group;

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
 * The rows of the documents' errors of groups: requests that the operations would not let
 * through, refused by the emulator, come back as the exception and with the hint that
 * fit.
 */
class GroupErrorsTests {

	private static RefusingService service;

	@BeforeAll
	static void start() {
		service = new RefusingService(GroupErrors.HINTS);
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
					GET | chatgroups/99/users | - | 404 | service_resource_not_found | do not find this group:99 | ImNotFoundException | Use the ID of an existing group.
					GET | chatgroups/99 | - | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing group.
					PUT | chatgroups/99 | {'groupname':'n'} | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing group.
					PUT | chatgroups/99 | {'newowner':'user1'} | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing group.
					DELETE | chatgroups/99 | - | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing group.
					GET | chatgroups/99/announcement | - | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing group.
					POST | chatgroups/99/announcement | {'announcement':'a'} | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing group.
					POST | chatgroups/99/users/user2 | - | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing group.
					POST | chatgroups/99/users | {'usernames':['user2']} | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing group.
					DELETE | chatgroups/99/users/user1 | - | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing group.
					GET | chatgroups/99/user/user1/is_joined | - | 404 | resource_not_found | grpID 99 does not exist! | ImNotFoundException | Use the ID of an existing group.
					POST | chatgroups | {'public':true} | 400 | invalid_parameter | owner must be provided | ImApiException | Give the field that the service names.
					POST | chatgroups | {'owner':'owner'} | 400 | invalid_parameter | group must contain public field! | ImApiException | Say whether the group is public.
					POST | chatgroups | {'public':true,'owner':'owner','avatar':'x{1025}'} | 400 | invalid_parameter | avatar length is too big | ImApiException | Keep the address of the picture within 1,024 characters.
					POST | chatgroups | {'public':true,'owner':'owner','groupid':'1'} | 400 | illegal_argument | group ID 1 already exists! | ImApiException | Use another ID.
					POST | chatgroups | {'public':true,'owner':'owner','members':['ghost']} | 404 | resource_not_found | username ghost doesn't exist! | ImNotFoundException | Use the ID of a registered user.
					POST | chatgroups | {'public':true,'owner':'owner','maxusers':1,'members':['user1','user2']} | 403 | exceed_limit | members size is greater than max user size ! | ImForbiddenException | Name fewer members, or have the limit raised by the provider.
					PUT | chatgroups/1 | {'groupid':'2'} | 400 | invalid_parameter | some of [groupid] are not valid fields | ImApiException | Leave out what the service names: it cannot be changed.
					PUT | chatgroups/1 | {'newowner':'user2'} | 403 | forbidden_op | users [user2] are not members of this group! | ImForbiddenException | Name users who are members of the group.
					PUT | chatgroups/1 | {'newowner':'owner'} | 403 | forbidden_op | new owner and old owner are the same | ImForbiddenException | Name a member who is not the owner already.
					PUT | chatgroups/1 | {'newowner':'ghost'} | 404 | resource_not_found | username ghost doesn't exist! | ImNotFoundException | Use the ID of a registered user.
					GET | chatgroups/user/ghost | - | 404 | service_resource_not_found | Service resource not found | ImNotFoundException | Use the ID of a registered user.
					POST | chatgroups/1/announcement | {} | 400 | illegal_argument | announcement is null | ImApiException | Give the announcement.
					POST | chatgroups/1/announcement | {'announcement':'x{513}'} | 403 | FORBIDDEN | announce info length exceeds limit! | ImForbiddenException | Keep the announcement within 512 characters.
					POST | chatgroups/1/users/ghost | - | 404 | resource_not_found | username ghost doesn't exist! | ImNotFoundException | Use the ID of a registered user.
					POST | chatgroups/1/users | {'usernames':['user2','ghost']} | 404 | resource_not_found | username ghost doesn't exist! | ImNotFoundException | Use the ID of a registered user.
					POST | chatgroups/1/users | {'usernames':[NAMES{61}]} | 400 | invalid_parameter | addMembers: addMembers number more than maxSize : 60 | ImApiException | Name at most 60 users a call.
					DELETE | chatgroups/1/users/NAMES{61} | - | 400 | invalid_parameter | kickMember: kickMembers number more than maxSize : 60 | ImApiException | Name at most 60 users a call.
					DELETE | chatgroups/1/users/user2 | - | 403 | forbidden_op | users [user2] are not members of this group! | ImForbiddenException | Name users who are members of the group.
					DELETE | chatgroups/1/users/owner | - | 403 | forbidden_op | forbidden operation on group owner! | ImForbiddenException | Transfer the group to another owner before.
					""")
	void refusedByItsOwnRules(String method, String path, @Nullable String json, int status, String error,
			String description, String kind, String hint) {
		fits(service.refused(method, path, json), status, error, description, kind, hint);
	}

	@ParameterizedTest(name = "{3}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-",
			textBlock = """
					POST | chatgroups | 403 | exceed_limit | user owner has joined too many groups! | ImForbiddenException | Dissolve or leave groups that are no longer used, or have the limit raised by the provider.
					POST | chatgroups | 403 | group_name_violation | group name is violation | ImForbiddenException | Choose another name: the service's text moderation refuses this one.
					PUT | chatgroups/1 | 403 | group_name_violation | group name is violation | ImForbiddenException | Choose another name: the service's text moderation refuses this one.
					PUT | chatgroups/1 | 403 | forbidden_op | user2 not in group | ImForbiddenException | Name a user who is a member of the group.
					POST | chatgroups/1/announcement | 403 | group_announce_violation | announcement is violation | ImForbiddenException | Choose another text: the service's text moderation refuses this one.
					POST | chatgroups/1/users/user2 | 403 | exceed_limit | members size is greater than max user size ! | ImForbiddenException | Name fewer members, or have the limit raised by the provider.
					""")
	void refusedByAFault(String method, String path, int status, @Nullable String error, String description,
			String kind, String hint) {
		service.emulator().faults().fail(Faults.ANY_OPERATION, Fault.error(status, error, description), 1);
		fits(service.refused(method, path, "{}"), status, error, description, kind, hint);
	}

	@Test
	void refusedForTheirNumber() {
		String group = "{'public':true,'owner':'owner'}";
		service.call("POST", "chatgroups", group);
		service.call("POST", "chatgroups", group);
		fits(service.refused("POST", "chatgroups", group), 403, "exceed_limit",
				"appKey:emulator-org#emulator-app has create too many groups!", "ImForbiddenException",
				"Dissolve or leave groups that are no longer used, or have the limit raised by the provider.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
			chatgroups/1/users/user1 | -
			chatgroups/1/users | {'usernames':['user1']}
			""")
	void refusedForWhoIsInside(String path, @Nullable String json) {
		fits(service.refused("POST", path, json), 403, "forbidden_op",
				"can not join this group, reason:user: user1 already in group: 1\n", "ImForbiddenException",
				"The user is a member already: nothing is left to do.");
	}

}
