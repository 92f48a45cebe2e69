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

package io.github.imspring.user;

import java.time.InstantSource;
import java.util.List;

import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.token.UserTokenBuilder;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.lang.CheckReturnValue;

/**
 * Registers and manages the users of the app, and gets the tokens that they log in with
 * ("User accounts", "Authenticate with a user token").
 * <p>
 * Nothing is sent before subscription, and every subscription sends anew. Whatever goes
 * wrong arrives as an {@link io.github.imspring.error.ImException}; a value out of its
 * bounds as an {@link io.github.imspring.error.ImValidationException} before anything is
 * sent. The service compares user IDs without regard to case and keeps them in lower
 * case; so do these operations. All calls are repeated after failures that allow it,
 * except that registering is not when the service may have acted already; {@link #ensure}
 * is.
 * <p>
 * Unless said otherwise a call is one of the quota {@code users}, of 100 a second, which
 * all operations on users share.
 *
 * @since 0.1.0
 */
@CheckReturnValue
public interface UserOperations {

	/**
	 * Creates the operations, with tokens that the service issues.
	 * @param rest makes the calls
	 * @return the operations
	 */
	static UserOperations create(ImRestOperations rest) {
		return create(rest, null, InstantSource.system());
	}

	/**
	 * Creates the operations.
	 * @param rest makes the calls
	 * @param tokens builds the tokens of users, as with Shengwang and Agora; {@code null}
	 * to have the service issue them, as with Easemob
	 * @param clock tells when a token was asked for
	 * @return the operations
	 */
	static UserOperations create(ImRestOperations rest, @Nullable UserTokenBuilder tokens, InstantSource clock) {
		return new DefaultUserOperations(rest, tokens, clock);
	}

	/**
	 * Registers a user.
	 * @param user the user
	 * @return the new user; an {@link io.github.imspring.error.ImApiException} with the
	 * error {@code duplicate_unique_property_exists} if there is one of this name, for
	 * which {@link #ensure} is the better call
	 */
	Mono<User> register(NewUser user);

	/**
	 * Registers a user who is to log in with tokens. With Easemob, which wants a password
	 * for every user, that is a random one which nobody knows; with tokens that are built
	 * here there is none.
	 * @param username the user ID
	 * @return the new user
	 */
	Mono<User> register(String username);

	/**
	 * Registers any number of users, 60 a call, up to 16 calls at a time. Users are taken
	 * from their source as the quota and the subscriber allow. A call that fails fails
	 * the users of its own; a user whose values are out of their bounds fails alone, and
	 * so does one for whom the service refuses a whole call: the others of the call are
	 * then sent again in halves. The calls wait for the quota behind single calls and as
	 * long as it takes.
	 * @param users the users; one that is named twice is registered once
	 * @return what became of each, in the order of the source, or the error of the source
	 * after what it gave before
	 */
	Flux<Registration> registerAll(Publisher<NewUser> users);

	/**
	 * Sees to it that there is a user: registers one unless there is one of this name, in
	 * one call, however many do so at the same time. Repeated also when the service may
	 * have acted already.
	 * @param user the user; if there is one of this name, password and nickname stay what
	 * they were
	 * @return {@link Registration.Status#MADE} or {@link Registration.Status#EXISTED},
	 * the latter also if an attempt before made the user and its answer was lost
	 */
	Mono<Registration> ensure(NewUser user);

	/**
	 * Sees to it, as {@link #ensure(NewUser)} does, that there is a user who can log in
	 * with tokens; one that is new has the password of {@link #register(String)}.
	 * @param username the user ID
	 * @return {@link Registration.Status#MADE} or {@link Registration.Status#EXISTED}
	 */
	Mono<Registration> ensure(String username);

	/**
	 * Gets a user.
	 * @param username the user ID
	 * @return the user; an {@link io.github.imspring.error.ImNotFoundException} if there
	 * is none of this name
	 */
	Mono<User> get(String username);

	/**
	 * Whether there is a user of this name.
	 * @param username the user ID
	 * @return whether there is one
	 */
	Mono<Boolean> exists(String username);

	/**
	 * Gets the first page of the list of all users, oldest first.
	 * @param limit the most users of the page, 1 to 100
	 * @return the page
	 */
	Mono<UserPage> list(int limit);

	/**
	 * Gets a further page of the list of all users.
	 * @param limit the most users of the page, 1 to 100
	 * @param cursor where the page starts: the {@link UserPage#cursor()} of the page
	 * before
	 * @return the page
	 */
	Mono<UserPage> list(int limit, String cursor);

	/**
	 * Lists all users, oldest first, page by page as the subscriber asks for more: up to
	 * 100 a call, no more than one page held at once.
	 * @return the users
	 */
	Flux<User> listAll();

	/**
	 * Deletes a user. The groups and chatrooms that the user owns are dissolved with the
	 * user.
	 * @param username the user ID
	 * @return completion when the user is gone, which includes that a repeated attempt
	 * finds it so; an {@link io.github.imspring.error.ImNotFoundException} if there was
	 * none of this name
	 */
	Mono<Void> delete(String username);

	/**
	 * Sets the password of a user (Easemob).
	 * @param username the user ID
	 * @param password the password, 1 to 64 characters; in no text that this library
	 * makes
	 * @return completion when it is set
	 */
	Mono<Void> setPassword(String username, String password);

	/**
	 * Deactivates a user, who is logged out at once and cannot log in until activated.
	 * @param username the user ID
	 * @return completion when the user is deactivated
	 */
	Mono<Void> deactivate(String username);

	/**
	 * Activates a user who was deactivated.
	 * @param username the user ID
	 * @return completion when the user is activated
	 */
	Mono<Void> activate(String username);

	/**
	 * Lists the devices on which a user is logged in.
	 * @param username the user ID
	 * @return the devices, possibly none
	 */
	Mono<List<Device>> devices(String username);

	/**
	 * Logs a user out on all devices.
	 * @param username the user ID
	 * @return completion when it is done; an
	 * {@link io.github.imspring.error.ImRefusedException} if the service reports that it
	 * is not
	 */
	Mono<Void> disconnect(String username);

	/**
	 * Logs a user out on one device.
	 * @param username the user ID
	 * @param resource the {@link Device#resource()} of the device
	 * @return completion when it is done; an
	 * {@link io.github.imspring.error.ImRefusedException} if the service reports that it
	 * is not
	 */
	Mono<Void> disconnect(String username, String resource);

	/**
	 * Whether a user is online.
	 * @param username the user ID
	 * @return whether the user is logged in on some device, up to five minutes late after
	 * a device has lost the network
	 */
	Mono<Boolean> isOnline(String username);

	/**
	 * Whether users are online: any number of them, 100 a call, one call after another as
	 * the statuses are consumed. Each call is one of a quota of its own, of 50 a second.
	 * @param usernames the user IDs
	 * @return the status of each, in the order of the source; users who do not exist are
	 * offline
	 */
	Flux<OnlineStatus> onlineStatuses(Publisher<String> usernames);

	/**
	 * Gets a token of the default life for a user who exists:
	 * {@code token(UserTokenRequest.forUser(username))}.
	 * @param username the user ID
	 * @return the token
	 */
	default Mono<UserToken> token(String username) {
		return token(UserTokenRequest.forUser(username));
	}

	/**
	 * Gets a token with which a user logs in: this is what a back-end gives to its
	 * clients. The app token, which may do everything, is never given to anybody.
	 * <p>
	 * With client credentials or a given app token the service issues it: one call of the
	 * quota {@code token}, of 300 a second, which is repeated once when another call for
	 * the same new user comes in between. With an App certificate it is built here from
	 * the user's UUID, which is looked up once and remembered with those of the last
	 * 10,000 users; who deletes and registers a user again elsewhere gets tokens that do
	 * not serve until then.
	 * @param request what token is wanted
	 * @return the token; an {@link io.github.imspring.error.ImNotFoundException} if there
	 * is no such user and none is to be created
	 */
	Mono<UserToken> token(UserTokenRequest request);

}
