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

package io.github.imspring.group;

import java.util.List;

import io.github.imspring.exchange.ResponseEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * A page of the groups that a user joined.
 *
 * @param groups the groups
 * @param total how many groups the user joined, or {@code null} if the answer does not
 * say
 * @param envelope what surrounds the groups
 * @since 0.1.0
 */
public record JoinedGroupPage(List<JoinedGroup> groups, @Nullable Integer total, ResponseEnvelope envelope) {

	/**
	 * Copies the groups.
	 * @param groups the groups
	 * @param total how many groups the user joined
	 * @param envelope what surrounds the groups
	 */
	public JoinedGroupPage {
		groups = List.copyOf(groups);
	}

}
