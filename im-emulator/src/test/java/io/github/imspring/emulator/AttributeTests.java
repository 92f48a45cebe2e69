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

package io.github.imspring.emulator;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.imspring.emulator.Wire.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class AttributeTests {

	private static final String ROOM = "/metadata/chatroom/r";

	private ImEmulator emulator;

	private Wire wire;

	@BeforeEach
	void start() {
		this.emulator = ImEmulator.builder().quota(QuotaMode.OFF).start();
		this.wire = Wire.orgApp(this.emulator);
		this.emulator.chatrooms().create("r", "user1", "user2");
	}

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void documentedExamples() {
		JsonNode set = this.wire
			.put(ROOM + "/user/user1", "{'metaData':{'key1':'value1','key2':'value2'},'autoDelete':'DELETE'}")
			.ok()
			.json();
		assertThat(set.path("uri").stringValue()).isEqualTo(this.wire.base() + "/metadata/chatroom");
		assertThat(set.path("action").stringValue()).isEqualTo("put");
		assertThat(set.path("timestamp").isIntegralNumber()).isTrue();
		assertThat(set.path("data")).isEqualTo(Wire.tree("{'successKeys':['key1','key2'],'errorKeys':{}}"));
		JsonNode get = this.wire.post(ROOM, "{'keys':['key1','key2','unknown']}").ok().json();
		assertThat(get.path("action").stringValue()).isEqualTo("post");
		assertThat(get.path("data")).isEqualTo(Wire.tree("{'key1':'value1','key2':'value2'}"));
		JsonNode deleted = Wire.appId(this.emulator)
			.delete(ROOM + "/user/user1", "{'keys':['key1','key2'],'autoDelete':'DELETE'}")
			.ok()
			.json();
		assertThat(deleted.path("status").stringValue()).isEqualTo("ok");
		assertThat(deleted.path("data")).isEqualTo(Wire.tree("{'successKeys':['key1','key2'],'errorKeys':{}}"));
		assertThat(this.emulator.chatrooms().attributes("r")).isEmpty();
	}

	@Test
	void noKeysIsAllOfThemInGetAndNoneInDelete() {
		set("user1", 3);
		for (String body : new String[] { null, "{}", "{'keys':null}" }) {
			assertThat(this.wire.post(ROOM, body).ok().data().size()).isEqualTo(3);
			assertThat(this.wire.delete(ROOM + "/user/user1", body).ok().data())
				.isEqualTo(Wire.tree("{'successKeys':[],'errorKeys':{}}"));
		}
		assertThat(this.wire.post(ROOM, "{'keys':[]}").ok().data().isEmpty()).isTrue();
		assertThat(this.emulator.chatrooms().attributes("r")).hasSize(3);
	}

	@Test
	void tenKeysACall() {
		set("user1", 10);
		String eleven = "{'metaData':{" + pairs(11) + "}}";
		String elevenKeys = "{'keys':['"
				+ IntStream.range(0, 11).mapToObj((i) -> "k" + i).collect(Collectors.joining("','")) + "']}";
		for (String suffix : new String[] { "", "/forced" }) {
			this.wire.put(ROOM + "/user/user1" + suffix, eleven).isError(400, null, "exceed allowed batch size 10");
			this.wire.delete(ROOM + "/user/user1" + suffix, elevenKeys)
				.isError(400, null, "exceed allowed batch size 10");
		}
		this.wire.delete(ROOM + "/user/user1", elevenKeys.replace(",'k10'", "")).ok();
		assertThat(this.emulator.chatrooms().attributes("r")).isEmpty();
	}

	@Test
	void onlyMembersSetAndDeleteUnlessTheyForce() {
		this.wire.put(ROOM + "/user/stranger", "{'metaData':{'k':'v'}}")
			.isError(401, "MetadataException", "user is not in chatroom");
		this.wire.delete(ROOM + "/user/stranger", "{'keys':['k']}")
			.isError(401, "MetadataException", "user is not in chatroom");
		this.wire.put(ROOM + "/user/admin/forced", "{'metaData':{'k':'v'}}").ok();
		this.wire.delete(ROOM + "/user/admin/forced", "{'keys':['k']}").ok();
	}

	/** Documented for a forced set, and nothing that the emulator's own rules lead to. */
	@Test
	void faultsSayThatWhoForcesIsNotInTheRoom() {
		this.emulator.faults()
			.fail("force-set-attributes", Fault.error(401, "MetadataException", "user is not in chatroom"));
		this.wire.put(ROOM + "/user/admin/forced", "{'metaData':{'k':'v'}}")
			.isError(401, "MetadataException", "user is not in chatroom");
		this.wire.put(ROOM + "/user/admin/forced", "{'metaData':{'k':'v'}}").ok();
	}

	@Test
	void attributesBelongToWhoSetThem() {
		this.wire.put(ROOM + "/user/user1", "{'metaData':{'mine':'1'}}").ok();
		this.wire.put(ROOM + "/user/user1", "{'metaData':{'mine':'2'}}").ok();
		this.wire.put(ROOM + "/user/user2", "{'metaData':{'mine':'3'}}")
			.isError(400, null, "others are not allowed to be set");
		assertThat(this.wire.delete(ROOM + "/user/user2", "{'keys':['mine']}").ok().data())
			.isEqualTo(Wire.tree("{'successKeys':[],'errorKeys':{'mine':'others are not allowed to be set'}}"));
		assertThat(this.wire.put(ROOM + "/user/user2", "{'metaData':{'mine':'3','yours':'1'}}").ok().data())
			.isEqualTo(Wire.tree("{'successKeys':['yours'],'errorKeys':{'mine':'others are not allowed to be set'}}"));
		assertThat(this.emulator.chatrooms().attributes("r")).containsEntry("mine", "2").containsEntry("yours", "1");
		this.wire.put(ROOM + "/user/user2/forced", "{'metaData':{'mine':'3'}}").ok();
		this.wire.put(ROOM + "/user/user1", "{'metaData':{'mine':'4'}}")
			.isError(400, null, "others are not allowed to be set");
		this.wire.delete(ROOM + "/user/user1/forced", "{'keys':['mine','yours','unknown']}").ok();
		assertThat(this.emulator.chatrooms().attributes("r")).isEmpty();
	}

	@Test
	void keysFailAlone() {
		String longest = "k".repeat(128);
		String tooLong = "k".repeat(129);
		JsonNode data = this.wire
			.put(ROOM + "/user/user1",
					"{'metaData':{'" + longest + "':'v','" + tooLong + "':'v','a-Z_0.':'" + "😀".repeat(4096)
							+ "','big':'" + "v".repeat(4097) + "','a b':'v','键':'v','':'v'}}")
			.ok()
			.data();
		assertThat(data.path("successKeys").values()).extracting(JsonNode::stringValue)
			.containsExactly(longest, "a-Z_0.");
		assertThat(data.path("errorKeys").propertyNames()).containsExactlyInAnyOrder(tooLong, "big", "a b", "键", "");
		assertThat(data.path("errorKeys").path(tooLong).stringValue())
			.isEqualTo("properties key '" + tooLong + "' is exceeding maximum limit 128");
	}

	@Test
	void hundredAttributesARoom() {
		for (int i = 0; i < 10; i++) {
			int from = i * 10;
			String pairs = IntStream.range(from, from + 10)
				.mapToObj((k) -> "'k" + k + "':'v'")
				.collect(Collectors.joining(","));
			this.wire.put(ROOM + "/user/user1", "{'metaData':{" + pairs + "}}").ok();
		}
		JsonNode data = this.wire.put(ROOM + "/user/user1", "{'metaData':{'k0':'w','new':'v'}}").ok().data();
		assertThat(data.path("successKeys")).isEqualTo(Wire.tree("['k0']"));
		assertThat(data.path("errorKeys").has("new")).isTrue();
		assertThat(this.emulator.chatrooms().attributes("r")).hasSize(100);
	}

	@Test
	void whatIsAutoDeletedGoesWithItsOwner() {
		this.wire.put(ROOM + "/user/user2", "{'metaData':{'goes':'v'}}").ok();
		this.wire.put(ROOM + "/user/user2", "{'metaData':{'goesToo':'v'},'autoDelete':'delete'}").ok();
		this.wire.put(ROOM + "/user/user2", "{'metaData':{'stays':'v'},'autoDelete':'no_delete'}").ok();
		this.wire.put(ROOM + "/user/user1", "{'metaData':{'other':'v'}}").ok();
		this.wire.delete("/chatrooms/r/users/user2", null).ok();
		assertThat(this.emulator.chatrooms().attributes("r")).containsOnlyKeys("stays", "other");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'metaData':'k'}", "{'metaData':[]}", "{'metaData':{'k':1}}", "{'metaData':{'k':null}}",
			"{'metaData':{'k':'v'},'autoDelete':'PERHAPS'}", "{'metaData':{'k':'v'},'autoDelete':true}", "[]" })
	void wrongTypes(String body) {
		this.wire.put(ROOM + "/user/user1", body)
			.isError(400, "invalid_request_body", "Request body is invalid. Please check body is correct.");
	}

	@Test
	void metaDataMustBeThere() {
		this.wire.put(ROOM + "/user/user1", "{}").isError(400, "invalid_parameter", "metaData must be provided");
	}

	@Test
	void onlyOneOfManyWhoWantTheSameKeyGetsIt() {
		for (int i = 0; i < 50; i++) {
			this.wire.post("/chatrooms/r/users/u" + i, null).ok();
		}
		List<CompletableFuture<Response>> writes = IntStream.range(0, 50)
			.mapToObj((i) -> Wire
				.sendAsync(this.wire.request("PUT", ROOM + "/user/u" + i, "{'metaData':{'k':'u" + i + "'}}")))
			.toList();
		assertThat(writes.stream().filter((write) -> write.join().status() == 200)).hasSize(1);
	}

	private void set(String user, int count) {
		this.wire.put(ROOM + "/user/" + user, "{'metaData':{" + pairs(count) + "}}").ok();
	}

	private static String pairs(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "'k" + i + "':'v'").collect(Collectors.joining(","));
	}

}
