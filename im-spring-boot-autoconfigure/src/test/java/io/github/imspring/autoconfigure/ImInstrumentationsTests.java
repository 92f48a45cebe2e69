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

package io.github.imspring.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.imspring.observation.CallListener;
import io.github.imspring.observation.CallOutcome;
import io.github.imspring.observation.ObservedCall;
import io.github.imspring.operation.Operations;
import io.github.imspring.quota.QuotaListener;
import io.github.imspring.quota.QuotaStoreState;
import io.github.imspring.token.TokenRefreshListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ImInstrumentations}.
 */
class ImInstrumentationsTests {

	private final List<String> heard = new ArrayList<>();

	@Test
	void listenerThatFailsKeepsNothingFromTheOthers() {
		StaticListableBeanFactory beans = new StaticListableBeanFactory();
		beans.addBean("failing", new Recording("failing", true));
		beans.addBean("other", new Recording("other", false));
		ImInstrumentations all = new ImInstrumentations(beans.getBeanProvider(ImClientInstrumentation.class));
		all.callListener("a").ended(new ObservedCall(Operations.SEND_MESSAGE, null, 1), CallOutcome.SUCCESS, null);
		all.quotaListener("a").storeChanged(QuotaStoreState.DEGRADED);
		all.tokenRefreshListener("a").onRefresh(Duration.ZERO, null);
		assertThat(this.heard).containsExactly("failing ended", "other ended", "failing store", "other store",
				"failing token", "other token");
	}

	private final class Recording implements ImClientInstrumentation {

		private final String name;

		private final boolean fails;

		Recording(String name, boolean fails) {
			this.name = name;
			this.fails = fails;
		}

		private void hear(String event) {
			ImInstrumentationsTests.this.heard.add(this.name + " " + event);
			if (this.fails) {
				throw new IllegalStateException("no");
			}
		}

		@Override
		public CallListener callListener(String account) {
			return new CallListener() {
				@Override
				public void ended(ObservedCall call, CallOutcome outcome, @Nullable Throwable failure) {
					hear("ended");
				}
			};
		}

		@Override
		public QuotaListener quotaListener(String account) {
			return new QuotaListener() {
				@Override
				public void storeChanged(QuotaStoreState state) {
					hear("store");
				}
			};
		}

		@Override
		public TokenRefreshListener tokenRefreshListener(String account) {
			return (duration, failure) -> hear("token");
		}

	}

}
