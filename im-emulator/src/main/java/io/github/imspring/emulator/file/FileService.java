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

import io.github.imspring.emulator.http.Router;
import io.github.imspring.emulator.service.Route;
import io.github.imspring.emulator.service.Subject;

/**
 * The files of an app.
 *
 * @since 0.1.0
 */
public final class FileService implements Subject {

	/** The one operation whose body may be large. */
	public static final String UPLOAD = "upload-file";

	public static final int MAX_FILE_BYTES = 10 * 1024 * 1024;

	private final FileStore files;

	public FileService(long maxBytes) {
		this.files = new FileStore(maxBytes);
	}

	@Override
	public void register(Router<Route> router) {
		new FileEndpoints(this.files).register(router);
	}

	@Override
	public void clear() {
		this.files.clear();
	}

}
