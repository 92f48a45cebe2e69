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
package io.github.imspring.benchmarks.call;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A call that is measured, and the answer that it always gets.
 */
enum Shape {

	/**
	 * A text to one recipient.
	 */
	ONE("POST", "messages/users", message(1), data(1, (i) -> "\"u%d\":\"1029457500870543736\"".formatted(i))),

	/**
	 * A text to a hundred recipients.
	 */
	HUNDRED("POST", "messages/users", message(100),
			data(100, (i) -> "\"u%d\":\"10294575008705437%02d\"".formatted(i, i % 100))),

	/**
	 * A hundred attributes of a chatroom.
	 */
	ATTRIBUTES("POST", "metadata/chatroom/1", "{\"keys\":[]}",
			data(100, (i) -> "\"key-%d\":\"the value of attribute %d\"".formatted(i, i))),

	/**
	 * A page of a thousand chatrooms.
	 */
	ROOMS("GET", "chatrooms?limit=1000", "", "\"data\":"
			+ list(1000, "[", "]",
					(i) -> "{\"id\":\"%d\",\"name\":\"room %d\",\"owner\":\"org#app_u%d\",\"affiliations_count\":%d}"
						.formatted(66213271109633L + i, i, i, i))
			+ ",\"count\":1000,\"cursor\":\"ZGNiMjRmNGY1YjczYjlhYTNkYjk1MDY2YmEyNzFmODQ\"");

	private final String method;

	private final String path;

	private final String request;

	private final byte[] answer;

	Shape(String method, String path, String request, String answer) {
		this.method = method;
		this.path = path;
		this.request = request;
		this.answer = """
				{"path":"/%s","uri":"https://service/org/app/%s","timestamp":1657254052191,"organization":"org",\
				"application":"8be024f0-e978-11e8-b697-5d598d5f8402","action":"post","duration":0,\
				"applicationName":"app",%s}""".formatted(path, path, answer).getBytes(StandardCharsets.UTF_8);
	}

	String method() {
		return this.method;
	}

	String path() {
		return this.path;
	}

	byte[] request() {
		return this.request.getBytes(StandardCharsets.UTF_8);
	}

	byte[] answer() {
		return this.answer;
	}

	private static String message(int recipients) {
		return "{\"from\":\"admin\",\"to\":" + list(recipients, "[", "]", "\"u%d\""::formatted)
				+ ",\"type\":\"txt\",\"body\":{\"msg\":\"testmessages\"}}";
	}

	private static String data(int count, IntFunction<String> entry) {
		return "\"data\":" + list(count, "{", "}", entry);
	}

	private static String list(int count, String open, String close, IntFunction<String> entry) {
		return IntStream.range(0, count).mapToObj(entry).collect(Collectors.joining(",", open, close));
	}

}
