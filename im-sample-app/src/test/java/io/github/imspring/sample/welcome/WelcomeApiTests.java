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

package io.github.imspring.sample.welcome;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.chatroom.NewChatroom;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.metadata.ChatroomMetadataOperations;
import io.github.imspring.sample.ApiTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.TaskDecorator;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ApiTest
class WelcomeApiTests {

	private static final Queue<Thread> THREADS = new ConcurrentLinkedQueue<>();

	@Autowired
	private WebTestClient client;

	@Autowired
	private ImEmulator emulator;

	private String room;

	@BeforeEach
	void openRoom(@Autowired ChatroomOperations rooms, @Autowired ChatroomMetadataOperations metadata) {
		this.emulator.reset();
		THREADS.clear();
		this.room = rooms.create(NewChatroom.named("Unplugged").description("test").owner("anna").build()).block();
		metadata.setAnnouncement(this.room, "We start at eight.").block();
	}

	private WebTestClient.ResponseSpec welcome(String room, String newcomer) {
		return this.client.post()
			.uri("/api/rooms/{id}/welcomes", room)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(newcomer)
			.exchange();
	}

	@Test
	void welcomesNewcomersWithTheAnnouncement() {
		welcome(this.room, "{\"user\":\"ben\"}").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.ben")
			.isEqualTo(this.emulator.deliveriesTo("ben").get(0).messageId());

		assertThat(this.emulator.deliveriesTo("ben")).singleElement()
			.satisfies((delivery) -> assertThat(delivery.body().path("msg").asString())
				.isEqualTo("Welcome to Unplugged! We start at eight."));
	}

	@Test
	void blocksVirtualThreadsWhereTheJdkHasThem() throws ReflectiveOperationException {
		welcome(this.room, "{\"user\":\"ben\"}").expectStatus().isOk();

		assertThat(THREADS).hasSize(1);
		if (Runtime.version().feature() >= 21) {
			assertThat(Thread.class.getMethod("isVirtual").invoke(THREADS.peek())).isEqualTo(true);
		}
		else {
			assertThat(THREADS.peek().getName()).startsWith("task-");
		}
	}

	@Test
	void saysWhatWentWrong() {
		welcome("1", "{\"user\":\"ben\"}").expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.operation")
			.isEqualTo("get-chatrooms");
		welcome(this.room, "{\"user\":\"\"}").expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.field")
			.isEqualTo("to");
		welcome(this.room, "{}").expectStatus().isBadRequest();

		assertThat(this.emulator.deliveredMessages()).isZero();
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Threads {

		@Bean
		TaskDecorator recording() {
			return (task) -> () -> {
				THREADS.add(Thread.currentThread());
				task.run();
			};
		}

	}

}
