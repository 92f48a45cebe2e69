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

import io.github.imspring.error.ErrorHints;
import io.github.imspring.error.Hint;
import io.github.imspring.error.Setting;

/**
 * What to do about the errors that are documented for files ("Upload files", "Download
 * files").
 */
final class FileErrors {

	static final ErrorHints UPLOAD = ErrorHints.NONE.on(413, "", "Keep the file within 10 MB.");

	static final ErrorHints DOWNLOAD = ErrorHints.NONE.on(401, "auth_bad_access_token",
			Hint.of("Give the secret that the upload of the file returned; if the file is not restricted, the token "
					+ "is corrupt: check the credentials (%s).", Setting.CREDENTIALS))
		.on(404, "file_expired", "The service has dropped the file: upload it again.")
		.on(404, "file may not exists", "Check the file's UUID: there is no such file.");

	private FileErrors() {
	}

}
