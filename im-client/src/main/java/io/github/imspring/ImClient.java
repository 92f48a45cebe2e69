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

package io.github.imspring;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.github.imspring.chatroom.ChatroomMemberOperations;
import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.chatroom.ChatroomSettings;
import io.github.imspring.exchange.GracefulShutdown;
import io.github.imspring.exchange.ImEndpoint;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.exchange.ImRestOperationsBuilder;
import io.github.imspring.file.FileOperations;
import io.github.imspring.group.GroupOperations;
import io.github.imspring.message.BulkOptions;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.metadata.ChatroomMetadataOperations;
import io.github.imspring.observation.CallObservations;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.quota.QuotaLimiterBuilder;
import io.github.imspring.token.ClientCredentials;
import io.github.imspring.token.TokenProvider;
import io.github.imspring.token.UserTokenBuilder;
import io.github.imspring.user.UserOperations;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.lang.CheckReturnValue;
import org.springframework.util.Assert;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A client of the IM service for one app: everything that the starter configures, put
 * together by hand.
 *
 * <pre class="code">
 * ImClient client = ImClient.builder(ImEndpoint.ofOrgApp(URI.create("https://a1.easemob.com"), "my-org", "my-app"))
 * 	.clientCredentials(new ClientCredentials(clientId, clientSecret, null))
 * 	.build();
 * </pre>
 *
 * @since 0.1.0
 */
public class ImClient implements AutoCloseable {

	private final TokenProvider tokenProvider;

	private final GracefulShutdown shutdown;

	private final Duration shutdownTimeout;

	private final ImRestOperations rest;

	private final BulkOptions bulkOptions;

	private final ChatroomSettings chatroomSettings;

	private final @Nullable UserTokenBuilder userTokens;

	private final InstantSource clock;

	/**
	 * Each made when it is first asked for: an application uses few of them.
	 */
	private final Map<Class<?>, Object> subjects = new ConcurrentHashMap<>();

	ImClient(ImClientBuilder builder) {
		Supplier<WebClient> webClient = builder.webClient();
		QuotaLimiter quotas = (builder.quotas != null) ? builder.quotas : new QuotaLimiterBuilder().build();
		this.tokenProvider = builder.tokenProvider(webClient, quotas);
		this.shutdown = new GracefulShutdown(quotas);
		this.shutdownTimeout = builder.shutdownTimeout;
		this.rest = new LazyRestOperations(
				new ImRestOperationsBuilder(builder.endpoint, webClient, this.tokenProvider, quotas)
					.shutdown(this.shutdown)
					.observations(new CallObservations(builder.observationRegistry, builder.observationConvention,
							builder.account, builder.callListener))
					.retry(builder.retry)
					.timeout(builder.timeout)
					.readTimeout(builder.readTimeout)
					.maxResponseSize(builder.maxResponseSize)
					.clock(builder.clock)
					.settingNames(builder.settingNames)::build);
		this.bulkOptions = builder.bulkOptions;
		this.chatroomSettings = builder.chatroomSettings;
		this.userTokens = builder.userTokens;
		this.clock = builder.clock;
	}

	/**
	 * Starts a client.
	 * @param endpoint where the app's resources are
	 * @return a builder
	 */
	public static ImClientBuilder builder(ImEndpoint endpoint) {
		Assert.notNull(endpoint, "'endpoint' must not be null");
		return new ImClientBuilder(endpoint);
	}

	/**
	 * Sends messages.
	 * @return the operations
	 */
	public MessageOperations messages() {
		return subject(MessageOperations.class, () -> MessageOperations.create(this.rest, this.bulkOptions));
	}

	/**
	 * Runs chatrooms.
	 * @return the operations
	 */
	public ChatroomOperations chatrooms() {
		return subject(ChatroomOperations.class, () -> ChatroomOperations.create(this.rest, this.chatroomSettings));
	}

	/**
	 * Manages the members of chatrooms.
	 * @return the operations
	 * @since 0.1.0
	 */
	public ChatroomMemberOperations chatroomMembers() {
		return subject(ChatroomMemberOperations.class, () -> ChatroomMemberOperations.create(this.rest));
	}

	/**
	 * Keeps the announcements and the attributes of chatrooms.
	 * @return the operations
	 */
	public ChatroomMetadataOperations chatroomMetadata() {
		return subject(ChatroomMetadataOperations.class, () -> ChatroomMetadataOperations.create(this.rest));
	}

	/**
	 * Manages groups and their members.
	 * @return the operations
	 * @since 0.1.0
	 */
	public GroupOperations groups() {
		return subject(GroupOperations.class, () -> GroupOperations.create(this.rest));
	}

	/**
	 * Manages users and gets their tokens.
	 * @return the operations
	 * @since 0.1.0
	 */
	public UserOperations users() {
		return subject(UserOperations.class, () -> UserOperations.create(this.rest, this.userTokens, this.clock));
	}

	/**
	 * Uploads and downloads files.
	 * @return the operations
	 */
	public FileOperations files() {
		return subject(FileOperations.class, () -> FileOperations.create(this.rest));
	}

	private <T> T subject(Class<T> type, Supplier<T> operations) {
		return type.cast(this.subjects.computeIfAbsent(type, (key) -> operations.get()));
	}

	/**
	 * Calls endpoints that nobody modelled.
	 * @return the operations
	 */
	public ImRestOperations rest() {
		return this.rest;
	}

	/**
	 * Hands out the app token.
	 * @return the provider
	 */
	public TokenProvider tokenProvider() {
		return this.tokenProvider;
	}

	/**
	 * Lets the calls that there are end, on subscription, as {@link #closeGracefully()}
	 * does, but goes on to take new ones until the client is closed: for an application
	 * that is about to end, of which some parts may still have something to send. If the
	 * quotas are shared with other instances, their store is told that this one leaves,
	 * and it keeps to its fallback share from then on.
	 * @return completes when no call is left, or, with calls under way that do not end,
	 * after twice the timeout
	 * @since 0.1.0
	 */
	@CheckReturnValue
	public Mono<Void> drain() {
		return this.shutdown.drain(this.shutdownTimeout);
	}

	/**
	 * Closes the client, on subscription, with the timeout that it was built with. New
	 * calls are refused. Those under way end; those that wait for their quota are given
	 * the timeout to go, and then fail with an error that says that they were not sent.
	 * The limiter is closed, too; the connector is left to whoever made it. Closing again
	 * returns the first closing.
	 * @return completes when no call is left but those that {@link #drain()} has waited
	 * for in vain, or, with calls under way that do not end, after twice the timeout
	 */
	@CheckReturnValue
	public Mono<Void> closeGracefully() {
		return this.shutdown.close(this.shutdownTimeout);
	}

	/**
	 * Closes the client as {@link #closeGracefully()} does, and waits for it.
	 * @throws IllegalStateException if the thread must not block
	 */
	@Override
	public void close() {
		closeGracefully().block();
	}

}
