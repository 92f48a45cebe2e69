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

package io.github.imspring.callback;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which callbacks are the same, and which belong together.
 */
class CallbackKeyTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			{'group_id':'g1','id':'x','from':'u1','to':'u2'}                    | g1
			{'id':'r1','from':'u1','to':'u2'}                                   | r1
			{'group_id':'','id':'r1'}                                           | r1
			{'from':'u1','to':'12345678901234'}                                 | 12345678901234
			{'from':'u1','to':'12345678901234567','chat_type':'groupchat'}      | 12345678901234567
			{'user':'u1','target':'u2'}                                         | u1
			{'target':'u2','from':'u3'}                                         | u2
			{'from':'u3'}                                                       | u3
			{'to':'u4'}                                                         | u4
			{}                                                                  | ''
			""")
	void conversationIsTheGroupOrWhoeverIsConcerned(String callback, String conversation) {
		assertThat(CallbackKey.conversation(read(callback))).isEqualTo(conversation.replace("''", ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'from':'u1','to':'u2'}", "{'from':'u2','to':'u1'}",
			"{'from':'u1','to':'u2','chat_type':'chat'}" })
	void bothWaysBetweenTwoUsersAreOneConversation(String callback) {
		assertThat(CallbackKey.conversation(read(callback))).isEqualTo("u1\nu2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'from':'1','to':'12345678901234','chat_type':'chat'}",
			"{'from':'1','to':'1234567890123'}", "{'from':'1','to':'123456789012345678'}" })
	void userWhoseNameIsANumberIsNoGroup(String callback) {
		assertThat(CallbackKey.conversation(read(callback))).startsWith("1\n12345");
	}

	@Test
	void callbackWithoutAnIdentifierHasNoIdentity() {
		assertThat(CallbackKey.identity(read("{'from':'u1'}"))).isNull();
		assertThat(CallbackKey.identity(read("{'callId':''}"))).isNull();
		assertThat(CallbackKey.identity(read("{'callId':'c'}"))).matches("[0-9a-f]{32}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'callId':'d'}", "{'callId':'c','chat_type':'chat'}", "{'callId':'c','eventType':'e'}",
			"{'callId':'c','step':1}", "{'callId':'c','to':'u2'}", "{'callId':'c','target':'u2'}",
			"{'callId':'c','device_id':'d'}", "{'callId':'c','operation':'o'}",
			"{'callId':'c','payload':{'operation':'o'}}" })
	void whateverTellsCallbacksOfOneIdentifierApart(String callback) {
		assertThat(CallbackKey.identity(read(callback))).isNotEqualTo(CallbackKey.identity(read("{'callId':'c'}")));
	}

	@Test
	void textThatIsDividedInAnotherWayIsAnother() {
		assertThat(CallbackKey.identity(read("{'callId':'c','step':'ab','to':'c'}")))
			.isNotEqualTo(CallbackKey.identity(read("{'callId':'c','step':'a','to':'bc'}")));
	}

	@Test
	void contentDoesNotTellApart() {
		assertThat(CallbackKey.identity(read("{'callId':'c','payload':{'msg':'a'},'timestamp':1}")))
			.isEqualTo(CallbackKey.identity(read("{'callId':'c','payload':{'msg':'b'},'timestamp':2}")));
	}

	private static ObjectNode read(String json) {
		return (ObjectNode) SignedCallbacks.MAPPER.readTree(json.replace('\'', '"'));
	}

}
