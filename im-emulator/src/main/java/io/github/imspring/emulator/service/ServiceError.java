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

package io.github.imspring.emulator.service;

import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.imspring.emulator.http.Reply;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error as the service answers it.
 *
 * @since 0.1.0
 */
public final class ServiceError extends RuntimeException {

	private static final String GROUP_EXCEPTIONS = "com.easemob.group.exception.";

	private static final String DUPLICATE = "duplicate_unique_property_exists";

	private final int status;

	private final @Nullable String error;

	private final String exception;

	private final String description;

	private final @Nullable Integer errorCode;

	private final Map<String, String> headers = new LinkedHashMap<>();

	private ServiceError(int status, @Nullable String error, String exception, String description,
			@Nullable Integer errorCode) {
		super(description, null, false, false);
		this.status = status;
		this.error = error;
		this.exception = exception;
		this.description = description;
		this.errorCode = errorCode;
	}

	public static ServiceError of(int status, @Nullable String error, String exception, String description) {
		return new ServiceError(status, error, exception, description, null);
	}

	public static ServiceError invalidRequestBody() {
		return of(400, "invalid_request_body", "InvalidRequestBodyException",
				"Request body is invalid. Please check body is correct.");
	}

	public static ServiceError messageSend(int status, String description) {
		return of(status, "message_send_error", "MessageSendException", description);
	}

	public static ServiceError messageTooLarge() {
		return new ServiceError(400, "message_send_error", "MessageSendException", "message is too large", 14007);
	}

	public static ServiceError illegalArgument(String description) {
		return of(400, "illegal_argument", "java.lang.IllegalArgumentException", description);
	}

	public static ServiceError invalidGrant(String description) {
		return of(400, "invalid_grant", "org.apache.usergrid.rest.exceptions.SecurityException", description);
	}

	public static ServiceError invalidParameter(String description) {
		return of(400, "invalid_parameter", GROUP_EXCEPTIONS + "InvalidParameterException", description);
	}

	public static ServiceError exceedLimit(String description) {
		return of(403, "exceed_limit", GROUP_EXCEPTIONS + "ExceedLimitException", description);
	}

	public static ServiceError forbiddenOperation(String description) {
		return forbiddenOperation(403, description);
	}

	public static ServiceError resourceNotFound(String description) {
		return of(404, "resource_not_found", GROUP_EXCEPTIONS + "ResourceNotFoundException", description);
	}

	public static ServiceError serviceResourceNotFound(String exception, String description) {
		return of(404, "service_resource_not_found", exception, description);
	}

	public static ServiceError unauthorized(String description) {
		return of(401, "unauthorized", "org.apache.usergrid.rest.exceptions.SecurityException", description);
	}

	public static ServiceError expiredToken() {
		return unauthorized("Unable to authenticate due to expired access token");
	}

	public static ServiceError corruptToken() {
		return of(401, "auth_bad_access_token", "org.apache.usergrid.rest.exceptions.SecurityException",
				"Unable to authenticate due to corrupt access token");
	}

	/** A well-formed token that does not open this: a user's, or another app's. */
	public static ServiceError foreignToken() {
		return of(401, "auth_bad_access_token", "org.apache.usergrid.rest.exceptions.SecurityException",
				"Unable to authenticate");
	}

	public static ServiceError oauth() {
		return unauthorized("Unable to authenticate (OAuth)");
	}

	/** Forbidden like {@link #forbiddenOperation}, which chatrooms answer as 400. */
	public static ServiceError forbiddenOperation(int status, String description) {
		return of(status, "forbidden_op", GROUP_EXCEPTIONS + "ForbiddenOpException", description);
	}

	/** What is done to all others cannot be done to the owner. */
	public static ServiceError forbiddenOwner() {
		return forbiddenOperation("forbidden operation on group owner!");
	}

	public static ServiceError notMembers(int status, Collection<String> users) {
		return forbiddenOperation(status, "users [" + String.join(", ", users) + "] are not members of this group!");
	}

	public static ServiceError noSuchUser(String name) {
		return resourceNotFound("username " + name + " doesn't exist!");
	}

	public static ServiceError noSuchGroup(String ids) {
		return serviceResourceNotFound(GROUP_EXCEPTIONS + "ResourceNotFoundException", "do not find this group:" + ids);
	}

	public static ServiceError duplicateUser(AppIdentity app, String name) {
		return of(400, DUPLICATE, "org.apache.usergrid.persistence.exceptions.DuplicateUniquePropertyExistsException",
				"Application " + app.application()
						+ "Entity user requires that property named username be unique, value of " + name + " exists");
	}

	/** The user whom a path names is nobody. */
	public static ServiceError userNotFound() {
		return serviceResourceNotFound("UserNotFoundException", "Service resource not found");
	}

	public static ServiceError concurrentUserCreation() {
		return of(409, "concurrent_operation_error", "ConcurrentOperationException",
				"concurrency create app user failed");
	}

	public static ServiceError metadata(int status, @Nullable String error, String description) {
		return of(status, error, "com.easemob.metadata.exception.MetadataException", description);
	}

	public static ServiceError reachLimit() {
		return of(429, "reach_limit", "com.easemob.gateway.exception.ReachLimitException",
				"This request has reached api limit");
	}

	public static ServiceError messageReachLimit() {
		return messageSend(403, "message send reach limit");
	}

	public static ServiceError resourceLimited() {
		return of(429, "resource_limited", "com.easemob.gateway.exception.ResourceLimitedException",
				"You have exceeded the limit of the free edition. Please upgrade to the higher edition.");
	}

	public static ServiceError web(int status, String reason) {
		return of(status, "web_application", "javax.ws.rs.WebApplicationException", "HTTP " + status + " " + reason);
	}

	public static ServiceError jsonParse() {
		return of(400, "json_parse", "org.codehaus.jackson.JsonParseException",
				"The request body could not be read as JSON");
	}

	public ServiceError withHeader(String name, String value) {
		this.headers.put(name, value);
		return this;
	}

	public int status() {
		return this.status;
	}

	public String description() {
		return this.description;
	}

	public boolean isDuplicate() {
		return DUPLICATE.equals(this.error);
	}

	public Reply reply(InstantSource clock) {
		ObjectNode body = JsonNodeFactory.instance.objectNode();
		if (this.error != null) {
			body.put("error", this.error);
		}
		body.put("exception", this.exception);
		body.put("timestamp", clock.millis());
		body.put("duration", 0);
		if (this.errorCode != null) {
			body.put("error_code", this.errorCode);
		}
		body.put("error_description", this.description);
		Reply reply = Reply.json(this.status, body);
		for (Map.Entry<String, String> header : this.headers.entrySet()) {
			reply = reply.withHeader(header.getKey(), header.getValue());
		}
		return reply;
	}

}
