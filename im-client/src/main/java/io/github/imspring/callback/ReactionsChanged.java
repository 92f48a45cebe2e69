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

package io.github.imspring.callback;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reactions to messages changed ("Reactions").
 *
 * @param envelope what surrounds the event
 * @param changes the messages and what their reactions are now, unmodifiable
 * @since 0.1.0
 */
public record ReactionsChanged(CallbackEnvelope envelope, List<Change> changes) implements CallbackEvent {

	/**
	 * Copies the changes.
	 * @param envelope what surrounds the event
	 * @param changes the messages and what their reactions are now
	 */
	public ReactionsChanged {
		changes = List.copyOf(changes);
	}

	@Override
	public String kind() {
		return "reaction";
	}

	/**
	 * The reactions to one message.
	 *
	 * @param messageId the message
	 * @param from who acted, if given
	 * @param to the receiver of the message, if given
	 * @param at when, if given
	 * @param reactions all reactions that the message has now, unmodifiable
	 * @since 0.1.0
	 */
	public record Change(String messageId, @Nullable String from, @Nullable String to, @Nullable Instant at,
			List<Reaction> reactions) {

		/**
		 * Copies the reactions.
		 * @param messageId the message
		 * @param from who acted
		 * @param to the receiver of the message
		 * @param at when
		 * @param reactions all reactions that the message has now
		 */
		public Change {
			reactions = List.copyOf(reactions);
		}

	}

	/**
	 * One reaction.
	 *
	 * @param reaction the reaction
	 * @param count how many users gave it, if given
	 * @param users some of them, unmodifiable
	 * @param steps what was done to this reaction just now, empty if nothing;
	 * unmodifiable
	 * @since 0.1.0
	 */
	public record Reaction(String reaction, @Nullable Long count, List<String> users, List<Step> steps) {

		/**
		 * Copies the users and the steps.
		 * @param reaction the reaction
		 * @param count how many users gave it
		 * @param users some of them
		 * @param steps what was done to this reaction just now
		 */
		public Reaction {
			users = List.copyOf(users);
			steps = List.copyOf(steps);
		}

	}

	/**
	 * What was done to a reaction.
	 *
	 * @param type {@code create}, or one that is new
	 * @param operator who did it, if given
	 * @since 0.1.0
	 */
	public record Step(String type, @Nullable String operator) {
	}

}
