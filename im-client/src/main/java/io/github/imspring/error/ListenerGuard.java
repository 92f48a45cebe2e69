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

package io.github.imspring.error;

import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Keeps what a listener throws from those who have something to report.
 *
 * @since 0.1.0
 */
public final class ListenerGuard {

	private static final Log logger = LogFactory.getLog(ListenerGuard.class);

	private ListenerGuard() {
	}

	/**
	 * Reports an event. What the listener throws is logged.
	 * @param <T> the type of the listener
	 * @param listener who hears of the event
	 * @param event calls the listener
	 */
	public static <T> void report(T listener, Consumer<? super T> event) {
		try {
			event.accept(listener);
		}
		catch (RuntimeException ex) {
			failed(listener, ex);
		}
	}

	/**
	 * Logs what a listener threw.
	 * @param listener who failed
	 * @param failure what it failed with
	 */
	public static void failed(Object listener, RuntimeException failure) {
		logger.warn("A listener of type " + listener.getClass().getName() + " failed", failure);
	}

}
