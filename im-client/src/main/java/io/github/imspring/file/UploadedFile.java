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

package io.github.imspring.file;

import io.github.imspring.exchange.ImResponse;
import io.github.imspring.exchange.ResponseEnvelope;
import io.github.imspring.resource.FileReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A file that was uploaded ("Upload a file"). Goes into a message as it is. The service
 * keeps it for 7 days unless the plan says otherwise.
 *
 * @param uuid the service's identifier of the file
 * @param type the kind of entity, {@code chatfile}; {@code null} if the answer named none
 * @param url the address that messages refer to
 * @param secret the {@code share-secret} of the file; {@code null} if the answer gave
 * none
 * @param filename the name that the file was uploaded under
 * @param envelope what surrounds the file in the answer
 * @since 0.1.0
 */
public record UploadedFile(String uuid, @Nullable String type, String url, @Nullable String secret, String filename,
		ResponseEnvelope envelope) implements FileReference {

	static UploadedFile of(String filename, ImResponse response) {
		JsonNode entity = response.body().path("entities").path(0);
		String uuid = text(entity, "uuid");
		if (uuid == null) {
			throw response.broken("the answer has no 'uuid' in 'entities'");
		}
		ResponseEnvelope envelope = response.envelope();
		String uri = envelope.uri();
		if (uri == null || uri.isBlank()) {
			throw response.broken("the answer has no 'uri', so the address of the file is unknown");
		}
		String url = uri.endsWith("/") ? uri + uuid : uri + "/" + uuid;
		return new UploadedFile(uuid, text(entity, "type"), url, text(entity, "share-secret"), filename, envelope);
	}

	private static @Nullable String text(JsonNode entity, String field) {
		return entity.path(field).stringValueOpt().filter((text) -> !text.isBlank()).orElse(null);
	}

	@Override
	public String toString() {
		return "UploadedFile[uuid=%s, type=%s, url=%s, filename=%s]".formatted(this.uuid, this.type, this.url,
				this.filename);
	}

}
