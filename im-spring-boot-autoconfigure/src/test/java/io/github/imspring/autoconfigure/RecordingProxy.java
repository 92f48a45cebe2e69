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

package io.github.imspring.autoconfigure;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy that remembers what it was asked: it connects where a client says, and
 * passes on what is asked with an absolute address.
 */
final class RecordingProxy implements AutoCloseable {

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final List<String> heads = new CopyOnWriteArrayList<>();

	private final @Nullable String authorization;

	/**
	 * Opens the proxy.
	 * @param authorization what {@code Proxy-Authorization} must say, or {@code null} if
	 * anybody may use the proxy
	 */
	RecordingProxy(@Nullable String authorization) throws IOException {
		this.authorization = authorization;
		this.threads.execute(this::acceptAll);
	}

	int port() {
		return this.server.getLocalPort();
	}

	/**
	 * The request line and headers of each request, in order.
	 */
	List<String> heads() {
		return this.heads;
	}

	private void acceptAll() {
		try {
			while (true) {
				Socket client = this.server.accept();
				this.sockets.add(client);
				this.threads.execute(() -> serve(client));
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	private void serve(Socket client) {
		try (client) {
			InputStream in = new BufferedInputStream(client.getInputStream());
			String head = head(in);
			this.heads.add(head);
			OutputStream out = client.getOutputStream();
			if (this.authorization != null
					&& !head.contains("\r\nproxy-authorization: %s\r\n".formatted(this.authorization))) {
				out.write(ascii("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"));
				return;
			}
			String[] line = head.substring(0, head.indexOf("\r\n")).split(" ");
			boolean tunnel = line[0].equals("CONNECT");
			URI target = URI.create(tunnel ? "tunnel://" + line[1] : line[1]);
			try (Socket service = new Socket(target.getHost(), target.getPort())) {
				this.sockets.add(service);
				if (tunnel) {
					out.write(ascii("HTTP/1.1 200 Connection established\r\n\r\n"));
				}
				else {
					service.getOutputStream().write(ascii(head.replace(line[1], target.getRawPath()) + "\r\n"));
				}
				this.threads.execute(() -> pass(in, service));
				service.getInputStream().transferTo(out);
			}
		}
		catch (IOException ex) {
			// One of the two hung up.
		}
	}

	private static void pass(InputStream from, Socket to) {
		try {
			from.transferTo(to.getOutputStream());
			to.shutdownOutput();
		}
		catch (IOException ex) {
			// One of the two hung up.
		}
	}

	/**
	 * What comes before the empty line, the names of headers in lower case.
	 */
	private static String head(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		for (String line = line(in); !line.isEmpty(); line = line(in)) {
			int colon = head.isEmpty() ? 0 : Math.max(0, line.indexOf(':'));
			head.append(line.substring(0, colon).toLowerCase(Locale.ROOT)).append(line.substring(colon)).append("\r\n");
		}
		return head.toString();
	}

	private static String line(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int read = in.read(); read != '\n'; read = in.read()) {
			if (read < 0) {
				throw new IOException("The head ended early");
			}
			if (read != '\r') {
				line.append((char) read);
			}
		}
		return line.toString();
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public void close() {
		try {
			this.server.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.shutdown();
	}

}
