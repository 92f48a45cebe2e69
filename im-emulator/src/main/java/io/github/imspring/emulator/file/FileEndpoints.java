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

package io.github.imspring.emulator.file;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

import io.github.imspring.emulator.file.FileStore.StoredFile;
import io.github.imspring.emulator.http.FormPart;
import io.github.imspring.emulator.http.Reply;
import io.github.imspring.emulator.http.Router;
import io.github.imspring.emulator.service.Call;
import io.github.imspring.emulator.service.Route;
import io.github.imspring.emulator.service.ServiceError;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Files: uploaded, and downloaded with their secret.
 */
final class FileEndpoints {

	private static final int MIN_THUMBNAIL_SOURCE_BYTES = 10 * 1024;

	private static final int DEFAULT_THUMBNAIL = 170;

	private static final int MAX_THUMBNAIL = 2000;

	private final FileStore files;

	private final SecureRandom random = new SecureRandom();

	FileEndpoints(FileStore files) {
		this.files = files;
	}

	void register(Router<Route> router) {
		router.add("POST", "/chatfiles", Route.of(FileService.UPLOAD, this::upload).openToUsers());
		router.add("GET", "/chatfiles/{uuid}",
				Route.of("download-file", this::download).checkedByHandler().countedByHandler());
	}

	private Reply upload(Call call) {
		if (call.request().oversized()) {
			throw tooLarge();
		}
		FormPart part = FormPart.of(call.request(), "file");
		if (part == null) {
			throw ServiceError.illegalArgument("file must be provided.");
		}
		if (part.content().length > FileService.MAX_FILE_BYTES) {
			throw tooLarge();
		}
		String uuid = UUID.randomUUID().toString();
		String secret = "true".equalsIgnoreCase(call.request().header("restrict-access")) ? newSecret() : null;
		this.files.add(uuid, new StoredFile(part.content(), part.contentType(), secret, call.now(),
				thumbnailSize(call, "thumbnail-width"), thumbnailSize(call, "thumbnail-height")));
		ObjectNode envelope = call.envelope();
		ObjectNode entity = envelope.putArray("entities").addObject();
		entity.put("uuid", uuid);
		entity.put("type", "chatfile");
		if (secret != null) {
			entity.put("share-secret", secret);
		}
		return Reply.json(200, envelope);
	}

	private Reply download(Call call) {
		String uuid = call.variable("uuid");
		StoredFile file = this.files.find(uuid);
		String authorization = call.request().header("Authorization");
		boolean secretShown = file != null && file.secret() != null && matches(file.secret(), shownSecret(call));
		if (authorization != null || !secretShown) {
			// A link that has the right secret in it opens without a token.
			call.authenticate();
		}
		call.acquire(0);
		if (file == null) {
			throw ServiceError.of(404, "entity_not_found",
					"org.apache.usergrid.services.exceptions.EntityNotFoundException", "file may not exists");
		}
		Instant now = call.now();
		byte[] content = file.content();
		if (file.isExpired(now) || content == null) {
			throw ServiceError.of(404, "file_expired", "com.easemob.chatfile.exception.FileExpiredException",
					"file " + uuid + " is expired");
		}
		if (file.secret() != null && !secretShown) {
			throw ServiceError.corruptToken();
		}
		if ("true".equalsIgnoreCase(call.request().header("thumbnail")) && hasThumbnail(file)) {
			return Reply.of(200, "image/png", Thumbnail.png(file.thumbnailWidth(), file.thumbnailHeight()));
		}
		return Reply.of(200, file.contentType(), content);
	}

	private static boolean hasThumbnail(StoredFile file) {
		return file.contentType().startsWith("image/") && file.size() > MIN_THUMBNAIL_SOURCE_BYTES;
	}

	private static @Nullable String shownSecret(Call call) {
		String header = call.request().header("share-secret");
		return (header != null) ? header : call.request().query("share-secret");
	}

	private static boolean matches(String secret, @Nullable String shown) {
		return shown != null && MessageDigest.isEqual(secret.getBytes(StandardCharsets.UTF_8),
				shown.getBytes(StandardCharsets.UTF_8));
	}

	private static int thumbnailSize(Call call, String header) {
		String value = call.request().header(header);
		if (value == null) {
			return DEFAULT_THUMBNAIL;
		}
		try {
			int size = Integer.parseInt(value.trim());
			return (size > 0) ? Math.min(size, MAX_THUMBNAIL) : DEFAULT_THUMBNAIL;
		}
		catch (NumberFormatException ex) {
			return DEFAULT_THUMBNAIL;
		}
	}

	private String newSecret() {
		byte[] bytes = new byte[18];
		this.random.nextBytes(bytes);
		return Base64.getUrlEncoder().encodeToString(bytes);
	}

	private static ServiceError tooLarge() {
		return ServiceError.of(413, "file exceeding maximum limit",
				"com.easemob.chatfile.exception.FileTooLargeException", "the file size exceeds the maximum limit.");
	}

}
