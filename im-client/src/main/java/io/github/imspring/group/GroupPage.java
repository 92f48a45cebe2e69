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
 * A page of the list of all groups.
 *
 * @param groups the groups, newest first
 * @param cursor where the next page starts, or {@code null} if this is the last one
 * @param envelope what surrounds the data
 * @since 0.1.0
 */
public record GroupPage(List<GroupSummary> groups, @Nullable String cursor, ResponseEnvelope envelope) {

	/**
	 * Copies the groups.
	 * @param groups the groups
	 * @param cursor where the next page starts
	 * @param envelope what surrounds the data
	 */
	public GroupPage {
		groups = List.copyOf(groups);
	}

}
