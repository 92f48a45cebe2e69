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

import java.util.regex.Pattern;

/**
 * What can be written into the head of a request as it is meant. Anything else would be
 * refused by the HTTP client, too late to say what is wrong with it, or be changed on its
 * way.
 */
final class WellFormed {

	private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+");

	private static final Pattern FIELD_VALUE = Pattern
		.compile("([\\x21-\\x7E\\xA0-\\xFF]([\\t\\x20-\\x7E\\xA0-\\xFF]*[\\x21-\\x7E\\xA0-\\xFF])?)?");

	private WellFormed() {
	}

	/**
	 * Whether each surrogate has its other half.
	 */
	static boolean text(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (Character.isSurrogate(text.charAt(i)) && !Character.isSupplementaryCodePoint(text.codePointAt(i++))) {
				return false;
			}
		}
		return true;
	}

	static boolean headerName(String name) {
		return TOKEN.matcher(name).matches();
	}

	static boolean headerValue(String value) {
		return FIELD_VALUE.matcher(value).matches();
	}

}
