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

package io.github.imspring.emulator;

import java.util.Collection;
import java.util.Comparator;

/**
 * Which word was meant by one that is misspelled.
 */
final class Spelling {

	/** Longer than any name that there is. */
	private static final int MAX_LENGTH = 64;

	private Spelling() {
	}

	static String abbreviated(String word) {
		return (word.length() > MAX_LENGTH) ? word.substring(0, MAX_LENGTH) + "…" : word;
	}

	/** The known word that was most likely meant. */
	static String nearest(String word, Collection<String> known) {
		String start = abbreviated(word);
		return known.stream().min(Comparator.comparingInt((other) -> distance(start, other))).orElseThrow();
	}

	/** The fewest letters to insert, drop or replace to make one word of the other. */
	private static int distance(String from, String to) {
		int[] above = new int[to.length() + 1];
		for (int column = 0; column <= to.length(); column++) {
			above[column] = column;
		}
		for (int row = 1; row <= from.length(); row++) {
			int[] distances = new int[to.length() + 1];
			distances[0] = row;
			for (int column = 1; column <= to.length(); column++) {
				int replaced = above[column - 1] + ((from.charAt(row - 1) == to.charAt(column - 1)) ? 0 : 1);
				distances[column] = Math.min(replaced, 1 + Math.min(above[column], distances[column - 1]));
			}
			above = distances;
		}
		return above[to.length()];
	}

}
