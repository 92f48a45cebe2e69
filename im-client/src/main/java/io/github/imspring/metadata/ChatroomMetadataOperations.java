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

package io.github.imspring.metadata;

import java.util.Collection;
import java.util.Map;

import io.github.imspring.exchange.BatchResult;
import io.github.imspring.exchange.ImRestOperations;
import reactor.core.publisher.Mono;

import org.springframework.lang.CheckReturnValue;

/**
 * Reads and writes the announcement and the attributes of chatrooms ("Manage chatroom
 * attributes").
 * <p>
 * An attribute belongs to the user who set it first. Another user's is not overwritten or
 * deleted but by the forced variants. A chatroom has at most 100 attributes.
 * <p>
 * Nothing is sent before subscription, and every subscription sends anew. Whatever goes
 * wrong arrives as an {@link io.github.imspring.error.ImException}; a value out of its
 * bounds as an {@link io.github.imspring.error.ImValidationException} before anything is
 * sent. Lengths count characters as Unicode code points. Keys are 1 to 128 of the
 * characters {@code a-z}, {@code A-Z}, {@code 0-9}, {@code _}, {@code -} and {@code .}.
 * All calls are repeated after failures that allow it.
 *
 * <h2>Many attributes</h2>
 *
 * The service takes 10 attributes a request, this interface up to 100: they are sent in
 * as many requests as needed, one after another, each of which is one call of its quota.
 * When one of several requests fails as a whole, what the others did is not lost: the
 * {@link BatchResult} says of each key whether it was set (or deleted), was not, or may
 * have been. If the service refused the content of that request (400 or 413), the rest is
 * sent all the same; after any other failure it is not. The result is replaced by the
 * failure itself if that says as much: if there was only one request, or if none can have
 * had an effect.
 *
 * @since 0.1.0
 */
@CheckReturnValue
public interface ChatroomMetadataOperations {

	/**
	 * Creates the operations.
	 * @param rest makes the calls
	 * @return the operations
	 */
	static ChatroomMetadataOperations create(ImRestOperations rest) {
		return new DefaultChatroomMetadataOperations(rest);
	}

	/**
	 * Gets the announcement. One call of the quota of 100 a second.
	 * @param chatroomId the ID of the chatroom
	 * @return the announcement, empty if none was set, or an
	 * {@link io.github.imspring.error.ImNotFoundException} if there is no such chatroom
	 */
	Mono<String> getAnnouncement(String chatroomId);

	/**
	 * Sets the announcement. One call of the quota of 100 a second.
	 * @param chatroomId the ID of the chatroom
	 * @param announcement the announcement, at most 512 characters
	 * @return completion when it is set; an
	 * {@link io.github.imspring.error.ImRefusedException} if the service reports that it
	 * is not
	 */
	Mono<Void> setAnnouncement(String chatroomId, String announcement);

	/**
	 * Gets all attributes, whoever set them. One call of the quota of 100 a second.
	 * @param chatroomId the ID of the chatroom
	 * @return the values by key, in the service's order
	 */
	Mono<Map<String, String>> getAttributes(String chatroomId);

	/**
	 * Gets the named attributes, whoever set them, in requests of 10 keys. Each request
	 * is one call of the quota of 100 a second.
	 * @param chatroomId the ID of the chatroom
	 * @param keys 1 to 100 keys; one that is named twice counts once
	 * @return the values by key, in the order asked, without those that the chatroom does
	 * not have; the failure of one request is the failure of all
	 */
	Mono<Map<String, String>> getAttributes(String chatroomId, Collection<String> keys);

	/**
	 * Sets attributes that are deleted when the user leaves the chatroom: as
	 * {@link #setAttributes(String, String, Map, AutoDelete)} does, leaving the fate of
	 * the attributes to the service's default.
	 * @param chatroomId the ID of the chatroom
	 * @param username the user ID of a member, to whom the attributes shall belong
	 * @param attributes 1 to 100 values of at most 4096 characters, by key
	 * @return what became of each
	 */
	Mono<BatchResult> setAttributes(String chatroomId, String username, Map<String, String> attributes);

	/**
	 * Sets attributes, except those that belong to others. Each request of 10 is one call
	 * of the quota of 100 a second, which is shared with the forced variant.
	 * @param chatroomId the ID of the chatroom
	 * @param username the user ID of a member, to whom the attributes shall belong; an
	 * {@link io.github.imspring.error.ImForbiddenException} if the user is no member
	 * @param attributes 1 to 100 values of at most 4096 characters, by key
	 * @param autoDelete what becomes of them when the user leaves the chatroom
	 * @return what became of each, in the order of the map
	 */
	Mono<BatchResult> setAttributes(String chatroomId, String username, Map<String, String> attributes,
			AutoDelete autoDelete);

	/**
	 * Sets attributes whoever they belong to: as
	 * {@link #forceSetAttributes(String, String, Map, AutoDelete)} does, leaving the fate
	 * of the attributes to the service's default, which is to delete them when the user
	 * leaves the chatroom.
	 * @param chatroomId the ID of the chatroom
	 * @param username the user ID to whom the attributes shall belong
	 * @param attributes 1 to 100 values of at most 4096 characters, by key
	 * @return what became of each, in the order of the map
	 */
	Mono<BatchResult> forceSetAttributes(String chatroomId, String username, Map<String, String> attributes);

	/**
	 * Sets attributes whoever they belong to. Each request of 10 is one call of the quota
	 * of 100 a second, which is shared with the variant that is not forced.
	 * @param chatroomId the ID of the chatroom
	 * @param username the user ID to whom the attributes shall belong
	 * @param attributes 1 to 100 values of at most 4096 characters, by key
	 * @param autoDelete what becomes of them when the user leaves the chatroom
	 * @return what became of each, in the order of the map
	 */
	Mono<BatchResult> forceSetAttributes(String chatroomId, String username, Map<String, String> attributes,
			AutoDelete autoDelete);

	/**
	 * Deletes attributes, except those that belong to others. Each request of 10 is one
	 * call of the quota of 100 a second, which is shared with the forced variant.
	 * @param chatroomId the ID of the chatroom
	 * @param username the user ID of a member, to whom the attributes belong
	 * @param keys 1 to 100 keys; one that is named twice counts once
	 * @return what became of each, in the order asked
	 */
	Mono<BatchResult> deleteAttributes(String chatroomId, String username, Collection<String> keys);

	/**
	 * Deletes attributes whoever they belong to. Each request of 10 is one call of the
	 * quota of 100 a second, which is shared with the variant that is not forced.
	 * @param chatroomId the ID of the chatroom
	 * @param username the user ID of who deletes
	 * @param keys 1 to 100 keys; one that is named twice counts once
	 * @return what became of each, in the order asked
	 */
	Mono<BatchResult> forceDeleteAttributes(String chatroomId, String username, Collection<String> keys);

}
