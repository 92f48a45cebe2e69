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

package io.github.imspring.exchange;

import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * What the log says of calls: their course at debug level, whom they are about at trace
 * level only, and never a secret.
 */
final class CallLog {

	private static final Log logger = LogFactory.getLog(ImRestOperations.class);

	private CallLog() {
	}

	static void leaving(Call call) {
		if (logger.isTraceEnabled()) {
			logger.trace("Sending " + call.request());
		}
		else if (logger.isDebugEnabled()) {
			logger.debug("Sending " + call.operation());
		}
	}

	static void answered(Call call, int status) {
		if (logger.isDebugEnabled()) {
			logger.debug(call.operation() + " was answered with HTTP " + status);
		}
	}

	static void repeating(Call call, Object reason, long pauseMillis, ImException failure) {
		if (logger.isDebugEnabled()) {
			logger.debug("Repeating %s in %d ms (%s) after %s".formatted(call.operation(), pauseMillis, reason,
					describe(failure)));
		}
	}

	static void failed(Call call, Throwable failure) {
		if (logger.isDebugEnabled()) {
			logger.debug(call.operation() + " failed with " + describe(failure));
		}
	}

	private static String describe(Throwable failure) {
		if (logger.isTraceEnabled()) {
			return failure.toString();
		}
		String kind = failure.getClass().getSimpleName();
		return (failure instanceof ImApiException ex && ex.status() > 0) ? kind + ", HTTP " + ex.status() : kind;
	}

}
