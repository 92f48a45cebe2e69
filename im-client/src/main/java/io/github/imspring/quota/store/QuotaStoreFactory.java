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

package io.github.imspring.quota.store;

/**
 * Makes the store of one app's quotas.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface QuotaStoreFactory {

	/**
	 * Makes a store for one instance of the application.
	 * @param appKey the app that the service counts for: {@code org#app} or the App ID
	 * @param instances how many instances of the application there are, at least 1
	 * @return the store
	 */
	QuotaStore create(String appKey, int instances);

}
