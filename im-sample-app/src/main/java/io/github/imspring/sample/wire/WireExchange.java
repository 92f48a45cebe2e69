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

package io.github.imspring.sample.wire;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A request to the service and its answer, without anything secret.
 *
 * @param method the HTTP method
 * @param url the address
 * @param headers the headers of the request
 * @param body the body of the request; absent if there is none, or it is no text
 * @param status the HTTP status of the answer; absent if none came
 * @param answerHeaders the headers of the answer
 * @param answer the body of the answer; absent if there is none, or it is no text
 * @param millis how long it took, in milliseconds
 * @param failure why no answer came; absent if one did
 * @param curl the request as a command, which takes the token from {@code $IM_TOKEN}
 */
record WireExchange(String method, String url, Map<String, String> headers, @Nullable String body,
		@Nullable Integer status, Map<String, String> answerHeaders, @Nullable String answer, long millis,
		@Nullable String failure, String curl) {
}
