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

package io.github.imspring.sample.member;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.imspring.chatroom.Affiliation;
import io.github.imspring.chatroom.ChatroomMemberOperations;
import io.github.imspring.chatroom.ChatroomMemberPage;
import io.github.imspring.chatroom.MutedMember;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lets viewers into a room, and lets the host mute and remove them.
 */
@RestController
@RequestMapping("/api/rooms/{roomId}/members")
class MemberController {

	private final ChatroomMemberOperations members;

	MemberController(ChatroomMemberOperations members) {
		this.members = members;
	}

	@GetMapping
	Mono<List<Member>> list(@PathVariable String roomId, @RequestParam(defaultValue = "1") int page,
			@RequestParam(defaultValue = "100") int size) {
		return Mono.zip(this.members.list(roomId, page, size), this.members.muted(roomId), MemberController::merge);
	}

	@PostMapping
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> join(@PathVariable String roomId, @RequestBody JoinRoom join) {
		return this.members.add(roomId, join.user());
	}

	@DeleteMapping("/{user}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> remove(@PathVariable String roomId, @PathVariable String user) {
		return this.members.remove(roomId, user);
	}

	@PutMapping("/{user}/mute")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> mute(@PathVariable String roomId, @PathVariable String user, @RequestBody MuteMember mute) {
		Duration duration = mute.duration();
		return (duration != null) ? this.members.mute(roomId, user, duration) : this.members.muteForever(roomId, user);
	}

	@DeleteMapping("/{user}/mute")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> unmute(@PathVariable String roomId, @PathVariable String user) {
		return this.members.unmute(roomId, user);
	}

	private static List<Member> merge(ChatroomMemberPage page, List<MutedMember> muted) {
		Map<String, MutedMember> silent = muted.stream()
			.collect(Collectors.toMap((member) -> member.username().toLowerCase(Locale.ROOT), (member) -> member,
					(one, other) -> one));
		return page.members().stream().map((member) -> describe(member, silent)).toList();
	}

	private static Member describe(Affiliation affiliation, Map<String, MutedMember> silent) {
		MutedMember muted = silent.get(affiliation.username().toLowerCase(Locale.ROOT));
		return new Member(affiliation.username(), affiliation.role().name().toLowerCase(Locale.ROOT), muted != null,
				(muted != null) ? muted.until() : null);
	}

}
