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

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The files that were uploaded. When their bytes grow beyond a bound, the oldest files
 * are forgotten before their time, and answer as expired ones.
 */
final class FileStore {

	private static final Duration KEPT = Duration.ofDays(7);

	private static final int MAX_FILES = 10_000;

	private final long maxBytes;

	/** Oldest first. */
	private final Map<String, StoredFile> files = new LinkedHashMap<>();

	private long bytes;

	FileStore(long maxBytes) {
		this.maxBytes = maxBytes;
	}

	synchronized void add(String uuid, StoredFile file) {
		this.files.put(uuid, file);
		this.bytes += file.size();
		Iterator<Map.Entry<String, StoredFile>> oldest = this.files.entrySet().iterator();
		while (this.bytes > this.maxBytes && oldest.hasNext()) {
			Map.Entry<String, StoredFile> entry = oldest.next();
			this.bytes -= entry.getValue().size();
			entry.setValue(entry.getValue().withoutContent());
		}
		if (this.files.size() > MAX_FILES) {
			Iterator<StoredFile> first = this.files.values().iterator();
			this.bytes -= first.next().size();
			first.remove();
		}
	}

	synchronized @Nullable StoredFile find(String uuid) {
		return this.files.get(uuid);
	}

	synchronized void clear() {
		this.files.clear();
		this.bytes = 0;
	}

	/**
	 * A file.
	 *
	 * @param content the bytes, or nothing once they were forgotten
	 * @param contentType the media type that it was uploaded with
	 * @param secret what a reader must show, if access is restricted
	 * @param uploaded when it was uploaded
	 * @param thumbnailWidth the width that its thumbnail was asked for in
	 * @param thumbnailHeight the height that its thumbnail was asked for in
	 */
	@SuppressWarnings("ArrayRecordComponent") // Never compared.
	record StoredFile(byte @Nullable [] content, String contentType, @Nullable String secret, Instant uploaded,
			int thumbnailWidth, int thumbnailHeight) {

		int size() {
			return (this.content != null) ? this.content.length : 0;
		}

		boolean isExpired(Instant now) {
			return this.content == null || !now.isBefore(this.uploaded.plus(KEPT));
		}

		StoredFile withoutContent() {
			return new StoredFile(null, this.contentType, this.secret, this.uploaded, this.thumbnailWidth,
					this.thumbnailHeight);
		}

	}

}
