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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import io.github.imspring.error.ImException;
import io.github.imspring.error.ImValidationException;
import io.github.imspring.exchange.ImRequest;
import io.github.imspring.operation.Operations;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.util.UriUtils;

/**
 * A file on its way to the service.
 *
 * @param filename its name
 * @param content what it contains
 * @param once whether the content can be read only once
 */
record Upload(String filename, Flux<DataBuffer> content, boolean once) {

	private static final long MAX_BYTES = 10 * 1024 * 1024;

	private static final int BUFFER_BYTES = 16 * 1024;

	private static final Pattern UNSAFE_IN_HEADER = Pattern.compile("[\\p{Cntrl}\"]");

	Upload {
		if (filename.isBlank()) {
			throw refused("must have a name that is not blank", null);
		}
	}

	/**
	 * Looks at the resource, which may block.
	 */
	static Upload of(Resource resource) throws IOException {
		String filename = resource.getFilename();
		if (filename == null) {
			throw refused("must have a name; for a resource without one, pass a name and the content", null);
		}
		if (!resource.isOpen()) {
			checkSize(resource);
		}
		Flux<DataBuffer> content = DataBufferUtils
			.readByteChannel(resource::readableChannel, DefaultDataBufferFactory.sharedInstance, BUFFER_BYTES)
			.subscribeOn(Schedulers.boundedElastic());
		return new Upload(filename, content, resource.isOpen());
	}

	private static void checkSize(Resource resource) throws IOException {
		if (!resource.isReadable()) {
			throw refused("must be a file that can be read", null);
		}
		long size = resource.contentLength();
		if (size > MAX_BYTES) {
			throw refused("must have at most %d bytes but has %d".formatted(MAX_BYTES, size), null);
		}
	}

	ImRequest request(UploadOptions options) {
		AtomicBoolean begun = new AtomicBoolean();
		Flux<DataBuffer> body = Flux.defer(() -> {
			begun.set(true);
			return bounded();
		});
		MultipartBodyBuilder parts = new MultipartBodyBuilder();
		parts.asyncPart("file", body, DataBuffer.class).filename(encodedFilename()).contentType(mediaType(options));
		return ImRequest.post(Operations.UPLOAD_FILE)
			.path("chatfiles")
			.errorHints(FileErrors.UPLOAD)
			.header("restrict-access", options.restrictAccess() ? true : null)
			.header("thumbnail-width", options.thumbnailWidth())
			.header("thumbnail-height", options.thumbnailHeight())
			.body(BodyInserters.fromMultipartData(parts.build()))
			.repeatableIf(() -> !(this.once && begun.get()))
			.build();
	}

	private MediaType mediaType(UploadOptions options) {
		MediaType given = options.mediaType();
		return (given != null) ? given
				: MediaTypeFactory.getMediaType(this.filename).orElse(MediaType.APPLICATION_OCTET_STREAM);
	}

	/**
	 * What could end the header of the part or its parameter is percent-encoded, as
	 * browsers do.
	 */
	private String encodedFilename() {
		return UNSAFE_IN_HEADER.matcher(this.filename)
			.replaceAll((match) -> UriUtils.encode(match.group(), StandardCharsets.UTF_8));
	}

	private Flux<DataBuffer> bounded() {
		AtomicLong size = new AtomicLong();
		return this.content.<DataBuffer>handle((buffer, sink) -> pass(buffer, size, sink))
			.onErrorMap((ex) -> !(ex instanceof ImException), Upload::unreadable);
	}

	private static void pass(DataBuffer buffer, AtomicLong size, SynchronousSink<DataBuffer> sink) {
		if (size.addAndGet(buffer.readableByteCount()) <= MAX_BYTES) {
			sink.next(buffer);
		}
		else {
			DataBufferUtils.release(buffer);
			sink.error(refused("must have at most %d bytes but has more".formatted(MAX_BYTES), null));
		}
	}

	static ImValidationException unreadable(Throwable cause) {
		return refused("must be readable to its end but failed with " + cause, cause);
	}

	private static ImValidationException refused(String requirement, @Nullable Throwable cause) {
		return new ImValidationException(Operations.UPLOAD_FILE.name(), "file", requirement, cause);
	}

}
