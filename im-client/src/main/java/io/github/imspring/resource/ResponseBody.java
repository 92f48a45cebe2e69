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

package io.github.imspring.resource;

import java.io.ByteArrayOutputStream;

import io.netty.buffer.UnpooledHeapByteBuf;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.util.ClassUtils;

/**
 * Reads the bodies of answers. Each buffer of the HTTP client is released where it comes
 * in, so that nothing that happens to a call later can lose one, or release one twice.
 *
 * @since 0.1.0
 */
public final class ResponseBody {

	private static final boolean NETTY = ClassUtils.isPresent("io.netty.buffer.UnpooledHeapByteBuf",
			ResponseBody.class.getClassLoader());

	private ResponseBody() {
	}

	/**
	 * The beginning of a body; the rest is not read.
	 * @param pieces the body, whose buffers are released
	 * @param size the most bytes that are read, not negative
	 * @return the bytes, none if the body is empty
	 */
	public static Mono<byte[]> head(Flux<DataBuffer> pieces, int size) {
		return Mono.defer(() -> {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			return pieces.map(ResponseBody::take)
				.doOnNext((piece) -> bytes.write(piece, 0, Math.min(piece.length, size - bytes.size())))
				.takeUntil((piece) -> bytes.size() >= size)
				.then(Mono.fromSupplier(bytes::toByteArray));
		});
	}

	/**
	 * Takes the bytes of a buffer: a copy, or the array that it consists of.
	 * @param piece the buffer, which is released
	 * @return its bytes
	 */
	public static byte[] take(DataBuffer piece) {
		try {
			byte[] whole = NETTY ? HeapBuffers.array(piece) : null;
			if (whole != null) {
				return whole;
			}
			byte[] bytes = new byte[piece.readableByteCount()];
			piece.read(bytes);
			return bytes;
		}
		finally {
			DataBufferUtils.release(piece);
		}
	}

	/**
	 * Apart, so that Netty need not be there.
	 */
	private static final class HeapBuffers {

		/**
		 * The array that a buffer consists of. Memory that is pooled is used again, and
		 * of a part the rest may be.
		 */
		static byte @Nullable [] array(DataBuffer piece) {
			if (piece instanceof NettyDataBuffer netty && netty.getNativeBuffer() instanceof UnpooledHeapByteBuf heap
					&& heap.readableBytes() == heap.array().length) {
				return heap.array();
			}
			return null;
		}

	}

}
