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

package io.github.imspring.emulator.service;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * Where a listing goes on: after what was listed last, so that what comes and goes
 * meanwhile does not move it.
 *
 * @since 0.1.0
 */
public final class Cursor {

	private Cursor() {
	}

	public static String after(long order) {
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(Long.toString(order).getBytes(StandardCharsets.US_ASCII));
	}

	/**
	 * After what the call wants to go on.
	 * @return the order of what was listed last, or nothing to begin
	 * @throws ServiceError if the cursor is none of ours
	 */
	public static @Nullable Long of(Call call) {
		String cursor = call.request().query("cursor");
		if (cursor == null || cursor.isEmpty()) {
			return null;
		}
		try {
			return Long.valueOf(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII));
		}
		catch (IllegalArgumentException ex) {
			throw ServiceError.invalidParameter("cursor is invalid");
		}
	}

}
