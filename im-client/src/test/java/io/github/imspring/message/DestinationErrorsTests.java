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

package io.github.imspring.message;

import java.time.Duration;

import io.github.imspring.RefusingService;
import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.Faults;
import io.github.imspring.error.ErrorHints;
import io.github.imspring.error.ImApiException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static io.github.imspring.RefusingService.fits;

/**
 * The rows of the documents' errors of messages to chatrooms and groups: requests that
 * the operations would not let through, refused by the emulator, come back as the
 * exception and with the hint that fit.
 */
class DestinationErrorsTests {

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

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "USERS")
	void refusedByTheRulesOfAllMessages(Destination destination) {
		refused(destination, "{'from':'','to':['1'],'users':['u'],'type':'txt','body':{'msg':'hi'}}",
				"param from can't be empty", "Leave 'from' out, which sends as 'admin', or give a user ID.");
		refused(destination, "{'to':[],'users':['u'],'type':'txt','body':{'msg':'hi'}}", "param to can't be empty",
				"Name at least one recipient.");
		refused(destination, "{'to':['1'],'users':['u'],'type':'','body':{'msg':'hi'}}", "param type can't be empty",
				"Give the type of the message.");
		refused(destination, "{'to':['1'],'users':['u'],'type':'txt','body':{}}", "param body can't be empty",
				"Give the message a body.");
		refused(destination, "{'to':['1'],'users':['u'],'type':'txt','body':{'msg':'hi'},'ext':'x'}",
				"param ext must be JSONObject", "Give 'ext' as a JSON object.");
		refused(destination, "{'to':['1'],'users':['u'],'type':'txt','body':{'msg':'x{5200}'}}", "message is too large",
				"Keep 'body' and 'ext' together within 5 KB.");
		fits(send(destination, "{'to':'1'}"), 400, "invalid_request_body",
				"Request body is invalid. Please check body is correct.", "ImApiException",
				"Check that each field of the request has its documented type.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					CHATROOMS | {'to':[NAMES{11}],'type':'txt','body':{'msg':'hi'}} | params to's size can't exceed limit 10 | Name at most 10 chatrooms a call.
					GROUPS | {'to':[NAMES{4}],'type':'txt','body':{'msg':'hi'}} | params to's size can't exceed limit 3 | Name at most 3 groups a call.
					CHATROOM_MEMBERS | {'to':['1'],'users':[],'type':'txt','body':{'msg':'hi'}} | param users can't be empty | Name at least one member.
					GROUP_MEMBERS | {'to':['1'],'type':'txt','body':{'msg':'hi'}} | param users can't be empty | Name at least one member.
					CHATROOM_MEMBERS | {'to':['1'],'users':[NAMES{21}],'type':'txt','body':{'msg':'hi'}} | params users's size can't exceed limit 20 | Name at most 20 users a call.
					GROUP_MEMBERS | {'to':['1'],'users':[NAMES{21}],'type':'txt','body':{'msg':'hi'}} | params users's size can't exceed limit 20 | Name at most 20 users a call.
					""")
	void refused(Destination destination, String json, String description, String hint) {
		fits(send(destination, json), 400, "message_send_error", description, "ImApiException", hint);
	}

	private static ImApiException send(Destination destination, String json) {
		return service.refused(MessageErrors.of(destination), "POST", String.join("/", destination.path()), json);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "USERS")
	void refusedForTheirNumber(Destination destination) {
		String json = "{'to':['1'],'users':['u'],'type':'txt','body':{'msg':'hi'}}";
		service.emulator().faults().fail(Faults.ANY_OPERATION, Fault.messageReachLimit(), 1);
		fits(send(destination, json), 403, "message_send_error", "message send reach limit", "ImQuotaExceededException",
				"Send fewer messages a minute, or have the limit raised and set the messages per minute of 'any' in "
						+ "QuotaSettings.limits; see also whether another program uses the same App Key.");
		service.emulator().faults().fail(Faults.ANY_OPERATION, Fault.reachLimit(), 1);
		fits(send(destination, json), 429, "reach_limit", "This request has reached api limit",
				"ImQuotaExceededException",
				"Call less often, or have the limit raised and set the calls per second of 'any' in "
						+ "QuotaSettings.limits; see also whether another program uses the same App Key.");
	}

	@ParameterizedTest(name = "{0}: {3}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{'to':'u','chat_type':'chat','force':true} | 400 | message_recall_error | param msg_id can't be empty | ImApiException | Give the field that the service names.
					{'msg_id':'1','chat_type':'chat','force':true} | 400 | message_recall_error | param to can't be empty | ImApiException | Give the field that the service names.
					{'msg_id':'1','to':'u','force':true} | 400 | message_recall_error | param chat_type can't be empty | ImApiException | Give the field that the service names.
					{'msg_id':'1','to':'u','chat_type':'chat'} | 400 | message_recall_error | param force can't be empty | ImApiException | Give the field that the service names.
					{'msg_id':'1','to':'u','chat_type':'chat','force':false} | 403 | message_recall_error | not_found msg | ImForbiddenException | Force the recall to have clients drop their copies: the message has expired or is recalled already.
					{'msg_id':'SENT','to':'2','chat_type':'chatroom','force':true} | 400 | message_recall_error | can't find msg to | ImApiException | Name the user, chatroom or group that the message was sent to.
					""")
	void refusedRecall(String json, int status, String error, String description, String kind, String hint) {
		String recall = json.replace("SENT", sent());
		fits(service.refused(MessageErrors.RECALL, "POST", "messages/msg_recall", recall), status, error, description,
				kind, hint);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					403 | forbidden_op | message recall service is unopened | ImForbiddenException | Have recalling messages switched on in the console.
					500 | - | internal error | ImServerException | The service or a gateway before it failed: try again later, and ask the provider if it persists.
					""")
	void refusedRecallByAFault(int status, @Nullable String error, String description, String kind, String hint) {
		service.emulator().faults().fail("recall-message", Fault.error(status, error, description), 1);
		fits(service.refused(MessageErrors.RECALL, "POST", "messages/msg_recall", "{}"), status, error, description,
				kind, hint);
	}

	@Test
	void refusedRecallForItsAge() {
		String recall = "{'msg_id':'%s','to':'1','chat_type':'chatroom','force':false}".formatted(sent());
		service.emulator().clock().advance(Duration.ofMinutes(3));
		fits(service.refused(MessageErrors.RECALL, "POST", "messages/msg_recall", recall), 403, "message_recall_error",
				"exceed recall time limit", "ImForbiddenException",
				"Force the recall, or have the console allow more than two minutes: the message is too old.");
	}

	private static String sent() {
		return service.call("POST", "messages/chatrooms", "{'to':['1'],'type':'txt','body':{'msg':'hi'}}")
			.data()
			.path("1")
			.asString();
	}

}
