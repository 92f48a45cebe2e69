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

package io.github.imspring.user;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import io.github.imspring.StubService;
import io.github.imspring.StubService.Answer;
import io.github.imspring.StubService.Request;
import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImDecodingException;
import io.github.imspring.error.ImNotFoundException;
import io.github.imspring.error.ImRefusedException;
import io.github.imspring.error.ImServerException;
import io.github.imspring.error.ImValidationException;
import io.github.imspring.exchange.WireFormat;
import io.github.imspring.user.Registration.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static io.github.imspring.BlockingCall.done;
import static io.github.imspring.BlockingCall.fails;
import static io.github.imspring.BlockingCall.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link UserOperations}: the examples of the documents, their bounds, and what
 * becomes of every user of a registration.
 */
class UserOperationsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final String ALICE = """
			{"action":"post","application":"8be024f0","path":"/users","uri":"https://XXXX/XXXX/XXXX/users",
			"entities":[{"uuid":"0ffe2d80-XXXX-XXXX-8d66-279e3e1c214b","type":"user","created":1542795196504,
			"modified":1542795196505,"username":"user1","activated":true,"nickname":"testuser"}],
			"timestamp":1542795196515,"duration":0,"organization":"XXXX","applicationName":"XXXX"}""";

	private static final String DUPLICATE = """
			{"error":"duplicate_unique_property_exists","timestamp":1542795196515,"duration":0,
			"exception":"org.apache.usergrid.persistence.exceptions.DuplicateUniquePropertyExistsException",
			"error_description":"Application 8be024f0 Entity user requires that property named username be unique, value of user1 exists"}""";

	private static final String UNKNOWN = """
			{"error":"service_resource_not_found","timestamp":1542795196515,"duration":0,
			"exception":"org.apache.usergrid.services.exceptions.ServiceResourceNotFoundException",
			"error_description":"Service resource not found"}""";

	private final StubService service = new StubService();

	private final UserOperations users = UserOperations.create(this.service.rest());

	@AfterEach
	void close() {
		this.service.close();
	}

	// The examples

	@Test
	void registersOne() {
		this.service.answer(ALICE);
		User user = get(this.users.register(NewUser.named("user1").withPassword("123").withNickname("testuser")));
		assertThat(user).isEqualTo(new User("user1", "0ffe2d80-XXXX-XXXX-8d66-279e3e1c214b", "testuser", true,
				Instant.ofEpochMilli(1542795196504L), Instant.ofEpochMilli(1542795196505L)));
		assertRequest("POST", "/users", "{\"username\":\"user1\",\"password\":\"123\",\"nickname\":\"testuser\"}");
	}

	@Test
	void whatIsNotSetIsNotSent() {
		this.service.answer(ALICE);
		get(this.users.register(NewUser.named("user1")));
		assertRequest("POST", "/users", "{\"username\":\"user1\"}");
	}

	@Test
	void whoLogsInWithTokensHasAPasswordThatNobodyKnows() {
		this.service.answer(ALICE);
		get(this.users.register("user1"));
		get(this.users.ensure("user1"));
		List<String> passwords = this.service.requests()
			.stream()
			.map((request) -> request.json().path("password").asString())
			.toList();
		assertThat(passwords).hasSize(2).doesNotHaveDuplicates().allMatch((password) -> password.length() == 43);
	}

	@Test
	void registersManyWithAResultForEach() {
		this.service.answer("""
				{"action":"post","path":"/users","entities":[
				{"uuid":"278b5e60-XXXX-XXXX-8f9b-d5d83ebec806","type":"user","created":1541587920710,
				"modified":1541587920710,"username":"user1","activated":true,"nickname":"testuser1"},
				{"uuid":"278bac80-XXXX-XXXX-b192-73e4cd5078a5","type":"user","created":1541587920712,
				"modified":1541587920712,"username":"user2","activated":true,"nickname":"testuser2"}],
				"timestamp":1541587920714,"data":[{"username":"user3","registerUserFailReason":
				"the user3 already exists"}],"duration":0,"organization":"XXXX","applicationName":"XXXX"}""");
		List<Registration> results = all(
				this.users.registerAll(Flux.just(user("user1", "123"), user("user2", "456"), user("user3", "789"))));
		assertThat(results).extracting(Registration::username, Registration::status)
			.containsExactly(tuple("user1", Status.MADE), tuple("user2", Status.MADE), tuple("user3", Status.EXISTED));
		assertThat(results.get(0).user()).isNotNull();
		assertThat(results.get(2).reason()).isEqualTo("the user3 already exists");
		assertRequest("POST", "/users", """
				[{"username":"user1","password":"123","nickname":"user1"},
				{"username":"user2","password":"456","nickname":"user2"},
				{"username":"user3","password":"789","nickname":"user3"}]""");
	}

	@Test
	void getsOne() {
		this.service.answer(ALICE);
		assertThat(get(this.users.get("user1")).nickname()).isEqualTo("testuser");
		assertRequest("GET", "/users/user1", null);
		fails(ImDecodingException.class, this.users.get("user2"));
	}

	@Test
	void listsByCursor() {
		this.service.answerInTurn(StubService.json(200, """
				{"action":"get","params":{"limit":["2"]},"path":"/users","entities":[
				{"uuid":"ab90eff0","type":"user","created":1542356511855,"modified":1542356511855,
				"username":"user1","activated":true,"nickname":"user1"},
				{"uuid":"b2aade90","type":"user","created":1542356523769,"modified":1542356523769,
				"username":"user2","activated":true,"nickname":"user2"}],"timestamp":1542558467056,"duration":11,
				"cursor":"LTgzXXXX2tB","count":2}"""), StubService.json(200, """
				{"action":"get","params":{"cursor":["LTgzXXXX2tB"],"limit":["2"]},"path":"/users","entities":[
				{"uuid":"fef7f250","type":"user","created":1542361376245,"modified":1542361376245,
				"username":"user3","activated":true,"nickname":"testuser"}],"timestamp":1542559337702,
				"duration":2,"count":1}"""));
		UserPage first = get(this.users.list(2));
		assertThat(first.users()).extracting(User::username).containsExactly("user1", "user2");
		assertThat(first.cursor()).isEqualTo("LTgzXXXX2tB");
		UserPage second = get(this.users.list(2, "LTgzXXXX2tB"));
		assertThat(second.users()).extracting(User::uuid).containsExactly("fef7f250");
		assertThat(second.cursor()).isNull();
		assertThat(this.service.requests()).extracting(Request::target)
			.containsExactly("/users?limit=2", "/users?limit=2&cursor=LTgzXXXX2tB");
	}

	@Test
	void listsAllAsTheSubscriberAsks() {
		this.service.answer((request) -> StubService.json(200, request.target().contains("cursor") ? page("c", "d")
				: page("a", "b").replace("{\"entities", "{\"cursor\":\"next\",\"entities")));
		StepVerifier.create(this.users.listAll().map(User::username), 1)
			.expectNext("a")
			.then(() -> assertThat(this.service.requests()).extracting(Request::target)
				.containsExactly("/users?limit=1"))
			.thenRequest(Long.MAX_VALUE)
			.expectNext("b", "c", "d")
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(this.service.requests()).extracting(Request::target)
			.containsExactly("/users?limit=1", "/users?limit=100&cursor=next");
	}

	@Test
	void deletes() {
		this.service.answer(ALICE.replace("post", "delete"));
		done(this.users.delete("user1"));
		assertRequest("DELETE", "/users/user1", null);
	}

	@Test
	void setsThePassword() {
		this.service.answer("{\"action\":\"set user password\",\"timestamp\":1542595598924,\"duration\":8}");
		done(this.users.setPassword("user1", "<YourPassword>"));
		assertRequest("PUT", "/users/user1/password", "{\"newpassword\":\"<YourPassword>\"}");
	}

	@Test
	void deactivatesAndActivates() {
		this.service.answerInTurn(StubService.json(200, ALICE.replace("true", "false")),
				StubService.json(200, "{\"action\":\"activate user\",\"timestamp\":1542602404132,\"duration\":9}"));
		done(this.users.deactivate("user1"));
		done(this.users.activate("user1"));
		assertThat(this.service.requests()).extracting((request) -> request.method() + request.target())
			.containsExactly("POST/users/user1/deactivate", "POST/users/user1/activate");
	}

	@Test
	void disconnectsAllDevicesOrOne() {
		this.service.answer("{\"action\":\"get\",\"data\":{\"result\":true},\"timestamp\":1,\"duration\":4}");
		done(this.users.disconnect("user1"));
		done(this.users.disconnect("user1", "android_1/2"));
		assertThat(this.service.requests()).extracting((request) -> request.method() + request.target())
			.containsExactly("GET/users/user1/disconnect", "DELETE/users/user1/disconnect/android_1%2F2");
		this.service.answer("{\"data\":{\"result\":false}}");
		fails(ImRefusedException.class, this.users.disconnect("user1"));
	}

	@Test
	void listsDevices() {
		this.service
			.answer("""
					{"data":[{"res":"android_123423453246","device_uuid":"5d2a","device_name":"Pixel"},{"res":"web_1"}]}""");
		assertThat(get(this.users.devices("user1")))
			.containsExactly(new Device("android_123423453246", "5d2a", "Pixel"), new Device("web_1", null, null));
		assertRequest("GET", "/users/user1/resources", null);
	}

	@Test
	void onlineStatusOfOne() {
		this.service.answer("{\"action\":\"get\",\"entities\":[],\"data\":{\"user1\":\"offline\"},\"count\":0}");
		assertThat(get(this.users.isOnline("User1"))).isFalse();
		this.service.answer("{\"data\":{\"user1\":\"online\"}}");
		assertThat(get(this.users.isOnline("user1"))).isTrue();
		assertThat(this.service.requests().get(1).target()).isEqualTo("/users/user1/status");
	}

	@Test
	void onlineStatusOfMany() {
		this.service.answer("""
				{"action":"get batch user status","data":[{"user1":"offline"},{"user2":"online"}],
				"timestamp":1552280231926,"duration":4}""");
		assertThat(all(this.users.onlineStatuses(Flux.just("user1", "User2", "user1")))).containsExactly(
				new OnlineStatus("user1", false), new OnlineStatus("User2", true), new OnlineStatus("user1", false));
		assertRequest("POST", "/users/batch/status", "{\"usernames\":[\"user1\",\"User2\"]}");
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "1, 1", "100, 1", "101, 2" })
	void onlineStatusesAreAskedForByTheHundred(int count, int calls) {
		this.service.answer((request) -> StubService.json(200,
				StreamSupport.stream(request.json().path("usernames").spliterator(), false)
					.map((name) -> "{\"" + name.asString() + "\":\"online\"}")
					.collect(Collectors.joining(",", "{\"data\":[", "]}"))));
		assertThat(all(this.users.onlineStatuses(names(count)))).hasSize(count).allMatch(OnlineStatus::online);
		assertThat(this.service.requests()).hasSize(calls);
	}

	// Whether there is one

	@Test
	void existsOrNot() {
		this.service.answer(ALICE);
		assertThat(get(this.users.exists("user1"))).isTrue();
		this.service.answer(404, UNKNOWN);
		assertThat(get(this.users.exists("user2"))).isFalse();
		fails(ImNotFoundException.class, this.users.get("user2"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"error\":\"organization_application_not_found\"}", "<html>no such page</html>", "" })
	void aMissingAppIsNoMissingUser(String answer) {
		this.service.answer(404, answer);
		fails(ImNotFoundException.class, this.users.exists("user1"));
	}

	@Test
	void aDeletedUserWhoIsMissingInAPeculiarWayIsMissing() {
		this.service.answer(400,
				"{\"error\":\"management\",\"error_description\":\"User with id null does not exist in app\"}");
		ImNotFoundException ex = fails(ImNotFoundException.class, this.users.delete("user1"));
		assertThat(ex.hint()).isEqualTo("Use the ID of a registered user.");
	}

	@Test
	void aRepeatedDeleteFindsTheUserGone() {
		this.service.answerInTurn(StubService.json(500, "{}"), StubService.json(404, UNKNOWN));
		done(this.users.delete("user1"));
	}

	@Test
	void ensureTakesEither() {
		this.service.answer(ALICE);
		Registration made = get(this.users.ensure("user1"));
		assertThat(made.status()).isEqualTo(Status.MADE);
		assertThat(made.isThere()).isTrue();
		this.service.answer(400, DUPLICATE);
		Registration existed = get(this.users.ensure("user1"));
		assertThat(existed.status()).isEqualTo(Status.EXISTED);
		assertThat(existed.isThere()).isTrue();
		assertThat(existed.user()).isNull();
		ImApiException refused = fails(ImApiException.class, this.users.register("user1"));
		assertThat(refused.error()).isEqualTo("duplicate_unique_property_exists");
		assertThat(refused.hint()).startsWith("There is a user of this name, in whatever case");
	}

	@Test
	void ensureIsRepeatedWhereRegisteringIsNot() {
		this.service.answerInTurn(StubService.json(500, "{}"), StubService.json(400, DUPLICATE));
		assertThat(get(this.users.ensure("user1")).status()).isEqualTo(Status.EXISTED);
		this.service.answer(500, "{}");
		assertThat(fails(ImServerException.class, this.users.register("user2")).mayHaveBeenProcessed()).isTrue();
		assertThat(this.service.requests()).hasSize(3);
	}

	@Test
	void ensureIsRepeatedOnceWhenAnotherComesInBetween() {
		this.service.answerInTurn(StubService.json(409, "{\"error\":\"concurrent_operation_error\"}"),
				StubService.json(400, DUPLICATE));
		assertThat(get(this.users.ensure("user1")).isThere()).isTrue();
	}

	@Test
	void ensureFailsForWhatTheServiceRefuses() {
		this.service.answer(400,
				"{\"error\":\"illegal_argument\",\"error_description\":\"username a.b is not legal\"}");
		assertThat(fails(ImApiException.class, this.users.ensure("a.b")).hint())
			.isEqualTo("Make the user ID of a-z, 0-9, '_', '-' and '.', 1 to 64 of them.");
		this.service.answer("{\"entities\":[],\"data\":[{\"username\":\"a.b\",\"registerUserFailReason\":\"no\"}]}");
		assertThat(fails(ImApiException.class, this.users.ensure("a.b"))).hasMessageContaining("no");
	}

	// Many

	@ParameterizedTest
	@CsvSource({ "0, 0", "1, 1", "60, 1", "61, 2", "120, 2", "1000, 17" })
	void registersBySixties(int count, int calls) {
		registrar();
		List<Registration> results = all(this.users.registerAll(names(count).map(NewUser::named)));
		assertThat(results).extracting(Registration::username).containsExactlyElementsOf(all(names(count)));
		assertThat(results).allMatch((result) -> result.status() == Status.MADE);
		assertThat(this.service.requests()).hasSize(calls).allMatch((request) -> request.json().size() <= 60);
	}

	@Test
	void oneOutOfBoundsFailsAlone() {
		registrar();
		List<Registration> results = all(this.users.registerAll(Flux.just(NewUser.named("a"), NewUser.named("b c"),
				NewUser.named("d").withPassword("x".repeat(65)), NewUser.named(".."), NewUser.named("e"))));
		assertThat(results).extracting(Registration::status)
			.containsExactly(Status.MADE, Status.REFUSED, Status.REFUSED, Status.REFUSED, Status.MADE);
		assertThat(results.get(1).failure()).isInstanceOf(ImValidationException.class);
		assertThat(results.get(1).reason()).contains("'username' must consist of");
		assertThat(this.service.onlyRequest().json().size()).isEqualTo(2);
	}

	@Test
	void aCallOfNobodyIsNotMade() {
		assertThat(all(this.users.registerAll(Flux.just(NewUser.named(""))))).extracting(Registration::status)
			.containsExactly(Status.REFUSED);
		assertThat(this.service.requests()).isEmpty();
	}

	@Test
	void whoIsNamedTwiceIsRegisteredOnce() {
		registrar();
		List<Registration> results = all(this.users
			.registerAll(Flux.just(NewUser.named("Alice"), NewUser.named("bob"), NewUser.named("ALICE"))));
		assertThat(results).extracting(Registration::username).containsExactly("Alice", "bob", "ALICE");
		assertThat(results).extracting(Registration::status).containsExactly(Status.MADE, Status.MADE, Status.EXISTED);
		assertThat(this.service.onlyRequest().json().size()).isEqualTo(2);
	}

	@Test
	void aRefusedCallIsHalvedUntilTheCulpritIsFound() {
		this.service.answer((request) -> {
			List<String> names = namesOf(request);
			if (names.contains("bad")) {
				return StubService.json(400,
						"{\"error\":\"illegal_argument\",\"error_description\":\"username bad is not legal\"}");
			}
			return names.equals(List.of("there")) ? StubService.json(400, DUPLICATE) : registered(names);
		});
		List<Registration> results = all(
				this.users.registerAll(Flux.just("a", "b", "bad", "there").map(NewUser::named)));
		assertThat(results).extracting(Registration::status)
			.containsExactly(Status.MADE, Status.MADE, Status.REFUSED, Status.EXISTED);
	}

	@Test
	void aFailedCallFailsItsOwnUsers() {
		this.service.answer((request) -> namesOf(request).contains("user60") ? StubService.json(500, "{}")
				: registered(namesOf(request)));
		List<Registration> results = all(this.users.registerAll(names(61).map(NewUser::named)));
		assertThat(results.subList(0, 60)).allMatch((result) -> result.status() == Status.MADE);
		assertThat(results.get(60).status()).isEqualTo(Status.UNKNOWN);
		assertThat(results.get(60).failure()).isInstanceOf(ImServerException.class);
	}

	@Test
	void whoIsNotMentionedIsUnknown() {
		this.service.answer("{\"entities\":[],\"data\":[]}");
		Registration result = all(this.users.registerAll(Flux.just(NewUser.named("a")))).get(0);
		assertThat(result.status()).isEqualTo(Status.UNKNOWN);
		assertThat(result.failure()).isInstanceOf(ImDecodingException.class);
	}

	@Test
	void theErrorOfTheSourceComesAfterWhatItGave() {
		registrar();
		StepVerifier
			.create(this.users
				.registerAll(names(60).map(NewUser::named).concatWith(Flux.error(new IllegalStateException("source")))))
			.expectNextCount(60)
			.verifyErrorMessage("source");
	}

	@Test
	void noMoreIsTakenFromTheSourceThanCallsAtATimeHold() {
		registrar();
		AtomicInteger taken = new AtomicInteger();
		StepVerifier
			.create(this.users
				.registerAll(names(100_000).doOnNext((name) -> taken.incrementAndGet()).map(NewUser::named)), 1)
			.expectNextCount(1)
			.thenAwait()
			.then(() -> assertThat(taken.get()).isLessThanOrEqualTo(60 * 17))
			.thenCancel()
			.verify(TIMEOUT);
	}

	// Bounds

	@Test
	void namesOnBothSidesOfTheirEdges() {
		this.service.answer(ALICE.replace("user1", "n".repeat(64)));
		get(this.users.register("N".repeat(64)));
		this.service.answer(ALICE.replace("user1", "a_-.9"));
		get(this.users.register("A_-.9"));
		refused("username", this.users.register("n".repeat(65)));
		for (String wrong : List.of("", ".", "..", "a b", "a/b", "ä", "a\n", "a@b", "你")) {
			refused("username", this.users.register(wrong));
			refused("username", this.users.ensure(wrong));
		}
		refused("username", this.users.register((String) null));
	}

	@Test
	void passwordsAndNicknamesOnBothSidesOfTheirEdges() {
		this.service.answer(ALICE);
		get(this.users.register(NewUser.named("user1").withPassword("p").withNickname("")));
		get(this.users.register(NewUser.named("user1").withPassword("😀".repeat(64)).withNickname("😀".repeat(100))));
		refused("password", this.users.register(NewUser.named("user1").withPassword("")));
		refused("password", this.users.register(NewUser.named("user1").withPassword("p".repeat(65))));
		refused("nickname", this.users.register(NewUser.named("user1").withNickname("n".repeat(101))));
		this.service.answer("{}");
		done(this.users.setPassword("user1", "p".repeat(64)));
		refused("newpassword", this.users.setPassword("user1", "p".repeat(65)));
		refused("newpassword", this.users.setPassword("user1", ""));
	}

	@Test
	void pagesOnBothSidesOfTheirEdges() {
		this.service.answer(page("a"));
		get(this.users.list(1));
		get(this.users.list(100));
		refused("limit", this.users.list(0));
		refused("limit", this.users.list(101));
		refused("cursor", this.users.list(10, ""));
	}

	@Test
	void namesThatCannotStandInAPathAreRefusedAndAllOthersEncoded() {
		for (String wrong : new String[] { "", ".", "..", null }) {
			refused("username", this.users.get(wrong));
			refused("username", this.users.delete(wrong));
			refused("username", this.users.setPassword(wrong, "p"));
			refused("username", this.users.deactivate(wrong));
			refused("username", this.users.activate(wrong));
			refused("username", this.users.disconnect(wrong));
			refused("username", this.users.devices(wrong));
			refused("username", this.users.isOnline(wrong));
			refused("username", this.users.token(UserTokenRequest.forUser(wrong)));
			refused("resource", this.users.disconnect("user1", wrong));
		}
		this.service.answer(ALICE.replace("user1", "../a?b#c"));
		get(this.users.get("../a?b#c"));
		assertThat(this.service.onlyRequest().target()).isEqualTo("/users/..%2Fa%3Fb%23c");
	}

	// Secrets

	@ParameterizedTest
	@ValueSource(strings = { "hunter2", "p\"w\\d/1", "correct horse battery staple" })
	void passwordsAreInNoFailure(String password) {
		this.service
			.answer((request) -> StubService.json(400, "{\"error\":\"illegal_argument\"," + "\"error_description\":"
					+ WireFormat.jsonMapper().writeValueAsString("refused: " + request.body()) + "}"));
		NewUser user = NewUser.named("user1").withPassword(password);
		for (Mono<?> call : List.of(this.users.register(user), this.users.ensure(user),
				this.users.setPassword("user1", password))) {
			ImApiException ex = fails(ImApiException.class, call);
			String escaped = WireFormat.jsonMapper().writeValueAsString(password);
			for (String text : List.of(ex.getMessage(), ex.body(), ex.errorDescription(), ex.toString())) {
				assertThat(text).doesNotContain(password).doesNotContain(escaped.substring(1, escaped.length() - 1));
			}
		}
		Registration result = all(this.users.registerAll(Flux.just(user))).get(0);
		assertThat(result.toString()).doesNotContain(password);
		assertThat(user.toString()).doesNotContain(password).contains("user1");
	}

	// Tokens that the service issues

	@Test
	void theServiceIssuesATokenOnTheStrengthOfTheAppToken() {
		this.service
			.answer("""
					{"access_token":"YWMtSozP9jHNEfSQegV9EKeAQAAAA","expires_in":1024000,"user":{"uuid":"90111ed0",
					"type":"user","created":1628245631801,"modified":1628245631801,"username":"user1","activated":true}}""");
		UserOperations users = UserOperations.create(this.service.rest(), null, InstantSource.fixed(Instant.EPOCH));
		UserToken token = get(
				users.token(UserTokenRequest.forUser("user1").lasting(Duration.ofSeconds(1024000)).creatingUser()));
		assertThat(token.username()).isEqualTo("user1");
		assertThat(token.value()).isEqualTo("YWMtSozP9jHNEfSQegV9EKeAQAAAA");
		assertThat(token.expiresAt()).isEqualTo(Instant.ofEpochSecond(1024000));
		assertThat(token.toString()).doesNotContain("YWMt").contains("user1");
		assertRequest("POST", "/token",
				"{\"grant_type\":\"inherit\",\"username\":\"user1\",\"autoCreateUser\":true,\"ttl\":1024000}");
	}

	@Test
	void theConsoleSaysHowLongATokenLivesUnlessTheCallDoes() {
		this.service.answer("{\"access_token\":\"t\",\"expires_in\":60}");
		get(this.users.token("user1"));
		assertRequest("POST", "/token", "{\"grant_type\":\"inherit\",\"username\":\"user1\",\"autoCreateUser\":false}");
	}

	@Test
	void aTokenForEverHasNoExpiry() {
		this.service.answer("{\"access_token\":\"t\",\"expires_in\":1}");
		assertThat(get(this.users.token(UserTokenRequest.forUser("user1").lasting(Duration.ZERO))).expiresAt())
			.isNull();
		this.service.answer("{\"access_token\":\"t\"}");
		assertThat(get(this.users.token("user1")).expiresAt()).isNull();
	}

	@Test
	void livesOnBothSidesOfTheirEdges() {
		this.service.answer("{\"access_token\":\"t\"}");
		get(this.users.token(UserTokenRequest.forUser("user1").lasting(Duration.ofSeconds(Integer.MAX_VALUE))));
		refused("ttl", this.users.token(UserTokenRequest.forUser("a").lasting(Duration.ofSeconds(-1))));
		refused("ttl", this.users.token(UserTokenRequest.forUser("a").lasting(Duration.ofMillis(1500))));
		refused("ttl",
				this.users.token(UserTokenRequest.forUser("a").lasting(Duration.ofSeconds(Integer.MAX_VALUE + 1L))));
	}

	@Test
	void oneOfTwoAtATimeIsRepeatedOnce() {
		String conflict = "{\"error\":\"concurrent_operation_error\","
				+ "\"error_description\":\"concurrency create app user failed\"}";
		this.service.answerInTurn(StubService.json(409, conflict), StubService.json(200, "{\"access_token\":\"t\"}"));
		assertThat(get(this.users.token(UserTokenRequest.forUser("user1").creatingUser())).value()).isEqualTo("t");
		this.service.answer(409, conflict);
		assertThat(fails(ImApiException.class, this.users.token("user1")).status()).isEqualTo(409);
		assertThat(this.service.requests()).hasSize(4);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					404 | invalid_grant | user not found | ImNotFoundException | Use the ID of a registered user.
					404 | entity_not_found | User null not found | ImNotFoundException | Use the ID of a registered user.
					400 | invalid_grant | user not activated | ImApiException | The user is deactivated: activate the user before.
					429 | resource_limited | resource limited | ImQuotaExceededException | A bound of the plan is reached, which waiting does not free: look at the plan in the console.
					""")
	void refusedTokens(int status, String error, String description, String kind, String hint) {
		this.service.answer(status, "{\"error\":\"%s\",\"error_description\":\"%s\"}".formatted(error, description));
		ImApiException ex = fails(ImApiException.class, this.users.token("user1"));
		assertThat(ex.getClass().getSimpleName()).isEqualTo(kind);
		assertThat(ex.hint()).isEqualTo(hint);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"access_token\":\"\"}", "{\"access_token\":null}" })
	void anAnswerWithoutTokenIsBroken(String answer) {
		this.service.answer(answer);
		fails(ImDecodingException.class, this.users.token("user1"));
	}

	// Of the stub

	private void registrar() {
		this.service.answer((request) -> registered(namesOf(request)));
	}

	private static Answer registered(List<String> names) {
		return StubService.json(200, page(names.toArray(String[]::new)));
	}

	private static List<String> namesOf(Request request) {
		List<String> names = new ArrayList<>();
		request.json().forEach((user) -> names.add(user.path("username").asString()));
		return names;
	}

	private static String page(String... names) {
		return List.of(names)
			.stream()
			.map((name) -> "{\"username\":\"%s\",\"uuid\":\"u-%s\"}".formatted(name.toLowerCase(), name))
			.collect(Collectors.joining(",", "{\"entities\":[", "]}"));
	}

	private static NewUser user(String name, String password) {
		return NewUser.named(name).withPassword(password).withNickname(name);
	}

	private static Flux<String> names(int count) {
		return Flux.fromStream(() -> IntStream.range(0, count).mapToObj((number) -> "user" + number));
	}

	private void assertRequest(String method, String target, String json) {
		this.service.onlyRequest().assertIs(method, target, json);
	}

	private static <T> List<T> all(Flux<T> call) {
		return get(call.collectList());
	}

	private void refused(String field, Mono<?> call) {
		int before = this.service.requests().size();
		ImValidationException ex = fails(ImValidationException.class, call);
		assertThat(ex.field()).isEqualTo(field);
		assertThat(this.service.requests()).hasSize(before);
	}

}
