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

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.emulator.UserPolicy;
import io.github.imspring.error.ImApiException;
import io.github.imspring.exchange.ImEndpoint;
import io.github.imspring.exchange.ImRequest;
import io.github.imspring.exchange.ImResponse;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.exchange.ImRestOperationsBuilder;
import io.github.imspring.exchange.RetrySettings;
import io.github.imspring.operation.Operation;
import io.github.imspring.token.AccessToken;
import io.github.imspring.token.TokenProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The rows of the documents' tables of errors: requests that the operations would not let
 * pass, refused by the emulator, come back as the exception and with the hint that fit.
 */
class DocumentedErrorsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final JsonMapper JSON = JsonMapper.shared();

	private static ImEmulator emulator;

	@BeforeAll
	static void start() {
		emulator = ImEmulator.builder()
			.users(UserPolicy.REGISTERED)
			.messagesPerMinute(10)
			.maxRooms(3)
			.maxRoomsPerUser(2)
			.start();
	}

	@AfterAll
	static void stop() {
		emulator.close();
	}

	@BeforeEach
	void openRoom() {
		emulator.reset();
		for (String user : new String[] { "user1", "user2", "owner", "busy" }) {
			call(rest(emulator.tokens().issue()), "POST", "users", "{'username':'%s','password':'p'}".formatted(user));
		}
		emulator.chatrooms().create("1", "owner", "user1");
		call(rest(emulator.tokens().issue()), "PUT", "metadata/chatroom/1/user/owner", "{'metaData':{'mine':'a'}}");
	}

	/**
	 * A client that does not wait when it is refused.
	 */
	private ImRestOperations rest(String token) {
		TokenProvider tokens = new TokenProvider() {
			@Override
			public Mono<AccessToken> token() {
				return Mono.just(new AccessToken(token, Instant.EPOCH, null));
			}

			@Override
			public void invalidate(AccessToken rejected) {
				// There is no other.
			}
		};
		return new ImRestOperationsBuilder(
				ImEndpoint.ofOrgApp(URI.create(emulator.baseUrl()), emulator.orgName(), emulator.appName()),
				WebClient.create(), tokens, StubService.unlimited())
			.retry(new RetrySettings(1, TIMEOUT.multipliedBy(3), TIMEOUT.multipliedBy(3), false))
			.timeout(TIMEOUT)
			.build();
	}

	private static ImResponse call(ImRestOperations rest, String method, String path, @Nullable String json) {
		ImRequest.Builder request = ImRequest.of(Operation.of("any", false), HttpMethod.valueOf(method))
			.path(path.split("/"));
		if (json != null) {
			request.json(JSON.readValue(json(json), JsonNode.class));
		}
		return rest.exchange(request.build(), (response) -> response).block(TIMEOUT);
	}

	private ImApiException refused(String method, String path, @Nullable String json) {
		ImApiException ex = catchThrowableOfType(ImApiException.class,
				() -> call(rest(emulator.tokens().issue()), method, path, json));
		assertThat(ex).isNotNull();
		return ex;
	}

	private static void fits(ImApiException ex, int status, @Nullable String error, @Nullable String description,
			String kind, String hint) {
		assertThat(ex.status()).isEqualTo(status);
		assertThat(ex.error()).isEqualTo(error);
		assertThat(ex.errorDescription()).isEqualTo(description);
		assertThat(ex.getClass().getSimpleName()).isEqualTo(kind);
		assertThat(ex.hint()).isEqualTo(hint);
	}

	private static String json(String json) {
		return json.replace('\'', '"')
			.replace("ELEVEN_KEYS", eleven("\"key%d\""))
			.replace("ELEVEN_VALUES", eleven("\"key%d\":\"v\""));
	}

	private static String eleven(String format) {
		return IntStream.rangeClosed(1, 11).mapToObj(format::formatted).collect(Collectors.joining(","));
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
		fits(refused(method, path, json), status, error, description, kind, hint);
	}

	@Test
	void refusedForItsSize() {
		String text = "{'from':'user1','to':['user2'],'type':'txt','body':{'msg':'%s'}}";
		fits(refused("POST", "messages/users", text.formatted("x".repeat(5200))), 400, "message_send_error",
				"message is too large", "ImApiException", "Keep 'body' and 'ext' together within 5 KB.");
		String users = IntStream.rangeClosed(1, 601).mapToObj("'u%d'"::formatted).collect(Collectors.joining(","));
		fits(refused("POST", "messages/users",
				"{'from':'user1','to':[%s],'type':'txt','body':{'msg':'hi'}}".formatted(users)), 400,
				"message_send_error", "params to's size can't exceed limit 600", "ImApiException",
				"Name at most 600 recipients a call.");
		fits(refused("PUT", "chatrooms/1", "{'name':'%s'}".formatted("x".repeat(129))), 403, "exceed_limit",
				"title cannot exceed to 128", "ImForbiddenException", "Shorten the name of the chatroom.");
		fits(refused("PUT", "chatrooms/1", "{'description':'%s'}".formatted("x".repeat(513))), 403, "exceed_limit",
				"desc cannot exceed to 512", "ImForbiddenException", "Shorten the description of the chatroom.");
		fits(refused("POST", "chatrooms/1/announcement", "{'announcement':'%s'}".formatted("x".repeat(513))), 403,
				"forbidden_op", "announce info length exceeds limit!", "ImForbiddenException",
				"Keep the announcement within 512 characters.");
	}

	@Test
	void refusedForTheirNumber() {
		String users = IntStream.rangeClosed(1, 11).mapToObj("'u%d'"::formatted).collect(Collectors.joining(","));
		fits(refused("POST", "messages/users",
				"{'from':'user1','to':[%s],'type':'txt','body':{'msg':'hi'}}".formatted(users)), 403,
				"message_send_error", "message send reach limit", "ImQuotaExceededException",
				"Send fewer messages a minute, or have the limit raised and set "
						+ "im.quota.limits.send-message.messages-per-minute; see also whether another program uses "
						+ "the same App Key.");
		String room = "{'name':'n','description':'d','owner':'%s'}";
		call(rest(emulator.tokens().issue()), "POST", "chatrooms", room.formatted("busy"));
		call(rest(emulator.tokens().issue()), "POST", "chatrooms", room.formatted("busy"));
		String hint = "Dissolve or leave chatrooms that are no longer used, or have the limit raised by the provider.";
		fits(refused("POST", "chatrooms", room.formatted("owner")), 403, "exceed_limit",
				"appKey:emulator-org#emulator-app has create too many chatrooms!", "ImForbiddenException", hint);
		call(rest(emulator.tokens().issue()), "DELETE", "chatrooms/1", null);
		fits(refused("POST", "chatrooms", room.formatted("busy")), 403, "exceed_limit",
				"user busy has joined too many chatrooms!", "ImForbiddenException", hint);
	}

	@Test
	void refusedForItsToken() {
		String revoked = emulator.tokens().issue();
		emulator.tokens().revoke();
		ImApiException ex = catchThrowableOfType(ImApiException.class,
				() -> call(rest(revoked), "GET", "chatrooms", null));
		fits(ex, 401, "unauthorized", "Unable to authenticate (OAuth)", "ImAuthenticationException",
				"Check that the credentials under im.auth belong to this app and have not been revoked.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
							401 | MetadataException | user is not in chatroom    | ImForbiddenException | Use the ID of a user who is a member of the chatroom.
					405 | method_not_allowed | no | ImApiException | The service does not take this verb here: check im.base-url and the path.
					408 | request_timeout | no | ImApiException | The request took too long to arrive: check the network to the service.
					409 | conflict | no | ImApiException | Something else changed the same thing at the same time: repeat the call.
					413 | too_large | no | ImApiException | Make the request smaller.
					415 | unsupported_media_type | no | ImApiException | The service does not take this content type.
					""")
	void refusedByAFault(int status, String error, String description, String kind, String hint) {
		emulator.faults().fail("force-set-attributes", Fault.error(status, error, description), 1);
		fits(refused("PUT", "metadata/chatroom/1/user/user1/forced", "{'metaData':{'a':'b'}}"), status, error,
				description, kind, hint);
	}

}
