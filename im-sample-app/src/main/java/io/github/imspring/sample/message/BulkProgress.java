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

package io.github.imspring.sample.message;

import org.jspecify.annotations.Nullable;

/**
 * How far a bulk send has come.
 *
 * @param id the ID
 * @param state whether it goes on
 * @param total the recipients
 * @param sent those to whom the message was sent
 * @param notSent those to whom it surely was not
 * @param unknown those to whom it perhaps was
 * @param waiting those of whom nothing is known yet
 * @param remainingSeconds how long it takes at the pace so far; absent while there is
 * none
 * @param problem what ended it before its time; absent if nothing did
 */
record BulkProgress(String id, State state, int total, int sent, int notSent, int unknown, int waiting,
		@Nullable Long remainingSeconds, @Nullable String problem) {

	boolean ended() {
		return this.state != State.RUNNING;
	}

	enum State {

		RUNNING, DONE, CANCELLED, FAILED

	}

}
