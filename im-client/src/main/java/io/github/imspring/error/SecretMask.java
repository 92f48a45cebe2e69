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

import java.util.List;

/**
 * Hides secrets in what the service sends back, however they are spelled there: as they
 * are, as JSON or an address writes them, or cut off at the end.
 */
final class SecretMask {

	private static final String MASK = "******";

	/**
	 * A shorter prefix of a secret at the end of a text may be there by chance.
	 */
	private static final int MIN_PREFIX = 6;

	/**
	 * A secret of fewer characters is hidden only where it stands as a word of its own: a
	 * password such as {@code user} must not garble what the service says.
	 */
	private static final int WORD = 12;

	private static final String ESCAPED = "\b\f\n\r\t";

	private static final String ESCAPES = "bfnrt";

	private final List<String> secrets;

	SecretMask(List<String> secrets) {
		this.secrets = List.copyOf(secrets);
	}

	String hide(String text) {
		StringBuilder hidden = new StringBuilder(text.length());
		int position = 0;
		while (position < text.length()) {
			int end = secretEnd(text, position);
			if (end > position) {
				hidden.append(MASK);
				position = end;
			}
			else {
				hidden.append(text.charAt(position++));
			}
		}
		return hidden.toString();
	}

	/**
	 * Where a secret ends that begins here, or 0.
	 */
	private int secretEnd(String text, int start) {
		int longest = 0;
		for (String secret : this.secrets) {
			longest = Math.max(longest, secretEnd(text, start, secret));
		}
		return longest;
	}

	private static int secretEnd(String text, int start, String secret) {
		int position = start;
		for (int i = 0; i < secret.length(); i++) {
			int next = spelled(text, position, secret.charAt(i));
			if (next == 0) {
				return (i >= MIN_PREFIX && isCutOff(text, position)) ? text.length() : 0;
			}
			position = next;
		}
		return (secret.length() >= WORD || isWord(text, start, position)) ? position : 0;
	}

	private static boolean isWord(String text, int start, int end) {
		return (start == 0 || !isPartOfWord(text.charAt(start - 1)))
				&& (end == text.length() || !isPartOfWord(text.charAt(end)));
	}

	private static boolean isPartOfWord(char character) {
		return Character.isLetterOrDigit(character) || character == '_';
	}

	/**
	 * Whether the text ends here, or in the middle of an escaped character.
	 */
	private static boolean isCutOff(String text, int position) {
		return position == text.length() || (text.length() - position < 6 && "\\%".indexOf(text.charAt(position)) >= 0);
	}

	/**
	 * Where a character ends that is spelled here, or 0 if another one is.
	 */
	private static int spelled(String text, int position, char character) {
		if (position >= text.length()) {
			return 0;
		}
		if (text.charAt(position) == character) {
			return position + 1;
		}
		if (text.charAt(position) == '%') {
			return isHex(text, position + 1, 2, character) ? position + 3 : 0;
		}
		int escaped = position;
		while (escaped < text.length() && text.charAt(escaped) == '\\') {
			escaped++;
		}
		if (escaped == position || escaped == text.length()) {
			return 0;
		}
		if (text.charAt(escaped) == 'u' && isHex(text, escaped + 1, 4, character)) {
			return escaped + 5;
		}
		int known = ESCAPED.indexOf(character);
		char expected = (known >= 0) ? ESCAPES.charAt(known) : character;
		return (text.charAt(escaped) == expected) ? escaped + 1 : 0;
	}

	private static boolean isHex(String text, int start, int length, char character) {
		if (start + length > text.length()) {
			return false;
		}
		int value = 0;
		for (int i = start; i < start + length; i++) {
			int digit = Character.digit(text.charAt(i), 16);
			if (digit < 0) {
				return false;
			}
			value = value * 16 + digit;
		}
		return value == character;
	}

}
