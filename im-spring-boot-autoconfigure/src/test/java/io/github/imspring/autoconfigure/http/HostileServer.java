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

package io.github.imspring.autoconfigure.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP server that keeps no rule: what it sends, byte for byte, and what it does to
 * its connections is up to the test.
 */
final class HostileServer implements AutoCloseable {

	private final ServerSocket socket;

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "hostile-server");
		thread.setDaemon(true);
		return thread;
	});

	private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

	private final AtomicInteger accepted = new AtomicInteger();

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private final CountDownLatch closed = new CountDownLatch(1);

	private volatile Handler handler;

	/**
	 * Starts the server on a free port of the loopback address.
	 * @param handler answers the requests
	 */
	HostileServer(Handler handler) throws IOException {
		this.handler = handler;
		this.socket = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
		this.threads.execute(this::accept);
	}

	void handler(Handler handler) {
		this.handler = handler;
	}

	String baseUrl() {
		return "http://127.0.0.1:" + this.socket.getLocalPort();
	}

	int port() {
		return this.socket.getLocalPort();
	}

	/**
	 * The requests that came whole, in the order of their arrival.
	 */
	List<Request> requests() {
		return this.requests;
	}

	/**
	 * How many connections were ever made.
	 */
	int accepted() {
		return this.accepted.get();
	}

	/**
	 * How many connections are open now, as far as the server can see.
	 */
	int open() {
		return this.connections.size();
	}

	private void accept() {
		while (!this.socket.isClosed()) {
			try {
				Socket connection = this.socket.accept();
				this.connections.add(connection);
				int number = this.accepted.incrementAndGet();
				this.threads.execute(() -> serve(connection, number));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket connection, int number) {
		try (connection) {
			connection.setTcpNoDelay(true);
			InputStream input = new BufferedInputStream(connection.getInputStream());
			Wire wire = new Wire(connection, this.closed);
			this.handler.connected(wire);
			while (!connection.isClosed()) {
				Request request = read(input, number);
				this.requests.add(request);
				this.handler.handle(request, wire);
			}
		}
		catch (IOException | UncheckedIOException ex) {
			// The other side is gone, or the test ended the connection.
		}
		finally {
			this.connections.remove(connection);
		}
	}

	private static Request read(InputStream input, int connection) throws IOException {
		String[] start = line(input).split(" ", 3);
		Map<String, String> headers = new LinkedHashMap<>();
		String line = line(input);
		while (!line.isEmpty()) {
			int colon = line.indexOf(':');
			headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
			line = line(input);
		}
		byte[] body = "chunked".equalsIgnoreCase(headers.get("transfer-encoding")) ? chunks(input)
				: bytes(input, Integer.parseInt(headers.getOrDefault("content-length", "0")));
		return new Request(connection, start[0], start[1], headers, new String(body, StandardCharsets.UTF_8));
	}

	private static byte[] chunks(InputStream input) throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		int size = Integer.parseInt(line(input), 16);
		while (size > 0) {
			body.write(bytes(input, size));
			line(input);
			size = Integer.parseInt(line(input), 16);
		}
		line(input);
		return body.toByteArray();
	}

	private static byte[] bytes(InputStream input, int count) throws IOException {
		byte[] bytes = input.readNBytes(count);
		if (bytes.length < count) {
			throw new EOFException();
		}
		return bytes;
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

	@Override
	public void close() throws IOException {
		this.closed.countDown();
		this.socket.close();
		for (Socket connection : this.connections) {
			connection.close();
		}
		this.threads.shutdownNow();
	}

	/**
	 * A whole answer.
	 * @param status the status and its reason, {@code 200 OK} for example
	 * @param body the body, as long as the answer says
	 */
	static String answer(String status, String body) {
		return "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s".formatted(status,
				body.getBytes(StandardCharsets.UTF_8).length, body);
	}

	static String ok(String body) {
		return answer("200 OK", body);
	}

	/**
	 * What the server does with a request.
	 */
	@FunctionalInterface
	interface Handler {

		void handle(Request request, Wire wire) throws IOException;

		/**
		 * A connection was made, and nothing has been read from it.
		 */
		default void connected(Wire wire) throws IOException {
		}

	}

	/**
	 * A request.
	 *
	 * @param connection the number of the connection that it came on, from 1
	 * @param method the method
	 * @param target path and query, as they came
	 * @param headers the headers, names in lower case
	 * @param body the body, possibly empty
	 */
	record Request(int connection, String method, String target, Map<String, String> headers, String body) {

		/**
		 * The segment of the path so many places from the end, 0 being the last.
		 */
		String segment(int fromEnd) {
			String[] segments = this.target.replaceFirst("\\?.*", "").split("/");
			return segments[segments.length - 1 - fromEnd];
		}

	}

	/**
	 * The server's end of a connection.
	 */
	static final class Wire {

		private final Socket socket;

		private final CountDownLatch serverClosed;

		private Wire(Socket socket, CountDownLatch serverClosed) {
			this.socket = socket;
			this.serverClosed = serverClosed;
		}

		/**
		 * Sends text as it is, in one piece.
		 */
		void send(String text) throws IOException {
			send(text.getBytes(StandardCharsets.UTF_8));
		}

		void send(byte[] bytes) throws IOException {
			this.socket.getOutputStream().write(bytes);
			this.socket.getOutputStream().flush();
		}

		/**
		 * Closes the connection in good order.
		 */
		void close() throws IOException {
			this.socket.close();
		}

		/**
		 * Closes the connection with a reset.
		 */
		void reset() throws IOException {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}

		/**
		 * Says nothing more until the server is closed or the other side leaves.
		 */
		void fallSilent() throws IOException {
			InputStream input = this.socket.getInputStream();
			while (input.read() >= 0) {
				// What comes is of no interest.
			}
			this.socket.close();
		}

		/**
		 * Lets some time pass on this connection, of which the server is the master.
		 */
		void pause(long millis) throws IOException {
			try {
				if (this.serverClosed.await(millis, TimeUnit.MILLISECONDS)) {
					this.socket.close();
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				this.socket.close();
			}
		}

	}

}
