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

package io.github.imspring.sample.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;

/**
 * A body, as far as it is kept: the beginning of it, if it is text, without what nobody
 * may see.
 */
final class WireBody {

	private static final int CAPACITY = 16 * 1024;

	/**
	 * The closing quote may be cut off.
	 */
	private static final Pattern SECRET = Pattern
		.compile("(\"(?:access_token|client_secret|password|newpassword)\"\\s*:\\s*)\"(?:\\\\.|[^\"\\\\])*\"?");

	private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

	private long size;

	synchronized void add(DataBuffer piece) {
		this.size += piece.readableByteCount();
		byte[] bytes = new byte[Math.min(piece.readableByteCount(), CAPACITY - this.kept.size())];
		piece.toByteBuffer(piece.readPosition(), ByteBuffer.wrap(bytes), 0, bytes.length);
		this.kept.writeBytes(bytes);
	}

	/**
	 * What was kept.
	 * @param type the media type
	 * @return the text, or what there is instead of one; {@code null} if the body is
	 * empty
	 */
	synchronized @Nullable String text(@Nullable MediaType type) {
		if (this.size == 0) {
			return null;
		}
		if (!isText(type)) {
			return "(%d bytes of %s)".formatted(this.size,
					(type != null) ? type.getType() + "/" + type.getSubtype() : "?");
		}
		String text = SECRET.matcher(this.kept.toString(StandardCharsets.UTF_8)).replaceAll("$1\"***\"");
		return (this.size > CAPACITY) ? text + " … (%d bytes in all)".formatted(this.size) : text;
	}

	private static boolean isText(@Nullable MediaType type) {
		return type != null && ("text".equals(type.getType()) || MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type));
	}

}
