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

package io.github.imspring.autoconfigure;

import io.github.imspring.ImClient;
import io.github.imspring.chatroom.ChatroomMemberOperations;
import io.github.imspring.chatroom.ChatroomOperations;
import io.github.imspring.group.GroupOperations;
import io.github.imspring.user.UserOperations;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.file.FileOperations;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.metadata.ChatroomMetadataOperations;
import io.github.imspring.quota.QuotaLimiter;
import io.github.imspring.token.ManagedTokenProvider;
import io.github.imspring.token.TokenProvider;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * An account under {@code im.accounts}: token, quotas and connections of its own.
 */
final class ImNamedAccount implements SmartInitializingSingleton, DisposableBean {

	private final String name;

	private final ImAccountProperties properties;

	private final ImTransport transport;

	private final ManagedTokenProvider tokenProvider;

	private final QuotaLimiter quotas;

	private final ImClient client;

	ImNamedAccount(String name, ImClientFactory factory, ImProperties properties) {
		ImAccountProperties account = properties.getAccounts().get(name);
		if (account == null) {
			throw new ImConfigurationException("'im.accounts.%s' is not set.".formatted(name),
					"Set 'im.accounts.%s' as you would 'im'.".formatted(name));
		}
		this.name = name;
		this.properties = account;
		ImAccount named = ImAccount.named(name, account);
		this.transport = factory.transport(named);
		this.quotas = factory.quotaLimiter(named);
		this.tokenProvider = factory.tokenProvider(named, this.transport, this.quotas, null);
		this.client = factory.client(named, this.transport, this.tokenProvider, this.quotas);
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.properties.getAuth().isEager()) {
			new ImFirstToken("im.accounts." + this.name + ".", this.tokenProvider, this.properties.getTimeout())
				.afterSingletonsInstantiated();
		}
	}

	ImAccounts.Account account() {
		return new ImAccounts.Account(this.name, this.tokenProvider, this.quotas);
	}

	ImClient imClient() {
		return this.client;
	}

	ImClientLifecycle imClientLifecycle() {
		return new ImClientLifecycle(this.client);
	}

	TokenProvider imTokenProvider() {
		return this.tokenProvider;
	}

	QuotaLimiter imQuotaLimiter() {
		return this.quotas;
	}

	MessageOperations messageOperations() {
		return this.client.messages();
	}

	ChatroomOperations chatroomOperations() {
		return this.client.chatrooms();
	}

	ChatroomMetadataOperations chatroomMetadataOperations() {
		return this.client.chatroomMetadata();
	}

	ChatroomMemberOperations imChatroomMemberOperations() {
		return this.client.chatroomMembers();
	}

	GroupOperations imGroupOperations() {
		return this.client.groups();
	}

	UserOperations imUserOperations() {
		return this.client.users();
	}

	FileOperations fileOperations() {
		return this.client.files();
	}

	ImRestOperations imRestOperations() {
		return this.client.rest();
	}

	@Override
	public void destroy() {
		this.transport.destroy();
	}

}
