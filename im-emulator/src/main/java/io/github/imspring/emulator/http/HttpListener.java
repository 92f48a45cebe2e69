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

package io.github.imspring.emulator.http;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.concurrent.GlobalEventExecutor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.FutureMono;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * An HTTP/1.1 server on its own threads. Requests are received whole, within bounds; all
 * waiting is done by timers, never by a thread.
 *
 * @since 0.1.0
 */
public final class HttpListener implements AutoCloseable {

	private static final int MAX_HEAD = 64 * 1024;

	/** Read and dropped, so that a client which sends too much gets to see the reply. */
	private static final int DRAINED_BODIES = 4;

	private final Handler handler;

	private final LoopResources threads;

	private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	private final DisposableServer server;

	/**
	 * Starts a server.
	 * @param host the address to listen on
	 * @param port the port, or 0 for any that is free
	 * @param handler what answers
	 */
	public HttpListener(String host, int port, Handler handler) {
		this.handler = handler;
		this.threads = LoopResources.create("im-emulator", LoopResources.DEFAULT_IO_WORKER_COUNT, true);
		try {
			this.server = HttpServer.create()
				.host(host)
				.port(port)
				.runOn(this.threads)
				.channelGroup(this.connections)
				.httpRequestDecoder((decoder) -> decoder.maxInitialLineLength(MAX_HEAD)
					.maxHeaderSize(MAX_HEAD)
					.validateHeaders(false))
				.handle(this::handle)
				.bindNow();
		}
		catch (RuntimeException ex) {
			this.threads.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).subscribe();
			throw ex;
		}
	}

	/**
	 * The port that the server listens on.
	 * @return the port
	 */
	public int port() {
		return this.server.port();
	}

	/**
	 * Waits until the server was closed.
	 */
	public void await() {
		this.server.onDispose().block();
	}

	@Override
	public void close() {
		this.server.dispose();
		this.connections.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
		this.threads.disposeLater(Duration.ZERO, Duration.ofSeconds(2)).block(Duration.ofSeconds(5));
	}

	private Mono<Void> handle(HttpServerRequest httpRequest, HttpServerResponse response) {
		return receive(httpRequest).doOnNext((request) -> endConnectionAfter(request, response))
			.flatMap(this::travel)
			.flatMap(this.handler::answer)
			.flatMap((answer) -> later(answer.delay(), answer))
			.flatMap((answer) -> send(answer, response));
	}

	private Mono<Request> receive(HttpServerRequest httpRequest) {
		int limit = this.handler.maxBodySize(httpRequest.requestHeaders().get(HttpHeaderNames.CONTENT_TYPE, ""));
		return Mono.defer(() -> {
			BoundedBody body = new BoundedBody(limit);
			return httpRequest.receive()
				.asByteArray()
				.takeUntil(body::add)
				.then(Mono.fromSupplier(() -> new Request(httpRequest.method().name(), httpRequest.uri(),
						httpRequest.requestHeaders().copy(), body.bytes(), body.oversized())));
		});
	}

	/** What was not read would be taken for the next request. */
	private static void endConnectionAfter(Request request, HttpServerResponse response) {
		if (request.oversized()) {
			response.keepAlive(false);
		}
	}

	private Mono<Request> travel(Request request) {
		return later(this.handler.travelTime(request), request);
	}

	private static <T> Mono<T> later(Duration delay, T value) {
		return (delay.isZero() || delay.isNegative()) ? Mono.just(value) : Mono.delay(delay).thenReturn(value);
	}

	private static Mono<Void> send(Answer answer, HttpServerResponse response) {
		return switch (answer.sending()) {
			case WHOLE -> whole(answer.reply(), response);
			case TRUNCATED -> truncated(answer.reply(), response);
			case RESET -> reset(response);
			case NEVER -> Mono.never();
		};
	}

	private static Mono<Void> whole(Reply reply, HttpServerResponse response) {
		head(reply, response);
		return response.sendByteArray(Mono.just(reply.body())).then();
	}

	private static Mono<Void> truncated(Reply reply, HttpServerResponse response) {
		head(reply, response);
		byte[] half = Arrays.copyOf(reply.body(), reply.body().length / 2);
		return response.sendByteArray(Flux.just(half)).then().then(end(response, false));
	}

	private static Mono<Void> reset(HttpServerResponse response) {
		return end(response, true);
	}

	private static void head(Reply reply, HttpServerResponse response) {
		response.status(reply.status());
		reply.headers().forEach(response::header);
		response.header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(reply.body().length));
	}

	/** Ends the connection, which ends the exchange: there is nothing to complete. */
	private static Mono<Void> end(HttpServerResponse response, boolean abruptly) {
		AtomicReference<Channel> holder = new AtomicReference<>();
		response.withConnection((connection) -> holder.set(connection.channel()));
		Channel channel = Objects.requireNonNull(holder.get());
		return FutureMono.deferFuture(() -> {
			if (abruptly) {
				channel.config().setOption(ChannelOption.SO_LINGER, 0);
			}
			return channel.close();
		}).then(Mono.never());
	}

	/**
	 * What answers requests.
	 *
	 * @since 0.1.0
	 */
	public interface Handler {

		/**
		 * The longest body that is taken.
		 * @param contentType the request's content type, or an empty string
		 * @return the bound in bytes
		 */
		int maxBodySize(String contentType);

		/**
		 * How long a request is under way before it arrives.
		 * @param request the request
		 * @return the time, zero for none
		 */
		Duration travelTime(Request request);

		/**
		 * Answers a request. Called on a thread that serves others too, an event loop or,
		 * after a travel time, a timer's: must not block.
		 * @param request the request
		 * @return the answer, at once or later
		 */
		Mono<Answer> answer(Request request);

	}

	private static final class BoundedBody {

		private final int limit;

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		private long received;

		BoundedBody(int limit) {
			this.limit = limit;
		}

		/** Returns whether it is no use to go on reading. */
		boolean add(byte[] chunk) {
			this.received += chunk.length;
			if (this.received <= this.limit) {
				this.bytes.writeBytes(chunk);
			}
			else {
				this.bytes.reset();
			}
			return this.received > (long) this.limit * DRAINED_BODIES;
		}

		boolean oversized() {
			return this.received > this.limit;
		}

		byte[] bytes() {
			return this.bytes.toByteArray();
		}

	}

}
