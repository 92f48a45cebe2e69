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

import java.util.function.Consumer;

import io.github.imspring.error.ImException;
import io.github.imspring.quota.Grant;

import org.springframework.http.HttpStatusCode;

/**
 * One attempt of a call: its grant, which ends with it, and how long the service may be
 * silent in it.
 */
final class Attempt implements Limit {

	private final Call call;

	private final Grant grant;

	private final Silence silence;

	Attempt(Call call, Grant grant, Silence silence) {
		this.call = call;
		this.grant = grant;
		this.silence = silence;
	}

	Call call() {
		return this.call;
	}

	Grant grant() {
		return this.grant;
	}

	Silence silence() {
		return this.silence;
	}

	/**
	 * The request is about to leave.
	 */
	void leave() {
		this.call.markSent();
		this.grant.sent();
		this.silence.sent();
		CallLog.leaving(this.call);
	}

	/**
	 * The head of the answer came.
	 * @param next what a success goes on with
	 * @return whether it is a success
	 */
	boolean succeeds(HttpStatusCode status, String next) {
		this.silence.broken();
		CallLog.answered(this.call, status.value());
		if (!status.is2xxSuccessful()) {
			return false;
		}
		this.grant.answered();
		this.call.enter(next);
		return true;
	}

	@Override
	public void begin(Consumer<Throwable> cut) {
		this.silence.begin(cut);
	}

	@Override
	public void requested(long elements) {
		this.silence.requested(elements);
	}

	@Override
	public void passed() {
		this.silence.passed();
	}

	@Override
	public void handled() {
		this.silence.handled();
	}

	@Override
	public void ended() {
		this.silence.ended();
		this.grant.release();
	}

	@Override
	public Throwable explain(Throwable failure) {
		return (failure instanceof ImException) ? failure : TransportErrors.of(this.call, failure);
	}

}
