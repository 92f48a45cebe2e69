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

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.imspring.error.ImValidationException;
import org.jspecify.annotations.Nullable;

/**
 * What a message carries, one kind of body for each type of message ("Send one-to-one
 * messages"). A body that exists is within the documented bounds; whether it fits into
 * the 5 KB that it shares with the extension is checked when it is sent. An absent field
 * is left out of the request.
 *
 * @since 0.1.0
 */
public sealed interface MessageBody {

	/**
	 * The type of the message, as the service calls it.
	 * @return {@code txt}, {@code img}, {@code audio}, {@code video}, {@code file},
	 * {@code loc}, {@code cmd} or {@code custom}
	 */
	String type();

	/**
	 * The body of a text message.
	 *
	 * @param msg the text, not empty
	 */
	record Text(String msg) implements MessageBody {

		/**
		 * Checks the text.
		 * @param msg the text
		 * @throws ImValidationException if the text is empty
		 */
		public Text {
			MessageBounds.notEmpty("body.msg", msg);
		}

		@Override
		public String type() {
			return "txt";
		}

	}

	/**
	 * The body of an image message.
	 *
	 * @param url the address of the uploaded image, not empty
	 * @param secret the {@code share-secret} of the upload; needed if the image was
	 * uploaded with restricted access
	 * @param filename the name of the image; without it clients cannot show one
	 * @param size the size of the image
	 */
	record Image(String url, @Nullable String secret, @Nullable String filename,
			@Nullable Size size) implements MessageBody {

		/**
		 * Checks the address.
		 * @param url the address of the uploaded image
		 * @param secret the {@code share-secret} of the upload
		 * @param filename the name of the image
		 * @param size the size of the image
		 * @throws ImValidationException if the address is empty
		 */
		public Image {
			MessageBounds.notEmpty("body.url", url);
		}

		@Override
		public String type() {
			return "img";
		}

		@Override
		public String toString() {
			return "Image[url=%s, filename=%s, size=%s]".formatted(withoutQuery(this.url), this.filename, this.size);
		}

	}

	/**
	 * The size of an image.
	 *
	 * @param width the width in pixels, not negative
	 * @param height the height in pixels, not negative
	 */
	record Size(int width, int height) {

		/**
		 * Checks the size.
		 * @param width the width in pixels
		 * @param height the height in pixels
		 * @throws ImValidationException if one of them is negative
		 */
		public Size {
			MessageBounds.notNegative("body.size.width", width);
			MessageBounds.notNegative("body.size.height", height);
		}

	}

	/**
	 * The body of a voice message.
	 *
	 * @param url the address of the uploaded recording, not empty
	 * @param secret the {@code share-secret} of the upload; needed if the recording was
	 * uploaded with restricted access
	 * @param filename the name of the recording; without it clients cannot show one
	 * @param length the length in seconds, not negative
	 */
	record Voice(String url, @Nullable String secret, @Nullable String filename,
			@Nullable Integer length) implements MessageBody {

		/**
		 * Checks the address and the length.
		 * @param url the address of the uploaded recording
		 * @param secret the {@code share-secret} of the upload
		 * @param filename the name of the recording
		 * @param length the length in seconds
		 * @throws ImValidationException if the address is empty or the length negative
		 */
		public Voice {
			MessageBounds.notEmpty("body.url", url);
			MessageBounds.notNegative("body.length", length);
		}

		@Override
		public String type() {
			return "audio";
		}

		@Override
		public String toString() {
			return "Voice[url=%s, filename=%s, length=%s]".formatted(withoutQuery(this.url), this.filename,
					this.length);
		}

	}

	/**
	 * The body of a video message.
	 *
	 * @param url the address of the uploaded video, not empty
	 * @param secret the {@code share-secret} of the upload; needed if the video was
	 * uploaded with restricted access
	 * @param filename the name of the video; without it clients cannot show one
	 * @param thumb the address of the thumbnail, which is a file of its own
	 * @param thumbSecret the {@code share-secret} of the thumbnail's upload; needed if
	 * the thumbnail was uploaded with restricted access
	 * @param length the length in seconds, not negative
	 * @param fileLength the size of the video in bytes, not negative
	 */
	record Video(String url, @Nullable String secret, @Nullable String filename, @Nullable String thumb,
			@JsonProperty("thumb_secret") @Nullable String thumbSecret, @Nullable Integer length,
			@JsonProperty("file_length") @Nullable Long fileLength) implements MessageBody {

		/**
		 * Checks the address, the length and the size.
		 * @param url the address of the uploaded video
		 * @param secret the {@code share-secret} of the upload
		 * @param filename the name of the video
		 * @param thumb the address of the thumbnail
		 * @param thumbSecret the {@code share-secret} of the thumbnail's upload
		 * @param length the length in seconds
		 * @param fileLength the size of the video in bytes
		 * @throws ImValidationException if the address is empty, or the length or the
		 * size is negative
		 */
		public Video {
			MessageBounds.notEmpty("body.url", url);
			MessageBounds.notNegative("body.length", length);
			MessageBounds.notNegative("body.file_length", fileLength);
		}

		@Override
		public String type() {
			return "video";
		}

		@Override
		public String toString() {
			return "Video[url=%s, filename=%s, thumb=%s, length=%s, fileLength=%s]".formatted(withoutQuery(this.url),
					this.filename, withoutQuery(this.thumb), this.length, this.fileLength);
		}

	}

	/**
	 * The body of a file message.
	 *
	 * @param url the address of the uploaded file, not empty
	 * @param secret the {@code share-secret} of the upload; needed if the file was
	 * uploaded with restricted access
	 * @param filename the name of the file; without it clients cannot show one
	 */
	record File(String url, @Nullable String secret, @Nullable String filename) implements MessageBody {

		/**
		 * Checks the address.
		 * @param url the address of the uploaded file
		 * @param secret the {@code share-secret} of the upload
		 * @param filename the name of the file
		 * @throws ImValidationException if the address is empty
		 */
		public File {
			MessageBounds.notEmpty("body.url", url);
		}

		@Override
		public String type() {
			return "file";
		}

		@Override
		public String toString() {
			return "File[url=%s, filename=%s]".formatted(withoutQuery(this.url), this.filename);
		}

	}

	/**
	 * The body of a location message.
	 *
	 * @param lat the latitude in degrees, a decimal number
	 * @param lng the longitude in degrees, a decimal number
	 * @param addr the place in words, not empty
	 */
	record Location(String lat, String lng, String addr) implements MessageBody {

		/**
		 * Checks the fields.
		 * @param lat the latitude in degrees
		 * @param lng the longitude in degrees
		 * @param addr the place in words
		 * @throws ImValidationException if latitude or longitude is no number, or the
		 * place is empty
		 */
		public Location {
			MessageBounds.number("body.lat", lat);
			MessageBounds.number("body.lng", lng);
			MessageBounds.notEmpty("body.addr", addr);
		}

		@Override
		public String type() {
			return "loc";
		}

	}

	/**
	 * The body of a command message, which clients act on rather than show.
	 *
	 * @param action the command, not empty
	 */
	record Command(String action) implements MessageBody {

		/**
		 * Checks the command.
		 * @param action the command
		 * @throws ImValidationException if the command is empty
		 */
		public Command {
			MessageBounds.notEmpty("body.action", action);
		}

		@Override
		public String type() {
			return "cmd";
		}

	}

	/**
	 * The body of a custom message. It has an event, or extensions, or both.
	 *
	 * @param customEvent the kind of event: 1 to 32 letters, digits, and
	 * <code>- _ / .</code>
	 * @param customExts the properties of the event, at most 16; an empty map is the same
	 * as none
	 */
	record Custom(@Nullable String customEvent, @Nullable Map<String, String> customExts) implements MessageBody {

		private static final Pattern EVENT = Pattern.compile("[a-zA-Z0-9_/.-]{1,32}");

		/**
		 * Checks the fields and copies the extensions.
		 * @param customEvent the kind of event
		 * @param customExts the properties of the event
		 * @throws ImValidationException if the event does not match its pattern, there
		 * are more than 16 extensions, one of them is {@code null}, or there is neither
		 * an event nor an extension
		 */
		public Custom {
			if (customEvent != null && !EVENT.matcher(customEvent).matches()) {
				throw MessageBounds.violated("body.customEvent",
						"must be 1 to 32 letters, digits, '-', '_', '/' or '.' but has %d characters or others"
							.formatted(customEvent.length()));
			}
			customExts = (customExts != null && !customExts.isEmpty()) ? copy(customExts) : null;
			if (customEvent == null && customExts == null) {
				throw MessageBounds.violated("body", "must not be empty: a custom message has an event or extensions");
			}
		}

		private static Map<String, String> copy(Map<String, String> extensions) {
			Map<String, String> copy = new LinkedHashMap<>(extensions);
			if (copy.size() > MessageBounds.MAX_CUSTOM_EXTENSIONS) {
				throw MessageBounds.violated("body.customExts", "must have at most %d entries but has %d"
					.formatted(MessageBounds.MAX_CUSTOM_EXTENSIONS, copy.size()));
			}
			if (copy.containsKey(null) || copy.containsValue(null)) {
				throw MessageBounds.violated("body.customExts", "must have strings as keys and values but has null");
			}
			return Collections.unmodifiableMap(copy);
		}

		@Override
		public String type() {
			return "custom";
		}

	}

	private static @Nullable String withoutQuery(@Nullable String url) {
		// The service takes the secret of a file as a query parameter, too.
		return (url != null && url.indexOf('?') >= 0) ? url.substring(0, url.indexOf('?')) : url;
	}

}
