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

package io.github.imspring.emulator.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpData;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import org.jspecify.annotations.Nullable;

/**
 * One part of a {@code multipart/form-data} body.
 *
 * @param contentType the part's media type; {@code application/octet-stream} if it names
 * none that a header can have
 * @param content the part's bytes
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record FormPart(String contentType, byte[] content) {

	private static final String UNKNOWN_TYPE = "application/octet-stream";

	/** The body is in memory already, and bounded: so is all that can be read from it. */
	private static final int NO_BOUND = -1;

	/**
	 * Reads a part by its name.
	 * @param request the request
	 * @param name the part's name
	 * @return the part, or {@code null} if the body is no form, or has no such part
	 */
	public static @Nullable FormPart of(Request request, String name) {
		try {
			DefaultHttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
			head.headers().set(request.headers());
			return HttpPostRequestDecoder.isMultipart(head) ? read(head, request.body(), name) : null;
		}
		catch (DecoderException | IOException | IllegalArgumentException | IndexOutOfBoundsException ex) {
			return null;
		}
	}

	/** Whether a download can have the type for its own. */
	private static boolean isHeaderValue(String contentType) {
		return contentType.chars().noneMatch(Character::isISOControl);
	}

	private static @Nullable FormPart read(HttpRequest head, byte[] body, String name) throws IOException {
		HttpPostMultipartRequestDecoder decoder = new HttpPostMultipartRequestDecoder(new DefaultHttpDataFactory(false),
				head, StandardCharsets.UTF_8, NO_BOUND, NO_BOUND);
		try {
			decoder.offer(new DefaultLastHttpContent(Unpooled.wrappedBuffer(body)));
			InterfaceHttpData part = decoder.getBodyHttpData(name);
			if (!(part instanceof HttpData data)) {
				return null;
			}
			String contentType = (part instanceof FileUpload upload) ? upload.getContentType() : null;
			return new FormPart((contentType != null && isHeaderValue(contentType)) ? contentType : UNKNOWN_TYPE,
					data.get());
		}
		finally {
			// The decoder forgets a part that has no end, and does not release it.
			InterfaceHttpData unfinished = decoder.currentPartialHttpData();
			decoder.destroy();
			if (unfinished != null && unfinished.refCnt() > 0) {
				unfinished.release();
			}
		}
	}

}
