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

package io.github.imspring.quota.store;

import java.time.Duration;
import java.util.List;

import reactor.core.publisher.Mono;

/**
 * Shares the quotas of one app out among the instances of an application. An instance may
 * hold slots up to its {@link QuotaShare}. The store gives only what no other instance
 * has: as long as all claims together are within the quota, all shares together are, too.
 * What an instance holds, and until when, stays in its own log: the store gives and takes
 * slots, so that no call waits for it as long as the share is large enough.
 * <p>
 * An instance that the store does not hear from is taken to run on its fallback share of
 * the quota, {@code limit ÷ instances}, until it is heard from again or forgotten, unless
 * it has left.
 *
 * @since 0.1.0
 */
public interface QuotaStore {

	/**
	 * How long after its last exchange an instance that sends is taken to run on its
	 * fallback share.
	 */
	Duration LEASE = Duration.ofMillis(500);

	/**
	 * Says what this instance has and needs, and asks what it may have. Sent again and
	 * again, one at a time, several times a second while the instance sends; claims that
	 * are equal to the last ones keep the instance known. Must not block.
	 * @param claims the claims, one for each quota, possibly none
	 * @param lease how long after this exchange the instance is taken to run on its
	 * fallback share, {@link #LEASE} or longer
	 * @param validFor the time after which the exchange must have no effect any more
	 * @return the shares, one for each claim in the same order; empty if the store is
	 * closed for good
	 */
	Mono<List<QuotaShare>> exchange(List<QuotaClaim> claims, Duration lease, Duration validFor);

	/**
	 * Says that this instance ends. What it claims is kept until it has come free by
	 * itself, and no share is; its last calls keep to its fallback share, and the store
	 * hears nothing of them. Called at most once, after the last exchange. Must not
	 * block.
	 * @param claims the claims, one for each quota, possibly none
	 * @return completes when the store knows, or is closed
	 */
	default Mono<Void> leave(List<QuotaClaim> claims) {
		return Mono.empty();
	}

}
