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

import io.github.imspring.operation.Operation;
import io.github.imspring.operation.Quota;
import io.github.imspring.operation.Quota.Unit;
import io.github.imspring.quota.VirtualTime.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Single calls and bulk calls side by side.
 */
class QuotaLanesTests {

	private static final Operation MAIL = new Operation("mail", false, List.of(new Quota("mail", Unit.MESSAGES, 6000)));

	private List<Call> bulk(VirtualTime time, int count, int messages) {
		List<Call> calls = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			calls.add(time.bulk(MAIL, messages));
		}
		return calls;
	}

	private static long granted(List<Call> calls) {
		return calls.stream().filter(Call::granted).count();
	}

	@ParameterizedTest
	@CsvSource({ "0.98, 100, 5900", "0.9, 100, 5400", "0.98, 600, 5400", "0.98, 1, 5880", "1, 100, 6000",
			"0.5, 100, 3000" })
	void bulkLeavesTheRestOfAWindowToSingleCalls(double share, int messages, int most) {
		VirtualTime time = new VirtualTime(QuotaSettings.defaults().withBulkShare(share));
		List<Call> calls = bulk(time, 6100 / messages, messages);
		time.advance(65_000);
		assertThat(granted(calls) * messages).isEqualTo(most);
		calls.forEach((call) -> {
			if (!call.granted()) {
				call.cancel();
			}
		});
		List<Call> singles = time.calls(6000 - most, MAIL);
		assertThat(granted(singles)).isEqualTo(6000 - most);
		assertThat(time.available("mail-messages")).isZero();
	}

	@Test
	void tenthOfAWindowOfBulkGoesAtOnceAndTheRestEvenly() {
		VirtualTime time = new VirtualTime(QuotaSettings.defaults());
		List<Call> calls = bulk(time, 50, 100);
		assertThat(granted(calls)).isEqualTo(6);
		time.advance(10_000);
		assertThat(granted(calls)).isBetween(15L, 16L);
		time.advance(20_000);
		assertThat(granted(calls)).isBetween(35L, 36L);
	}

	@Test
	void bulkNeedNotKeepToTheLongestWait() {
		VirtualTime time = new VirtualTime(QuotaSettings.defaults().withMaxWait(Duration.ofSeconds(1)));
		List<Call> calls = bulk(time, 50, 100);
		time.advance(60_000);
		assertThat(calls).allMatch(Call::granted);
	}

	@Test
	void singleCallGoesBeforeBulkThatWaits() {
		VirtualTime time = new VirtualTime(QuotaSettings.defaults());
		List<Call> bulk = bulk(time, 10, 100);
		assertThat(granted(bulk)).isLessThan(10);
		assertThat(time.calls(50, MAIL)).allMatch(Call::granted);
	}

	@Test
	void bulkIsNotStarvedBySingleCalls() {
		Operation operation = VirtualTime.operation("busy", 10);
		VirtualTime time = new VirtualTime(QuotaSettings.defaults());
		List<Call> bulk = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			bulk.add(time.bulk(operation, 1));
		}
		int singles = 0;
		List<Call> waiting = new ArrayList<>(time.calls(50, operation));
		for (int second = 0; second < 20; second++) {
			waiting.stream().filter(Call::granted).forEach(Call::answered);
			bulk.stream().filter(Call::granted).forEach(Call::answered);
			time.advance(1000);
			List<Call> done = waiting.stream().filter(Call::granted).toList();
			done.forEach(Call::answered);
			singles += done.size();
			waiting.removeAll(done);
			waiting.addAll(time.calls(done.size(), operation));
		}
		long bulks = granted(bulk);
		assertThat((double) bulks / (bulks + singles)).isBetween(0.05, 0.15);
	}

	@Test
	void bulkCallHeavierThanItsShareGoesWhenNothingElseDoes() {
		VirtualTime time = new VirtualTime(QuotaSettings.defaults());
		assertThat(time.bulk(MAIL, 6000).granted()).isTrue();
		assertThat(time.available("mail-messages")).isZero();
	}

	@Test
	void smallestQuotaServesBulkToo() {
		VirtualTime time = new VirtualTime(QuotaSettings.defaults());
		Operation tiny = VirtualTime.operation("tiny", 1);
		Call first = time.bulk(tiny, 1);
		Call second = time.bulk(tiny, 1);
		first.answered();
		time.advance(2000);
		assertThat(second.granted()).isTrue();
	}

}
