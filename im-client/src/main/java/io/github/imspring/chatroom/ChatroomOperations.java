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

import java.util.Collection;

import io.github.imspring.exchange.ImRestOperations;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.lang.CheckReturnValue;

/**
 * Manages the chatrooms of the app ("Manage chatrooms").
 * <p>
 * Nothing is sent before subscription, and every subscription sends anew. Whatever goes
 * wrong arrives as an {@link io.github.imspring.error.ImException}; a value out of its
 * bounds as an {@link io.github.imspring.error.ImValidationException} before anything is
 * sent. Lengths count characters as Unicode code points. All calls are repeated after
 * failures that allow it, except that creating and transferring are not when the service
 * may have acted already.
 *
 * @since 0.1.0
 */
@CheckReturnValue
public interface ChatroomOperations {

	/**
	 * Creates the operations with the documented bounds.
	 * @param rest makes the calls
	 * @return the operations
	 */
	static ChatroomOperations create(ImRestOperations rest) {
		return create(rest, ChatroomSettings.DEFAULTS);
	}

	/**
	 * Creates the operations.
	 * @param rest makes the calls
	 * @param settings the bounds that differ from app to app
	 * @return the operations
	 */
	static ChatroomOperations create(ImRestOperations rest, ChatroomSettings settings) {
		return new DefaultChatroomOperations(rest, settings);
	}

	/**
	 * Gets the first page of the list of all chatrooms, newest first. One call of the
	 * quota of 50 a second.
	 * @param limit the most chatrooms of the page, 1 to 1000
	 * @return the page
	 */
	Mono<ChatroomPage> list(int limit);

	/**
	 * Gets a further page of the list of all chatrooms. One call of the quota of 50 a
	 * second.
	 * @param limit the most chatrooms of the page, 1 to 1000
	 * @param cursor where the page starts: the {@link ChatroomPage#cursor()} of the page
	 * before
	 * @return the page
	 */
	Mono<ChatroomPage> list(int limit, String cursor);

	/**
	 * Lists all chatrooms, newest first, page by page as the subscriber asks for more.
	 * The first page has as many chatrooms as are asked for, so that taking 25 costs one
	 * call for 25; while the subscriber goes on, each page is at least twice the one
	 * before, up to {@link ChatroomSettings#pageSize()}, however few are asked for at a
	 * time. No more than one page is held at once, and none is fetched before the one
	 * before is used up. Chatrooms that are created meanwhile are not listed, as they
	 * stand before those that are. Each page is one call of the quota of 50 a second.
	 * @return the chatrooms
	 */
	Flux<ChatroomSummary> listAll();

	/**
	 * Gets a page of the chatrooms that a user joined. One call of the quota of 50 a
	 * second.
	 * @param username the user ID
	 * @param page the number of the page, from 1
	 * @param pageSize the most chatrooms of a page, 1 to 1000
	 * @return the page
	 */
	Mono<JoinedChatroomPage> listJoined(String username, int page, int pageSize);

	/**
	 * Lists all chatrooms that a user joined, in pages of
	 * {@link ChatroomSettings#pageSize()}, each fetched when the subscriber has used up
	 * the one before and asks for more. The service numbers these pages, so that joining
	 * or leaving chatrooms meanwhile can move one from page to page: with more chatrooms
	 * than a page has, it may then come twice or be missed. A page of 100 or more may
	 * have been cut off by the service, so that another is asked for. Each page is one
	 * call of the quota of 50 a second.
	 * @param username the user ID
	 * @return the chatrooms
	 */
	Flux<JoinedChatroom> listAllJoined(String username);

	/**
	 * Gets the details of a chatroom. One call of the quota of 100 a second.
	 * @param chatroomId the ID of the chatroom
	 * @return the chatroom, or an {@link io.github.imspring.error.ImNotFoundException} if
	 * there is none of this ID
	 */
	Mono<Chatroom> get(String chatroomId);

	/**
	 * Gets the details of any number of chatrooms, 100 a call, one call after another as
	 * the results are consumed. If the service refuses a call because of an unknown ID
	 * among the hundred, it is asked again for ten at a time, and for one at a time where
	 * ten are refused. A hundred IDs so cost 1 call if the service answers, 21 if it
	 * refuses because of one, and never more than 111, when all are unknown. Each call is
	 * one of the quota of 100 a second.
	 * @param chatroomIds the IDs, possibly none
	 * @return what became of each ID, in the order asked; an ID that is unknown is not an
	 * error
	 */
	Flux<ChatroomLookup> get(Collection<String> chatroomIds);

	/**
	 * Creates a chatroom. One call of the quota of 50 a second.
	 * @param chatroom the chatroom
	 * @return the ID of the chatroom
	 */
	Mono<String> create(NewChatroom chatroom);

	/**
	 * Changes a chatroom. One call of the quota of 100 a second, shared with
	 * {@link #transfer}.
	 * @param chatroomId the ID of the chatroom
	 * @param update what to change
	 * @return completion when all of it is changed; an
	 * {@link io.github.imspring.error.ImRefusedException} if the service reports that it
	 * did not change some of it
	 */
	Mono<Void> update(String chatroomId, ChatroomUpdate update);

	/**
	 * Makes another member the owner of a chatroom. One call of the quota of 100 a
	 * second, shared with {@link #update}.
	 * @param chatroomId the ID of the chatroom
	 * @param newOwner the user ID of a member who is not the owner yet
	 * @return completion when the chatroom has the new owner; an
	 * {@link io.github.imspring.error.ImRefusedException} if the service reports that it
	 * has not
	 */
	Mono<Void> transfer(String chatroomId, String newOwner);

	/**
	 * Dissolves a chatroom. One call of the quota of 100 a second.
	 * @param chatroomId the ID of the chatroom
	 * @return completion when the chatroom is gone, which includes that a repeated
	 * attempt finds it so; an {@link io.github.imspring.error.ImNotFoundException} if
	 * there was none of this ID; an {@link io.github.imspring.error.ImRefusedException}
	 * if the service reports that it did not dissolve it
	 */
	Mono<Void> delete(String chatroomId);

}
