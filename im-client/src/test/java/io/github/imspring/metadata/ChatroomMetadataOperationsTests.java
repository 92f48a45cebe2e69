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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.imspring.StubService;
import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImAuthenticationException;
import io.github.imspring.error.ImDecodingException;
import io.github.imspring.error.ImForbiddenException;
import io.github.imspring.error.ImRefusedException;
import io.github.imspring.error.ImServerException;
import io.github.imspring.error.ImValidationException;
import io.github.imspring.exchange.BatchError;
import io.github.imspring.exchange.BatchResult;
import io.github.imspring.exchange.ImPartialFailureException;
import io.github.imspring.exchange.WireFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import static io.github.imspring.BlockingCall.done;
import static io.github.imspring.BlockingCall.fails;
import static io.github.imspring.BlockingCall.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link ChatroomMetadataOperations}: the documents' examples over HTTP, each
 * bound, flag and error, and the account of what became of each key.
 */
class ChatroomMetadataOperationsTests {

	private final StubService service = new StubService();

	private final ChatroomMetadataOperations metadata = ChatroomMetadataOperations.create(this.service.rest());

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void getsTheAnnouncementAsDocumented() {
		this.service.answer("""
				{
				"action": "get",
				"application": "52XXXXf0",
				"uri": "https://XXXX/XXXX/XXXX/chatrooms/12XXXX11/announcement",
				"entities": [],
				"data": {
				"announcement": "XXXX."
				},
				"timestamp": 1542363546590,
				"duration": 0,
				"organization": "XXXX",
				"applicationName": "testapp"
				}""");
		assertThat(get(this.metadata.getAnnouncement("12XXXX11"))).isEqualTo("XXXX.");
		assertRequest("GET", "/chatrooms/12XXXX11/announcement", null);
		this.service.answer("{\"data\":{\"announcement\":\"\"}}");
		assertThat(get(this.metadata.getAnnouncement("1"))).isEmpty();
		this.service.answer("{\"data\":{}}");
		fails(ImDecodingException.class, this.metadata.getAnnouncement("1"));
	}

	@Test
	void setsTheAnnouncementAsDocumented() {
		this.service.answer("""
				{
				"action": "post",
				"application": "52XXXXf0",
				"uri": "https://XXXX/XXXX/XXXX/chatrooms/12XXXX11/announcement",
				"entities": [],
				"data": {
				"id": "12XXXX11",
				"result": true
				},
				"timestamp": 1594808604236,
				"duration": 0,
				"organization": "XXXX",
				"applicationName": "testapp"
				}""");
		done(this.metadata.setAnnouncement("12XXXX11", "聊天室公告…"));
		assertRequest("POST", "/chatrooms/12XXXX11/announcement", "{\"announcement\" : \"聊天室公告…\"}");
		this.service.answer("{\"data\":{\"id\":\"12XXXX11\",\"result\":false}}");
		assertThat(fails(ImRefusedException.class, this.metadata.setAnnouncement("12XXXX11", "x")).flags())
			.containsExactly("result");
		this.service.answer("{\"data\":{\"id\":\"12XXXX11\"}}");
		fails(ImDecodingException.class, this.metadata.setAnnouncement("12XXXX11", "x"));
	}

	@ParameterizedTest
	@CsvSource({ "false, ''", "true, /forced" })
	void setsAttributesAsDocumented(boolean forced, String suffix) {
		this.service.answer("""
				{
				"uri":"https://XXXX/XXXX/XXXX/metadata/chatroom",
				"timestamp":1716887320215,
				"action":"put",
				"data": {
				"successKeys": ["key1"],
				"errorKeys": { "key2": "errorDesc" }
				}
				}""");
		Map<String, String> attributes = attributes("key1", "value1", "key2", "value2");
		BatchResult result = get(
				forced ? this.metadata.forceSetAttributes("662XXXX13", "user1", attributes, AutoDelete.DELETE)
						: this.metadata.setAttributes("662XXXX13", "user1", attributes, AutoDelete.DELETE));
		assertThat(result.succeeded()).containsExactly("key1");
		assertThat(result.errors()).containsExactly(entry("key2", new BatchError("errorDesc", false, null)));
		assertThat(result.complete()).isFalse();
		assertRequest("PUT", "/metadata/chatroom/662XXXX13/user/user1" + suffix, """
				{
				"metaData": {
				"key1": "value1",
				"key2": "value2"
				},
				"autoDelete": "DELETE"
				}""");
	}

	@ParameterizedTest
	@CsvSource({ "false, ''", "true, /forced" })
	void deletesAttributesAsDocumented(boolean forced, String suffix) {
		this.service.answer("""
				{
				"uri":"https://XXXX/XXXX/XXXX/metadata/chatroom",
				"status":"ok",
				"timestamp":1716887320215,
				"action":"delete",
				"data": {
				"successKeys": ["key1"],
				"errorKeys": { "key2": "errorDesc" }
				}
				}""");
		List<String> keys = List.of("key1", "key2", "key1");
		BatchResult result = get(forced ? this.metadata.forceDeleteAttributes("662XXXX13", "user1", keys)
				: this.metadata.deleteAttributes("662XXXX13", "user1", keys));
		assertThat(result.succeeded()).containsExactly("key1");
		assertThat(result.errors()).containsExactly(entry("key2", new BatchError("errorDesc", false, null)));
		assertRequest("DELETE", "/metadata/chatroom/662XXXX13/user/user1" + suffix, """
				{
				"keys": ["key1","key2"]
				}""");
	}

	@Test
	void readsTheDocumentedAnswerInWhichAllFailed() {
		this.service.answer("""
				{
				"uri": "%s/easemob-demo/chatdemoui/metadata/chatroom",
				"timestamp": 1720769458528,
				"action": "put",
				"data": {
				"successKeys": [],
				"errorKeys": {
				"key1": "properties key 'key1' is exceeding maximum limit 128",
				"key2": "properties key 'key2' is exceeding maximum limit 128"
				}
				}
				}""");
		BatchResult result = get(this.metadata.setAttributes("1", "u", attributes("key1", "v", "key2", "v")));
		assertThat(result.succeeded()).isEmpty();
		assertThat(result.errors().get("key1").reason())
			.isEqualTo("properties key 'key1' is exceeding maximum limit 128");
		assertThat(result.errors()).containsOnlyKeys("key1", "key2");
	}

	@Test
	void eitherPartOfTheAnswerMayBeMissingButNoKeyIsTakenForGranted() {
		this.service.answer("{\"data\":{\"successKeys\":[\"a\",\"b\"]}}");
		assertThat(get(this.metadata.setAttributes("1", "u", attributes("a", "1", "b", "2"))).complete()).isTrue();
		this.service.answer("{\"data\":{\"errorKeys\":{\"a\":\"no\",\"b\":7}}}");
		assertThat(get(this.metadata.setAttributes("1", "u", attributes("a", "1", "b", "2"))).errors()).containsExactly(
				entry("a", new BatchError("no", false, null)), entry("b", new BatchError("7", false, null)));
		this.service.answer("{\"data\":{\"successKeys\":[\"b\",\"other\"],\"errorKeys\":null}}");
		BatchResult result = get(this.metadata.setAttributes("1", "u", attributes("a", "1", "b", "2")));
		assertThat(result.succeeded()).containsExactly("b");
		assertThat(result.errors())
			.containsExactly(entry("a", new BatchError("the answer does not mention it", true, null)));
	}

	@ParameterizedTest
	@EnumSource(AutoDelete.class)
	void sendsAutoDelete(AutoDelete autoDelete) {
		this.service.answer("{\"data\":{\"successKeys\":[\"a\"]}}");
		get(this.metadata.setAttributes("1", "u", Map.of("a", "1"), autoDelete));
		get(this.metadata.setAttributes("1", "u", Map.of("a", "1")));
		get(this.metadata.forceSetAttributes("1", "u", Map.of("a", "1")));
		assertThat(this.service.requests()).extracting((request) -> request.json().path("autoDelete").asString(null))
			.containsExactly(autoDelete.name(), null, null);
		assertThat(this.service.requests().get(2).json().propertyNames()).containsExactly("metaData");
	}

	@Test
	void getsNamedAttributesAsDocumented() {
		this.service.answer("""
				{
				"uri": "https://XXXX/XXXX/XXXX/metadata/chatroom",
				"timestamp": 1716891388636,
				"action": "post",
				"data": {
				"key1": "value1",
				"key2": "value2"
				}
				}""");
		assertThat(get(this.metadata.getAttributes("662XXXX13", List.of("key1", "key2"))))
			.containsExactly(entry("key1", "value1"), entry("key2", "value2"));
		assertRequest("POST", "/metadata/chatroom/662XXXX13", """
				{
				"keys": ["key1","key2"]
				}""");
	}

	@Test
	void getsAllAttributesWithAnEmptyBody() {
		this.service.answer("{\"data\":{\"b\":\"2\",\"a\":1}}");
		assertThat(get(this.metadata.getAttributes("662XXXX13"))).containsExactly(entry("b", "2"), entry("a", "1"));
		assertRequest("POST", "/metadata/chatroom/662XXXX13", null);
		assertThat(this.service.onlyRequest().contentType()).isEqualTo("application/json");
	}

	@Test
	void getsAnyNumberOfNamedAttributesInTheOrderAsked() {
		this.service.answer((request) -> {
			List<String> keys = keys(request).stream().sorted().filter((key) -> !key.equals("key7")).toList();
			return StubService.json(200,
					keys.stream()
						.map((key) -> "\"%s\":\"of %s\"".formatted(key, key))
						.collect(Collectors.joining(",", "{\"data\":{", "}}")));
		});
		List<String> asked = IntStream.range(0, 25).map((number) -> 24 - number).mapToObj((n) -> "key" + n).toList();
		Map<String, String> found = get(this.metadata.getAttributes("1", asked));
		assertThat(found.keySet())
			.containsExactlyElementsOf(asked.stream().filter((key) -> !key.equals("key7")).toList());
		assertThat(found).containsEntry("key24", "of key24");
		assertThat(this.service.requests()).extracting((request) -> keys(request).size()).containsExactly(10, 10, 5);
	}

	@Test
	void sets35AttributesOf3WhichAreOthers() {
		List<String> others = List.of("key3", "key17", "key34");
		this.service.answer((request) -> refusing(request, others));
		Map<String, String> attributes = numbered(35);
		BatchResult result = get(this.metadata.setAttributes("1", "u", attributes));
		assertThat(result.succeeded()).hasSize(32)
			.containsExactlyElementsOf(attributes.keySet().stream().filter((key) -> !others.contains(key)).toList());
		assertThat(result.errors().keySet()).containsExactlyElementsOf(others);
		assertThat(this.service.requests()).extracting((request) -> request.json().path("metaData").size())
			.containsExactly(10, 10, 10, 5);
		ImPartialFailureException ex = catchThrowableOfType(ImPartialFailureException.class, result::orThrow);
		assertThat(ex.result()).isSameAs(result);
		assertThat(ex.operation()).isEqualTo("set-attributes");
		assertThat(ex.mayHaveBeenProcessed()).isTrue();
		assertThat(ex).hasMessageStartingWith("set-attributes failed: 3 of 35 failed: "
				+ "'key3' (others are not allowed to be set), 'key17' (others are not allowed to be set), "
				+ "'key34' (others are not allowed to be set). ");
	}

	@Test
	void requestThatIsRefusedForItsContentDoesNotKeepTheOthersFromBeingSent() {
		this.service.answer((request) -> request.json().path("metaData").has("key12")
				? StubService.json(400, "{\"error\":\"others are not allowed to be set\"}")
				: refusing(request, List.of()));
		BatchResult result = get(this.metadata.setAttributes("1", "u", numbered(35)));
		assertThat(this.service.requests()).hasSize(4);
		assertThat(result.succeeded()).hasSize(25);
		assertThat(result.errors()).hasSize(10).allSatisfy((key, error) -> {
			assertThat(error.reason()).isEqualTo("others are not allowed to be set");
			assertThat(error.mayHaveBeenProcessed()).isFalse();
			assertThat(error.cause()).isInstanceOf(ImApiException.class);
		});
	}

	@Test
	void requestThatFailsOtherwiseEndsTheWritingWithAnAccountOfEachKey() {
		this.service.answer((request) -> request.json().path("metaData").has("key12") ? StubService.json(503, "<html>")
				: refusing(request, List.of("key1")));
		BatchResult result = get(this.metadata.setAttributes("1", "u", numbered(35)));
		assertThat(this.service.requests()).as("two attempts of the second request").hasSize(3);
		assertThat(result.succeeded()).hasSize(9);
		Map<Boolean, List<String>> perhaps = result.errors()
			.entrySet()
			.stream()
			.collect(Collectors.partitioningBy((error) -> error.getValue().mayHaveBeenProcessed(),
					Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
		assertThat(perhaps.get(true)).isEqualTo(IntStream.range(10, 20).mapToObj((n) -> "key" + n).toList());
		assertThat(perhaps.get(false)).hasSize(16).startsWith("key1", "key20").endsWith("key34");
		assertThat(result.errors().get("key20").reason()).isEqualTo("not sent, because the request before failed");
		assertThat(result.errors().get("key20").cause()).isInstanceOf(ImServerException.class);
		ImPartialFailureException ex = catchThrowableOfType(ImPartialFailureException.class, result::orThrow);
		assertThat(ex.getSuppressed()).hasSize(1).hasOnlyElementsOfType(ImServerException.class);
		assertThat(ex).hasMessageContaining(" and 21 more. ");
	}

	@Test
	void firstOfSeveralRequestsThatMayHaveBeenProcessedLeavesAnAccountToo() {
		this.service.answer(503, "<html>");
		BatchResult result = get(this.metadata.deleteAttributes("1", "u", numbered(11).keySet()));
		assertThat(result.succeeded()).isEmpty();
		assertThat(result.errors().get("key9").mayHaveBeenProcessed()).isTrue();
		assertThat(result.errors().get("key10").mayHaveBeenProcessed()).isFalse();
	}

	@Test
	void failureThatSaysEverythingIsTheResult() {
		this.service.answer(401, "{\"error\":\"MetadataException\",\"error_description\":\"user is not in chatroom\"}");
		fails(ImForbiddenException.class, this.metadata.setAttributes("1", "u", numbered(35)));
		assertThat(this.service.requests()).hasSize(1);
		this.service.answer(503, "<html>");
		assertThat(fails(ImServerException.class, this.metadata.setAttributes("1", "u", numbered(10)))
			.mayHaveBeenProcessed()).isTrue();
	}

	@Test
	void orThrowPassesASuccessOn() {
		this.service.answer("{\"data\":{\"successKeys\":[\"a\"],\"errorKeys\":{}}}");
		assertThat(get(this.metadata.setAttributes("1", "u", Map.of("a", "1")).map(BatchResult::orThrow)).complete())
			.isTrue();
		this.service.answer("{\"data\":{\"errorKeys\":{\"a\":\"no\\nERROR forged entry\"}}}");
		ImPartialFailureException ex = fails(ImPartialFailureException.class,
				this.metadata.setAttributes("1", "u", Map.of("a", "1")).map(BatchResult::orThrow));
		assertThat(ex.mayHaveBeenProcessed()).isFalse();
		assertThat(ex.getMessage()).contains("no ERROR forged entry").doesNotContain("\n");
	}

	@Test
	void exceptionCanBeSerialized() throws IOException {
		this.service.answer("{\"data\":{\"errorKeys\":{\"a\":\"no\"}}}");
		ImPartialFailureException ex = fails(ImPartialFailureException.class,
				this.metadata.setAttributes("1", "u", Map.of("a", "1")).map(BatchResult::orThrow));
		try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
			out.writeObject(ex);
		}
	}

	@ParameterizedTest
	@CsvSource({ "a b/c, a%20b%2Fc", "..%2f, ..%252f", "用户1, %E7%94%A8%E6%88%B71", "x?y#z, x%3Fy%23z",
			"user+1, user%2B1", "😀, %F0%9F%98%80" })
	void namesAndIdsAreOneSegment(String name, String encoded) {
		this.service.answer("{\"data\":{\"announcement\":\"\",\"result\":true,\"successKeys\":[\"a\"]}}");
		get(this.metadata.getAnnouncement(name));
		done(this.metadata.setAnnouncement(name, ""));
		get(this.metadata.getAttributes(name));
		get(this.metadata.getAttributes(name, List.of("a")));
		get(this.metadata.setAttributes(name, name, Map.of("a", "1")));
		get(this.metadata.forceDeleteAttributes(name, name, List.of("a")));
		assertThat(this.service.requests()).extracting(StubService.Request::target)
			.containsExactly("/chatrooms/" + encoded + "/announcement", "/chatrooms/" + encoded + "/announcement",
					"/metadata/chatroom/" + encoded, "/metadata/chatroom/" + encoded,
					"/metadata/chatroom/" + encoded + "/user/" + encoded,
					"/metadata/chatroom/" + encoded + "/user/" + encoded + "/forced");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					announcement | 401 | unauthorized | Unable to authenticate (OAuth) | ImAuthenticationException | credentials (ImClientBuilder.clientCredentials
					announcement | 404 | resource_not_found | grpID XX does not exist! | ImNotFoundException | ID of an existing chatroom
					announce     | 401 | unauthorized | Unable to authenticate (OAuth) | ImAuthenticationException | credentials (ImClientBuilder.clientCredentials
					announce     | 403 | forbidden_op | announce info length exceeds limit! | ImForbiddenException | within 512
					announce     | 404 | resource_not_found | grpID XX does not exist! | ImNotFoundException | ID of an existing chatroom
					set          | 400 | exceed allowed batch size 10 | - | ImApiException | at most 10
					set          | 400 | - | exceed allowed batch size 10 | ImApiException | at most 10
					set          | 401 | unauthorized | Unable to authenticate (OAuth) | ImAuthenticationException | credentials (ImClientBuilder.clientCredentials
					set          | 401 | MetadataException | user is not in chatroom | ImForbiddenException | member of the chatroom
					set          | 401 | - | user is not in chatroom | ImForbiddenException | member of the chatroom
					set          | 400 | others are not allowed to be set | - | ImApiException | forced variant
					set          | 400 | - | others are not allowed to be set | ImApiException | forced variant
					get          | 401 | unauthorized | Unable to authenticate (OAuth) | ImAuthenticationException | credentials (ImClientBuilder.clientCredentials
					get          | 404 | resource_not_found | grpID XX does not exist! | ImNotFoundException | ID of an existing chatroom
					delete       | 400 | exceed allowed batch size 10 | - | ImApiException | at most 10
					delete       | 401 | unauthorized | Unable to authenticate (OAuth) | ImAuthenticationException | credentials (ImClientBuilder.clientCredentials
					delete       | 401 | MetadataException | user is not in chatroom | ImForbiddenException | member of the chatroom
					force-set    | 400 | exceed allowed batch size 10 | - | ImApiException | at most 10
					force-set    | 401 | unauthorized | Unable to authenticate (OAuth) | ImAuthenticationException | credentials (ImClientBuilder.clientCredentials
					force-set    | 401 | MetadataException | user is not in chatroom | ImForbiddenException | member of the chatroom
					force-delete | 400 | exceed allowed batch size 10 | - | ImApiException | at most 10
					force-delete | 401 | unauthorized | Unable to authenticate (OAuth) | ImAuthenticationException | credentials (ImClientBuilder.clientCredentials
					""")
	void errorsOfTheDocument(String operation, int status, String error, String description, String kind, String hint) {
		Map<String, String> body = new LinkedHashMap<>();
		body.put("error", error);
		body.put("error_description", description);
		this.service.answer(status, WireFormat.jsonMapper().writeValueAsString(body));
		Mono<?> call = switch (operation) {
			case "announcement" -> this.metadata.getAnnouncement("1");
			case "announce" -> this.metadata.setAnnouncement("1", "x");
			case "set" -> this.metadata.setAttributes("1", "u", Map.of("a", "1"));
			case "force-set" -> this.metadata.forceSetAttributes("1", "u", Map.of("a", "1"));
			case "get" -> this.metadata.getAttributes("1", List.of("a"));
			case "delete" -> this.metadata.deleteAttributes("1", "u", List.of("a"));
			default -> this.metadata.forceDeleteAttributes("1", "u", List.of("a"));
		};
		ImApiException ex = fails(ImApiException.class, call);
		assertThat(ex.getClass().getSimpleName()).isEqualTo(kind);
		assertThat(ex.status()).isEqualTo(status);
		assertThat(ex.error()).isEqualTo(error);
		assertThat(ex.errorDescription()).isEqualTo(description);
		assertThat(ex.hint()).contains(hint);
		boolean tokenRejected = ex instanceof ImAuthenticationException;
		assertThat(this.service.requests()).hasSize(tokenRejected ? 2 : 1);
		assertThat(this.service.rejectedTokens()).isEqualTo(tokenRejected ? 2 : 0);
	}

	@Test
	void userWhoIsNotInTheChatroomDoesNotCostTheToken() {
		for (String body : List.of(
				"{\"error\":\"MetadataException\",\"error_description\":\"user is not in chatroom\"}",
				"{\"error\":\"unauthorized\",\"exception\":\"x.MetadataException\",\"error_description\":"
						+ "\"user is not in chatroom\"}",
				"user is not in chatroom")) {
			this.service.requests().clear();
			this.service.answer(401, body);
			fails(ImForbiddenException.class, this.metadata.setAttributes("1", "u", Map.of("a", "1")));
			assertThat(this.service.requests()).hasSize(1);
			assertThat(this.service.rejectedTokens()).isZero();
		}
	}

	@Test
	void textWithinItsBoundsCountedInCodePoints() {
		this.service.answer("{\"data\":{\"result\":true,\"successKeys\":[\"" + "k".repeat(128) + "\"]}}");
		done(this.metadata.setAnnouncement("1", "😀".repeat(512)));
		assertThat(get(this.metadata.setAttributes("1", "u", Map.of("k".repeat(128), "😀".repeat(4096)))).complete())
			.isTrue();
		get(this.metadata.setAttributes("1", "u", Map.of("a", "")));
	}

	@Test
	void textOutOfItsBounds() {
		assertThat(refused("announcement", this.metadata.setAnnouncement("1", "😀".repeat(513))))
			.hasMessageContaining("must be at most 512 characters but is 513");
		assertThat(refused("metaData key", this.metadata.setAttributes("1", "u", Map.of("k".repeat(129), "v"))))
			.hasMessageContaining("must be 1 to 128 characters but is 129");
		assertThat(refused("metaData.k", this.metadata.forceSetAttributes("1", "u", Map.of("k", "v".repeat(4097)))))
			.hasMessageContaining("must be at most 4096 characters but is 4097");
		refused("keys key", this.metadata.deleteAttributes("1", "u", List.of("k".repeat(129))));
		refused("keys key", this.metadata.getAttributes("1", List.of("k".repeat(129))));
		refused("keys key", this.metadata.getAttributes("1", Arrays.asList("k", null)));
	}

	@Test
	void keysOfEveryCharacterOfTheSet() {
		String keys = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
		this.service.answer("{\"data\":{\"successKeys\":[\"" + keys + "\"]}}");
		assertThat(get(this.metadata.setAttributes("1", "u", Map.of(keys, "v"))).complete()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "a/b", "ä", "键", "１", "a\n", "a,b", "😀" })
	void keysOutsideTheSet(String key) {
		refused("metaData key", this.metadata.setAttributes("1", "u", Map.of(key, "v")));
		refused("keys key", this.metadata.forceDeleteAttributes("1", "u", List.of(key)));
	}

	@Test
	void upTo100AttributesACall() {
		this.service.answer((request) -> refusing(request, List.of()));
		assertThat(get(this.metadata.setAttributes("1", "u", numbered(100))).succeeded()).hasSize(100);
		assertThat(get(this.metadata.deleteAttributes("1", "u", numbered(100).keySet())).succeeded()).hasSize(100);
		assertThat(this.service.requests()).hasSize(20);
		assertThat(refused("metaData", this.metadata.setAttributes("1", "u", numbered(101))))
			.hasMessageContaining("must name 1 to 100 attributes but names 101");
		refused("metaData", this.metadata.forceSetAttributes("1", "u", Map.of()));
		refused("keys", this.metadata.deleteAttributes("1", "u", numbered(101).keySet()));
		refused("keys", this.metadata.forceDeleteAttributes("1", "u", List.of()));
		refused("keys", this.metadata.getAttributes("1", numbered(101).keySet()));
		refused("keys", this.metadata.getAttributes("1", List.of()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", ".." })
	void idsThatAreNoSegmentAreRefused(String id) {
		refused("chatroom_id", this.metadata.getAnnouncement(id));
		refused("chatroom_id", this.metadata.setAnnouncement(id, "x"));
		refused("chatroom_id", this.metadata.getAttributes(id));
		refused("chatroom_id", this.metadata.getAttributes(id, List.of("a")));
		refused("chatroom_id", this.metadata.setAttributes(id, "u", Map.of("a", "1")));
		refused("chatroom_id", this.metadata.deleteAttributes(id, "u", List.of("a")));
		refused("username", this.metadata.setAttributes("1", id, Map.of("a", "1")));
		refused("username", this.metadata.forceDeleteAttributes("1", id, List.of("a")));
	}

	/**
	 * Answers a write as the service does: refuses some keys, takes the others.
	 */
	private static StubService.Answer refusing(StubService.Request request, List<String> refused) {
		Map<Boolean, List<String>> keys = keys(request).stream().collect(Collectors.partitioningBy(refused::contains));
		Map<String, String> errors = keys.get(true)
			.stream()
			.collect(Collectors.toMap((key) -> key, (key) -> "others are not allowed to be set"));
		return StubService.json(200, WireFormat.jsonMapper()
			.writeValueAsString(Map.of("data", Map.of("successKeys", keys.get(false), "errorKeys", errors))));
	}

	private static List<String> keys(StubService.Request request) {
		JsonNode json = request.json();
		return json.has("metaData") ? List.copyOf(json.path("metaData").propertyNames())
				: json.path("keys").values().stream().map(JsonNode::asString).toList();
	}

	private static Map<String, String> numbered(int count) {
		Map<String, String> attributes = new LinkedHashMap<>();
		IntStream.range(0, count).forEach((number) -> attributes.put("key" + number, "value" + number));
		return attributes;
	}

	private static Map<String, String> attributes(String key1, String value1, String key2, String value2) {
		Map<String, String> attributes = new LinkedHashMap<>();
		attributes.put(key1, value1);
		attributes.put(key2, value2);
		return attributes;
	}

	private void assertRequest(String method, String target, String json) {
		this.service.requests().get(0).assertIs(method, target, json);
	}

	private ImValidationException refused(String field, Mono<?> call) {
		int before = this.service.requests().size();
		ImValidationException ex = fails(ImValidationException.class, call);
		assertThat(ex.field()).isEqualTo(field);
		assertThat(this.service.requests()).hasSize(before);
		return ex;
	}

}
