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

package io.github.imspring.emulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.github.imspring.emulator.http.Request;
import io.github.imspring.emulator.service.BoundedLog;
import io.github.imspring.emulator.service.Footprint;

/**
 * The last requests to the service, beside an exact count of all of them.
 */
final class RequestLog {

	private static final long MAX_BYTES = 32L * 1024 * 1024;

	/** A small request takes less: of those, as many are remembered as were asked for. */
	private static final int BYTES_FOR_EACH = 4096;

	private final BoundedLog<RecordedRequest> requests;

	private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

	RequestLog(int maxRequests) {
		this.requests = new BoundedLog<>(maxRequests, MAX_BYTES + (long) maxRequests * BYTES_FOR_EACH);
	}

	void add(String operation, Request request, int status) {
		byte[] body = request.body();
		byte[] kept = (body.length > RecordedRequest.KEPT_BODY_BYTES)
				? Arrays.copyOf(body, RecordedRequest.KEPT_BODY_BYTES) : body;
		Map<String, List<String>> headers = headers(request);
		long footprint = kept.length + Footprint.of(request.rawPath()) + Footprint.of(request.query())
				+ Footprint.of(headers);
		this.requests.add(new RecordedRequest(operation, request.method(), request.rawPath(), request.query(), headers,
				kept, body.length, status), footprint);
		this.counts.computeIfAbsent(operation, (name) -> new LongAdder()).increment();
	}

	private static Map<String, List<String>> headers(Request request) {
		Map<String, List<String>> headers = new LinkedHashMap<>();
		for (Map.Entry<String, String> header : request.headers()) {
			String name = header.getKey().toLowerCase(Locale.ROOT);
			String value = name.equals("authorization") ? "***" : header.getValue();
			headers.computeIfAbsent(name, (key) -> new ArrayList<>(1)).add(value);
		}
		return headers;
	}

	List<RecordedRequest> all() {
		return this.requests.matching((request) -> true);
	}

	List<RecordedRequest> of(String operation) {
		return this.requests.matching((request) -> request.operation().equals(operation));
	}

	long count(String operation) {
		LongAdder count = this.counts.get(operation);
		return (count != null) ? count.sum() : 0;
	}

	Map<String, Long> counts() {
		Map<String, Long> sums = new TreeMap<>();
		this.counts.forEach((operation, count) -> sums.put(operation, count.sum()));
		return sums;
	}

	void clear() {
		this.requests.clear();
		this.counts.clear();
	}

}
