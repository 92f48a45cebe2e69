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

package io.github.imspring.resource;

import org.jspecify.annotations.Nullable;

/**
 * A file that the service keeps: what a message needs for its recipients to get at it.
 *
 * @since 0.1.0
 */
public interface FileReference {

	/**
	 * The address of the file.
	 * @return the address, {@code https://{host}/{org_name}/{app_name}/chatfiles/{uuid}}
	 * or the same below {@code /app-id/{app_id}}
	 */
	String url();

	/**
	 * The key to a file that was uploaded with restricted access.
	 * @return the {@code share-secret} of the upload, or {@code null} if it gave none
	 */
	@Nullable String secret();

	/**
	 * The name of the file.
	 * @return the name, or {@code null} if it has none
	 */
	@Nullable String filename();

}
