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

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.imspring.StubService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.web.util.UriComponentsBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChatroomOperations#listAll()} over HTTP with more chatrooms than a
 * test would want to create.
 */
class ChatroomListingTests {

	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	private static final int TOTAL = 200_000;

	private final StubService service = new StubService();

	private final ChatroomOperations chatrooms = ChatroomOperations.create(this.service.rest());

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void memoryStaysFlatWhile200000RoomsStreamThrough() {
		this.service.answer(ChatroomListingTests::page);
		List<WeakReference<ChatroomSummary>> seen = new ArrayList<>();
		List<Integer> alive = new ArrayList<>();
		StepVerifier.create(this.chatrooms.listAll().doOnNext((room) -> {
			seen.add(new WeakReference<>(room));
			if (seen.size() % (TOTAL / 2) == 0) {
				System.gc();
				alive.add((int) seen.stream().filter((reference) -> reference.get() != null).count());
			}
		})).expectNextCount(TOTAL).expectComplete().verify(TIMEOUT);
		assertThat(this.service.requests()).hasSize(TOTAL / 1000);
		assertThat(alive).hasSize(2).allSatisfy((rooms) -> assertThat(rooms).isLessThanOrEqualTo(2 * 1000));
	}

	@Test
	void consumerThatTakes25AfterFilteringSpendsFewCalls() {
		this.service.answer(ChatroomListingTests::page);
		List<String> ids = this.chatrooms.listAll()
			.map(ChatroomSummary::id)
			.filter((id) -> id.endsWith("00"))
			.take(25)
			.collectList()
			.block(TIMEOUT);
		assertThat(ids).hasSize(25).startsWith("100", "200").endsWith("2500");
		assertThat(this.service.requests()).hasSizeLessThanOrEqualTo(8);
	}

	@Test
	void slowConsumerIsNotOverrun() {
		this.service.answer(ChatroomListingTests::page);
		AtomicInteger working = new AtomicInteger();
		StepVerifier.create(this.chatrooms.listAll().take(1500).concatMap((room) -> {
			assertThat(working.incrementAndGet()).isOne();
			return Mono.delay(Duration.ofNanos(1)).doOnNext((tick) -> working.decrementAndGet());
		}, 8)).expectNextCount(1500).expectComplete().verify(TIMEOUT);
		assertThat(this.service.requests()).extracting(StubService.Request::target)
			.startsWith("/chatrooms?limit=8", "/chatrooms?limit=16&cursor=8", "/chatrooms?limit=32&cursor=24")
			.hasSize(8);
	}

	private static StubService.Answer page(StubService.Request request) {
		var query = UriComponentsBuilder.fromUriString(request.target()).build().getQueryParams().toSingleValueMap();
		int from = Integer.parseInt(query.getOrDefault("cursor", "0"));
		int to = Math.min(TOTAL, from + Integer.parseInt(query.get("limit")));
		StringBuilder rooms = new StringBuilder();
		for (int number = from; number < to; number++) {
			rooms.append((number == from) ? "" : ",")
				.append("{\"id\":\"")
				.append(number)
				.append("\",\"name\":\"Room\",\"owner\":\"u\"}");
		}
		String cursor = (to < TOTAL) ? ",\"cursor\":\"" + to + "\"" : "";
		return StubService.json(200, "{\"data\":[" + rooms + "]" + cursor + "}");
	}

}
