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

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The options of the stand-alone emulator.
 */
final class CommandLine {

	static final String USAGE = """
			Usage: java -jar im-emulator-exec.jar [options]

			An in-memory emulator of the IM REST API.

			  --port=PORT                    the port to listen on, 0 for any (8090)
			  --host=HOST                    the address to listen on (127.0.0.1)
			  --users=any|registered         whether every user name exists, or only those
			                                 made by POST /users (any)
			  --quota=sliding|fixed|off      how calls and messages are counted (sliding)
			  --token-ttl=DURATION           the life of a token: 24h, 30m, 90s, 7d or PT24H;
			                                 0s never expires (24h)
			  --callback=URL                 post callbacks there, and ask there before the
			                                 messages of clients are delivered
			  --callback-secret=SECRET       the secret that signs them (emulator-callback-secret)
			  --help                         print this
			""";

	/** As the service waits by default. */
	private static final Duration VERDICT_TIMEOUT = Duration.ofMillis(200);

	private static final Pattern SIMPLE_DURATION = Pattern.compile("(\\d{1,9})([smhd])");

	private final ImEmulatorBuilder builder = ImEmulator.builder().port(8090);

	private @Nullable String callback;

	private String callbackSecret = "emulator-callback-secret";

	private boolean help;

	private CommandLine() {
	}

	/**
	 * Reads the arguments.
	 * @throws IllegalArgumentException if one is unknown or has a bad value
	 */
	static CommandLine parse(String... args) {
		CommandLine line = new CommandLine();
		for (int i = 0; i < args.length; i++) {
			String arg = args[i];
			if (arg.equals("--help") || arg.equals("-h")) {
				line.help = true;
				continue;
			}
			int equals = arg.indexOf('=');
			String name = (equals >= 0) ? arg.substring(0, equals) : arg;
			requireKnown(name);
			if (equals < 0 && i + 1 == args.length) {
				throw new IllegalArgumentException("Option " + name + " needs a value");
			}
			line.option(name, (equals >= 0) ? arg.substring(equals + 1) : args[++i]);
		}
		return line;
	}

	boolean help() {
		return this.help;
	}

	/**
	 * Starts the emulator.
	 * @throws IllegalArgumentException if callbacks cannot go where they should
	 */
	ImEmulator start() {
		ImEmulator emulator = this.builder.start();
		if (this.callback != null) {
			try {
				emulator.callbacks().postTo(this.callback, this.callbackSecret);
				emulator.callbacks().askBefore(this.callback, this.callbackSecret, VERDICT_TIMEOUT, true);
			}
			catch (IllegalArgumentException ex) {
				emulator.close();
				throw ex;
			}
		}
		return emulator;
	}

	private static void requireKnown(String name) {
		switch (name) {
			case "--port", "--host", "--users", "--quota", "--token-ttl", "--callback", "--callback-secret" -> {
			}
			default -> throw new IllegalArgumentException("Unknown option: " + name);
		}
	}

	private void option(String name, String value) {
		switch (name) {
			case "--port" -> this.builder.port(port(value));
			case "--host" -> this.builder.host(value);
			case "--users" -> this.builder.users(choice(UserPolicy.class, name, value));
			case "--callback" -> this.callback = value;
			case "--callback-secret" -> this.callbackSecret = value;
			case "--quota" -> this.builder.quota(choice(QuotaMode.class, name, value));
			default -> this.builder.tokenTtl(life(name, value));
		}
	}

	private static int port(String value) {
		try {
			int port = Integer.parseInt(value);
			if (port >= 0 && port <= 65535) {
				return port;
			}
		}
		catch (NumberFormatException ex) {
			// Answered below, like a port that is out of range.
		}
		throw new IllegalArgumentException("Option --port must be a number from 0 to 65535, not '" + value + "'");
	}

	private static <E extends Enum<E>> E choice(Class<E> type, String name, String value) {
		return Arrays.stream(type.getEnumConstants())
			.filter((constant) -> constant.name().toLowerCase(Locale.ROOT).equals(value.toLowerCase(Locale.ROOT)))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("Option " + name + " must be one of "
					+ Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT) + ", not '" + value + "'"));
	}

	private static Duration life(String name, String value) {
		try {
			Duration life = duration(value);
			if (!life.isNegative() && life.toSeconds() <= TokenEndpoint.MAX_TTL_SECONDS) {
				return life;
			}
		}
		catch (DateTimeException ex) {
			// Answered below, like a duration that is out of range.
		}
		throw new IllegalArgumentException("Option " + name
				+ " must be a duration such as 24h, 30m, 90s or 7d, at most 100 years, not '" + value + "'");
	}

	private static Duration duration(String value) {
		Matcher simple = SIMPLE_DURATION.matcher(value.toLowerCase(Locale.ROOT));
		if (simple.matches()) {
			long amount = Long.parseLong(simple.group(1));
			return switch (simple.group(2)) {
				case "s" -> Duration.ofSeconds(amount);
				case "m" -> Duration.ofMinutes(amount);
				case "h" -> Duration.ofHours(amount);
				default -> Duration.ofDays(amount);
			};
		}
		return Duration.parse(value);
	}

}
