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

package io.github.imspring.observation;

import io.github.imspring.observation.ImClientObservationDocumentation.CallKey;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * The key values of the calls of one operation with one account. Those that nearly every
 * call has are made once.
 */
final class CallKeys {

	private static final String NONE = "none";

	private static final int OK = 200;

	private final KeyValue account;

	private final KeyValue operation;

	private final KeyValues started;

	private final KeyValues succeeded;

	CallKeys(String account, String operation) {
		this.account = CallKey.ACCOUNT.withValue(account);
		this.operation = CallKey.OPERATION.withValue(operation);
		this.started = keyValues(CallOutcome.UNKNOWN, NONE, NONE);
		this.succeeded = keyValues(CallOutcome.SUCCESS, Integer.toString(OK), NONE);
	}

	KeyValues of(@Nullable CallOutcome outcome, @Nullable Integer status, @Nullable Throwable error) {
		if (error == null && outcome == null && status == null) {
			return this.started;
		}
		if (error == null && outcome == CallOutcome.SUCCESS && status != null && status == OK) {
			return this.succeeded;
		}
		return keyValues((outcome != null) ? outcome : CallOutcome.UNKNOWN, (status != null) ? status.toString() : NONE,
				(error != null) ? error.getClass().getSimpleName() : NONE);
	}

	private KeyValues keyValues(CallOutcome outcome, String status, String error) {
		return KeyValues.of(this.account, this.operation, CallKey.OUTCOME.withValue(outcome.name()),
				CallKey.STATUS.withValue(status), CallKey.ERROR.withValue(error));
	}

}
