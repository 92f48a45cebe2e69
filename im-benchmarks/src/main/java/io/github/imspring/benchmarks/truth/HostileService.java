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

package io.github.imspring.benchmarks.truth;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service that takes messages and fails two of five requests, in every way there is,
 * before it has acted or after. It remembers what it did.
 */
final class HostileService implements AutoCloseable {

	private static final Pattern RECIPIENTS = Pattern.compile("\"to\":\\[([^\\]]*)\\]");

	private static final Pattern RECIPIENT = Pattern.compile("\"([^\"]+)\"");

	private final ServerSocket socket = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "hostile-service");
		thread.setDaemon(true);
		return thread;
	});

	private final Map<String, AtomicLong> delivered = new ConcurrentHashMap<>();

	private final AtomicLong requests = new AtomicLong();

	private final AtomicLong ids = new AtomicLong();

	private final long seed;

	HostileService(long seed) throws IOException {
		this.seed = seed;
		this.threads.execute(this::accept);
	}

	String baseUrl() {
		return "http://127.0.0.1:" + this.socket.getLocalPort();
	}

	long requests() {
		return this.requests.get();
	}

	/**
	 * How often the recipient was sent to.
	 */
	long delivered(String recipient) {
		AtomicLong count = this.delivered.get(recipient);
		return (count != null) ? count.get() : 0;
	}

	private void accept() {
		while (!this.socket.isClosed()) {
			try {
				Socket connection = this.socket.accept();
				this.threads.execute(() -> serve(connection));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket connection) {
		try (connection) {
			connection.setTcpNoDelay(true);
			InputStream input = new BufferedInputStream(connection.getInputStream());
			while (!connection.isClosed()) {
				String target = line(input).split(" ", 3)[1];
				String body = body(input);
				answer(connection, target, body, new Random(this.seed + this.requests.incrementAndGet()));
			}
		}
		catch (IOException ex) {
			// The client left, or was left.
		}
	}

	private static String body(InputStream input) throws IOException {
		int length = 0;
		String line = line(input);
		while (!line.isEmpty()) {
			if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
				length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
			}
			line = line(input);
		}
		byte[] body = input.readNBytes(length);
		if (body.length < length) {
			throw new EOFException();
		}
		return new String(body, StandardCharsets.UTF_8);
	}

	private static String line(InputStream input) throws IOException {
		StringBuilder line = new StringBuilder();
		int next = input.read();
		while (next != '\n') {
			if (next < 0) {
				throw new EOFException();
			}
			if (next != '\r') {
				line.append((char) next);
			}
			next = input.read();
		}
		return line.toString();
	}

	private void answer(Socket connection, String target, String body, Random random) throws IOException {
		if (target.endsWith("/token")) {
			send(connection, "200 OK", "{\"access_token\":\"t%d\",\"expires_in\":3600}".formatted(random.nextInt()));
			return;
		}
		switch (random.nextInt(25)) {
			case 0 -> reset(connection);
			case 1 -> {
				process(body);
				reset(connection);
			}
			case 2 -> {
				String answer = process(body);
				write(connection, "HTTP/1.1 200 OK\r\nContent-Length: " + answer.length() + "\r\n\r\n"
						+ answer.substring(0, answer.length() / 2));
				connection.close();
			}
			case 3 -> send(connection, "429 Too Many Requests", "{\"error\":\"reach_limit\"}");
			case 4 -> send(connection, "401 Unauthorized", "{\"error\":\"unauthorized\"}");
			case 5 -> send(connection, "503 Service Unavailable", "<html></html>");
			case 6 -> {
				process(body);
				send(connection, "500 Internal Server Error", "{\"error\":\"internal_error\"}");
			}
			case 7 -> write(connection, "HTTP/1.1 103 Early Hints\r\n\r\n" + whole("200 OK", process(body)));
			case 8 ->
				write(connection, whole("200 OK", process(body)) + whole("200 OK", "{\"data\":{\"alien\":\"1\"}}"));
			case 9 -> {
				if (random.nextInt(10) == 0) {
					process(body);
					connection.getInputStream().readAllBytes();
				}
				else {
					connection.close();
				}
			}
			default -> send(connection, "200 OK", process(body));
		}
	}

	/**
	 * Acts on the message, and gives the answer.
	 */
	private String process(String body) {
		Matcher recipients = RECIPIENTS.matcher(body);
		if (!recipients.find()) {
			return "{}";
		}
		List<String> users = RECIPIENT.matcher(recipients.group(1)).results().map((match) -> match.group(1)).toList();
		StringBuilder data = new StringBuilder();
		for (String user : users) {
			this.delivered.computeIfAbsent(user, (name) -> new AtomicLong()).incrementAndGet();
			data.append(data.isEmpty() ? "" : ",")
				.append('"')
				.append(user)
				.append("\":\"")
				.append(this.ids.incrementAndGet())
				.append('"');
		}
		return "{\"data\":{" + data + "}}";
	}

	private static void reset(Socket connection) throws IOException {
		connection.setSoLinger(true, 0);
		connection.close();
	}

	private static void send(Socket connection, String status, String body) throws IOException {
		write(connection, whole(status, body));
	}

	private static String whole(String status, String body) {
		return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
				+ "\r\n\r\n" + body;
	}

	private static void write(Socket connection, String text) throws IOException {
		connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
		connection.getOutputStream().flush();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
		this.threads.shutdownNow();
	}

}
