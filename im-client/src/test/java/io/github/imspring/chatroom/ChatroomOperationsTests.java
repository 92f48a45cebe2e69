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

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.imspring.StubService;
import io.github.imspring.chatroom.Affiliation.Role;
import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImAuthenticationException;
import io.github.imspring.error.ImDecodingException;
import io.github.imspring.error.ImForbiddenException;
import io.github.imspring.error.ImNotFoundException;
import io.github.imspring.error.ImRefusedException;
import io.github.imspring.error.ImServerException;
import io.github.imspring.error.ImValidationException;
import io.github.imspring.exchange.WireFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static io.github.imspring.BlockingCall.done;
import static io.github.imspring.BlockingCall.fails;
import static io.github.imspring.BlockingCall.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link ChatroomOperations}: the documents' examples over HTTP, and each
 * bound, flag and error.
 */
class ChatroomOperationsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final String CREATED = "{\"data\":{\"id\":\"66XXXX33\"}}";

	private final StubService service = new StubService();

	private final ChatroomOperations chatrooms = ChatroomOperations.create(this.service.rest());

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void listsAsDocumented() {
		this.service.answer("""
				{
				"data": {
				"id": "662XXXX13",
				"name": "testchatroom1",
				"owner": "user1",
				"affiliations_count": 2
				}
				}""");
		ChatroomPage page = get(this.chatrooms.list(10));
		assertThat(page.chatrooms())
			.containsExactly(new ChatroomSummary("662XXXX13", "testchatroom1", "user1", 2, null));
		assertThat(page.cursor()).isNull();
		assertRequest("GET", "/chatrooms?limit=10", null);
	}

	@Test
	void listsAsTheServiceReallyAnswers() {
		this.service.answer("""
				{"action":"get","application":"8be0","applicationName":"testapp","count":3,"data":[
				{"affiliations_count":1,"disabled":false,"id":"2121","name":"a","owner":"u1"},
				{"affiliations_count":"2","disabled":"true","id":2122,"name":"b",
				"affiliations":[{"member":"u1"},{"owner":"u2"}]},
				{"id":"2123","surprise":{"x":[1]}}],
				"cursor":"ZGNi+/= &","timestamp":1542537813420,"duration":7}""");
		ChatroomPage page = get(this.chatrooms.list(3, "a b&c=+/"));
		assertThat(page.chatrooms()).containsExactly(new ChatroomSummary("2121", "a", "u1", 1, false),
				new ChatroomSummary("2122", "b", "u2", 2, true), new ChatroomSummary("2123", "", null, null, null));
		assertThat(page.cursor()).isEqualTo("ZGNi+/= &");
		assertThat(page.count()).isEqualTo(3);
		assertThat(page.envelope().applicationName()).isEqualTo("testapp");
		assertThat(page.envelope().timestamp()).isEqualTo(Instant.ofEpochMilli(1542537813420L));
		assertThat(page.envelope().duration()).isEqualTo(Duration.ofMillis(7));
		assertRequest("GET", "/chatrooms?limit=3&cursor=a%20b%26c%3D%2B%2F", null);
	}

	@Test
	void listsTheRoomsOfAUserAsDocumented() {
		this.service.answer("""
				{
				"action": "get",
				"application": "48472d89-5846-XXXX-XXXX-5fa4b79af9b1",
				"applicationName": "XXXX",
				"count": 2,
				"data": [
				{
				"id": "216295074234369",
				"name": "fd",
				"disabled": "false"
				},
				{
				"id": "216294461865985",
				"name": "testChatRoom",
				"disabled": "false"
				}
				],
				"duration": 0,
				"entities": [],
				"organization": "XXXX",
				"params": {
				"pagesize": [
				"10"
				],
				"pagenum": [
				"1"
				]
				},
				"properties": {},
				"timestamp": 1685673568976,
				"uri": "http://XXXX/XXXX/XXXX/users/user2/joined_chatrooms"
				}""");
		JoinedChatroomPage page = get(this.chatrooms.listJoined("user1", 1, 10));
		assertThat(page.chatrooms()).containsExactly(new JoinedChatroom("216295074234369", "fd", false),
				new JoinedChatroom("216294461865985", "testChatRoom", false));
		assertThat(page.count()).isEqualTo(2);
		assertThat(page.envelope().uri()).isEqualTo("http://XXXX/XXXX/XXXX/users/user2/joined_chatrooms");
		assertRequest("GET", "/users/user1/joined_chatrooms?pagenum=1&pagesize=10", null);
	}

	@Test
	void listsAllRoomsOfAUserUntilAPageIsNotFull() {
		ChatroomOperations small = ChatroomOperations.create(this.service.rest(),
				new ChatroomSettings(1024, 10_000, 2));
		this.service.answerInTurn(joined("1", "2"), joined("3", "4"), joined("5"));
		assertThat(small.listAllJoined("user1").map(JoinedChatroom::id).collectList().block(TIMEOUT))
			.containsExactly("1", "2", "3", "4", "5");
		assertThat(this.service.requests()).extracting(StubService.Request::target)
			.containsExactly("/users/user1/joined_chatrooms?pagenum=1&pagesize=2",
					"/users/user1/joined_chatrooms?pagenum=2&pagesize=2",
					"/users/user1/joined_chatrooms?pagenum=3&pagesize=2");
	}

	@Test
	void pageThatTheServiceMayHaveCutOffIsNotTheLast() {
		String[] hundred = IntStream.rangeClosed(1, 100).mapToObj(String::valueOf).toArray(String[]::new);
		this.service.answerInTurn(joined(hundred), joined("101"), joined(Arrays.copyOf(hundred, 99)));
		assertThat(this.chatrooms.listAllJoined("user1").count().block(TIMEOUT)).isEqualTo(101);
		assertThat(this.service.requests()).hasSize(2);
		assertThat(this.chatrooms.listAllJoined("user1").count().block(TIMEOUT)).isEqualTo(99);
		assertThat(this.service.requests()).hasSize(3);
	}

	@Test
	void listsAllRoomsOfAUserAsFarAsTheyAreWanted() {
		ChatroomOperations small = ChatroomOperations.create(this.service.rest(),
				new ChatroomSettings(1024, 10_000, 2));
		this.service.answerInTurn(joined("1", "2"), joined());
		assertThat(small.listAllJoined("user1").take(2).count().block(TIMEOUT)).isEqualTo(2);
		assertThat(this.service.requests()).hasSize(1);
		assertThat(small.listAllJoined("user1").count().block(TIMEOUT)).isZero();
	}

	@Test
	void getsDetailsAsDocumented() {
		String room = """
				{
				"id": "662XXXX13",
				"name": "testchatroom1",
				"description": "test",
				"membersonly": false,
				"allowinvites": false,
				"maxusers": 200,
				"owner": "user1",
				"created": 1542542951527,
				"custom": "",
				"affiliations_count": 2,
				"affiliations": [
				{
				"member": "user2"
				},
				{
				"owner": "user1"
				}
				],
				"public": true
				}""";
		Chatroom documented = new Chatroom("662XXXX13", "testchatroom1", "test", false, false, null, 200, "user1",
				Instant.ofEpochMilli(1542542951527L), "", null, 2,
				List.of(new Affiliation("user2", Role.MEMBER), new Affiliation("user1", Role.OWNER)), null, true);
		this.service.answer("{\"data\":" + room + "}");
		assertThat(get(this.chatrooms.get("662XXXX13"))).isEqualTo(documented);
		assertRequest("GET", "/chatrooms/662XXXX13", null);
		this.service.answer("{\"data\":[" + room.replace("\"owner\": \"user1\",", "") + "],\"count\":1}");
		assertThat(get(this.chatrooms.get("662XXXX13"))).isEqualTo(documented);
	}

	@Test
	void getsEveryFieldInWhateverShape() {
		this.service.answer("""
				{"data":[{"id":662,"name":"n","description":null,"membersonly":"true","allowinvites":"false",
				"invite_need_confirm":true,"maxusers":"200","created":"1542542951527","custom":"c","mute":false,
				"affiliations_count":"0","affiliations":[],"disabled":"false","public":"true"}]}""");
		assertThat(get(this.chatrooms.get("662"))).isEqualTo(new Chatroom("662", "n", "", true, false, true, 200, null,
				Instant.ofEpochMilli(1542542951527L), "c", false, 0, List.of(), false, true));
	}

	@Test
	void answerWithoutTheRoomIsNoSuccess() {
		this.service.answer("{\"data\":[]}");
		assertThat(fails(ImDecodingException.class, this.chatrooms.get("1"))).hasMessageContaining("not among");
		this.service.answer("{\"data\":\"x\"}");
		fails(ImDecodingException.class, this.chatrooms.get("1"));
		this.service.answer("{\"data\":[{\"name\":\"x\"}]}");
		assertThat(fails(ImDecodingException.class, this.chatrooms.get("1"))).hasMessageContaining("no 'id'");
		this.service.answer("{}");
		fails(ImDecodingException.class, this.chatrooms.list(1));
	}

	@Test
	void looksUpAnyNumberInTheOrderAskedAndNamesTheUnknown() {
		this.service.answer((request) -> {
			List<String> asked = ids(request);
			String rooms = asked.stream()
				.sorted()
				.filter((id) -> !id.endsWith("7"))
				.map("{\"id\":\"%s\"}"::formatted)
				.collect(Collectors.joining(","));
			return StubService.json(200, "{\"data\":[" + rooms + "]}");
		});
		List<String> ids = IntStream.range(0, 250).map((number) -> 1000 - number).mapToObj(String::valueOf).toList();
		List<ChatroomLookup> found = this.chatrooms.get(ids).collectList().block(TIMEOUT);
		assertThat(found).extracting(ChatroomLookup::id).isEqualTo(ids);
		assertThat(found).allSatisfy((lookup) -> {
			assertThat(lookup.found()).isEqualTo(!lookup.id().endsWith("7"));
			assertThat(lookup.chatroom() == null || lookup.chatroom().id().equals(lookup.id())).isTrue();
		});
		assertThat(this.service.requests()).extracting((request) -> ids(request).size()).containsExactly(100, 100, 50);
		assertThat(this.service.requests().get(2).target()).startsWith("/chatrooms/800%2C799%2C798%2C");
	}

	@Test
	void looksUpTheKnownOnesAlsoIfTheServiceRefusesTheCallForAnUnknownOne() {
		Set<String> unknown = Set.of("3", "50", "51", "99");
		this.service.answer((request) -> ids(request).stream().anyMatch(unknown::contains)
				? StubService.json(404,
						"{\"error\":\"service_resource_not_found\",\"error_description\":\"do not find this group:3\"}")
				: StubService.json(200, "{\"data\":["
						+ ids(request).stream().map("{\"id\":\"%s\"}"::formatted).collect(Collectors.joining(","))
						+ "]}"));
		List<String> ids = IntStream.range(0, 100).mapToObj(String::valueOf).toList();
		List<ChatroomLookup> found = this.chatrooms.get(ids).collectList().block(TIMEOUT);
		assertThat(found).extracting(ChatroomLookup::id).isEqualTo(ids);
		assertThat(found).filteredOn((lookup) -> !lookup.found())
			.extracting(ChatroomLookup::id)
			.containsExactly("3", "50", "51", "99");
		assertThat(this.service.requests()).hasSizeLessThan(60);
	}

	@ParameterizedTest
	@CsvSource({ "0, 1", "1, 21", "100, 111" })
	void whatAHundredIdsCostIsBounded(int unknown, int calls) {
		this.service.answer((request) -> ids(request).stream().anyMatch((id) -> Integer.parseInt(id) < unknown)
				? StubService.json(404,
						"{\"error\":\"service_resource_not_found\",\"error_description\":\"do not find this group:3\"}")
				: StubService.json(200, "{\"data\":["
						+ ids(request).stream().map("{\"id\":\"%s\"}"::formatted).collect(Collectors.joining(","))
						+ "]}"));
		List<String> ids = IntStream.range(0, 100).mapToObj(String::valueOf).toList();
		assertThat(this.chatrooms.get(ids).filter(ChatroomLookup::found).count().block(TIMEOUT))
			.isEqualTo(100 - unknown);
		assertThat(this.service.requests()).hasSize(calls);
	}

	@Test
	void lookUpDoesNotTakeAWrongAppForUnknownRooms() {
		this.service.answer(404, "{\"error\":\"organization_application_not_found\",\"error_description\":"
				+ "\"Could not find application for XXX/XXX from URI: XXX/XXX/users\"}");
		fails(ImNotFoundException.class, this.chatrooms.get(List.of("1", "2")).collectList());
		this.service.answer(404, "<html>no such page</html>");
		fails(ImNotFoundException.class, this.chatrooms.get(List.of("1", "2")).collectList());
		assertThat(this.service.requests()).hasSize(2);
	}

	@Test
	void looksUpRepeatedIdsAndNone() {
		this.service.answer("{\"data\":[{\"id\":\"1\"}]}");
		assertThat(this.chatrooms.get(List.of("1", "1")).filter(ChatroomLookup::found).count().block(TIMEOUT))
			.isEqualTo(2);
		assertRequest("GET", "/chatrooms/1", null);
		assertThat(this.chatrooms.get(List.of()).collectList().block(TIMEOUT)).isEmpty();
		assertThat(this.service.requests()).hasSize(1);
	}

	@Test
	void lookUpFetchesAsFarAsItIsConsumed() {
		this.service.answer((request) -> StubService.json(200, "{\"data\":[]}"));
		List<String> ids = IntStream.range(0, 1000).mapToObj(String::valueOf).toList();
		assertThat(this.chatrooms.get(ids).take(100).count().block(TIMEOUT)).isEqualTo(100);
		assertThat(this.service.requests()).hasSize(1);
	}

	@Test
	void createsAsDocumented() {
		this.service.answer(CREATED);
		assertThat(get(this.chatrooms.create(NewChatroom.named("testchatroom1")
			.description("test")
			.owner("user1")
			.members("user2")
			.maxUsers(300)
			.build()))).isEqualTo("66XXXX33");
		assertRequest("POST", "/chatrooms", """
				{
				"name": "testchatroom1",
				"description": "test",
				"maxusers": 300,
				"owner": "user1",
				"members": [
				"user2"
				]
				}""");
	}

	@Test
	void createsSendingOnlyWhatIsSet() {
		this.service.answer("{\"data\":{\"id\":6633}}");
		assertThat(get(this.chatrooms.create(NewChatroom.named("n").description("").owner("o").build())))
			.isEqualTo("6633");
		assertRequest("POST", "/chatrooms", "{\"name\":\"n\",\"description\":\"\",\"owner\":\"o\"}");
		get(this.chatrooms.create(NewChatroom.named("n").description("d").owner("o").custom("{}").build()));
		assertThat(this.service.requests().get(1).json().path("custom").asString()).isEqualTo("{}");
	}

	@Test
	void creationWithoutAnIdIsNoSuccess() {
		this.service.answer("{\"data\":{}}");
		assertThat(fails(ImDecodingException.class, this.chatrooms.create(room().build())).mayHaveBeenProcessed())
			.isTrue();
	}

	@Test
	void creationIsNotRepeatedWhenItMayHaveBeenProcessed() {
		this.service.answer(503, "<html>");
		assertThat(fails(ImServerException.class, this.chatrooms.create(room().build())).mayHaveBeenProcessed())
			.isTrue();
		assertThat(this.service.requests()).hasSize(1);
	}

	@Test
	void updatesAsDocumented() {
		this.service.answer("""
				{
				"data": {
				"description": true,
				"maxusers": true,
				"groupname": true
				}
				}""");
		done(this.chatrooms.update("662XXXX13",
				ChatroomUpdate.builder().name("testchatroom").description("test").maxUsers(300).build()));
		assertRequest("PUT", "/chatrooms/662XXXX13", """
				{
				"name": "testchatroom",
				"description": "test",
				"maxusers": 300
				}""");
	}

	@ParameterizedTest
	@CsvSource({ "groupname, '{\"name\":\"n\"}'", "description, '{\"description\":\"d\"}'",
			"maxusers, '{\"maxusers\":3}'" })
	void updatesSendingOnlyWhatIsSet(String flag, String body) {
		ChatroomUpdate update = switch (flag) {
			case "groupname" -> ChatroomUpdate.builder().name("n").build();
			case "description" -> ChatroomUpdate.builder().description("d").build();
			default -> ChatroomUpdate.builder().maxUsers(3).build();
		};
		this.service.answer("{\"data\":{\"%s\":true}}".formatted(flag));
		done(this.chatrooms.update("1", update));
		assertRequest("PUT", "/chatrooms/1", body);
		this.service.answer("{\"data\":{\"%s\":false}}".formatted(flag));
		ImRefusedException refused = fails(ImRefusedException.class, this.chatrooms.update("1", update));
		assertThat(refused.flags()).containsExactly(flag);
		assertThat(refused)
			.hasMessageContaining("update-chatroom failed: HTTP 200, but the answer says false for '" + flag);
		assertThat(refused.mayHaveBeenProcessed()).isFalse();
		this.service.answer("{\"data\":{}}");
		assertThat(fails(ImDecodingException.class, this.chatrooms.update("1", update)))
			.hasMessageContaining("'data." + flag + "'");
	}

	@Test
	void updateThatIsDoneInPartIsNoSuccess() {
		this.service.answer("{\"data\":{\"groupname\":true,\"description\":false,\"maxusers\":\"false\"}}");
		ImRefusedException ex = fails(ImRefusedException.class,
				this.chatrooms.update("1", ChatroomUpdate.builder().name("n").description("d").maxUsers(3).build()));
		assertThat(ex.flags()).containsExactly("description", "maxusers");
		assertThat(ex.mayHaveBeenProcessed()).isTrue();
		assertThat(ex.status()).isEqualTo(200);
	}

	@Test
	void transfersAsDocumented() {
		this.service.answer("""
				{
				"action": "put",
				"application": "8bXXXX02",
				"uri": "https://XXXX/XXXX/XXXX/chatrooms/66XXXX85",
				"entities": [],
				"data": {
				"newowner": true
				},
				"timestamp": 1542537813420,
				"duration": 0,
				"organization": "XXXX",
				"applicationName": "testapp"
				}""");
		done(this.chatrooms.transfer("66XXXX85", "user2"));
		assertRequest("PUT", "/chatrooms/66XXXX85", "{\"newowner\": \"user2\"}");
	}

	@Test
	void transferThatTheServiceReportsAsNotDoneIsNoSuccess() {
		this.service.answer("{\"data\":{\"newowner\":false}}");
		ImRefusedException ex = fails(ImRefusedException.class, this.chatrooms.transfer("1", "u"));
		assertThat(ex.flags()).containsExactly("newowner");
		assertThat(ex.hint()).contains("member of the chatroom");
		assertThat(this.service.requests()).hasSize(1);
	}

	@Test
	void deletesAsDocumented() {
		this.service.answer("""
				{
				"action": "delete",
				"application": "8beXXXX02",
				"uri": "https://XXXX/XXXX/XXXX/chatrooms/662XXXX13",
				"entities": [],
				"data": {
				"success": true,
				"id": "662XXXX13"
				},
				"timestamp": 1542545100474,
				"duration": 0,
				"organization": "XXXX",
				"applicationName": "testapp"
				}""");
		done(this.chatrooms.delete("662XXXX13"));
		assertRequest("DELETE", "/chatrooms/662XXXX13", null);
		this.service.answer("{\"data\":{\"success\":false,\"id\":\"662XXXX13\"}}");
		assertThat(fails(ImRefusedException.class, this.chatrooms.delete("662XXXX13")).flags())
			.containsExactly("success");
	}

	@Test
	void deletionThatARepeatedAttemptFindsDoneIsDone() {
		StubService.Answer gone = StubService.json(404,
				"{\"error\":\"resource_not_found\",\"error_description\":\"grpID 1 does not exist!\"}");
		this.service.answerInTurn(StubService.json(502, ""), gone, gone);
		done(this.chatrooms.delete("1"));
		assertThat(this.service.requests()).hasSize(2);
		fails(ImNotFoundException.class, this.chatrooms.delete("1"));
	}

	@ParameterizedTest
	@CsvSource({ "a b/c, a%20b%2Fc", "..%2f, ..%252f", "用户1, %E7%94%A8%E6%88%B71", "x?y#z, x%3Fy%23z",
			"user+1, user%2B1", "😀, %F0%9F%98%80" })
	void namesAndIdsAreOneSegment(String name, String encoded) {
		this.service.answer((request) -> StubService.json(200,
				WireFormat.jsonMapper()
					.createObjectNode()
					.set("data",
							WireFormat.jsonMapper()
								.createObjectNode()
								.put("id", name)
								.put("success", true)
								.put("newowner", true))
					.toString()));
		assertThat(get(this.chatrooms.get(name)).id()).isEqualTo(name);
		get(this.chatrooms.listJoined(name, 1, 1));
		done(this.chatrooms.transfer(name, name));
		done(this.chatrooms.delete(name));
		assertThat(this.service.requests()).extracting(StubService.Request::target)
			.containsExactly("/chatrooms/" + encoded, "/users/" + encoded + "/joined_chatrooms?pagenum=1&pagesize=1",
					"/chatrooms/" + encoded, "/chatrooms/" + encoded);
		assertThat(this.service.requests().get(2).json().path("newowner").asString()).isEqualTo(name);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					list     | 401 | unauthorized | Unable to authenticate (OAuth) | ImAuthenticationException | credentials (ImClientBuilder.clientCredentials
					joined   | 401 | unauthorized | Unable to authenticate (OAuth) | ImAuthenticationException | credentials (ImClientBuilder.clientCredentials
					get      | 401 | unauthorized | Unable to authenticate (OAuth) | ImAuthenticationException | credentials (ImClientBuilder.clientCredentials
					get      | 404 | service_resource_not_found | do not find this group:XX | ImNotFoundException | ID of an existing chatroom
					create   | 400 | invalid_parameter | XX must be provided | ImApiException | Give the field
					create   | 400 | illegal_argument | group ID XX already exists! | ImApiException | another ID
					create   | 401 | unauthorized | Unable to authenticate (OAuth) | ImAuthenticationException | credentials (ImClientBuilder.clientCredentials
					create   | 403 | exceed_limit | appKey:XX#XX has create too many chatrooms! | ImForbiddenException | Dissolve or leave
					create   | 403 | exceed_limit | user XX has joined too many chatrooms! | ImForbiddenException | Dissolve or leave
					create   | 403 | exceed_limit | members size is greater than max user size ! | ImForbiddenException | fewer members
					create   | 404 | resource_not_found | username XXXX doesn't exist! | ImNotFoundException | registered user
					update   | 401 | unauthorized | Unable to authenticate (OAuth) | ImAuthenticationException | credentials (ImClientBuilder.clientCredentials
					update   | 404 | resource_not_found | grpID XX does not exist! | ImNotFoundException | ID of an existing chatroom
					update   | 403 | exceed_limit | title cannot exceed to XXXX | ImForbiddenException | Shorten the name
					update   | 403 | exceed_limit | desc cannot exceed to XXXX | ImForbiddenException | Shorten the description
					update   | 403 | exceed_limit | maxUsers cannot exceed XXXX | ImForbiddenException | lower maximum
					update   | 400 | invalid_parameter | some of [chatroom_id] are not valid fields | ImApiException | Only the name
					transfer | 401 | unauthorized | Unable to authenticate (OAuth) | ImAuthenticationException | credentials (ImClientBuilder.clientCredentials
					transfer | 404 | resource_not_found | grpID XX does not exist! | ImNotFoundException | ID of an existing chatroom
					transfer | 404 | resource_not_found | username XX doesn't exist! | ImNotFoundException | registered user
					transfer | 403 | forbidden_op | new owner and old owner are the same | ImForbiddenException | not the owner already
					delete   | 401 | unauthorized | Unable to authenticate (OAuth) | ImAuthenticationException | credentials (ImClientBuilder.clientCredentials
					delete   | 404 | resource_not_found | grpID XX does not exist! | ImNotFoundException | ID of an existing chatroom
					""")
	void errorsOfTheDocument(String operation, int status, String error, String description, String kind, String hint) {
		this.service.answer(status,
				"{\"error\":\"%s\",\"exception\":\"X\",\"timestamp\":1,\"duration\":0,".formatted(error)
						+ "\"error_description\":\"%s\"}".formatted(description));
		Mono<?> call = switch (operation) {
			case "list" -> this.chatrooms.list(1);
			case "joined" -> this.chatrooms.listJoined("u", 1, 1);
			case "get" -> this.chatrooms.get("1");
			case "create" -> this.chatrooms.create(room().build());
			case "update" -> this.chatrooms.update("1", ChatroomUpdate.builder().name("n").build());
			case "transfer" -> this.chatrooms.transfer("1", "u");
			default -> this.chatrooms.delete("1");
		};
		ImApiException ex = fails(ImApiException.class, call);
		assertThat(ex.getClass().getSimpleName()).isEqualTo(kind);
		assertThat(ex.status()).isEqualTo(status);
		assertThat(ex.error()).isEqualTo(error);
		assertThat(ex.errorDescription()).isEqualTo(description);
		assertThat(ex.hint()).contains(hint);
		assertThat(this.service.rejectedTokens())
			.isEqualTo((ex instanceof ImAuthenticationException) ? this.service.requests().size() : 0);
	}

	@Test
	void permissionErrorDoesNotCostTheToken() {
		this.service.answer(401, """
				{"error":"group_authorization","timestamp":1775788832237,"duration":0,"properties":{},\
				"exception":"com.easemob.group.exception.GroupAuthorizationException","error_description":\
				"you have no permission to do this,group fields require group admin privileges to be modified"}""");
		fails(ImForbiddenException.class, this.chatrooms.transfer("1", "u"));
		assertThat(this.service.requests()).hasSize(1);
		assertThat(this.service.rejectedTokens()).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 1000 })
	void pageLimitsWithinBounds(int limit) {
		this.service.answer("{\"data\":[]}");
		assertThat(get(this.chatrooms.list(limit)).chatrooms()).isEmpty();
		assertThat(get(this.chatrooms.listJoined("u", 1, limit)).chatrooms()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, 1001 })
	void pageLimitsOutOfBounds(int limit) {
		refused("limit", this.chatrooms.list(limit));
		refused("pagesize", this.chatrooms.listJoined("u", 1, limit));
	}

	@Test
	void pagesAreNumberedFromOneAndCursorsAreNotEmpty() {
		refused("pagenum", this.chatrooms.listJoined("u", 0, 1));
		refused("cursor", this.chatrooms.list(1, ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", ".." })
	void idsThatAreNoSegmentAreRefused(String id) {
		refused("username", this.chatrooms.listJoined(id, 1, 1));
		refused("username", this.chatrooms.listAllJoined(id).collectList());
		refused("chatroom_id", this.chatrooms.get(id));
		refused("chatroom_id", this.chatrooms.get(List.of("1", id)).collectList());
		refused("chatroom_id", this.chatrooms.update(id, ChatroomUpdate.builder().name("n").build()));
		refused("chatroom_id", this.chatrooms.transfer(id, "u"));
		refused("newowner", this.chatrooms.transfer("1", id));
		refused("chatroom_id", this.chatrooms.delete(id));
	}

	@Test
	void idsWithACommaAreRefusedWhereACommaSeparates() {
		refused("chatroom_id", this.chatrooms.get("1,2"));
		refused("chatroom_id", this.chatrooms.get(List.of("1,2")).collectList());
	}

	@Test
	void textWithinItsBoundsCountedInCodePoints() {
		this.service.answer(CREATED);
		String custom = "😀".repeat(8192);
		get(this.chatrooms.create(
				NewChatroom.named("😀".repeat(128)).description("😀".repeat(512)).owner("o").custom(custom).build()));
		assertThat(this.service.onlyRequest().json().path("custom").asString()).isEqualTo(custom);
		assertThat(ChatroomUpdate.builder().name("😀".repeat(128)).description("😀".repeat(512)).build().name())
			.hasSize(256);
	}

	@Test
	void textOutOfItsBounds() {
		refused("name", () -> NewChatroom.named("😀".repeat(129)).description("").owner("o").build());
		refused("name", () -> NewChatroom.named("").description("").owner("o").build());
		refused("name", () -> NewChatroom.named(null).description("").owner("o").build());
		refused("description", () -> NewChatroom.named("n").description("d".repeat(513)).owner("o").build());
		refused("owner", () -> NewChatroom.named("n").description("d").owner("").build());
		refused("name", () -> ChatroomUpdate.builder().name("n".repeat(129)).build());
		refused("name", () -> ChatroomUpdate.builder().name("").build());
		refused("name", () -> ChatroomUpdate.builder().build());
		refused("description", () -> ChatroomUpdate.builder().description("d".repeat(513)).build());
		ImValidationException custom = refused("custom",
				this.chatrooms.create(room().custom("c".repeat(8193)).build()));
		assertThat(custom).hasMessageContaining("'custom' must be at most 8192 characters but is 8193");
	}

	@Test
	void idOfOnesOwnOnBothSidesOfItsEdges() {
		this.service.answer(CREATED);
		get(this.chatrooms.create(room().id("stage1").build()));
		assertRequest("POST", "/chatrooms",
				"{\"name\":\"n\",\"description\":\"d\",\"owner\":\"o\",\"roomid\":\"stage1\"}");
		assertThat(room().id("a".repeat(64)).build().id()).hasSize(64);
		assertThat(room().build().id()).isNull();
		for (String wrong : List.of("", "a".repeat(65), "Stage", "stage-1", "a b", "ä")) {
			refused("roomid", () -> room().id(wrong).build());
		}
	}

	@Test
	void customDataCanBeUpdatedWhereTheServiceTakesIt() {
		this.service.answer("{\"data\":{\"custom\":true}}");
		done(this.chatrooms.update("1", ChatroomUpdate.builder().custom("vip").build()));
		assertRequest("PUT", "/chatrooms/1", "{\"custom\":\"vip\"}");
		refused("custom", this.chatrooms.update("1", ChatroomUpdate.builder().custom("c".repeat(8193)).build()));
		this.service.answer(400, "{\"error\":\"invalid_parameter\","
				+ "\"error_description\":\"some of [custom] are not valid fields\"}");
		assertThat(
				fails(ImApiException.class, this.chatrooms.update("1", ChatroomUpdate.builder().custom("vip").build())))
			.hasMessageContaining("some of [custom] are not valid fields");
	}

	@Test
	void maximumOfMembersOnBothSidesOfItsEdges() {
		this.service.answer(CREATED);
		get(this.chatrooms.create(room().maxUsers(1).build()));
		get(this.chatrooms.create(room().maxUsers(10_000).build()));
		refused("maxusers", () -> room().maxUsers(0).build());
		refused("maxusers", () -> ChatroomUpdate.builder().maxUsers(0).build());
		refused("maxusers", this.chatrooms.create(room().maxUsers(10_001).build()));
		refused("maxusers", this.chatrooms.update("1", ChatroomUpdate.builder().maxUsers(10_001).build()));
		this.service.answer("{\"data\":{\"maxusers\":true}}");
		done(this.chatrooms.update("1", ChatroomUpdate.builder().maxUsers(10_000).build()));
	}

	@Test
	void settingsMoveWhatTheProviderGrants() {
		this.service.answer(CREATED);
		ChatroomOperations granted = ChatroomOperations.create(this.service.rest(),
				new ChatroomSettings(8192, 20_000, 100));
		get(granted.create(room().custom("c".repeat(8192)).maxUsers(20_000).build()));
		refused("custom", granted.create(room().custom("c".repeat(8193)).build()));
		refused("maxusers", granted.create(room().maxUsers(20_001).build()));
	}

	@ParameterizedTest
	@CsvSource({ "0, 10, 10", "10, 0, 10", "10, 10, 0", "10, 10, 1001" })
	void settingsOutOfRange(int custom, int maxUsers, int pageSize) {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> new ChatroomSettings(custom, maxUsers, pageSize));
	}

	@Test
	void membersOnBothSidesOfTheirEdges() {
		assertThat(room().members("a").members("b", "a").build().members()).containsExactly("a", "b");
		assertThat(room().maxUsers(2).members("a", "b").build().members()).hasSize(2);
		assertThat(room().members(users(1000)).build().members()).hasSize(1000);
		assertThat(room().build().members()).isNull();
		refused("members", () -> room().maxUsers(2).members("a", "b", "c").build());
		assertThat(refused("members", () -> room().members(users(1001)).build()))
			.hasMessageContaining("than the 1000 of 'maxusers', its default, but names 1001");
		assertThat(room().members(List.of()).build().members()).isNull();
		refused("members", () -> room().members("a", "o").build());
		refused("members", () -> room().members("a", "").build());
		refused("members", () -> room().members(Arrays.asList("a", null)).build());
	}

	private static List<String> users(int count) {
		return IntStream.range(0, count).mapToObj((number) -> "user" + number).toList();
	}

	private static NewChatroom.Builder room() {
		return NewChatroom.named("n").description("d").owner("o");
	}

	private static StubService.Answer joined(String... ids) {
		String rooms = Arrays.stream(ids).map("{\"id\":\"%s\"}"::formatted).collect(Collectors.joining(","));
		return StubService.json(200, "{\"data\":[" + rooms + "]}");
	}

	private static List<String> ids(StubService.Request request) {
		return List.of(request.target().substring("/chatrooms/".length()).split("%2C"));
	}

	private void assertRequest(String method, String target, String json) {
		this.service.requests().get(0).assertIs(method, target, json);
	}

	private ImValidationException refused(String field, Mono<?> call) {
		int before = this.service.requests().size();
		ImValidationException ex = refused(field, () -> call.block(TIMEOUT));
		assertThat(this.service.requests()).hasSize(before);
		return ex;
	}

	private static ImValidationException refused(String field, Runnable building) {
		ImValidationException ex = catchThrowableOfType(ImValidationException.class, building::run);
		assertThat(ex).isNotNull();
		assertThat(ex.field()).isEqualTo(field);
		return ex;
	}

}
