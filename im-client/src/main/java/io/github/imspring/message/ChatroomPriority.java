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

import java.util.Locale;

/**
 * How much a message matters when a chatroom has more of them than it can deliver, 20 a
 * second by default: the service drops low ones first, then normal ones, high ones only
 * if it must, and tells nobody.
 *
 * @since 0.1.0
 */
public enum ChatroomPriority {

	/**
	 * Dropped last.
	 */
	HIGH,

	/**
	 * Dropped after those of low priority: the service's default.
	 */
	NORMAL,

	/**
	 * Dropped first.
	 */
	LOW;

	String wire() {
		return name().toLowerCase(Locale.ROOT);
	}

}
