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

package io.github.imspring.emulator.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FormPartTests {

	private static final String FILE = """
			--b\r
			Content-Disposition: form-data; name="file"; filename="a.txt"\r
			Content-Type: text/plain\r
			\r
			content\r
			""";

	private static final String OTHER = """
			--b\r
			Content-Disposition: form-data; name="other"\r
			\r
			x\r
			""";

	@Test
	void partIsFound() {
		FormPart part = FormPart.of(form(OTHER + FILE + "--b--\r\n"), "file");
		assertThat(part).isNotNull();
		assertThat(part.content()).asString(StandardCharsets.UTF_8).isEqualTo("content");
		assertThat(part.contentType()).isEqualTo("text/plain");
	}

	@Test
	void partMayComeAfterManyOthers() {
		assertThat(FormPart.of(form(OTHER.repeat(500) + FILE + "--b--\r\n"), "file")).isNotNull();
	}

	@Test
	void closingBoundaryMayBeFollowedByAnEpilogue() {
		assertThat(FormPart.of(form(FILE + "--b--\r\n" + "epilogue ".repeat(1000)), "file")).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "--b--\r\n", "nonsense",
			"--b\r\nContent-Disposition: form-data; name\r\n\r\nx\r\n--b--\r\n",
			"--b\r\nContent-Disposition\r\n\r\nx\r\n--b--\r\n",
			"--b\r\nContent-Disposition: form-data; filename=\"file\"\r\n\r\nx\r\n--b--\r\n",
			"--b\r\nContent-Disposition: form-data; name=\"file\"\r\nContent-Length: -1\r\n\r\nx" })
	void formsWithoutThePart(String body) {
		assertThat(FormPart.of(form(body), "file")).isNull();
	}

	@Test
	void headerOfAPartThatDoesNotEnd() {
		assertThat(FormPart.of(form("--b\r\nX-Long: " + "x".repeat(6000)), "file")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "multipart/form-data", "multipart/form-data; boundary", "multipart/form-data; boundary=",
			"text/plain", "" })
	void bodiesThatAreNoForm(String contentType) {
		assertThat(FormPart.of(request(contentType, FILE.getBytes(StandardCharsets.UTF_8)), "file")).isNull();
	}

	@Test
	void formsWithoutAnEndLeaveNothingBehind() {
		byte[] body = Arrays.copyOf(FILE.getBytes(StandardCharsets.UTF_8), 1024 * 1024);
		long before = used();
		for (int i = 0; i < 20; i++) {
			assertThat(FormPart.of(request("multipart/form-data; boundary=b", body), "file")).isNull();
		}
		assertThat(used() - before).isLessThan(body.length);
	}

	/** Whatever is wrong with a form, reading it ends with a part or without one. */
	@Test
	void brokenFormsAreReadWithoutFailure() {
		Random random = new Random(11);
		byte[] whole = (OTHER + FILE + "--b--\r\n").getBytes(StandardCharsets.UTF_8);
		byte[] marks = "\r\n-b:;=\" \0é".getBytes(StandardCharsets.UTF_8);
		long before = used();
		for (int i = 0; i < 20_000; i++) {
			byte[] body = Arrays.copyOf(whole, (i % 2 == 0) ? whole.length : 1 + random.nextInt(whole.length));
			for (int changes = random.nextInt(6); changes > 0; changes--) {
				body[random.nextInt(body.length)] = marks[random.nextInt(marks.length)];
			}
			FormPart.of(request("multipart/form-data; boundary=b", body), "file");
		}
		assertThat(used() - before).isLessThan(20_000);
	}

	private static Request form(String body) {
		return request("multipart/form-data; boundary=b", body.getBytes(StandardCharsets.UTF_8));
	}

	private static Request request(String contentType, byte[] body) {
		return new Request("POST", "/o/a/chatfiles", new DefaultHttpHeaders().set("Content-Type", contentType), body,
				false);
	}

	private static long used() {
		var metric = UnpooledByteBufAllocator.DEFAULT.metric();
		return metric.usedDirectMemory() + metric.usedHeapMemory();
	}

}
