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

package io.github.imspring.emulator.message;

/**
 * Hears what messages do.
 *
 * @since 0.1.0
 */
public interface MessageListener {

	void sent(Sent sent);

	void recalled(Recall recall);

	/**
	 * A message that was taken back.
	 *
	 * @param messageId the message's id
	 * @param chatType {@code chat}, {@code groupchat} or {@code chatroom}
	 * @param from who took it back
	 * @param to the user, chatroom or group that had it
	 */
	record Recall(String messageId, String chatType, String from, String to) {
	}

}
