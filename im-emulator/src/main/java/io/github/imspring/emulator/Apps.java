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

package io.github.imspring.emulator;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

import io.github.imspring.emulator.service.AppIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The apps of an emulator. An app is made when it is first asked for by name.
 */
final class Apps {

	private static final String APP_ID_STYLE = "app-id";

	/** More would be a leak in the test. */
	private static final int MAX_APPS = 1000;

	private final Function<AppIdentity, App> factory;

	private final Map<String, App> byName = new ConcurrentSkipListMap<>();

	private final Map<List<String>, App> byPath = new ConcurrentHashMap<>();

	private final App defaultApp;

	Apps(Function<AppIdentity, App> factory) {
		this.factory = factory;
		this.defaultApp = get(AppIdentity.DEFAULT_NAME);
	}

	App defaultApp() {
		return this.defaultApp;
	}

	synchronized App get(String name) {
		App known = this.byName.get(name);
		if (known != null) {
			return known;
		}
		if (name.isBlank()) {
			throw new IllegalArgumentException("An app must have a name");
		}
		if (this.byName.size() == MAX_APPS) {
			throw new IllegalStateException("There are " + MAX_APPS + " apps already");
		}
		App app = this.factory.apply(AppIdentity.of(name));
		this.byName.put(name, app);
		this.byPath.put(List.of(app.orgName(), app.appName()), app);
		this.byPath.put(List.of(APP_ID_STYLE, app.appId()), app);
		return app;
	}

	@Nullable App find(String name) {
		return this.byName.get(name);
	}

	/** The app that the first two segments of a path lead to. */
	@Nullable App at(@Nullable List<String> segments) {
		return (segments != null && segments.size() >= 2) ? this.byPath.get(segments.subList(0, 2)) : null;
	}

	Collection<App> all() {
		return this.byName.values();
	}

}
