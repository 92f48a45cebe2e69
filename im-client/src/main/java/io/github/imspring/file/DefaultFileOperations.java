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

package io.github.imspring.file;

import java.nio.file.Path;
import java.util.regex.Pattern;

import io.github.imspring.error.ImException;
import io.github.imspring.error.ImValidationException;
import io.github.imspring.exchange.ImRequest;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.operation.Operations;
import io.github.imspring.validation.Bounds;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;

/**
 * Turns uploads and downloads into requests and answers into files.
 */
class DefaultFileOperations implements FileOperations {

	private static final Pattern QUERY_OR_FRAGMENT = Pattern.compile("[?#].*", Pattern.DOTALL);

	private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7E]([\\x20-\\x7E]*[\\x21-\\x7E])?");

	private final ImRestOperations rest;

	DefaultFileOperations(ImRestOperations rest) {
		this.rest = rest;
	}

	@Override
	public Mono<UploadedFile> upload(Path file, UploadOptions options) {
		return Mono.defer(() -> {
			Bounds.of(Operations.UPLOAD_FILE).given("file", file);
			return upload(new FileSystemResource(file), options);
		});
	}

	@Override
	public Mono<UploadedFile> upload(Resource file, UploadOptions options) {
		return Mono.fromCallable(() -> {
			Bounds.of(Operations.UPLOAD_FILE).given("file", file);
			return Upload.of(file);
		})
			.onErrorMap((ex) -> !(ex instanceof ImException), Upload::unreadable)
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap((upload) -> send(upload, options));
	}

	@Override
	public Mono<UploadedFile> upload(String filename, Flux<DataBuffer> content, UploadOptions options) {
		return Mono.defer(() -> {
			Bounds bounds = Bounds.of(Operations.UPLOAD_FILE);
			bounds.given("filename", filename);
			bounds.given("content", content);
			return send(new Upload(filename, content, true), options);
		});
	}

	private Mono<UploadedFile> send(Upload upload, UploadOptions options) {
		Bounds.of(Operations.UPLOAD_FILE).given("options", options);
		return this.rest.exchange(upload.request(options), (response) -> UploadedFile.of(upload.filename(), response));
	}

	@Override
	public Flux<DataBuffer> download(String file, @Nullable String secret) {
		return get(file, secret, null);
	}

	@Override
	public Flux<DataBuffer> thumbnail(String image, @Nullable String secret) {
		return get(image, secret, true);
	}

	private Flux<DataBuffer> get(String file, @Nullable String secret, @Nullable Boolean thumbnail) {
		return Flux.defer(() -> {
			if (secret != null && !HEADER_VALUE.matcher(secret).matches()) {
				throw new ImValidationException(Operations.DOWNLOAD_FILE.name(), "share-secret",
						"must be printable ASCII without a space at either end, as the upload gave it");
			}
			return this.rest.download(ImRequest.get(Operations.DOWNLOAD_FILE)
				.path("chatfiles", uuid(file))
				.errorHints(FileErrors.DOWNLOAD)
				.header("share-secret", secret)
				.header("thumbnail", thumbnail)
				.build());
		});
	}

	private static String uuid(String file) {
		Bounds.of(Operations.DOWNLOAD_FILE).given("file", file);
		String address = QUERY_OR_FRAGMENT.matcher(file).replaceFirst("");
		String uuid = address.substring(address.lastIndexOf('/') + 1);
		if (uuid.isEmpty() || uuid.equals(".") || uuid.equals("..")) {
			throw new ImValidationException(Operations.DOWNLOAD_FILE.name(), "uuid",
					"must be there: a file is named by its UUID, or by an address that ends with it");
		}
		return uuid;
	}

}
