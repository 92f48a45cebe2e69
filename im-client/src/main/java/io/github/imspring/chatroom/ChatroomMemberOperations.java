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

package io.github.imspring.chatroom;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

import io.github.imspring.exchange.BatchResult;
import io.github.imspring.exchange.ImRestOperations;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.lang.CheckReturnValue;

/**
 * Manages the members of chatrooms: who is in, who runs them, who may speak ("Manage
 * chatroom members", "Allow list", "Block list", "Mute list", "Super administrators").
 * <p>
 * Nothing is sent before subscription, and every subscription sends anew. Whatever goes
 * wrong arrives as an {@link io.github.imspring.error.ImException}; a value out of its
 * bounds as an {@link io.github.imspring.error.ImValidationException} before anything is
 * sent. A chatroom that does not exist is an
 * {@link io.github.imspring.error.ImNotFoundException}. All calls are repeated after
 * failures that allow it. Each call is one of a quota of 100 a second; see
 * {@link io.github.imspring.operation.Operations}.
 * <p>
 * Methods that take many users cut them into calls of 60, one after another, and give
 * what became of each: {@link BatchResult#orThrow()} makes an exception of errors. A call
 * that the service refuses as a whole because of one user is sent again in halves, so
 * that the others get theirs. A failure that is nobody's in particular ends the work;
 * those left have it as their error. Given a single user, a method fails where the result
 * would have an error.
 *
 * @since 0.1.0
 */
@CheckReturnValue
public interface ChatroomMemberOperations {

	/**
	 * Creates the operations.
	 * @param rest makes the calls
	 * @return the operations
	 */
	static ChatroomMemberOperations create(ImRestOperations rest) {
		return new DefaultChatroomMemberOperations(rest);
	}

	/**
	 * Gets a page of the members, the owner among them and administrators as members.
	 * @param chatroomId the ID of the chatroom
	 * @param page the number of the page, from 1
	 * @param pageSize the most members of a page, 1 to 1000
	 * @return the page
	 */
	Mono<ChatroomMemberPage> list(String chatroomId, int page, int pageSize);

	/**
	 * Lists all members, in pages of 1,000, each fetched when the subscriber has used up
	 * the one before and asks for more. The service numbers these pages and keeps no
	 * order: who joins or leaves meanwhile can make another come twice or be missed.
	 * @param chatroomId the ID of the chatroom
	 * @return the owner and the members
	 */
	Flux<Affiliation> listAll(String chatroomId);

	/**
	 * Adds a member. Who is inside already stays so.
	 * @param chatroomId the ID of the chatroom
	 * @param username the user ID
	 * @return completion when the user is inside
	 */
	Mono<Void> add(String chatroomId, String username);

	/**
	 * Adds any number of members. Who is inside already stays so.
	 * @param chatroomId the ID of the chatroom
	 * @param usernames the user IDs
	 * @return what became of each
	 */
	Mono<BatchResult> add(String chatroomId, Collection<String> usernames);

	/**
	 * Removes a member.
	 * @param chatroomId the ID of the chatroom
	 * @param username the user ID
	 * @return completion when the user is out, which includes that a repeated attempt
	 * finds it so; an {@link io.github.imspring.error.ImApiException} with the error
	 * {@code forbidden_op} if the user was no member
	 */
	Mono<Void> remove(String chatroomId, String username);

	/**
	 * Removes any number of members.
	 * @param chatroomId the ID of the chatroom
	 * @param usernames the user IDs
	 * @return what became of each
	 */
	Mono<BatchResult> remove(String chatroomId, Collection<String> usernames);

	/**
	 * Lists the administrators.
	 * @param chatroomId the ID of the chatroom
	 * @return their user IDs
	 */
	Mono<List<String>> admins(String chatroomId);

	/**
	 * Makes a member an administrator.
	 * @param chatroomId the ID of the chatroom
	 * @param username the user ID of a member
	 * @return completion when the member is an administrator
	 */
	Mono<Void> addAdmin(String chatroomId, String username);

	/**
	 * Makes an administrator a plain member.
	 * @param chatroomId the ID of the chatroom
	 * @param username the user ID of an administrator
	 * @return completion when the administrator is a plain member
	 */
	Mono<Void> removeAdmin(String chatroomId, String username);

	/**
	 * Gets a page of the super administrators of all chatrooms, newest first: they may
	 * create chatrooms with the client SDKs.
	 * @param page the number of the page, from 1
	 * @param pageSize the most of a page, 1 to 1000
	 * @return their user IDs
	 */
	Mono<List<String>> superAdmins(int page, int pageSize);

	/**
	 * Lists all super administrators, newest first, in pages of 1,000.
	 * @return their user IDs
	 */
	Flux<String> listAllSuperAdmins();

	/**
	 * Makes a user a super administrator.
	 * @param username the user ID
	 * @return completion when the user is one
	 */
	Mono<Void> addSuperAdmin(String username);

	/**
	 * Makes a super administrator a plain user.
	 * @param username the user ID
	 * @return completion when the user is one no more
	 */
	Mono<Void> removeSuperAdmin(String username);

	/**
	 * Mutes a member for a time, also if the member leaves and comes back meanwhile.
	 * @param chatroomId the ID of the chatroom
	 * @param username the user ID of a member
	 * @param duration how long, from a millisecond to 100 years
	 * @return completion when the member is muted
	 */
	default Mono<Void> mute(String chatroomId, String username, Duration duration) {
		return mute(chatroomId, Collections.singletonList(username), duration).map(BatchResult::orThrow).then();
	}

	/**
	 * Mutes any number of members for a time, also those who leave and come back
	 * meanwhile.
	 * @param chatroomId the ID of the chatroom
	 * @param usernames the user IDs of members
	 * @param duration how long, from a millisecond to 100 years
	 * @return what became of each
	 */
	Mono<BatchResult> mute(String chatroomId, Collection<String> usernames, Duration duration);

	/**
	 * Mutes a member until unmuted.
	 * @param chatroomId the ID of the chatroom
	 * @param username the user ID of a member
	 * @return completion when the member is muted
	 */
	default Mono<Void> muteForever(String chatroomId, String username) {
		return muteForever(chatroomId, Collections.singletonList(username)).map(BatchResult::orThrow).then();
	}

	/**
	 * Mutes any number of members until unmuted.
	 * @param chatroomId the ID of the chatroom
	 * @param usernames the user IDs of members
	 * @return what became of each
	 */
	Mono<BatchResult> muteForever(String chatroomId, Collection<String> usernames);

	/**
	 * Lets a muted member speak again.
	 * @param chatroomId the ID of the chatroom
	 * @param username the user ID
	 * @return completion when the member may speak
	 */
	default Mono<Void> unmute(String chatroomId, String username) {
		return unmute(chatroomId, Collections.singletonList(username)).map(BatchResult::orThrow).then();
	}

	/**
	 * Lets any number of muted members speak again.
	 * @param chatroomId the ID of the chatroom
	 * @param usernames the user IDs
	 * @return what became of each
	 */
	Mono<BatchResult> unmute(String chatroomId, Collection<String> usernames);

	/**
	 * Lists who is muted.
	 * @param chatroomId the ID of the chatroom
	 * @return the muted members
	 */
	Mono<List<MutedMember>> muted(String chatroomId);

	/**
	 * Mutes all members but the owner, the administrators and those on the allow list.
	 * Who is muted alone stays so.
	 * @param chatroomId the ID of the chatroom
	 * @return completion when all are muted
	 */
	Mono<Void> muteAll(String chatroomId);

	/**
	 * Ends what {@link #muteAll} began. Who is muted alone stays so.
	 * @param chatroomId the ID of the chatroom
	 * @return completion when it is over
	 */
	Mono<Void> unmuteAll(String chatroomId);

	/**
	 * Lists the allow list.
	 * @param chatroomId the ID of the chatroom
	 * @return the user IDs of the members on it
	 */
	Mono<List<String>> allowed(String chatroomId);

	/**
	 * Puts a member on the allow list: who is on it may speak while all are muted, and
	 * has messages of high priority.
	 * @param chatroomId the ID of the chatroom
	 * @param username the user ID of a member
	 * @return completion when the member is on it
	 */
	default Mono<Void> allow(String chatroomId, String username) {
		return allow(chatroomId, Collections.singletonList(username)).map(BatchResult::orThrow).then();
	}

	/**
	 * Puts any number of members on the allow list.
	 * @param chatroomId the ID of the chatroom
	 * @param usernames the user IDs of members
	 * @return what became of each
	 */
	Mono<BatchResult> allow(String chatroomId, Collection<String> usernames);

	/**
	 * Takes a member off the allow list.
	 * @param chatroomId the ID of the chatroom
	 * @param username the user ID
	 * @return completion when the member is off it
	 */
	default Mono<Void> disallow(String chatroomId, String username) {
		return disallow(chatroomId, Collections.singletonList(username)).map(BatchResult::orThrow).then();
	}

	/**
	 * Takes any number of members off the allow list.
	 * @param chatroomId the ID of the chatroom
	 * @param usernames the user IDs
	 * @return what became of each
	 */
	Mono<BatchResult> disallow(String chatroomId, Collection<String> usernames);

	/**
	 * Lists the block list.
	 * @param chatroomId the ID of the chatroom
	 * @return the user IDs of those on it
	 */
	Mono<List<String>> blocked(String chatroomId);

	/**
	 * Puts a member on the block list: who is on it is thrown out and cannot come back.
	 * @param chatroomId the ID of the chatroom
	 * @param username the user ID of a member, not of the owner
	 * @return completion when the member is on it
	 */
	default Mono<Void> block(String chatroomId, String username) {
		return block(chatroomId, Collections.singletonList(username)).map(BatchResult::orThrow).then();
	}

	/**
	 * Puts any number of members on the block list.
	 * @param chatroomId the ID of the chatroom
	 * @param usernames the user IDs of members, none of them the owner
	 * @return what became of each
	 */
	Mono<BatchResult> block(String chatroomId, Collection<String> usernames);

	/**
	 * Takes a user off the block list.
	 * @param chatroomId the ID of the chatroom
	 * @param username the user ID
	 * @return completion when the user is off it
	 */
	default Mono<Void> unblock(String chatroomId, String username) {
		return unblock(chatroomId, Collections.singletonList(username)).map(BatchResult::orThrow).then();
	}

	/**
	 * Takes any number of users off the block list.
	 * @param chatroomId the ID of the chatroom
	 * @param usernames the user IDs
	 * @return what became of each
	 */
	Mono<BatchResult> unblock(String chatroomId, Collection<String> usernames);

}
