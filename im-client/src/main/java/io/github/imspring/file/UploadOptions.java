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

import io.github.imspring.error.ImValidationException;
import io.github.imspring.operation.Operations;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.util.Assert;

/**
 * How a file is uploaded ("Upload a file").
 *
 * @param restrictAccess whether a download needs the {@code share-secret} of the upload
 * @param thumbnailWidth the width of the thumbnail of an image in pixels, at least 1;
 * {@code null} for the service's 170
 * @param thumbnailHeight the height of the thumbnail of an image in pixels, at least 1;
 * {@code null} for the service's 170
 * @param mediaType the media type of the file; {@code null} to go by its name
 * @since 0.1.0
 */
public record UploadOptions(boolean restrictAccess, @Nullable Integer thumbnailWidth, @Nullable Integer thumbnailHeight,
		@Nullable MediaType mediaType) {

	private static final UploadOptions DEFAULTS = new UploadOptions(false, null, null, null);

	/**
	 * Checks the size of the thumbnail and the media type.
	 * @param restrictAccess whether a download needs the secret
	 * @param thumbnailWidth the width of the thumbnail in pixels
	 * @param thumbnailHeight the height of the thumbnail in pixels
	 * @param mediaType the media type of the file
	 * @throws ImValidationException if the width or the height is below 1, or the media
	 * type has a wildcard or a character that cannot go into a header
	 */
	public UploadOptions {
		checkPixels("thumbnail-width", thumbnailWidth);
		checkPixels("thumbnail-height", thumbnailHeight);
		if (mediaType != null) {
			check(mediaType);
		}
	}

	/**
	 * The type is written into the head of the file's part.
	 */
	private static void check(MediaType mediaType) {
		if (!mediaType.isConcrete()) {
			throw new ImValidationException(Operations.UPLOAD_FILE.name(), "Content-Type",
					"must be one media type but has a wildcard");
		}
		if (mediaType.toString().chars().anyMatch((character) -> character < ' ' || character > '~')) {
			throw new ImValidationException(Operations.UPLOAD_FILE.name(), "Content-Type",
					"must be printable ASCII, without line breaks");
		}
	}

	private static void checkPixels(String header, @Nullable Integer pixels) {
		if (pixels != null && pixels < 1) {
			throw new ImValidationException(Operations.UPLOAD_FILE.name(), header,
					"must be at least 1 pixel but is " + pixels);
		}
	}

	/**
	 * No restriction, the service's size of thumbnails, the media type by the name.
	 * @return the options
	 */
	public static UploadOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * These options, with access restricted: a download needs the {@code share-secret} of
	 * the upload, which messages carry to their recipients.
	 * @return the other options
	 */
	public UploadOptions withRestrictedAccess() {
		return new UploadOptions(true, this.thumbnailWidth, this.thumbnailHeight, this.mediaType);
	}

	/**
	 * These options, with another size of the thumbnail. The service makes thumbnails of
	 * images over 10 KB only.
	 * @param width the width in pixels, at least 1
	 * @param height the height in pixels, at least 1
	 * @return the other options
	 * @throws ImValidationException if the width or the height is below 1
	 */
	public UploadOptions withThumbnail(int width, int height) {
		return new UploadOptions(this.restrictAccess, width, height, this.mediaType);
	}

	/**
	 * These options, with a media type.
	 * @param mediaType the media type of the file
	 * @return the other options
	 * @throws ImValidationException if the media type has a wildcard or a character that
	 * cannot go into a header
	 */
	public UploadOptions withMediaType(MediaType mediaType) {
		Assert.notNull(mediaType, "'mediaType' must not be null");
		return new UploadOptions(this.restrictAccess, this.thumbnailWidth, this.thumbnailHeight, mediaType);
	}

}
