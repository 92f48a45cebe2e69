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

package io.github.imspring.sample.attribute;

import java.util.List;
import java.util.Map;

import io.github.imspring.exchange.BatchResult;
import io.github.imspring.metadata.ChatroomMetadataOperations;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows, sets and deletes the attributes of a room. An attribute belongs to the user who
 * set it, and another cannot change it but by force.
 */
@RestController
@RequestMapping("/api/rooms/{roomId}/attributes")
class AttributeController {

	private final ChatroomMetadataOperations metadata;

	private final AttributeOwners owners;

	AttributeController(ChatroomMetadataOperations metadata, AttributeOwners owners) {
		this.metadata = metadata;
		this.owners = owners;
	}

	@GetMapping
	Mono<Map<String, String>> get(@PathVariable String roomId,
			@RequestParam(required = false) @Nullable List<String> key) {
		return (key != null) ? this.metadata.getAttributes(roomId, key) : this.metadata.getAttributes(roomId);
	}

	@GetMapping("/owners")
	Map<String, String> owners(@PathVariable String roomId) {
		return this.owners.of(roomId);
	}

	@PatchMapping
	Mono<AttributeChanges> set(@PathVariable String roomId, @RequestParam String user,
			@RequestParam(defaultValue = "false") boolean forced, @RequestBody SetAttributes request) {
		Mono<BatchResult> result = forced
				? this.metadata.forceSetAttributes(roomId, user, request.metaData(), request.autoDelete())
				: this.metadata.setAttributes(roomId, user, request.metaData(), request.autoDelete());
		return result.doOnNext((changes) -> this.owners.set(roomId, user, changes.succeeded()))
			.map(AttributeChanges::of);
	}

	@DeleteMapping
	Mono<AttributeChanges> delete(@PathVariable String roomId, @RequestParam String user,
			@RequestParam List<String> key, @RequestParam(defaultValue = "false") boolean forced) {
		Mono<BatchResult> result = forced ? this.metadata.forceDeleteAttributes(roomId, user, key)
				: this.metadata.deleteAttributes(roomId, user, key);
		return result.map(AttributeChanges::of);
	}

}
