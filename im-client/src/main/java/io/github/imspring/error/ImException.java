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

import org.jspecify.annotations.Nullable;

/**
 * A call to the IM service that did not succeed. The kinds below it say why; the message
 * says what failed, for which operation, why, and what to do.
 *
 * @since 0.1.0
 */
public abstract class ImException extends RuntimeException {

	private final String operation;

	private final String problem;

	private final Hint hint;

	private final boolean mayHaveBeenProcessed;

	private volatile String namedHint;

	/**
	 * Creates the exception.
	 * @param operation the name of the operation, {@code send-message} for example
	 * @param problem what went wrong, without a full stop
	 * @param hint what to do about it
	 * @param mayHaveBeenProcessed whether the service may have acted on the call
	 * @param cause what caused it, if anything did
	 */
	protected ImException(String operation, String problem, Hint hint, boolean mayHaveBeenProcessed,
			@Nullable Throwable cause) {
		super(null, cause);
		this.operation = operation;
		this.problem = oneLine(problem);
		this.hint = hint;
		this.namedHint = hint.in(SettingNames.JAVA);
		this.mayHaveBeenProcessed = mayHaveBeenProcessed;
	}

	@Override
	public final String getMessage() {
		String processed = this.mayHaveBeenProcessed ? " The service may have processed the call." : "";
		return "%s failed: %s. %s%s".formatted(this.operation, this.problem, hint(), processed);
	}

	final void nameSettings(SettingNames names) {
		this.namedHint = this.hint.in(names);
	}

	/**
	 * One line of printable text: what comes from outside must not forge log entries.
	 */
	static String oneLine(String text) {
		return text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
	}

	/**
	 * The name of the operation, as in metrics and properties.
	 * @return the name, {@code send-message} for example
	 */
	public final String operation() {
		return this.operation;
	}

	/**
	 * Whether the service may have acted on the call. If {@code false}, it surely did
	 * not, and the call may be repeated without doing anything twice.
	 * @return whether the service may have acted
	 */
	public final boolean mayHaveBeenProcessed() {
		return this.mayHaveBeenProcessed;
	}

	/**
	 * What went wrong, without the operation and the hint that the message has besides.
	 * @return one line, without a full stop
	 */
	public final String problem() {
		return this.problem;
	}

	/**
	 * What to do about it, in the terms in which the client was configured.
	 * @return a sentence for whoever operates the application
	 */
	public final String hint() {
		return this.namedHint;
	}

}
