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

import io.github.imspring.file.FileOperations;
import io.github.imspring.file.UploadOptions;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;

/**
 * Uploads files for messages. A file is streamed to the service; WebFlux keeps what does
 * not fit into a small buffer on disk meanwhile.
 */
@RestController
class FileController {

	private final FileOperations files;

	FileController(FileOperations files) {
		this.files = files;
	}

	@PostMapping("/api/files")
	Mono<MessageFile> upload(@RequestPart FilePart file, @RequestParam(defaultValue = "false") boolean restrictAccess,
			@RequestParam(required = false) @Nullable Integer thumbnailWidth,
			@RequestParam(required = false) @Nullable Integer thumbnailHeight) {
		UploadOptions options = new UploadOptions(restrictAccess, thumbnailWidth, thumbnailHeight,
				file.headers().getContentType());
		return this.files.upload(file.filename(), file.content(), options).map(MessageFile::of);
	}

	@ExceptionHandler
	ProblemDetail tooLarge(DataBufferLimitException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.CONTENT_TOO_LARGE, ex.getMessage());
	}

	@ExceptionHandler
	ProblemDetail unreadable(DecodingException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, ex.getMessage());
	}

}
