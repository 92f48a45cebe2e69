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
package io.github.imspring.quota;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.github.imspring.quota.store.QuotaClaim;
import io.github.imspring.quota.store.QuotaShare;
import io.github.imspring.quota.store.QuotaStore;
import io.github.imspring.quota.store.RoundTrips;
import reactor.core.publisher.Mono;

/**
 * A store in the hands of a test: it gives all that is needed, unless the test has it do
 * otherwise.
 */
final class StubStore implements QuotaStore {

	/**
	 * What was claimed, one list for each exchange.
	 */
	final List<List<QuotaClaim>> exchanges = new ArrayList<>();

	/**
	 * For how long, for each exchange.
	 */
	final List<Duration> leases = new ArrayList<>();

	/**
	 * What was claimed at the end.
	 */
	final List<List<QuotaClaim>> leaves = new ArrayList<>();

	Mono<Void> left = Mono.empty();

	Function<QuotaClaim, QuotaShare> shares = StubStore::all;

	/**
	 * What becomes of an answer.
	 */
	Function<Mono<List<QuotaShare>>, Mono<List<QuotaShare>>> way = (answer) -> answer;

	static QuotaShare all(QuotaClaim claim) {
		return gives(claim, claim.quota().limit());
	}

	static QuotaShare gives(QuotaClaim claim, int most) {
		return new QuotaShare(Math.max(claim.claimed(), most), Math.max(claim.claimed(), most), claim.bulkMost(), 0,
				Duration.ZERO, RoundTrips.NONE);
	}

	StubStore lose() {
		this.way = (answer) -> Mono.error(new IllegalStateException("lost"));
		return this;
	}

	StubStore find() {
		this.way = (answer) -> answer;
		return this;
	}

	@Override
	public Mono<List<QuotaShare>> exchange(List<QuotaClaim> claims, Duration lease, Duration validFor) {
		this.leases.add(lease);
		this.exchanges.add(claims);
		return this.way.apply(Mono.fromSupplier(() -> claims.stream().map(this.shares).toList()));
	}

	@Override
	public Mono<Void> leave(List<QuotaClaim> claims) {
		this.leaves.add(claims);
		return this.left;
	}

	/**
	 * What was claimed of the quota last.
	 */
	QuotaClaim last(String quota) {
		return this.exchanges.get(this.exchanges.size() - 1)
			.stream()
			.filter((claim) -> claim.quota().name().equals(quota))
			.findFirst()
			.orElseThrow();
	}

	@Override
	public String toString() {
		return "the stub";
	}

}
