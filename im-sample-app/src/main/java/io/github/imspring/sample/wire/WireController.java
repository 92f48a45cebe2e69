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

import java.util.List;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Shows what a request made the service see.
 */
@RestController
class WireController {

	private final WireTraces traces;

	WireController(WireTraces traces) {
		this.traces = traces;
	}

	@GetMapping("/api/wire/{id}")
	List<WireExchange> exchanges(@PathVariable String id) {
		WireTrace trace = this.traces.get(id);
		if (trace == null) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such trace, or it is forgotten");
		}
		return trace.exchanges();
	}

}
