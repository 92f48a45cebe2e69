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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.github.imspring.error.ImValidationException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Builds a {@link Message}: what all messages can have, whatever they say and to whomever
 * they go. A value that is out of its documented bounds is refused with an
 * {@link ImValidationException}, at once or by {@link #build()}. Not for use by several
 * threads at a time.
 *
 * @param <B> the type of the builder
 * @since 0.1.0
 */
public abstract sealed class MessageBuilder<B extends MessageBuilder<B>>
		permits ContentBuilder, UserMessageBuilder, ChatroomMessageBuilder, GroupMessageBuilder {

	static final String IGNORE_NOTIFICATION = "em_ignore_notification";

	private static final Predicate<String> ENV = Pattern.compile("[a-zA-Z0-9]{1,8}").asMatchPredicate();

	private @Nullable String from;

	private @Nullable List<String> roamIgnoreUsers;

	private @Nullable Map<String, @Nullable Object> ext;

	private @Nullable String env;

	MessageBuilder() {
	}

	abstract B self();

	abstract MessageBody body();

	abstract Addressing addressing();

	/**
	 * Takes over what another builder knows.
	 */
	final B content(MessageBuilder<?> other) {
		this.from = other.from;
		this.roamIgnoreUsers = (other.roamIgnoreUsers != null) ? new ArrayList<>(other.roamIgnoreUsers) : null;
		this.ext = (other.ext != null) ? new LinkedHashMap<>(other.ext) : null;
		this.env = other.env;
		return self();
	}

	final B content(Message message) {
		this.from = message.from();
		this.roamIgnoreUsers = (message.roamIgnoreUsers() != null) ? new ArrayList<>(message.roamIgnoreUsers()) : null;
		this.ext = (message.ext() != null) ? new LinkedHashMap<>(message.ext()) : null;
		this.env = message.env();
		return self();
	}

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
	 * Adds users who do not find the message when they pull roaming messages.
	 * @param users the user IDs, none of them empty
	 * @return this builder
	 * @throws ImValidationException if a user ID is empty
	 */
	public B roamIgnoreUsers(String... users) {
		Assert.notNull(users, "'users' must not be null");
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
		Assert.notNull(name, "'name' must not be null");
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
	 * Chooses the route of the callbacks that the message triggers, as set up in the
	 * console (mainland regions only). Without one the route {@code default} is taken;
	 * with one that the console does not know there is no callback at all.
	 * @param env the route, 1 to 8 letters and digits
	 * @return this builder
	 * @throws ImValidationException if the route is anything else
	 * @since 0.1.0
	 */
	public B env(String env) {
		if (env == null || !ENV.test(env)) {
			throw MessageBounds.violated("env", "must be 1 to 8 letters and digits");
		}
		this.env = env;
		return self();
	}

	/**
	 * Builds the message. The builder can be used further.
	 * @return the message
	 * @throws ImValidationException if the body is out of its documented bounds
	 */
	public Message build() {
		return new Message(this.from, body(), addressing(), this.roamIgnoreUsers, this.ext, this.env);
	}

}
