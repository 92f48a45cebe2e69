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

import io.github.imspring.operation.Operation;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call while it is observed.
 *
 * @since 0.1.0
 */
public final class ImClientObservationContext extends Observation.Context {

	private final Operation operation;

	private final String account;

	private final CallKeys keys;

	private volatile @Nullable Integer status;

	private volatile @Nullable CallOutcome outcome;

	/**
	 * Few, sorted and mostly given at once: keeping them as they come is cheaper than the
	 * map of the superclass, which is sorted each time that a handler asks.
	 */
	private volatile KeyValues lowCardinality = KeyValues.empty();

	/**
	 * Creates the context of a call.
	 * @param operation the operation that is called
	 * @param account the account that it is called with
	 */
	public ImClientObservationContext(Operation operation, String account) {
		this(operation, account, new CallKeys(account, operation.name()));
	}

	ImClientObservationContext(Operation operation, String account, CallKeys keys) {
		this.operation = operation;
		this.account = account;
		this.keys = keys;
	}

	/**
	 * The operation that is called.
	 * @return the operation
	 */
	public Operation operation() {
		return this.operation;
	}

	/**
	 * The account that it is called with.
	 * @return the name, or {@value CallObservations#DEFAULT_ACCOUNT}
	 */
	public String account() {
		return this.account;
	}

	CallKeys keys() {
		return this.keys;
	}

	/**
	 * The HTTP status of the last answer.
	 * @return the status, or {@code null} if no answer came
	 */
	public @Nullable Integer status() {
		return this.status;
	}

	void setStatus(int status) {
		this.status = status;
	}

	/**
	 * How the call ended.
	 * @return the outcome, or {@code null} if it has not ended
	 */
	public @Nullable CallOutcome outcome() {
		return this.outcome;
	}

	void setOutcome(CallOutcome outcome) {
		this.outcome = outcome;
	}

	@Override
	public synchronized ImClientObservationContext addLowCardinalityKeyValues(KeyValues keyValues) {
		this.lowCardinality = this.lowCardinality.and(keyValues);
		return this;
	}

	@Override
	public ImClientObservationContext addLowCardinalityKeyValue(KeyValue keyValue) {
		return addLowCardinalityKeyValues(KeyValues.of(keyValue));
	}

	@Override
	public synchronized ImClientObservationContext removeLowCardinalityKeyValue(String name) {
		this.lowCardinality = KeyValues
			.of(this.lowCardinality.stream().filter((keyValue) -> !keyValue.getKey().equals(name)).toList());
		return this;
	}

	@Override
	public KeyValues getLowCardinalityKeyValues() {
		return this.lowCardinality;
	}

	@Override
	public @Nullable KeyValue getLowCardinalityKeyValue(String name) {
		return this.lowCardinality.stream()
			.filter((keyValue) -> keyValue.getKey().equals(name))
			.findFirst()
			.orElse(null);
	}

}
