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

package io.github.imspring.callback;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.imspring.callback.CallbackVerifier.Verification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CallbackVerifier}. The signatures are computed elsewhere.
 */
class CallbackVerifierTests {

	private static final long TIMESTAMP = 1642589932646L;

	private static final Duration MAX_AGE = Duration.ofMinutes(5);

	private static final String SIGNATURE = "64c1222cb51ce4bf8f8718af81147e61";

	private Instant now = Instant.ofEpochMilli(TIMESTAMP);

	private final CallbackVerifier verifier = verifier(false, "other", "s3cret", "密钥");

	private CallbackVerifier verifier(boolean acceptUnsigned, String... secrets) {
		return new CallbackVerifier(List.of(secrets), MAX_AGE, acceptUnsigned, () -> this.now);
	}

	private static ObjectNode callback() {
		return SignedCallbacks.MAPPER.createObjectNode()
			.put("callId", "org#app_966475585536657404")
			.put("timestamp", TIMESTAMP)
			.put("security", SIGNATURE);
	}

	@Test
	void rightSignatureOfAnyOfTheSecrets() {
		assertThat(this.verifier.verify(callback())).isEqualTo(Verification.SIGNED);
		assertThat(this.verifier
			.verify(callback().put("callId", "org#app_汉字").put("security", "ab4a65ef96c498802fb339108a20cf71")))
			.isEqualTo(Verification.SIGNED);
	}

	@Test
	void timestampAsText() {
		assertThat(this.verifier.verify(callback().put("timestamp", String.valueOf(TIMESTAMP))))
			.isEqualTo(Verification.SIGNED);
	}

	@Test
	void secretOfAnotherRule() {
		assertThat(verifier(false, "another").verify(callback())).isEqualTo(Verification.FORGED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "64c1222cb51ce4bf8f8718af81147e60", "74c1222cb51ce4bf8f8718af81147e61", "", "64", "zz",
			"64c1222cb51ce4bf8f8718af81147e6161", "64c1222cb51ce4bf8f8718af81147e6" })
	void wrongSignature(String security) {
		assertThat(this.verifier.verify(callback().put("security", security))).isEqualTo(Verification.FORGED);
	}

	@Test
	void signatureOfAnotherType() {
		assertThat(this.verifier.verify(callback().put("security", 1))).isEqualTo(Verification.FORGED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "callId", "timestamp" })
	void signedFieldThatIsMissingOrOther(String field) {
		ObjectNode without = callback();
		without.remove(field);
		assertThat(this.verifier.verify(without)).isEqualTo(Verification.FORGED);
		assertThat(this.verifier.verify(callback().put(field, 1.5))).isEqualTo(Verification.FORGED);
		assertThat(this.verifier.verify(callback().putNull(field))).isEqualTo(Verification.FORGED);
	}

	@Test
	void missingSignatureIsAcceptedOnlyIfSaid() {
		ObjectNode unsigned = callback();
		unsigned.remove("security");
		assertThat(this.verifier.verify(unsigned)).isEqualTo(Verification.FORGED);
		assertThat(verifier(true, "s3cret").verify(unsigned)).isEqualTo(Verification.UNSIGNED);
		assertThat(verifier(true, "s3cret").verify(callback().put("security", "00"))).isEqualTo(Verification.FORGED);
	}

	@Test
	void oldAndFutureAtTheEdge() {
		this.now = Instant.ofEpochMilli(TIMESTAMP).plus(MAX_AGE);
		assertThat(this.verifier.verify(callback())).isEqualTo(Verification.SIGNED);
		this.now = this.now.plusMillis(1);
		assertThat(this.verifier.verify(callback())).isEqualTo(Verification.EXPIRED);
		this.now = Instant.ofEpochMilli(TIMESTAMP).minus(MAX_AGE);
		assertThat(this.verifier.verify(callback())).isEqualTo(Verification.SIGNED);
		this.now = this.now.minusMillis(1);
		assertThat(this.verifier.verify(callback())).isEqualTo(Verification.EXPIRED);
	}

	/**
	 * Time is not measured, for a busy machine would say anything: the one comparison is
	 * that of the JDK which takes as long wherever the difference is.
	 */
	@Test
	void comparesInConstantTime() {
		JavaClass type = new ClassFileImporter().importClass(CallbackVerifier.class);
		Set<String> comparisons = type.getMethodCallsFromSelf()
			.stream()
			.filter((call) -> call.getOriginOwner().equals(type))
			.filter((call) -> call.getName()
				.matches("equals\\w*|isEqual|compare\\w*|mismatch|startsWith|contentEquals"))
			.filter((call) -> !call.getTargetOwner().isEquivalentTo(Duration.class))
			.map((call) -> call.getTargetOwner().getName() + "." + call.getName())
			.collect(Collectors.toSet());
		assertThat(comparisons).containsExactly(MessageDigest.class.getName() + ".isEqual");
	}

	@Test
	void saysNoSecret() {
		assertThat(this.verifier).asString().doesNotContain("s3cret");
	}

	@Test
	void needsASecretAndAnAge() {
		assertThatIllegalArgumentException().isThrownBy(() -> verifier(false));
		assertThatIllegalArgumentException().isThrownBy(() -> verifier(false, "a", " "))
			.withMessageNotContaining("'a'");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new CallbackVerifier(List.of("a"), Duration.ZERO, false, () -> this.now));
	}

}
