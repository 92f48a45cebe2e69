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

import java.io.PrintStream;
import java.net.BindException;

import io.netty.channel.unix.Errors.NativeIoException;
import reactor.netty.ChannelBindException;

/**
 * The stand-alone emulator: {@code java -jar im-emulator-exec.jar --port=8090}. Prints
 * where it listens and with which credentials, and runs until it is stopped. A bad
 * option, or a port in use, ends it with a message and exit status 2 or 1.
 *
 * @since 0.1.0
 */
public final class ImEmulatorApplication {

	private ImEmulatorApplication() {
	}

	/**
	 * Runs the emulator.
	 * @param args the options; {@code --help} prints them
	 */
	public static void main(String[] args) {
		// No logging is bound, which is meant: keep SLF4J from warning about it.
		System.setProperty("slf4j.internal.verbosity", "ERROR");
		// Newer JDKs warn about native libraries, and Java's own sockets are fast enough.
		System.setProperty("io.netty.transport.noNative", "true");
		// Nobody records flights here, and it takes 150 classes to be able to.
		System.setProperty("io.netty.jfr.enabled", "false");
		int status = run(System.out, System.err, args);
		if (status != 0) {
			System.exit(status);
		}
	}

	private static int run(PrintStream out, PrintStream err, String... args) {
		CommandLine line;
		try {
			line = CommandLine.parse(args);
		}
		catch (IllegalArgumentException ex) {
			err.println(ex.getMessage());
			err.println("Try --help.");
			return 2;
		}
		if (line.help()) {
			out.print(CommandLine.USAGE);
			return 0;
		}
		ImEmulator emulator;
		try {
			emulator = line.start();
		}
		catch (IllegalArgumentException ex) {
			err.println("Option --callback: " + ex.getMessage());
			return 2;
		}
		catch (ChannelBindException ex) {
			err.println("Cannot listen on " + ex.localHost() + ":" + ex.localPort() + ": " + reason(ex));
			return 1;
		}
		out.print(greeting(emulator));
		out.flush();
		Runtime.getRuntime().addShutdownHook(new Thread(emulator::close, "im-emulator-shutdown"));
		emulator.await();
		return 0;
	}

	private static String reason(ChannelBindException ex) {
		boolean inUse = ex.getCause() instanceof BindException || ex.getCause() instanceof NativeIoException;
		String message = String.valueOf((ex.getCause() != null) ? ex.getCause().getMessage() : ex.getMessage());
		return (inUse && message.contains("in use")) ? "the port is in use" : message;
	}

	private static String greeting(ImEmulator emulator) {
		return """
				IM emulator is listening on %1$s

				  organization     %2$s
				  app              %3$s
				  client id        %4$s
				  client secret    %5$s
				  App ID           %6$s
				  App certificate  %7$s

				Point an application at it, in its application.yaml:

				  im:
				    base-url: %1$s
				    org-name: %2$s
				    app-name: %3$s
				    auth:
				      client-id: %4$s
				      client-secret: %5$s

				or by App ID, as Shengwang and Agora have it:

				  im:
				    base-url: %1$s
				    app-id: %6$s
				    auth:
				      app-certificate: %7$s

				Try it:
				  TOKEN=$(curl -s %1$s/%2$s/%3$s/token -H 'Content-Type: application/json' \\
				    -d '{"grant_type":"client_credentials","client_id":"%4$s","client_secret":"%5$s"}' \\
				    | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
				  curl %1$s/%2$s/%3$s/messages/users -H "Authorization: Bearer $TOKEN" \\
				    -H 'Content-Type: application/json' \\
				    -d '{"from":"user1","to":["user2"],"type":"txt","body":{"msg":"hi"}}'
				  curl '%1$s/emulator/deliveries?user=user2'

				What else it can do: curl %1$s/emulator
				""".formatted(emulator.baseUrl(), emulator.orgName(), emulator.appName(), emulator.clientId(),
				emulator.clientSecret(), emulator.appId(), emulator.appCertificate());
	}

}
