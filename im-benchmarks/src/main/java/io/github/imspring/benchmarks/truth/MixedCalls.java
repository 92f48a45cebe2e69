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

package io.github.imspring.benchmarks.truth;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.chatroom.NewChatroom;
import io.github.imspring.error.ImException;
import io.github.imspring.file.FileOperations;
import io.github.imspring.message.Delivery;
import io.github.imspring.message.Delivery.Status;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.metadata.ChatroomMetadataOperations;
import io.github.imspring.user.UserOperations;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ByteArrayResource;

/**
 * Calls as a back-end makes them, one after the other in each of a few dozen lines: most
 * of them messages, whose results go into the ledger.
 */
final class MixedCalls {

	private static final int LINES = 48;

	private static final int BULK = 50;

	private static final Duration AFTER_FAILURE = Duration.ofMillis(50);

	private final MessageOperations messages;

	private final ChatroomOperations rooms;

	private final ChatroomMetadataOperations metadata;

	private final FileOperations files;

	private final UserOperations users;

	private final Ledger ledger;

	private final AtomicLong calls = new AtomicLong();

	private final AtomicLong failures = new AtomicLong();

	MixedCalls(ApplicationContext context, Ledger ledger) {
		this.messages = context.getBean(MessageOperations.class);
		this.rooms = context.getBean(ChatroomOperations.class);
		this.metadata = context.getBean(ChatroomMetadataOperations.class);
		this.files = context.getBean(FileOperations.class);
		this.users = context.getBean(UserOperations.class);
		this.ledger = ledger;
	}

	long calls() {
		return this.calls.get();
	}

	long failures() {
		return this.failures.get();
	}

	/**
	 * Goes on while it is told to, and ends when the last call has.
	 */
	Mono<Void> run(BooleanSupplier goesOn) {
		return Flux.range(0, LINES).flatMap((line) -> Mono.defer(this::next).repeat(goesOn), LINES).then();
	}

	private Mono<Void> next() {
		this.calls.incrementAndGet();
		Random random = ThreadLocalRandom.current();
		int kind = random.nextInt(100);
		Publisher<?> call;
		if (kind < 70) {
			call = sendOne(random);
		}
		else if (kind < 72) {
			call = sendMany();
		}
		else if (kind < 85) {
			call = room(random.nextInt(1_000));
		}
		else if (kind < 92) {
			call = file();
		}
		else {
			call = this.users.ensure("user" + random.nextInt(1_000)).then(this.users.isOnline("user1"));
		}
		return Flux.from(call).then().onErrorResume(ImException.class, (ex) -> {
			this.failures.incrementAndGet();
			return Mono.delay(AFTER_FAILURE).then();
		});
	}

	/**
	 * What is cancelled gets no result, and may have gone either way.
	 */
	private Mono<Void> sendOne(Random random) {
		String recipient = this.ledger.newRecipient();
		Mono<Status> status = this.messages.send(Message.text("hi").to(recipient).build())
			.map((result) -> Status.SENT)
			.onErrorResume(ImException.class,
					(ex) -> Mono.just(ex.mayHaveBeenProcessed() ? Status.UNKNOWN : Status.NOT_SENT));
		Mono<Status> perhapsCancelled = (random.nextInt(20) == 0)
				? status.timeout(Duration.ofMillis(random.nextInt(20)), Mono.just(Status.UNKNOWN)) : status;
		return perhapsCancelled.doOnNext((outcome) -> this.ledger.said(recipient, outcome)).then();
	}

	private Mono<Void> sendMany() {
		Flux<String> recipients = Flux.range(0, BULK).map((index) -> this.ledger.newRecipient());
		return this.messages.sendToAll(Message.text("hi").build(), recipients)
			.doOnDiscard(Delivery.class, this::note)
			.doOnNext(this::note)
			.then();
	}

	private void note(Delivery delivery) {
		this.ledger.said(delivery.recipient(), delivery.status());
	}

	private Mono<Void> room(int number) {
		return this.rooms.create(NewChatroom.named("room" + number).description("a room").owner("user1").build())
			.flatMap((id) -> this.metadata.setAnnouncement(id, "Welcome")
				.then(this.metadata.setAttributes(id, "user1", Map.of("seat", "1")))
				.then(this.metadata.getAttributes(id, List.of("seat")))
				.then(this.rooms.delete(id)));
	}

	private Mono<Void> file() {
		return this.files.upload(new ByteArrayResource(new byte[20_000]) {
			@Override
			public String getFilename() {
				return "twenty-kilobytes.bin";
			}
		}).flatMapMany(this.files::download).then();
	}

}
