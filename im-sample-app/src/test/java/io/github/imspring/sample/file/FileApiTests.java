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

package io.github.imspring.sample.file;

import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.emulator.RecordedRequest;
import io.github.imspring.sample.ApiTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ApiTest
class FileApiTests {

	private static final int MAX_BYTES = 10 * 1024 * 1024;

	@Autowired
	private WebTestClient client;

	@Autowired
	private ImEmulator emulator;

	@BeforeEach
	void reset() {
		this.emulator.reset();
	}

	private WebTestClient.ResponseSpec upload(String uri, int bytes) {
		MultipartBodyBuilder form = new MultipartBodyBuilder();
		form.part("file", new ByteArrayResource(new byte[bytes])).filename("cat.png").contentType(MediaType.IMAGE_PNG);
		return this.client.post().uri(uri).bodyValue(form.build()).exchange();
	}

	@Test
	void answersWhatAMessageNeeds() {
		JsonNode file = JsonMapper.shared()
			.readTree(upload("/api/files?restrictAccess=true", 100).expectStatus()
				.isOk()
				.expectBody()
				.returnResult()
				.getResponseBody());

		assertThat(file.propertyNames()).containsExactly("url", "secret", "filename");
		assertThat(file.path("filename").asString()).isEqualTo("cat.png");

		this.client.post()
			.uri("/api/messages")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"to\":[\"user2\"],\"type\":\"img\",\"body\":%s}".formatted(file))
			.exchange()
			.expectStatus()
			.isOk();
		assertThat(this.emulator.deliveriesTo("user2")).hasSize(1);
		assertThat(this.emulator.deliveriesTo("user2").get(0).body()).isEqualTo(file);
	}

	@Test
	void restrictsAccessAndSizesTheThumbnail() {
		upload("/api/files?restrictAccess=true&thumbnailWidth=64&thumbnailHeight=48", 100).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.secret")
			.isNotEmpty();

		RecordedRequest request = this.emulator.requests("upload-file").get(0);
		assertThat(request.header("restrict-access")).isEqualTo("true");
		assertThat(request.header("thumbnail-width")).isEqualTo("64");
		assertThat(request.header("thumbnail-height")).isEqualTo("48");
	}

	@Test
	void takesALargeFileButNoLargerOne() {
		upload("/api/files", MAX_BYTES).expectStatus().isOk();

		upload("/api/files", MAX_BYTES + 1).expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.field")
			.isEqualTo("file");
	}

	@Test
	void takesAnEmptyFile() {
		upload("/api/files", 0).expectStatus().isOk();
	}

	@Test
	void takesOneFileAtATime() {
		MultipartBodyBuilder form = new MultipartBodyBuilder();
		form.part("file", new ByteArrayResource(new byte[100])).filename("cat.png");
		form.part("file", new ByteArrayResource(new byte[100])).filename("dog.png");

		this.client.post()
			.uri("/api/files")
			.bodyValue(form.build())
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(this.emulator.requestCount("upload-file")).isZero();
	}

	@Test
	void asksForAFile() {
		MultipartBodyBuilder form = new MultipartBodyBuilder();
		form.part("photo", new ByteArrayResource(new byte[1])).filename("cat.png");

		this.client.post()
			.uri("/api/files")
			.bodyValue(form.build())
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.value(String.class, (detail) -> assertThat(detail).contains("'file'"));
	}

	@Test
	void refusesAThumbnailWithoutWidth() {
		upload("/api/files?thumbnailWidth=0", 100).expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.field")
			.isEqualTo("thumbnail-width");
	}

}
