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

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the settings of a client are called, so that hints name the one to change. Hints
 * are written for a client whose settings stand directly under {@code im}.
 *
 * @param prefix what the names begin with, up to the last dot: {@code im.} or
 * {@code im.accounts.sales.} for example
 */
public record SettingNames(String prefix) implements Serializable {

	/**
	 * The names of settings that stand directly under {@code im}.
	 */
	public static final SettingNames PLAIN = new SettingNames("im.");

	private static final Pattern PLAIN_PREFIX = Pattern.compile("\\bim\\.(?=[a-z])");

	/**
	 * Has the hint of a failure use these names.
	 * @param failure the failure
	 */
	public void nameIn(ImException failure) {
		failure.name(this);
	}

	String in(String hint) {
		return equals(PLAIN) ? hint : PLAIN_PREFIX.matcher(hint).replaceAll(Matcher.quoteReplacement(this.prefix));
	}

}
