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

import java.util.Map;

import io.github.imspring.file.FileOperations;
import io.github.imspring.file.UploadedFile;
import reactor.core.publisher.Mono;

import org.springframework.http.codec.multipart.FilePart;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;

/**
 * Uploads files for messages: {@code POST /api/files}.
 */
@RestController
class FileController {

	private final FileOperations files;

	FileController(FileOperations files) {
		this.files = files;
	}

	@PostMapping("/api/files")
	Mono<Map<String, Object>> upload(@RequestPart FilePart file) {
		return this.files.upload(file.filename(), file.content()).map(FileController::view);
	}

	private static Map<String, Object> view(UploadedFile file) {
		return Map.of("url", file.url(), "uuid", file.uuid());
	}

}
