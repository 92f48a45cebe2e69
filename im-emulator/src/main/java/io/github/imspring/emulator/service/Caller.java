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

package io.github.imspring.emulator.service;

import org.jspecify.annotations.Nullable;

/**
 * Whose token came with a call.
 *
 * @param user the user's name, or nothing for the app itself
 * @since 0.1.0
 */
public record Caller(@Nullable String user) {

	public static final Caller APP = new Caller(null);

	public boolean isApp() {
		return this.user == null;
	}

	/** Whether the caller may act for a user: the app for all, a user for themselves. */
	public boolean mayActFor(String name) {
		return this.user == null || this.user.equals(name);
	}

}
