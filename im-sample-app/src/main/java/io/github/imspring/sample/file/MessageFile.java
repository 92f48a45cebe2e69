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

import io.github.imspring.resource.FileReference;
import org.jspecify.annotations.Nullable;

/**
 * An uploaded file, in the words of the body of a message that carries it.
 *
 * @param url the address of the file
 * @param secret what opens the file if access is restricted
 * @param filename the name of the file
 */
record MessageFile(String url, @Nullable String secret, @Nullable String filename) {

	static MessageFile of(FileReference file) {
		return new MessageFile(file.url(), file.secret(), file.filename());
	}

}
