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

package io.github.imspring.message;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.imspring.error.ImValidationException;
import io.github.imspring.resource.FileReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link Message}, {@link MessageBuilder} and {@link MessageBody}.
 */
class MessageTests {

	private static final String URL = "https://a1.example.com/o/a/chatfiles/1";

	@Test
	void optionsOfATypeGoBeforeAndAfterTheCommonOnes() {
		Message before = Message.video(URL).fileLength(5).from("a").to("b").build();
		Message after = Message.video(URL).from("a").fileLength(5).to("b").build();
		assertThat(before).isEqualTo(after).hasSameHashCodeAs(after);
		assertThat(before.body()).isEqualTo(new MessageBody.Video(URL, null, null, null, null, null, 5L));
	}

	@Test
	void recipientsAdd() {
		assertThat(Message.text("hi").to("a").to("b", "c").to(List.of("d")).build().to()).containsExactly("a", "b", "c",
				"d");
		assertThat(Message.text("hi").roamIgnoreUsers("a").roamIgnoreUsers(List.of("b")).build().roamIgnoreUsers())
			.containsExactly("a", "b");
	}

	@Test
	void aBuiltMessageStaysAsItIs() {
		List<String> to = new ArrayList<>(List.of("a"));
		UserMessageBuilder builder = Message.text("hi").to(to).roamIgnoreUsers("x").ext("k", 1);
		Message message = builder.build();
		to.add("b");
		builder.to("c").roamIgnoreUsers("y").ext("k", 2).from("d").syncDevice().onlineOnly();
		assertThat(message.to()).containsExactly("a");
		assertThat(message.roamIgnoreUsers()).containsExactly("x");
		assertThat(message.ext()).isEqualTo(Map.of("k", 1));
		assertThat(message.from()).isNull();
		assertThat(message.syncDevice()).isFalse();
		assertThat(message.onlineOnly()).isFalse();
	}

	@Test
	void extensionIsCopiedAllTheWayDown() {
		List<Object> list = new ArrayList<>(List.of("one"));
		Map<String, Object> map = new HashMap<>(Map.of("list", list));
		int[] numbers = { 1 };
		Message message = Message.text("hi").ext("map", map).ext("numbers", numbers).build();
		list.add("two");
		map.put("new", 1);
		numbers[0] = 2;
		Map<String, @Nullable Object> ext = message.ext();
		assertThat(ext).isEqualTo(Map.of("map", Map.of("list", List.of("one")), "numbers", List.of(1)));
		assertThat(ext).isUnmodifiable();
		assertThat((Map<?, ?>) ext.get("map")).isUnmodifiable();
		assertThat((List<?>) ext.get("numbers")).isUnmodifiable();
	}

	@Test
	void builderOfAMessageStartsWithAllOfIt() {
		Message message = Message.image(URL)
			.size(1, 2)
			.secret("s")
			.from("a")
			.to("b")
			.syncDevice()
			.onlineOnly()
			.roamIgnoreUsers("c")
			.ext("k", null)
			.silent()
			.build();
		assertThat(message.toBuilder().build()).isEqualTo(message);
		assertThat(Message.text("hi").roamIgnoreUsers().ext(Map.of()).build().toBuilder().build())
			.isEqualTo(Message.text("hi").roamIgnoreUsers().ext(Map.of()).build())
			.isNotEqualTo(Message.text("hi").build());
		assertThat(message.toBuilder().to("d").build().to()).containsExactly("b", "d");
		assertThat(message.withRecipients("d")).isNotEqualTo(message)
			.isEqualTo(message.withRecipients(List.of("d")))
			.satisfies((other) -> assertThat(other.withRecipients("b")).isEqualTo(message));
	}

	@Test
	void startsFromAnUploadedFile() {
		FileReference file = new Uploaded(URL, "s3cret", "a.bin");
		assertThat(Message.image(file).build().body()).isEqualTo(new MessageBody.Image(URL, "s3cret", "a.bin", null));
		assertThat(Message.voice(file).build().body()).isEqualTo(new MessageBody.Voice(URL, "s3cret", "a.bin", null));
		assertThat(Message.file(file).filename("b.bin").build().body())
			.isEqualTo(new MessageBody.File(URL, "s3cret", "b.bin"));
		assertThat(Message.video(file).thumbnail(new Uploaded(URL + "2", null, "t.png")).build().body())
			.isEqualTo(new MessageBody.Video(URL, "s3cret", "a.bin", URL + "2", null, null, null));
	}

	@Test
	void secretsAndWhatIsSaidAreInNoDescription() {
		FileReference file = new Uploaded(URL + "?share-secret=s3cret", "s3cret", "a.bin");
		for (MessageBuilder<?> builder : List.of(Message.image(file), Message.voice(file), Message.file(file),
				Message.video(file).thumbnail(file))) {
			Message message = builder.build().withRecipients("a");
			assertThat(message.toString() + message.body()).contains(URL, "a.bin").doesNotContain("s3cret");
		}
		assertThat(Message.text("private").from("a").to("b", "c").build())
			.hasToString("Message[type=txt, from=a, recipients=2]");
	}

	@Test
	void begunSecondsCountWhole() {
		assertThat(voiceLength(Duration.ofMillis(10_001))).isEqualTo(11);
		assertThat(voiceLength(Duration.ofSeconds(10))).isEqualTo(10);
		assertThat(voiceLength(Duration.ZERO)).isZero();
		assertThat(voiceLength(Duration.ofSeconds(Integer.MAX_VALUE))).isEqualTo(Integer.MAX_VALUE);
		refuses("body.length", () -> Message.voice(URL).length(Duration.ofSeconds(Integer.MAX_VALUE).plusNanos(1)));
		refuses("body.length", () -> Message.video(URL).length(Duration.ofSeconds(Long.MAX_VALUE)));
	}

	private static @Nullable Integer voiceLength(Duration length) {
		return ((MessageBody.Voice) Message.voice(URL).length(length).build().body()).length();
	}

	@Test
	void refusesEmptyUsers() {
		refuses("from", () -> Message.text("hi").from(""));
		refuses("to", () -> Message.text("hi").to("a", ""));
		refuses("to", () -> Message.text("hi").to(Arrays.asList("a", null)));
		refuses("to", () -> Message.text("hi").build().withRecipients(""));
		refuses("roam_ignore_users", () -> Message.text("hi").roamIgnoreUsers(""));
	}

	@Test
	void refusesEmptyFieldsThatAreNeeded() {
		refuses("body.msg", () -> Message.text(""));
		refuses("body.msg", () -> new MessageBody.Text(null));
		refuses("body.url", () -> Message.image("").build());
		refuses("body.url", () -> Message.voice("").build());
		refuses("body.url", () -> Message.video("").build());
		refuses("body.url", () -> Message.file("").build());
		refuses("body.action", () -> Message.command(""));
		refuses("body.lat", () -> Message.location("", "1", "x"));
		refuses("body.lng", () -> Message.location("1", "", "x"));
		refuses("body.addr", () -> Message.location(1, 1, ""));
		assertThat(Message.text(" ").build().body()).isEqualTo(new MessageBody.Text(" "));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-0.5", "+1", "90", ".5", "5.", "39.966123456789012345" })
	void takesDegrees(String degrees) {
		assertThat(Message.location(degrees, degrees, "x").build().body())
			.isEqualTo(new MessageBody.Location(degrees, degrees, "x"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "39°", "NaN", "1,5", "north", " 1", "." })
	void refusesWhatIsNoDegrees(String degrees) {
		refuses("body.lat", () -> Message.location(degrees, "1", "x"));
		refuses("body.lng", () -> Message.location("1", degrees, "x"));
	}

	@Test
	void writesDegreesWithoutExponent() {
		assertThat(Message.location(0.00001, -1e7, "x").build().body())
			.isEqualTo(new MessageBody.Location("0.000010", "-10000000", "x"));
		refuses("body.lat", () -> Message.location(Double.NaN, 1, "x"));
		refuses("body.lng", () -> Message.location(1, Double.POSITIVE_INFINITY, "x"));
	}

	@Test
	void refusesNegativeMeasures() {
		refuses("body.size.width", () -> Message.image(URL).size(-1, 0));
		refuses("body.size.height", () -> Message.image(URL).size(0, -1));
		refuses("body.length", () -> Message.voice(URL).length(-1).build());
		refuses("body.length", () -> Message.video(URL).length(-1).build());
		refuses("body.file_length", () -> Message.video(URL).fileLength(-1).build());
		assertThat(Message.image(URL).size(0, 0).build().body())
			.isEqualTo(new MessageBody.Image(URL, null, null, new MessageBody.Size(0, 0)));
		assertThat(Message.video(URL).length(0).fileLength(0).build().body())
			.isEqualTo(new MessageBody.Video(URL, null, null, null, null, 0, 0L));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "Z-9_/.", "01234567890123456789012345678901" })
	void takesEventsThatMatch(String event) {
		assertThat(Message.custom(event).build().body()).isEqualTo(new MessageBody.Custom(event, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "012345678901234567890123456789012", "a b", "event\n", "\nevent", "é", "事件", "a:b" })
	void refusesEventsThatDoNotMatch(String event) {
		refuses("body.customEvent", () -> Message.custom(event).build());
	}

	@Test
	void takes16ExtensionsAndRefuses17() {
		assertThat(((MessageBody.Custom) Message.custom().extensions(extensions(16)).build().body()).customExts())
			.isEqualTo(extensions(16))
			.isUnmodifiable();
		refuses("body.customExts", () -> Message.custom("e").extensions(extensions(16)).extension("x", "y").build());
		refuses("body.customExts", () -> Message.custom("e").extension("k", null).build());
		refuses("body.customExts", () -> Message.custom("e").extension(null, "v").build());
	}

	@Test
	void customMessageNeedsAnEventOrAnExtension() {
		refuses("body", () -> Message.custom().build());
		refuses("body", () -> new MessageBody.Custom(null, Map.of()));
	}

	private static Map<String, String> extensions(int count) {
		Map<String, String> extensions = new LinkedHashMap<>();
		IntStream.range(0, count).forEach((number) -> extensions.put("key" + number, "value" + number));
		return extensions;
	}

	static Stream<@Nullable Object> jsonValues() {
		return Stream.of("text", true, null, 1, 2L, (short) 3, (byte) 4, 1.5, 2.5f, new BigDecimal("0.1"),
				BigInteger.TWO.pow(100));
	}

	@ParameterizedTest
	@MethodSource("jsonValues")
	void extensionTakesSimpleValues(@Nullable Object value) {
		Message message = Message.text("hi").ext("k", value).build();
		assertThat(message.ext()).containsExactly(new AbstractMap.SimpleEntry<>("k", value));
	}

	@Test
	void extensionTakesCompositeValues() {
		JsonNodeFactory nodes = JsonNodeFactory.instance;
		Message message = Message.text("hi")
			.ext("array", new Object[] { 1, new String[] { "x", null } })
			.ext("node",
					JsonMapper.shared()
						.readTree("{\"a\": [1, 2.5, \"x\", true, null, {}], \"b\": 12345678901234567890}"))
			.ext("null", nodes.nullNode())
			.ext("iterable", Set.of(1))
			.build();
		assertThat(message.ext()).isEqualTo(entries(
				"array", List.of(1, Arrays.asList("x", null)), "node", entries("a",
						Arrays.asList(1, 2.5, "x", true, null, Map.of()), "b", new BigInteger("12345678901234567890")),
				"null", null, "iterable", List.of(1)));
	}

	private static Map<String, @Nullable Object> entries(@Nullable Object... keysAndValues) {
		Map<String, @Nullable Object> entries = new LinkedHashMap<>();
		for (int i = 0; i < keysAndValues.length; i += 2) {
			entries.put((String) keysAndValues[i], keysAndValues[i + 1]);
		}
		return entries;
	}

	static Stream<Object> otherValues() {
		JsonNodeFactory nodes = JsonNodeFactory.instance;
		List<Object> self = new ArrayList<>();
		self.add(self);
		self.add(self);
		return Stream.of(Duration.ZERO, new AtomicInteger(), 'c', new StringBuilder("x"), Double.NaN,
				Float.NEGATIVE_INFINITY, Map.of(1, "x"), Collections.singletonMap(null, "x"), List.of(new Object()),
				new char[] { 'c' }, nodes.binaryNode(new byte[0]), nodes.pojoNode(1), nodes.missingNode(),
				nodes.numberNode(Double.NaN), self, Path.of("a"), nested(256), new int[5120]);
	}

	@ParameterizedTest
	@MethodSource("otherValues")
	void extensionRefusesOtherValues(Object value) {
		refuses("ext.k", () -> Message.text("hi").ext("k", value));
	}

	@Test
	void extensionTakesWhatIsNestedAndLargeWithinReason() {
		assertThat(Message.text("hi").ext("k", nested(255)).ext("l", new int[5119]).build().ext()).hasSize(2);
	}

	private static Object nested(int levels) {
		Object value = List.of();
		for (int level = 1; level <= levels - 1; level++) {
			value = List.of(value);
		}
		return List.of(value);
	}

	@Test
	void extensionIsNeverNullAndItsSilenceIsABoolean() {
		refuses("ext", () -> Message.text("hi").ext(null));
		refuses("ext.em_ignore_notification", () -> Message.text("hi").ext("em_ignore_notification", "yes"));
		assertThat(Message.text("hi").silent().ext("em_ignore_notification", false).build().ext())
			.isEqualTo(Map.of("em_ignore_notification", false));
		assertThat(Message.text("hi").ext("a", 1).ext(Map.of("b", 2)).silent().build().ext())
			.isEqualTo(Map.of("a", 1, "b", 2, "em_ignore_notification", true));
	}

	private static void refuses(String field, ThrowingCallable building) {
		ImValidationException ex = catchThrowableOfType(ImValidationException.class, building);
		assertThat(ex).as("refusal of %s", field).isNotNull();
		assertThat(ex.field()).isEqualTo(field);
		assertThat(ex.operation()).isEqualTo("send-message");
		assertThat(ex.mayHaveBeenProcessed()).isFalse();
	}

	private record Uploaded(String url, @Nullable String secret, @Nullable String filename) implements FileReference {
	}

}
