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

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Random;

import javax.imageio.ImageIO;

import io.github.imspring.emulator.Wire.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class FileTests {

	private static final int MEGABYTE = 1024 * 1024;

	private ImEmulator emulator;

	private Wire wire;

	@BeforeEach
	void start() {
		this.emulator = ImEmulator.start();
		this.wire = Wire.orgApp(this.emulator);
	}

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void fileComesBackFromTheUrlOfItsUpload() throws Exception {
		for (Wire style : new Wire[] { this.wire, Wire.appId(this.emulator) }) {
			byte[] content = bytes(100_000);
			JsonNode json = style.upload(content, "application/pdf").ok().json();
			JsonNode entity = json.path("entities").path(0);
			assertThat(json.path("action").stringValue()).isEqualTo("post");
			assertThat(json.path("path").stringValue()).isEqualTo("/chatfiles");
			assertThat(json.path("uri").stringValue()).isEqualTo(style.base() + "/chatfiles");
			assertThat(entity.path("type").stringValue()).isEqualTo("chatfile");
			assertThat(entity.has("share-secret")).isFalse();
			Response download = style.get("/chatfiles/" + entity.path("uuid").stringValue()).ok();
			assertThat(download.bytes()).isEqualTo(content);
			assertThat(download.header("Content-Type")).isEqualTo("application/pdf");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/\u000bplain", "text/\u0000", "", "text/é" })
	void fileOfAStrangeTypeComesBack(String contentType) {
		byte[] content = bytes(10);
		String uuid = uuid(this.wire.upload(content, contentType).ok());
		assertThat(this.wire.get("/chatfiles/" + uuid).ok().bytes()).isEqualTo(content);
	}

	@Test
	void restrictedFileNeedsItsSecret() {
		JsonNode entity = this.wire.upload(bytes(10), "text/plain", "restrict-access", "true")
			.ok()
			.json()
			.path("entities")
			.path(0);
		String path = "/chatfiles/" + entity.path("uuid").stringValue();
		String secret = entity.path("share-secret").stringValue();
		this.wire.get(path, "share-secret", secret).ok();
		this.wire.get(path + "?share-secret=" + secret).ok();
		this.wire.withoutToken().get(path + "?share-secret=" + secret).ok();
		for (Response response : new Response[] { this.wire.get(path), this.wire.get(path, "share-secret", "x") }) {
			response.isError(401, "auth_bad_access_token", "Unable to authenticate due to corrupt access token");
		}
		this.wire.withoutToken()
			.get(path)
			.isError(401, "unauthorized", "Unable to authenticate due to expired access token");
		this.wire.withToken("nonsense")
			.get(path, "share-secret", secret)
			.isError(401, "auth_bad_access_token", "Unable to authenticate due to corrupt access token");
	}

	@Test
	void tenMegabytesAreTakenAndNoMore() {
		this.wire.upload(new byte[10 * MEGABYTE], "video/mp4").ok();
		for (int size : new int[] { 10 * MEGABYTE + 1, 11 * MEGABYTE }) {
			this.wire.upload(new byte[size], "video/mp4")
				.isError(413, "file exceeding maximum limit", "the file size exceeds the maximum limit.");
		}
	}

	@Test
	void uploadWithoutAFile() {
		this.wire.post("/chatfiles", "{}").isError(400, "illegal_argument", "file must be provided.");
		this.wire
			.post("/chatfiles", "--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--b--\r\n",
					"Content-Type", "multipart/form-data; boundary=b")
			.isError(400, "illegal_argument", "file must be provided.");
		this.wire.post("/chatfiles", "nonsense", "Content-Type", "multipart/form-data")
			.isError(400, "illegal_argument", "file must be provided.");
		this.wire.withToken("nonsense")
			.upload(bytes(1), "text/plain")
			.isError(401, "auth_bad_access_token", "Unable to authenticate due to corrupt access token");
	}

	@Test
	void unknownAndExpiredFiles() {
		this.wire.get("/chatfiles/nowhere").isError(404, "entity_not_found", "file may not exists");
		this.emulator.clock().freeze();
		String uuid = uuid(this.wire.upload(bytes(10), "text/plain"));
		this.emulator.clock().advance(Duration.ofDays(7).minusMillis(1));
		Wire later = Wire.orgApp(this.emulator);
		later.get("/chatfiles/" + uuid).ok();
		this.emulator.clock().advance(Duration.ofMillis(1));
		later.get("/chatfiles/" + uuid).isError(404, "file_expired", "file " + uuid + " is expired");
	}

	@Test
	void largeImagesHaveAThumbnail() throws Exception {
		byte[] image = bytes(20_000);
		String uuid = uuid(
				this.wire.upload(image, "image/jpeg", "thumbnail-height", "30", "thumbnail-width", "40").ok());
		var thumbnail = ImageIO
			.read(new ByteArrayInputStream(this.wire.get("/chatfiles/" + uuid, "thumbnail", "true").ok().bytes()));
		assertThat(thumbnail.getWidth()).isEqualTo(40);
		assertThat(thumbnail.getHeight()).isEqualTo(30);
		assertThat(this.wire.get("/chatfiles/" + uuid).ok().bytes()).isEqualTo(image);
		String plain = uuid(this.wire.upload(image, "image/jpeg").ok());
		var standard = ImageIO
			.read(new ByteArrayInputStream(this.wire.get("/chatfiles/" + plain, "thumbnail", "true").ok().bytes()));
		assertThat(standard.getWidth()).isEqualTo(170);
		byte[] small = bytes(10 * 1024);
		String smallUuid = uuid(this.wire.upload(small, "image/jpeg").ok());
		assertThat(this.wire.get("/chatfiles/" + smallUuid, "thumbnail", "true").ok().bytes()).isEqualTo(small);
	}

	@Test
	void oldestFilesExpireEarlyWhenThereAreTooManyBytes() {
		try (ImEmulator small = ImEmulator.builder().maxFileBytes(12 * MEGABYTE).start()) {
			Wire wire = Wire.orgApp(small);
			String first = uuid(wire.upload(new byte[5 * MEGABYTE], "text/plain").ok());
			String second = uuid(wire.upload(new byte[5 * MEGABYTE], "text/plain").ok());
			String third = uuid(wire.upload(new byte[5 * MEGABYTE], "text/plain").ok());
			wire.get("/chatfiles/" + first).isError(404, "file_expired", "file " + first + " is expired");
			assertThat(wire.get("/chatfiles/" + second).ok().bytes()).hasSize(5 * MEGABYTE);
			assertThat(wire.get("/chatfiles/" + third).ok().bytes()).hasSize(5 * MEGABYTE);
		}
	}

	@Test
	void recordedBodyIsCutAndItsSizeIsNot() {
		this.wire.upload(bytes(200_000), "text/plain").ok();
		RecordedRequest request = this.emulator.requests("upload-file").get(0);
		assertThat(request.body()).hasSize(64 * 1024);
		assertThat(request.bodySize()).isGreaterThan(200_000);
	}

	private static String uuid(Response response) {
		return response.json().path("entities").path(0).path("uuid").stringValue();
	}

	private static byte[] bytes(int count) {
		byte[] bytes = new byte[count];
		new Random(count).nextBytes(bytes);
		return bytes;
	}

}
