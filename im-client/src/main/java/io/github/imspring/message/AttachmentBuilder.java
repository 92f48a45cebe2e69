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

package io.github.imspring.message;

import java.time.Duration;

import io.github.imspring.error.ImValidationException;
import io.github.imspring.resource.FileReference;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Builds what a message about an uploaded file says.
 *
 * @param <B> the type of the builder
 * @since 0.1.0
 */
public abstract sealed class AttachmentBuilder<B extends AttachmentBuilder<B>> extends ContentBuilder<B> {

	private final String url;

	private @Nullable String secret;

	private @Nullable String filename;

	private AttachmentBuilder(String url) {
		this.url = url;
	}

	private AttachmentBuilder(FileReference file) {
		this.url = file.url();
		this.secret = file.secret();
		this.filename = file.filename();
	}

	final String url() {
		return this.url;
	}

	final @Nullable String secret() {
		return this.secret;
	}

	final @Nullable String filename() {
		return this.filename;
	}

	/**
	 * Gives the key to a file that was uploaded with restricted access.
	 * @param secret the {@code share-secret} of the upload
	 * @return this builder
	 */
	public B secret(String secret) {
		this.secret = secret;
		return self();
	}

	/**
	 * Gives the name of the file. Without it clients cannot show one.
	 * @param filename the name
	 * @return this builder
	 */
	public B filename(String filename) {
		this.filename = filename;
		return self();
	}

	static int seconds(Duration length) {
		Assert.notNull(length, "'length' must not be null");
		if (length.isNegative()) {
			throw MessageBounds.violated("body.length", "must not be negative but is " + length);
		}
		try {
			return Math.toIntExact(length.plusNanos(Duration.ofSeconds(1).toNanos() - 1).toSeconds());
		}
		catch (ArithmeticException ex) {
			throw MessageBounds.violated("body.length", "must be at most %d seconds".formatted(Integer.MAX_VALUE));
		}
	}

	/**
	 * Builds an image message.
	 *
	 * @since 0.1.0
	 */
	public static final class Image extends AttachmentBuilder<Image> {

		private MessageBody.@Nullable Size size;

		Image(FileReference image) {
			super(image);
		}

		Image(String url) {
			super(url);
		}

		/**
		 * Gives the size of the image.
		 * @param width the width in pixels, not negative
		 * @param height the height in pixels, not negative
		 * @return this builder
		 * @throws ImValidationException if one of them is negative
		 */
		public Image size(int width, int height) {
			this.size = new MessageBody.Size(width, height);
			return this;
		}

		@Override
		Image self() {
			return this;
		}

		@Override
		MessageBody body() {
			return new MessageBody.Image(url(), secret(), filename(), this.size);
		}

	}

	/**
	 * Builds a voice message.
	 *
	 * @since 0.1.0
	 */
	public static final class Voice extends AttachmentBuilder<Voice> {

		private @Nullable Integer length;

		Voice(FileReference recording) {
			super(recording);
		}

		Voice(String url) {
			super(url);
		}

		/**
		 * Gives the length of the recording.
		 * @param length the length, not negative; sent in seconds, a begun one counts
		 * whole
		 * @return this builder
		 * @throws ImValidationException if there are more seconds than an {@code int}
		 * holds
		 */
		public Voice length(Duration length) {
			return length(seconds(length));
		}

		/**
		 * Gives the length of the recording.
		 * @param seconds the length in seconds, not negative
		 * @return this builder
		 */
		public Voice length(int seconds) {
			this.length = seconds;
			return this;
		}

		@Override
		Voice self() {
			return this;
		}

		@Override
		MessageBody body() {
			return new MessageBody.Voice(url(), secret(), filename(), this.length);
		}

	}

	/**
	 * Builds a video message.
	 *
	 * @since 0.1.0
	 */
	public static final class Video extends AttachmentBuilder<Video> {

		private @Nullable String thumb;

		private @Nullable String thumbSecret;

		private @Nullable Integer length;

		private @Nullable Long fileLength;

		Video(FileReference video) {
			super(video);
		}

		Video(String url) {
			super(url);
		}

		/**
		 * Gives the thumbnail, which is uploaded as a file of its own: the service makes
		 * none of a video.
		 * @param thumbnail the uploaded thumbnail
		 * @return this builder
		 */
		public Video thumbnail(FileReference thumbnail) {
			Assert.notNull(thumbnail, "'thumbnail' must not be null");
			return thumbnail(thumbnail.url(), thumbnail.secret());
		}

		/**
		 * Gives the thumbnail, which is uploaded as a file of its own: the service makes
		 * none of a video.
		 * @param url the address of the uploaded thumbnail
		 * @param secret the {@code share-secret} of the upload, or {@code null} if it
		 * gave none
		 * @return this builder
		 */
		public Video thumbnail(String url, @Nullable String secret) {
			this.thumb = url;
			this.thumbSecret = secret;
			return this;
		}

		/**
		 * Gives the length of the video.
		 * @param length the length, not negative; sent in seconds, a begun one counts
		 * whole
		 * @return this builder
		 * @throws ImValidationException if there are more seconds than an {@code int}
		 * holds
		 */
		public Video length(Duration length) {
			return length(seconds(length));
		}

		/**
		 * Gives the length of the video.
		 * @param seconds the length in seconds, not negative
		 * @return this builder
		 */
		public Video length(int seconds) {
			this.length = seconds;
			return this;
		}

		/**
		 * Gives the size of the video.
		 * @param bytes the size in bytes, not negative
		 * @return this builder
		 */
		public Video fileLength(long bytes) {
			this.fileLength = bytes;
			return this;
		}

		@Override
		Video self() {
			return this;
		}

		@Override
		MessageBody body() {
			return new MessageBody.Video(url(), secret(), filename(), this.thumb, this.thumbSecret, this.length,
					this.fileLength);
		}

	}

	/**
	 * Builds a file message.
	 *
	 * @since 0.1.0
	 */
	public static final class File extends AttachmentBuilder<File> {

		File(FileReference file) {
			super(file);
		}

		File(String url) {
			super(url);
		}

		@Override
		File self() {
			return this;
		}

		@Override
		MessageBody body() {
			return new MessageBody.File(url(), secret(), filename());
		}

	}

}
