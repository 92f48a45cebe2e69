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

package io.github.imspring.sample.message;

import java.util.Locale;
import java.util.regex.Pattern;

import io.github.imspring.message.Delivery;

/**
 * What became of one recipient of a bulk send.
 *
 * @param recipient the user ID
 * @param outcome {@code sent}, {@code not_sent} or {@code unknown}
 * @param messageId the message ID, empty unless it was sent
 * @param problem why it was not, empty if it was
 */
record BulkOutcome(String recipient, String outcome, String messageId, String problem) {

	static final String CSV_HEADER = "recipient,outcome,message_id,problem\r\n";

	/**
	 * A spreadsheet would take other words that begin so for formulas.
	 */
	private static final Pattern FORMULA = Pattern.compile("(?s)[=+@\\t\\r].*|-(?![\\w.-]*$).*");

	static BulkOutcome of(Delivery delivery) {
		return new BulkOutcome(delivery.recipient(), delivery.status().name().toLowerCase(Locale.ROOT),
				(delivery.messageId() != null) ? delivery.messageId() : "",
				(delivery.failure() != null) ? delivery.failure().problem() : "");
	}

	static BulkOutcome cancelled(String recipient) {
		return new BulkOutcome(recipient, "not_sent", "", "cancelled before its turn");
	}

	String csv() {
		return cell(this.recipient) + "," + this.outcome + "," + cell(this.messageId) + "," + cell(this.problem)
				+ "\r\n";
	}

	private static String cell(String text) {
		String harmless = FORMULA.matcher(text).matches() ? "'" + text : text;
		return "\"" + harmless.replace("\"", "\"\"") + "\"";
	}

}
