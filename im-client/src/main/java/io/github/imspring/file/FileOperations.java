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

import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.operation.Operations;
import io.github.imspring.resource.FileReference;
import io.github.imspring.validation.Bounds;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.lang.CheckReturnValue;

/**
 * Uploads and downloads the files that messages refer to ("Upload and download files").
 * Files go through piece by piece and are never wholly in memory.
 * <p>
 * Every method works on subscription and fails with an
 * {@link io.github.imspring.error.ImException}. It waits for, and spends, one call of the
 * quota {@code upload-file-calls} or {@code download-file-calls} (100 a second each,
 * unless raised).
 * <p>
 * An upload is repeated when the service surely did not take it, and if it may have, only
 * with {@link io.github.imspring.exchange.RetrySettings#unsafe()}. A download is repeated
 * until its first piece came.
 *
 * @since 0.1.0
 */
@CheckReturnValue
public interface FileOperations {

	/**
	 * Uploads a file as {@link #upload(Path, UploadOptions)} does, with the
	 * {@linkplain UploadOptions#defaults() defaults}.
	 * @param file the file, at most 10 MB (10,485,760 bytes)
	 * @return what messages need to refer to the file
	 */
	default Mono<UploadedFile> upload(Path file) {
		return upload(file, UploadOptions.defaults());
	}

	/**
	 * Uploads a file under its name.
	 * @param file the file, at most 10 MB (10,485,760 bytes)
	 * @param options how it is uploaded
	 * @return what messages need to refer to the file, or an error:
	 * {@link io.github.imspring.error.ImValidationException} if the file is too large or
	 * cannot be read, or any other {@link io.github.imspring.error.ImException}
	 */
	Mono<UploadedFile> upload(Path file, UploadOptions options);

	/**
	 * Uploads a resource as {@link #upload(Resource, UploadOptions)} does, with the
	 * {@linkplain UploadOptions#defaults() defaults}.
	 * @param file the resource, which has a filename and at most 10 MB (10,485,760 bytes)
	 * @return what messages need to refer to the file
	 */
	default Mono<UploadedFile> upload(Resource file) {
		return upload(file, UploadOptions.defaults());
	}

	/**
	 * Uploads a resource under its filename. It is read on a thread that may block. A
	 * resource that is {@linkplain Resource#isOpen() open} is read once, so its upload is
	 * not repeated when an attempt fails after the reading began.
	 * @param file the resource, which has a filename and at most 10 MB (10,485,760 bytes)
	 * @param options how it is uploaded
	 * @return what messages need to refer to the file, or an error:
	 * {@link io.github.imspring.error.ImValidationException} if the resource has no
	 * filename, is too large or cannot be read, or any other
	 * {@link io.github.imspring.error.ImException}
	 */
	Mono<UploadedFile> upload(Resource file, UploadOptions options);

	/**
	 * Uploads a stream as {@link #upload(String, Flux, UploadOptions)} does, with the
	 * {@linkplain UploadOptions#defaults() defaults}.
	 * @param filename the name of the file, not blank
	 * @param content the content, at most 10 MB (10,485,760 bytes)
	 * @return what messages need to refer to the file
	 */
	default Mono<UploadedFile> upload(String filename, Flux<DataBuffer> content) {
		return upload(filename, content, UploadOptions.defaults());
	}

	/**
	 * Uploads a stream. It is subscribed once, when the request is being written, so the
	 * upload is not repeated when an attempt fails after that; until then, it is.
	 * @param filename the name of the file, not blank
	 * @param content the content, at most 10 MB (10,485,760 bytes); its buffers are
	 * released
	 * @param options how it is uploaded
	 * @return what messages need to refer to the file, or an error:
	 * {@link io.github.imspring.error.ImValidationException} if the name is blank, or if
	 * the content proves too large or fails (then the upload was broken off and its quota
	 * spent), or any other {@link io.github.imspring.error.ImException}
	 */
	Mono<UploadedFile> upload(String filename, Flux<DataBuffer> content, UploadOptions options);

	/**
	 * Downloads a file that was uploaded or that a message refers to. It is asked of this
	 * client's own app, whatever host its address names: the token goes nowhere else.
	 * <p>
	 * The buffers are on the heap, so nothing has to be released.
	 * {@link org.springframework.core.io.buffer.DataBufferUtils#write(org.reactivestreams.Publisher, Path, java.nio.file.OpenOption...)
	 * DataBufferUtils.write} saves them in a file.
	 * @param file the file
	 * @return the content, or an error:
	 * {@link io.github.imspring.error.ImNotFoundException} if there is no such file or it
	 * has expired, or any other {@link io.github.imspring.error.ImException}
	 */
	default Flux<DataBuffer> download(FileReference file) {
		return Flux.defer(() -> {
			Bounds.of(Operations.DOWNLOAD_FILE).given("file", file);
			return download(file.url(), file.secret());
		});
	}

	/**
	 * Downloads a file as {@link #download(FileReference)} does.
	 * @param file the UUID or the address of the file
	 * @param secret the {@code share-secret} of the upload, or {@code null} if access is
	 * not restricted
	 * @return the content
	 */
	Flux<DataBuffer> download(String file, @Nullable String secret);

	/**
	 * Downloads the thumbnail of an image, as {@link #download(FileReference)} downloads
	 * the image itself.
	 * @param image the image
	 * @return the content of the thumbnail
	 */
	default Flux<DataBuffer> thumbnail(FileReference image) {
		return Flux.defer(() -> {
			Bounds.of(Operations.DOWNLOAD_FILE).given("image", image);
			return thumbnail(image.url(), image.secret());
		});
	}

	/**
	 * Downloads the thumbnail of an image, as {@link #download(FileReference)} downloads
	 * the image itself.
	 * @param image the UUID or the address of the image
	 * @param secret the {@code share-secret} of the upload, or {@code null} if access is
	 * not restricted
	 * @return the content of the thumbnail
	 */
	Flux<DataBuffer> thumbnail(String image, @Nullable String secret);

	/**
	 * Operations over a client of the service.
	 * @param rest the client
	 * @return the operations
	 */
	static FileOperations create(ImRestOperations rest) {
		return new DefaultFileOperations(rest);
	}

}
