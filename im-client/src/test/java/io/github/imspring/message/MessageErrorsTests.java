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

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.imspring.RefusingService;
import io.github.imspring.error.ImApiException;
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
class MessageErrorsTests {

	private static RefusingService service;

	@BeforeAll
	static void start() {
		service = new RefusingService(MessageErrors.of(Destination.USERS));
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
					POST | messages/users | {'from':'user1','to':'user2','type':'txt','body':{'msg':'hi'}} | 400 | invalid_request_body | Request body is invalid. Please check body is correct. | ImApiException | Check that each field of the request has its documented type.
					POST | messages/users | {'from':'','to':['user2'],'type':'txt','body':{'msg':'hi'}} | 400 | message_send_error | param from can't be empty | ImApiException | Leave 'from' out, which sends as 'admin', or give a user ID.
					POST | messages/users | {'from':'user1','to':[],'type':'txt','body':{'msg':'hi'}} | 400 | message_send_error | param to can't be empty | ImApiException | Name at least one recipient.
					POST | messages/users | {'from':'user1','to':['user2'],'type':'','body':{'msg':'hi'}} | 400 | message_send_error | param type can't be empty | ImApiException | Give the type of the message.
					POST | messages/users | {'from':'user1','to':['user2'],'type':'txt','body':{}} | 400 | message_send_error | param body can't be empty | ImApiException | Give the message a body.
					POST | messages/users | {'from':'user1','to':['user2'],'type':'txt','body':{'msg':'hi'},'ext':'x'} | 400 | message_send_error | param ext must be JSONObject | ImApiException | Give 'ext' as a JSON object.
					""")
	void refusedByItsOwnRules(String method, String path, @Nullable String json, int status, @Nullable String error,
			@Nullable String description, String kind, String hint) {
		fits(service.refused(method, path, json), status, error, description, kind, hint);
	}

	@Test
	void refusedForItsSize() {
		String text = "{'from':'user1','to':['user2'],'type':'txt','body':{'msg':'%s'}}";
		fits(service.refused("POST", "messages/users", text.formatted("x".repeat(5200))), 400, "message_send_error",
				"message is too large", "ImApiException", "Keep 'body' and 'ext' together within 5 KB.");
		fits(sendTo(601), 400, "message_send_error", "params to's size can't exceed limit 600", "ImApiException",
				"Name at most 600 users a call.");
	}

	@Test
	void refusedForTheirNumber() {
		fits(sendTo(11), 403, "message_send_error", "message send reach limit", "ImQuotaExceededException",
				"Send fewer messages a minute, or have the limit raised and set the messages per minute of 'any' in "
						+ "QuotaSettings.limits; see also whether another program uses the same App Key.");
	}

	private static ImApiException sendTo(int count) {
		String users = IntStream.rangeClosed(1, count).mapToObj("'u%d'"::formatted).collect(Collectors.joining(","));
		return service.refused("POST", "messages/users",
				"{'from':'user1','to':[%s],'type':'txt','body':{'msg':'hi'}}".formatted(users));
	}

}
