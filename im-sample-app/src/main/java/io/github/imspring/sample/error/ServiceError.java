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

package io.github.imspring.sample.error;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.imspring.error.ImApiException;
import org.jspecify.annotations.Nullable;

/**
 * An error in the words of the service.
 *
 * @param status the HTTP status
 * @param error the kind of error
 * @param description what is wrong
 */
record ServiceError(int status, @Nullable String error,
		@JsonProperty("error_description") @Nullable String description) {

	static ServiceError of(ImApiException ex) {
		return new ServiceError(ex.status(), ex.error(), ex.errorDescription());
	}

}
