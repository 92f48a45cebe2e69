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

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callbacks that are changed by chance, in their fields or in their bytes: each gives an
 * event, an answer or a clean refusal. The long run is
 * {@code mvn -pl im-client -am test -Dtest=MutatedCallbacksTests
 * -Dsurefire.failIfNoSpecifiedTests=false -Dim.callback.mutations=200000}.
 */
class MutatedCallbacksTests {

	private static final int MUTATIONS = Integer.getInteger("im.callback.mutations", 5_000);

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private final Random random = new Random(20260101);

	private final List<SignedCallbacks.Example> examples = SignedCallbacks.examples();

	private final AtomicInteger handled = new AtomicInteger();

	private final AtomicInteger touched = new AtomicInteger();

	private final CallbackReceiver receiver = CallbackReceiver.builder(List.of(SignedCallbacks.SECRET))
		.clock(() -> SignedCallbacks.NOW)
		.maxAge(Duration.ofDays(3650))
		.queue(MUTATIONS, Long.MAX_VALUE)
		.preDelivery(Duration.ofHours(1), Verdict.deliver())
		.shutdownTimeout(TIMEOUT)
		.threads(1)
		.listener((event) -> {
			this.handled.incrementAndGet();
			this.touched.addAndGet(event.toString().length());
		})
		.build();

	@Test
	void eachGivesAnEventAnAnswerOrACleanRefusal() {
		int accepted = 0;
		int refused = 0;
		for (int number = 0; number < MUTATIONS; number++) {
			byte[] body = mutated(number);
			CallbackReply reply = this.receiver.receive(body).block(TIMEOUT);
			assertThat(reply).describedAs(() -> new String(body, StandardCharsets.UTF_8)).isNotNull();
			assertThat(reply.status()).isIn(200, 400, 403);
			reply.sent();
			accepted += (reply.status() == 200) ? 1 : 0;
			refused += (reply.status() != 200) ? 1 : 0;
		}
		this.receiver.closeGracefully().block(TIMEOUT);
		CallbackSnapshot snapshot = this.receiver.snapshot();
		assertThat(snapshot.received()).isEqualTo(MUTATIONS);
		assertThat(snapshot.refused()).isEqualTo(refused);
		assertThat(snapshot.failed()).isZero();
		assertThat(snapshot.overflowed()).isZero();
		assertThat(accepted).isGreaterThan(MUTATIONS / 3);
		assertThat(refused).isGreaterThan(MUTATIONS / 10);
		assertThat(this.handled.get()).isPositive().isLessThanOrEqualTo(accepted);
	}

	private byte[] mutated(int number) {
		ObjectNode callback = this.examples.get(this.random.nextInt(this.examples.size())).callback().deepCopy();
		callback.put("callId", "org#app_" + number);
		for (int mutations = this.random.nextInt(4); mutations >= 0; mutations--) {
			mutateFields(callback);
		}
		byte[] bytes = SignedCallbacks.bytes(SignedCallbacks.sign(callback));
		return (this.random.nextInt(4) == 0) ? mutateBytes(bytes) : bytes;
	}

	private void mutateFields(ObjectNode callback) {
		List<Consumer<JsonNode>> places = new ArrayList<>();
		List<JsonNode> values = new ArrayList<>();
		collect(callback, places, values);
		if (!places.isEmpty()) {
			places.get(this.random.nextInt(places.size())).accept(surprise(values));
		}
	}

	/**
	 * All places of a value, each with what puts another there, or nothing for
	 * {@code null}.
	 */
	private static void collect(JsonNode node, List<Consumer<JsonNode>> places, List<JsonNode> values) {
		if (node instanceof ObjectNode object) {
			object.properties().forEach((field) -> {
				places.add((value) -> {
					if (value != null) {
						object.set(field.getKey(), value);
					}
					else {
						object.remove(field.getKey());
					}
				});
				values.add(field.getValue());
				collect(field.getValue(), places, values);
			});
		}
		else if (node instanceof ArrayNode array) {
			for (int i = 0; i < array.size(); i++) {
				int index = i;
				places.add((value) -> array.set(index, (value != null) ? value : NODES.nullNode()));
				values.add(array.get(i));
				collect(array.get(i), places, values);
			}
		}
	}

	private JsonNode surprise(List<JsonNode> values) {
		return switch (this.random.nextInt(14)) {
			case 0 -> null;
			case 1 -> NODES.nullNode();
			case 2 -> NODES.booleanNode(this.random.nextBoolean());
			case 3 -> NODES.numberNode(this.random.nextLong());
			case 4 -> NODES.numberNode(new BigInteger(600, this.random));
			case 5 -> NODES.numberNode(this.random.nextGaussian() * 1e300);
			case 6 -> NODES.stringNode("");
			case 7 -> NODES.stringNode("\u0000\uD800😀\u202e" + "x".repeat(this.random.nextInt(2000)));
			case 8 -> NODES.arrayNode();
			case 9 -> NODES.objectNode();
			case 10 -> nested(this.random.nextInt(100));
			case 11 -> NODES.stringNode(String.valueOf(this.random.nextLong()));
			default -> values.get(this.random.nextInt(values.size())).deepCopy();
		};
	}

	private static JsonNode nested(int depth) {
		JsonNode node = NODES.stringNode("deep");
		for (int i = 0; i < depth; i++) {
			node = (i % 2 == 0) ? NODES.arrayNode().add(node) : NODES.objectNode().set("n", node);
		}
		return node;
	}

	private byte[] mutateBytes(byte[] bytes) {
		byte[] mutated = bytes.clone();
		switch (this.random.nextInt(3)) {
			case 0 -> mutated[this.random.nextInt(mutated.length)] = (byte) this.random.nextInt(256);
			case 1 -> mutated = Arrays.copyOf(mutated, this.random.nextInt(mutated.length));
			default -> {
				int from = this.random.nextInt(mutated.length);
				int length = Math.min(this.random.nextInt(8), mutated.length - from);
				System.arraycopy(bytes, this.random.nextInt(bytes.length - length + 1), mutated, from, length);
			}
		}
		return mutated;
	}

}
