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
package io.github.imspring.benchmarks.vendor;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.easemob.im.server.EMProperties;
import com.easemob.im.server.EMService;
import com.easemob.im.server.model.EMTextMessage;
import io.github.imspring.benchmarks.call.Rounds;

/**
 * Sends text messages with the vendor's SDK.
 */
public final class VendorClient {

	private VendorClient() {
	}

	/**
	 * Serves rounds of calls.
	 * @param arguments the shape, {@code ONE} or {@code HUNDRED}, and the URL of the
	 * service
	 * @throws IOException if the standard input cannot be read
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		int recipients = arguments[0].equals("HUNDRED") ? 100 : 1;
		Set<String> to = IntStream.range(0, recipients).mapToObj("u%d"::formatted).collect(Collectors.toSet());
		EMService service = new EMService(EMProperties.builder()
			.setAppkey("org#app")
			.setClientId("id")
			.setClientSecret("secret")
			.setBaseUri(arguments[1])
			.build());
		Rounds.serve((failed, done) -> service.message()
			.send("admin", "users", to, new EMTextMessage().text("testmessages"), null)
			.subscribe((result) -> {
			}, failed, done));
	}

}
