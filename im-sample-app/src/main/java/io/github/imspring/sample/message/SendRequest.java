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

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A message as the service's documents describe it.
 *
 * @param from the sender; {@code admin} if left out
 * @param to the recipients
 * @param type {@code txt}, {@code img}, {@code audio}, {@code video}, {@code file},
 * {@code loc}, {@code cmd} or {@code custom}
 * @param body what the type asks for
 * @param ext anything else that the clients of this application understand
 * @param syncDevice whether the sender's own devices get the message as well
 * @param roamIgnoreUsers who does not find the message in the roaming history
 * @param routeType left out to reach recipients who are offline as well
 */
record SendRequest(@Nullable String from, @Nullable List<String> to, @Nullable String type, @Nullable JsonNode body,
		@Nullable Map<String, @Nullable Object> ext, @JsonProperty("sync_device") @Nullable Boolean syncDevice,
		@JsonProperty("roam_ignore_users") @Nullable List<String> roamIgnoreUsers,
		@JsonProperty("routetype") @Nullable RouteType routeType) {

	enum RouteType {

		/**
		 * Only recipients who are online get the message.
		 */
		ROUTE_ONLINE

	}

}
