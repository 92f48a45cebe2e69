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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.imspring.error.ImValidationException;
import io.github.imspring.resource.FileReference;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Message}. Each type of message has a builder that knows what this type
 * takes, in any order. A value that is out of its documented bounds is refused with an
 * {@link ImValidationException}, at once or by {@link #build()}. Not for use by several
 * threads at a time.
 *
 * @param <B> the type of the builder
 */
public abstract sealed class MessageBuilder<B extends MessageBuilder<B>> {

	private static final String IGNORE_NOTIFICATION = "em_ignore_notification";

	private final List<String> to = new ArrayList<>();

	private @Nullable String from;

	private boolean syncDevice;

	private @Nullable List<String> roamIgnoreUsers;

	private boolean onlineOnly;

	private @Nullable Map<String, @Nullable Object> ext;

	private MessageBuilder() {
	}

	abstract B self();

	abstract MessageBody body();

	/**
	 * Names the sender. Without one, the service takes {@code admin}.
	 * @param user the user ID, not empty
	 * @return this builder
	 * @throws ImValidationException if the user ID is empty
	 */
	public B from(String user) {
		this.from = MessageBounds.notEmpty("from", user);
		return self();
	}

	/**
	 * Adds recipients.
	 * @param users the user IDs, none of them empty
	 * @return this builder
	 * @throws ImValidationException if a user ID is empty
	 */
	public B to(String... users) {
		return to(Arrays.asList(users));
	}

	/**
	 * Adds recipients.
	 * @param users the user IDs, none of them empty
	 * @return this builder
	 * @throws ImValidationException if a user ID is empty
	 */
	public B to(Collection<String> users) {
		MessageBounds.strings("to", users);
		users.forEach((user) -> this.to.add(MessageBounds.notEmpty("to", user)));
		return self();
	}

	/**
	 * Has the message delivered to the sender's online devices, too.
	 * @return this builder
	 */
	public B syncDevice() {
		this.syncDevice = true;
		return self();
	}

	/**
	 * Adds users who do not find the message when they pull roaming messages.
	 * @param users the user IDs, none of them empty
	 * @return this builder
	 * @throws ImValidationException if a user ID is empty
	 */
	public B roamIgnoreUsers(String... users) {
		return roamIgnoreUsers(Arrays.asList(users));
	}

	/**
	 * Adds users who do not find the message when they pull roaming messages.
	 * @param users the user IDs, none of them empty; if there are none at all, an empty
	 * list is sent
	 * @return this builder
	 * @throws ImValidationException if a user ID is empty
	 */
	public B roamIgnoreUsers(Collection<String> users) {
		List<String> ignored = (this.roamIgnoreUsers != null) ? this.roamIgnoreUsers : new ArrayList<>();
		MessageBounds.strings("roam_ignore_users", users);
		users.forEach((user) -> ignored.add(MessageBounds.notEmpty("roam_ignore_users", user)));
		this.roamIgnoreUsers = ignored;
		return self();
	}

	/**
	 * Has the message delivered only to recipients who are online; it is lost on the
	 * others.
	 * @return this builder
	 */
	public B onlineOnly() {
		this.onlineOnly = true;
		return self();
	}

	/**
	 * Adds a field to the extension of the message, in place of one of the same name. The
	 * value is copied all the way down.
	 * @param name the name of the field
	 * @param value any JSON value: a {@link String}, a {@link Boolean}, a finite number
	 * of the JDK's, {@code null}, a {@link Map} with strings as keys, an
	 * {@link Collection}, an array, a {@link tools.jackson.databind.JsonNode}
	 * @return this builder
	 * @throws ImValidationException if the value is or contains anything else, or
	 * contains itself
	 */
	public B ext(String name, @Nullable Object value) {
		Map<String, @Nullable Object> fields = (this.ext != null) ? this.ext : new LinkedHashMap<>();
		Object copy = JsonCopy.of("ext." + name, value);
		if (name.equals(IGNORE_NOTIFICATION) && !(copy instanceof Boolean)) {
			throw MessageBounds.violated("ext." + name, "must be true or false");
		}
		fields.put(name, copy);
		this.ext = fields;
		return self();
	}

	/**
	 * Adds fields to the extension of the message, as {@link #ext(String, Object)} does.
	 * @param fields the names and values; if there are none at all, an empty extension is
	 * sent
	 * @return this builder
	 * @throws ImValidationException if the map is {@code null}, or a value is no JSON
	 * value
	 */
	public B ext(Map<String, ? extends @Nullable Object> fields) {
		if (fields == null) {
			throw MessageBounds.violated("ext", "must not be null");
		}
		if (this.ext == null) {
			this.ext = new LinkedHashMap<>();
		}
		fields.forEach(this::ext);
		return self();
	}

	/**
	 * Has no push notification sent to recipients who are offline; they get the message
	 * when they come back. Sets the field {@code em_ignore_notification} of the
	 * extension.
	 * @return this builder
	 */
	public B silent() {
		return ext(IGNORE_NOTIFICATION, true);
	}

	/**
	 * Builds the message. The builder can be used further.
	 * @return the message
	 * @throws ImValidationException if the body is out of its documented bounds
	 */
	public Message build() {
		return new Message(this.from, this.to, body(), this.syncDevice, this.roamIgnoreUsers, this.onlineOnly,
				this.ext);
	}

	/**
	 * Builds a message whose body is complete.
	 */
	public static final class Plain extends MessageBuilder<Plain> {

		private final MessageBody body;

		Plain(MessageBody body) {
			this.body = body;
		}

		Plain(Message message) {
			this(message.body());
			if (message.from() != null) {
				from(message.from());
			}
			to(message.to());
			if (message.syncDevice()) {
				syncDevice();
			}
			if (message.roamIgnoreUsers() != null) {
				roamIgnoreUsers(message.roamIgnoreUsers());
			}
			if (message.onlineOnly()) {
				onlineOnly();
			}
			if (message.ext() != null) {
				ext(message.ext());
			}
		}

		@Override
		Plain self() {
			return this;
		}

		@Override
		MessageBody body() {
			return this.body;
		}

	}

	/**
	 * Builds a message about an uploaded file.
	 *
	 * @param <B> the type of the builder
	 */
	public abstract static sealed class Attached<B extends Attached<B>> extends MessageBuilder<B> {

		private final String url;

		private @Nullable String secret;

		private @Nullable String filename;

		private Attached(String url) {
			this.url = url;
		}

		private Attached(FileReference file) {
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

	}

	/**
	 * Builds an image message.
	 */
	public static final class Image extends Attached<Image> {

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
	 */
	public static final class Voice extends Attached<Voice> {

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
	 */
	public static final class Video extends Attached<Video> {

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
	 */
	public static final class File extends Attached<File> {

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

	/**
	 * Builds a custom message.
	 */
	public static final class Custom extends MessageBuilder<Custom> {

		private final @Nullable String event;

		private final Map<String, String> extensions = new LinkedHashMap<>();

		Custom(@Nullable String event) {
			this.event = event;
		}

		/**
		 * Adds a property of the event, in place of one of the same name.
		 * @param name the name
		 * @param value the value
		 * @return this builder
		 */
		public Custom extension(String name, String value) {
			this.extensions.put(name, value);
			return this;
		}

		/**
		 * Adds properties of the event, in place of those of the same names.
		 * @param extensions the names and values; at most 16 in the end
		 * @return this builder
		 */
		public Custom extensions(Map<String, String> extensions) {
			MessageBounds.strings("body.customExts", extensions.keySet());
			MessageBounds.strings("body.customExts", extensions.values());
			this.extensions.putAll(extensions);
			return this;
		}

		@Override
		Custom self() {
			return this;
		}

		@Override
		MessageBody body() {
			return new MessageBody.Custom(this.event, this.extensions);
		}

	}

}
