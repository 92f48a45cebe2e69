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

import java.util.Collection;

import io.github.imspring.exchange.BatchResult;
import io.github.imspring.exchange.ImRestOperations;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.lang.CheckReturnValue;

/**
 * Manages the groups of the app and their members ("Manage groups", "Manage group
 * members").
 * <p>
 * Nothing is sent before subscription, and every subscription sends anew. Whatever goes
 * wrong arrives as an {@link io.github.imspring.error.ImException}; a value out of its
 * bounds as an {@link io.github.imspring.error.ImValidationException} before anything is
 * sent. A group that does not exist is an
 * {@link io.github.imspring.error.ImNotFoundException}. Lengths count characters as
 * Unicode code points unless they are of bytes. All calls are repeated after failures
 * that allow it, except that creating and transferring are not when the service may have
 * acted already. Unless said otherwise each call is one of a quota of 100 a second; see
 * {@link io.github.imspring.operation.Operations}.
 *
 * @since 0.1.0
 */
@CheckReturnValue
public interface GroupOperations {

	/**
	 * Creates the operations.
	 * @param rest makes the calls
	 * @return the operations
	 */
	static GroupOperations create(ImRestOperations rest) {
		return new DefaultGroupOperations(rest);
	}

	/**
	 * Creates a group.
	 * @param group the group
	 * @return the ID of the group
	 */
	Mono<String> create(NewGroup group);

	/**
	 * Gets the details of a group.
	 * @param groupId the ID of the group
	 * @return the group
	 */
	Mono<Group> get(String groupId);

	/**
	 * Gets the details of any number of groups, 100 a call, one call after another as the
	 * results are consumed. If the service refuses a call because of an unknown ID among
	 * the hundred, it is asked again for ten at a time, and for one at a time where ten
	 * are refused. A hundred IDs so cost 1 call if the service answers, 21 if it refuses
	 * because of one, and never more than 111, when all are unknown. Each call is one of
	 * the quota of 100 a second.
	 * @param groupIds the IDs, possibly none
	 * @return what became of each ID, in the order asked; an ID that is unknown is not an
	 * error
	 */
	Flux<GroupLookup> get(Collection<String> groupIds);

	/**
	 * Gets the first page of the list of all groups, newest first.
	 * @param limit the most groups of the page, 1 to 1000
	 * @return the page
	 */
	Mono<GroupPage> list(int limit);

	/**
	 * Gets a further page of the list of all groups.
	 * @param limit the most groups of the page, 1 to 1000
	 * @param cursor where the page starts: the {@link GroupPage#cursor()} of the page
	 * before
	 * @return the page
	 */
	Mono<GroupPage> list(int limit, String cursor);

	/**
	 * Lists all groups, newest first, page by page as the subscriber asks for more: up to
	 * 1,000 a call, no more than one page held at once.
	 * @return the groups
	 */
	Flux<GroupSummary> listAll();

	/**
	 * Gets a page of the groups that a user joined. One call of a quota of 50 a second.
	 * @param username the user ID
	 * @param page the number of the page, from 0, unlike all other numbers of pages
	 * @param pageSize the most groups of a page, 1 to 20
	 * @return the page
	 */
	Mono<JoinedGroupPage> listJoined(String username, int page, int pageSize);

	/**
	 * Lists all groups that a user joined, in pages of 20, each fetched when the
	 * subscriber has used up the one before and asks for more. Each page is one call of a
	 * quota of 50 a second.
	 * @param username the user ID
	 * @return the groups
	 */
	Flux<JoinedGroup> listAllJoined(String username);

	/**
	 * Changes a group.
	 * @param groupId the ID of the group
	 * @param update what to change
	 * @return completion when all of it is changed; an
	 * {@link io.github.imspring.error.ImRefusedException} if the service reports that it
	 * did not change some of it
	 */
	Mono<Void> update(String groupId, GroupUpdate update);

	/**
	 * Makes another member the owner of a group. Shares the quota of {@link #update}.
	 * @param groupId the ID of the group
	 * @param newOwner the user ID of a member who is not the owner yet
	 * @return completion when the group has the new owner; an
	 * {@link io.github.imspring.error.ImRefusedException} if the service reports that it
	 * has not
	 */
	Mono<Void> transfer(String groupId, String newOwner);

	/**
	 * Dissolves a group, its threads with it.
	 * @param groupId the ID of the group
	 * @return completion when the group is gone, which includes that a repeated attempt
	 * finds it so
	 */
	Mono<Void> delete(String groupId);

	/**
	 * Gets the announcement.
	 * @param groupId the ID of the group
	 * @return the announcement, empty if none was set
	 */
	Mono<String> getAnnouncement(String groupId);

	/**
	 * Sets the announcement.
	 * @param groupId the ID of the group
	 * @param announcement the announcement, at most 512 characters
	 * @return completion when it is set
	 */
	Mono<Void> setAnnouncement(String groupId, String announcement);

	/**
	 * Gets a page of the members, the owner and the administrators among them.
	 * @param groupId the ID of the group
	 * @param page the number of the page, from 1
	 * @param pageSize the most members of a page, 1 to 1000
	 * @return the page
	 */
	Mono<GroupMemberPage> listMembers(String groupId, int page, int pageSize);

	/**
	 * Lists all members, in pages of 1,000, each fetched when the subscriber has used up
	 * the one before and asks for more.
	 * @param groupId the ID of the group
	 * @return the owner, the administrators and the members
	 */
	Flux<GroupMember> listAllMembers(String groupId);

	/**
	 * Adds a member. Who is inside already stays so.
	 * @param groupId the ID of the group
	 * @param username the user ID
	 * @return completion when the user is inside
	 */
	Mono<Void> addMember(String groupId, String username);

	/**
	 * Adds any number of members, 60 a call, one call after another. Who is inside
	 * already stays so. A call that the service refuses as a whole because of one user is
	 * sent again in halves.
	 * @param groupId the ID of the group
	 * @param usernames the user IDs
	 * @return what became of each; {@link BatchResult#orThrow()} makes an exception of
	 * errors
	 */
	Mono<BatchResult> addMembers(String groupId, Collection<String> usernames);

	/**
	 * Removes a member.
	 * @param groupId the ID of the group
	 * @param username the user ID, not the owner's
	 * @return completion when the user is out, which includes that a repeated attempt
	 * finds it so; an {@link io.github.imspring.error.ImForbiddenException} if the user
	 * was no member
	 */
	Mono<Void> removeMember(String groupId, String username);

	/**
	 * Removes any number of members, 60 a call, one call after another. A call that the
	 * service refuses as a whole because of one user is sent again in halves.
	 * @param groupId the ID of the group
	 * @param usernames the user IDs, the owner's not among them
	 * @return what became of each; {@link BatchResult#orThrow()} makes an exception of
	 * errors
	 */
	Mono<BatchResult> removeMembers(String groupId, Collection<String> usernames);

}
