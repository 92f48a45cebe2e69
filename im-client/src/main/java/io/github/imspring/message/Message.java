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

import org.springframework.util.Assert;

/**
 * A message of any of the eight types ("Send one-to-one messages", "Send messages to
 * chatrooms", "Send group messages"), to users, to chatrooms or groups, or to some
 * members of one. Immutable.
 *
 * <pre class="code">
 * Message.text("Welcome!").from("system").to("user1").build()
 * Message.image(uploaded).size(480, 720).to("user1", "user2").silent().build()
 * Message.text("Goal!").from("host").toChatrooms("room1").priority(ChatroomPriority.HIGH).build()
 * Message.text("Lunch?").from("bob").toGroups("group1").mention("alice").build()
 * Message.command("refresh").toChatroomMembers("room1", "user1", "user2").build()
 * </pre>
 *
 * What can be said of one destination only, the builder of no other destination takes.
 * <p>
 * A message without recipients is a template: it can be built, and sent after
 * {@link #withRecipients(Collection)}.
 * <p>
 * Text arrives as it is, also half of a surrogate pair, which is escaped on its way. IDs
 * must be well-formed.
 *
 * @since 0.1.0
 */
public final class Message {

	private final @Nullable String from;

	private final MessageBody body;

	private final Addressing addressing;

	private final @Nullable List<String> roamIgnoreUsers;

	private final @Nullable Map<String, @Nullable Object> ext;

	private final @Nullable String env;

	Message(@Nullable String from, MessageBody body, Addressing addressing, @Nullable List<String> roamIgnoreUsers,
			@Nullable Map<String, @Nullable Object> ext, @Nullable String env) {
		this.from = from;
		this.body = body;
		this.addressing = addressing;
		this.roamIgnoreUsers = (roamIgnoreUsers != null) ? List.copyOf(roamIgnoreUsers) : null;
		this.ext = (ext != null) ? copy(ext) : null;
		this.env = env;
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
	public static ContentBuilder.Plain text(String text) {
		return of(new MessageBody.Text(text));
	}

	/**
	 * Starts an image message.
	 * @param image the uploaded image
	 * @return a builder
	 */
	public static AttachmentBuilder.Image image(FileReference image) {
		Assert.notNull(image, "'image' must not be null");
		return new AttachmentBuilder.Image(image);
	}

	/**
	 * Starts an image message.
	 * @param url the address of the uploaded image, not empty
	 * @return a builder
	 */
	public static AttachmentBuilder.Image image(String url) {
		return new AttachmentBuilder.Image(url);
	}

	/**
	 * Starts a voice message, of type {@code audio}.
	 * @param recording the uploaded recording
	 * @return a builder
	 */
	public static AttachmentBuilder.Voice voice(FileReference recording) {
		Assert.notNull(recording, "'recording' must not be null");
		return new AttachmentBuilder.Voice(recording);
	}

	/**
	 * Starts a voice message, of type {@code audio}.
	 * @param url the address of the uploaded recording, not empty
	 * @return a builder
	 */
	public static AttachmentBuilder.Voice voice(String url) {
		return new AttachmentBuilder.Voice(url);
	}

	/**
	 * Starts a video message.
	 * @param video the uploaded video
	 * @return a builder
	 */
	public static AttachmentBuilder.Video video(FileReference video) {
		Assert.notNull(video, "'video' must not be null");
		return new AttachmentBuilder.Video(video);
	}

	/**
	 * Starts a video message.
	 * @param url the address of the uploaded video, not empty
	 * @return a builder
	 */
	public static AttachmentBuilder.Video video(String url) {
		return new AttachmentBuilder.Video(url);
	}

	/**
	 * Starts a file message.
	 * @param file the uploaded file
	 * @return a builder
	 */
	public static AttachmentBuilder.File file(FileReference file) {
		Assert.notNull(file, "'file' must not be null");
		return new AttachmentBuilder.File(file);
	}

	/**
	 * Starts a file message.
	 * @param url the address of the uploaded file, not empty
	 * @return a builder
	 */
	public static AttachmentBuilder.File file(String url) {
		return new AttachmentBuilder.File(url);
	}

	/**
	 * Starts a location message.
	 * @param latitude the latitude in degrees
	 * @param longitude the longitude in degrees
	 * @param address the place in words, not empty
	 * @return a builder
	 * @throws ImValidationException if a number is not finite or the address is empty
	 */
	public static ContentBuilder.Plain location(double latitude, double longitude, String address) {
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
	public static ContentBuilder.Plain location(String latitude, String longitude, String address) {
		return of(new MessageBody.Location(latitude, longitude, address));
	}

	/**
	 * Starts a command message, of type {@code cmd}, which clients act on rather than
	 * show.
	 * @param action the command, not empty
	 * @return a builder
	 * @throws ImValidationException if the command is empty
	 */
	public static ContentBuilder.Plain command(String action) {
		return of(new MessageBody.Command(action));
	}

	/**
	 * Starts a custom message.
	 * @param event the kind of event: 1 to 32 letters, digits, and <code>- _ / .</code>
	 * @return a builder
	 */
	public static ContentBuilder.Custom custom(String event) {
		return new ContentBuilder.Custom(event);
	}

	/**
	 * Starts a custom message without an event. It needs an extension.
	 * @return a builder
	 */
	public static ContentBuilder.Custom custom() {
		return new ContentBuilder.Custom(null);
	}

	/**
	 * Starts a message with a body of any kind.
	 * @param body the body
	 * @return a builder
	 */
	public static ContentBuilder.Plain of(MessageBody body) {
		Assert.notNull(body, "'body' must not be null");
		return new ContentBuilder.Plain(body);
	}

	/**
	 * The sender.
	 * @return the user ID, or {@code null} if the service's {@code admin} sends
	 */
	public @Nullable String from() {
		return this.from;
	}

	/**
	 * To whom the message goes.
	 * @return what the recipients are
	 * @since 0.1.0
	 */
	public Destination destination() {
		return this.addressing.destination();
	}

	/**
	 * The recipients.
	 * @return the IDs of the users, chatrooms or groups, none of them empty
	 */
	public List<String> to() {
		return this.addressing.recipients();
	}

	/**
	 * The chatroom or group whose members the recipients are.
	 * @return its ID, or {@code null} if the message does not go to members of one
	 * @since 0.1.0
	 */
	public @Nullable String within() {
		return this.addressing.within();
	}

	/**
	 * How much the message matters in a chatroom.
	 * @return the priority, or {@code null} if the service's default holds or the message
	 * does not go to chatrooms
	 * @since 0.1.0
	 */
	public @Nullable ChatroomPriority priority() {
		return this.addressing.priority();
	}

	/**
	 * Whether the clients of a group's members say who has read the message.
	 * @return whether they do
	 * @since 0.1.0
	 */
	public boolean needGroupAck() {
		return this.addressing.needGroupAck();
	}

	Addressing addressing() {
		return this.addressing;
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
		return this.addressing.syncDevice();
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
		return this.addressing.onlineOnly();
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
	 * The route of the callbacks that the message triggers.
	 * @return the route, or {@code null} for {@code default}
	 * @since 0.1.0
	 */
	public @Nullable String env() {
		return this.env;
	}

	/**
	 * This message for other recipients of the same kind.
	 * @param recipients the IDs that take the place of the present ones, none of them
	 * empty
	 * @return the other message
	 * @throws ImValidationException if an ID is empty
	 */
	public Message withRecipients(String... recipients) {
		Assert.notNull(recipients, "'recipients' must not be null");
		return withRecipients(Arrays.asList(recipients));
	}

	/**
	 * This message for other recipients of the same kind.
	 * @param recipients the IDs that take the place of the present ones, none of them
	 * empty
	 * @return the other message
	 * @throws ImValidationException if an ID is empty
	 */
	public Message withRecipients(Collection<String> recipients) {
		return new Message(this.from, this.body, this.addressing.to(recipients), this.roamIgnoreUsers, this.ext,
				this.env);
	}

	/**
	 * A builder for a message to users that starts with what this message says; with its
	 * recipients, too, if they are users.
	 * @return a builder
	 */
	public UserMessageBuilder toBuilder() {
		return new UserMessageBuilder(this);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof Message that && Objects.equals(this.from, that.from)
				&& this.body.equals(that.body) && this.addressing.equals(that.addressing)
				&& Objects.equals(this.roamIgnoreUsers, that.roamIgnoreUsers) && Objects.equals(this.ext, that.ext)
				&& Objects.equals(this.env, that.env));
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.from, this.body, this.addressing, this.roamIgnoreUsers, this.ext, this.env);
	}

	/**
	 * Describes the message without what it says.
	 */
	@Override
	public String toString() {
		return "Message[type=%s, from=%s, %s=%d]".formatted(this.body.type(), this.from,
				(destination() == Destination.USERS) ? "recipients" : destination().recipients(), to().size());
	}

}
