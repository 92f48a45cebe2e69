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

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Stands for the thumbnail of an image: a gray PNG of the size that was asked for.
 */
final class Thumbnail {

	private static final byte[] SIGNATURE = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };

	private static final byte GRAY = (byte) 0xC0;

	private Thumbnail() {
	}

	static byte[] png(int width, int height) {
		ByteArrayOutputStream png = new ByteArrayOutputStream();
		png.writeBytes(SIGNATURE);
		// One byte a pixel, and none of the options.
		chunk(png, "IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8).put((byte) 0).array());
		byte[] rows = new byte[(width + 1) * height];
		for (int i = 0; i < rows.length; i++) {
			rows[i] = (i % (width + 1) == 0) ? 0 : GRAY;
		}
		chunk(png, "IDAT", deflate(rows));
		chunk(png, "IEND", new byte[0]);
		return png.toByteArray();
	}

	private static byte[] deflate(byte[] bytes) {
		Deflater deflater = new Deflater(Deflater.BEST_SPEED);
		try {
			deflater.setInput(bytes);
			deflater.finish();
			ByteArrayOutputStream deflated = new ByteArrayOutputStream();
			byte[] buffer = new byte[8192];
			while (!deflater.finished()) {
				deflated.write(buffer, 0, deflater.deflate(buffer));
			}
			return deflated.toByteArray();
		}
		finally {
			deflater.end();
		}
	}

	private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
		byte[] typed = ByteBuffer.allocate(4 + data.length)
			.put(type.getBytes(StandardCharsets.US_ASCII))
			.put(data)
			.array();
		CRC32 crc = new CRC32();
		crc.update(typed);
		png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
		png.writeBytes(typed);
		png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
	}

}
