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

package io.github.imspring.exchange;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImException;
import io.github.imspring.exchange.BatchWrite.Answer;
import io.github.imspring.operation.Operation;
import io.github.imspring.validation.Bounds;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Does something to members of a chatroom or a group in requests of 60: what all versions
 * of the service take. Their names are compared without regard to case. A request that
 * the service refuses as a whole because of one user is sent again in halves.
 *
 * @since 0.1.0
 */
public final class MemberWrite {

	private static final int USERS_A_REQUEST = 60;

	private final ImRestOperations rest;

	/**
	 * Creates the write.
	 * @param rest makes the calls
	 */
	public MemberWrite(ImRestOperations rest) {
		this.rest = rest;
	}

	/**
	 * Sends the requests.
	 * @param operation the operation
	 * @param usernames the members, possibly none
	 * @param request makes the request for some of them
	 * @return what became of each; the failure, if nothing was done because of it
	 */
	public Mono<BatchResult> send(Operation operation, Collection<String> usernames,
			Function<List<String>, ImRequest.Builder> request) {
		return Mono.defer(() -> {
			Bounds.of(operation).strings("usernames", usernames);
			List<String> users = usernames.stream().toList();
			users.forEach((user) -> check(operation, user));
			return BatchWrite.of(operation, users, USERS_A_REQUEST,
					(chunk) -> this.rest.exchange(request.apply(chunk).build(), (response) -> answer(response, chunk))
						.onErrorResume(MemberWrite::isInsideAlready,
								(failure) -> Mono.just(new Answer(chunk, Map.of()))),
					MemberWrite::blamesAUser);
		});
	}

	private static void check(Operation operation, String username) {
		Bounds bounds = Bounds.of(operation);
		bounds.id("usernames", username);
		if (username.contains(",")) {
			throw bounds.violated("usernames", "must not contain a comma, which separates them");
		}
	}

	/**
	 * The answer is one object or an array of them, each saying whether it was done for
	 * its user. Of users who were added, only the new ones are listed: the others are
	 * inside already.
	 */
	private static Answer answer(ImResponse response, List<String> asked) {
		JsonNode data = response.data();
		if (data.path("newmembers").isArray()) {
			return new Answer(asked, Map.of());
		}
		Map<String, String> spelling = asked.stream()
			.collect(Collectors.toMap(MemberWrite::key, Function.identity(), (first, second) -> first));
		Set<String> succeeded = new LinkedHashSet<>();
		Map<String, BatchError> errors = new LinkedHashMap<>();
		for (JsonNode entry : data.isArray() ? List.copyOf(data.values()) : List.of(data)) {
			String user = spelling.get(key(entry.path("user").asString("")));
			if (user == null) {
				continue;
			}
			if (isDone(entry.path("result"))) {
				succeeded.add(user);
			}
			else {
				errors.put(user, BatchError.refused(entry.path("reason").asString("the service gives no reason"),
						response.processedBefore()));
			}
		}
		return new Answer(succeeded, errors);
	}

	private static boolean isDone(JsonNode result) {
		return result.asBooleanOpt().orElse("success".equals(result.asString("")));
	}

	private static String key(String username) {
		return username.toLowerCase(Locale.ROOT);
	}

	/**
	 * Whether a group refused to add users because all of them are inside already, which
	 * a chatroom does not mind.
	 * @param failure the failure
	 * @return whether they are inside
	 */
	public static boolean isInsideAlready(Throwable failure) {
		return failure instanceof ImApiException ex && ex.status() == 403 && describes(ex, "already in group");
	}

	private static boolean blamesAUser(ImException failure) {
		return failure instanceof ImApiException ex && ex.status() >= 400 && ex.status() < 405
				&& (describes(ex, "username ") || describes(ex, "user ") || describes(ex, "users ["));
	}

	private static boolean describes(ImApiException failure, String text) {
		return failure.errorDescription() != null && failure.errorDescription().contains(text);
	}

}
