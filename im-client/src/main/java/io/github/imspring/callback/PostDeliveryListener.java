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

/**
 * Hears what happened, after the service has been answered. Called on a thread that may
 * be blocked, for the events of one conversation one after the other in the order in
 * which they came, and for several conversations at a time.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PostDeliveryListener {

	/**
	 * Called with each event, once: a callback that comes again is recognized. A failure
	 * is logged and counted; the service does not hear of it, and other listeners are
	 * called all the same. The thread is interrupted if the application closes and the
	 * time for that is over.
	 * @param event what happened
	 * @throws Exception if the event could not be handled
	 */
	void onEvent(CallbackEvent event) throws Exception;

}
