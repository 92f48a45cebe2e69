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

package io.github.imspring.benchmarks.truth;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

import io.github.imspring.message.Delivery.Status;

/**
 * What the client said of each message, beside how often the service delivered it. Each
 * message has a recipient of its own.
 */
final class Ledger {

	private static final int REPORTED = 20;

	private static final String PREFIX = "reader";

	private final AtomicIntegerArray said;

	private final AtomicIntegerArray delivered;

	private final AtomicInteger messages = new AtomicInteger();

	Ledger(int capacity) {
		this.said = new AtomicIntegerArray(capacity);
		this.delivered = new AtomicIntegerArray(capacity);
	}

	/**
	 * Opens the account of one more message.
	 * @return its recipient
	 */
	String newRecipient() {
		return PREFIX + this.messages.getAndIncrement();
	}

	boolean full() {
		return this.messages.get() > this.said.length() - 1_000;
	}

	int messages() {
		return this.messages.get();
	}

	void said(String recipient, Status status) {
		int number = number(recipient);
		if (!this.said.compareAndSet(number, 0, status.ordinal() + 1)) {
			throw new IllegalStateException("Two results for " + recipient);
		}
	}

	/**
	 * Takes note of a delivery; what was delivered to others is nobody's account.
	 */
	void delivered(String recipient) {
		if (recipient.startsWith(PREFIX)) {
			this.delivered.incrementAndGet(number(recipient));
		}
	}

	private static int number(String recipient) {
		return Integer.parseInt(recipient.substring(PREFIX.length()));
	}

	/**
	 * Prints the accounts that are wrong, the first of them one by one.
	 * @return how many they are
	 */
	int close() {
		int[] counts = new int[Status.values().length + 1];
		int wrong = 0;
		for (int number = 0; number < this.messages.get(); number++) {
			int status = this.said.get(number);
			int deliveries = this.delivered.get(number);
			counts[status]++;
			if (!agree(status, deliveries) && ++wrong <= REPORTED) {
				System.out.printf("%s%d: said %s, delivered %d times%n", PREFIX, number, name(status), deliveries);
			}
		}
		System.out.printf("%d messages:", this.messages.get());
		for (int status = 0; status < counts.length; status++) {
			System.out.printf(" %s %d,", name(status), counts[status]);
		}
		System.out.printf(" %d wrong%n", wrong);
		return wrong;
	}

	private static boolean agree(int status, int deliveries) {
		if (status == 0 || deliveries > 1) {
			return false;
		}
		return switch (Status.values()[status - 1]) {
			case SENT -> deliveries == 1;
			case NOT_SENT -> deliveries == 0;
			case UNKNOWN -> true;
		};
	}

	private static String name(int status) {
		return (status == 0) ? "nothing" : Status.values()[status - 1].name();
	}

}
