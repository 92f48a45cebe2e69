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

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.imspring.error.ImValidationException;
import io.github.imspring.resource.FileReference;
import org.jspecify.annotations.Nullable;

/**
 * A one-to-one message of any of the eight types ("Send one-to-one messages"). Immutable.
 *
 * <pre class="code">
 * Message.text("Welcome!").from("system").to("user1").build()
 * Message.image(uploaded).size(480, 720).to("user1", "user2").silent().build()
 * </pre>
 *
 * A message without recipients is a template: it can be built, and sent after
 * {@link #withRecipients(Collection)}.
 */
public final class Message {

	private final @Nullable String from;

	private final List<String> to;

	private final MessageBody body;

	private final boolean syncDevice;

	private final @Nullable List<String> roamIgnoreUsers;

	private final boolean onlineOnly;

	private final @Nullable Map<String, @Nullable Object> ext;

	Message(@Nullable String from, List<String> to, MessageBody body, boolean syncDevice,
			@Nullable List<String> roamIgnoreUsers, boolean onlineOnly, @Nullable Map<String, @Nullable Object> ext) {
		this.from = from;
		this.to = List.copyOf(to);
		this.body = body;
		this.syncDevice = syncDevice;
		this.roamIgnoreUsers = (roamIgnoreUsers != null) ? List.copyOf(roamIgnoreUsers) : null;
		this.onlineOnly = onlineOnly;
		this.ext = (ext != null) ? copy(ext) : null;
	}

	private static Map<String, @Nullable Object> copy(Map<String, @Nullable Object> ext) {
		return Collections.unmodifiableMap(new LinkedHashMap<String, @Nullable Object>(ext));
	}

	/**
	 * Starts a text message.
	 * @param text the text, not empty
	 * @return a builder
	 * @throws ImValidationException if the text is empty
	 */
	public static MessageBuilder.Plain text(String text) {
		return of(new MessageBody.Text(text));
	}

	/**
	 * Starts an image message.
	 * @param image the uploaded image
	 * @return a builder
	 */
	public static MessageBuilder.Image image(FileReference image) {
		return new MessageBuilder.Image(image);
	}

	/**
	 * Starts an image message.
	 * @param url the address of the uploaded image, not empty
	 * @return a builder
	 */
	public static MessageBuilder.Image image(String url) {
		return new MessageBuilder.Image(url);
	}

	/**
	 * Starts a voice message, of type {@code audio}.
	 * @param recording the uploaded recording
	 * @return a builder
	 */
	public static MessageBuilder.Voice voice(FileReference recording) {
		return new MessageBuilder.Voice(recording);
	}

	/**
	 * Starts a voice message, of type {@code audio}.
	 * @param url the address of the uploaded recording, not empty
	 * @return a builder
	 */
	public static MessageBuilder.Voice voice(String url) {
		return new MessageBuilder.Voice(url);
	}

	/**
	 * Starts a video message.
	 * @param video the uploaded video
	 * @return a builder
	 */
	public static MessageBuilder.Video video(FileReference video) {
		return new MessageBuilder.Video(video);
	}

	/**
	 * Starts a video message.
	 * @param url the address of the uploaded video, not empty
	 * @return a builder
	 */
	public static MessageBuilder.Video video(String url) {
		return new MessageBuilder.Video(url);
	}

	/**
	 * Starts a file message.
	 * @param file the uploaded file
	 * @return a builder
	 */
	public static MessageBuilder.File file(FileReference file) {
		return new MessageBuilder.File(file);
	}

	/**
	 * Starts a file message.
	 * @param url the address of the uploaded file, not empty
	 * @return a builder
	 */
	public static MessageBuilder.File file(String url) {
		return new MessageBuilder.File(url);
	}

	/**
	 * Starts a location message.
	 * @param latitude the latitude in degrees
	 * @param longitude the longitude in degrees
	 * @param address the place in words, not empty
	 * @return a builder
	 * @throws ImValidationException if a number is not finite or the address is empty
	 */
	public static MessageBuilder.Plain location(double latitude, double longitude, String address) {
		return location(decimal(latitude), decimal(longitude), address);
	}

	private static String decimal(double degrees) {
		return Double.isFinite(degrees) ? BigDecimal.valueOf(degrees).toPlainString() : Double.toString(degrees);
	}

	/**
	 * Starts a location message.
	 * @param latitude the latitude in degrees, a decimal number; sent as it is
	 * @param longitude the longitude in degrees, a decimal number; sent as it is
	 * @param address the place in words, not empty
	 * @return a builder
	 * @throws ImValidationException if latitude or longitude is no number, or the address
	 * is empty
	 */
	public static MessageBuilder.Plain location(String latitude, String longitude, String address) {
		return of(new MessageBody.Location(latitude, longitude, address));
	}

	/**
	 * Starts a command message, of type {@code cmd}, which clients act on rather than
	 * show.
	 * @param action the command, not empty
	 * @return a builder
	 * @throws ImValidationException if the command is empty
	 */
	public static MessageBuilder.Plain command(String action) {
		return of(new MessageBody.Command(action));
	}

	/**
	 * Starts a custom message.
	 * @param event the kind of event: 1 to 32 letters, digits, and <code>- _ / .</code>
	 * @return a builder
	 */
	public static MessageBuilder.Custom custom(String event) {
		return new MessageBuilder.Custom(event);
	}

	/**
	 * Starts a custom message without an event. It needs an extension.
	 * @return a builder
	 */
	public static MessageBuilder.Custom custom() {
		return new MessageBuilder.Custom(null);
	}

	/**
	 * Starts a message with a body of any kind.
	 * @param body the body
	 * @return a builder
	 */
	public static MessageBuilder.Plain of(MessageBody body) {
		return new MessageBuilder.Plain(body);
	}

	/**
	 * The sender.
	 * @return the user ID, or {@code null} if the service's {@code admin} sends
	 */
	public @Nullable String from() {
		return this.from;
	}

	/**
	 * The recipients.
	 * @return the user IDs, none of them empty
	 */
	public List<String> to() {
		return this.to;
	}

	/**
	 * What the message carries.
	 * @return the body
	 */
	public MessageBody body() {
		return this.body;
	}

	/**
	 * Whether the message is delivered to the sender's online devices, too.
	 * @return whether it is
	 */
	public boolean syncDevice() {
		return this.syncDevice;
	}

	/**
	 * The users who do not find the message when they pull roaming messages.
	 * @return the user IDs, or {@code null} if no list is sent
	 */
	public @Nullable List<String> roamIgnoreUsers() {
		return this.roamIgnoreUsers;
	}

	/**
	 * Whether the message is delivered only to recipients who are online.
	 * @return whether it is
	 */
	public boolean onlineOnly() {
		return this.onlineOnly;
	}

	/**
	 * The extension.
	 * @return the fields, immutable all the way down: strings, numbers, booleans,
	 * {@code null}, lists and maps; {@code null} if no extension is sent
	 */
	public @Nullable Map<String, @Nullable Object> ext() {
		return this.ext;
	}

	/**
	 * This message for other recipients.
	 * @param users the user IDs that take the place of the present ones, none of them
	 * empty
	 * @return the other message
	 * @throws ImValidationException if a user ID is empty
	 */
	public Message withRecipients(String... users) {
		return withRecipients(Arrays.asList(users));
	}

	/**
	 * This message for other recipients.
	 * @param users the user IDs that take the place of the present ones, none of them
	 * empty
	 * @return the other message
	 * @throws ImValidationException if a user ID is empty
	 */
	public Message withRecipients(Collection<String> users) {
		List<String> recipients = new ArrayList<>(users.size());
		users.forEach((user) -> recipients.add(MessageBounds.notEmpty("to", user)));
		return new Message(this.from, recipients, this.body, this.syncDevice, this.roamIgnoreUsers, this.onlineOnly,
				this.ext);
	}

	/**
	 * A builder that starts with all that this message has, its recipients included.
	 * @return a builder
	 */
	public MessageBuilder.Plain toBuilder() {
		return new MessageBuilder.Plain(this);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof Message that && Objects.equals(this.from, that.from)
				&& this.to.equals(that.to) && this.body.equals(that.body) && this.syncDevice == that.syncDevice
				&& Objects.equals(this.roamIgnoreUsers, that.roamIgnoreUsers) && this.onlineOnly == that.onlineOnly
				&& Objects.equals(this.ext, that.ext));
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.from, this.to, this.body, this.syncDevice, this.roamIgnoreUsers, this.onlineOnly,
				this.ext);
	}

	/**
	 * Describes the message without what it says.
	 */
	@Override
	public String toString() {
		return "Message[type=%s, from=%s, recipients=%d]".formatted(this.body.type(), this.from, this.to.size());
	}

}
