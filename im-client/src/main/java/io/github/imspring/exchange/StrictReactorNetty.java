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

package io.github.imspring.exchange;

import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.util.Assert;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Has the {@link HttpClient} of Reactor Netty take one answer for each request. On its
 * own it takes an interim answer for the answer, and leaves the answer in the connection
 * for whoever uses it next; and it repeats requests below the quotas. Here interim
 * answers are skipped, and a connection that brings anything behind an answer is closed
 * before it can serve another call. An answer over HTTP/1.1 leaves Netty's memory before
 * it reaches anybody: one that arrives while its call is cancelled may be released by
 * nobody.
 *
 * @since 0.1.0
 */
public final class StrictReactorNetty {

	private StrictReactorNetty() {
	}

	/**
	 * Makes a client strict.
	 * @param client the client, which is not changed
	 * @param handshakeTimeout the time that a TLS handshake may take, at least a
	 * millisecond
	 * @return the strict client
	 */
	public static HttpClient of(HttpClient client, Duration handshakeTimeout) {
		Assert.notNull(client, "'client' must not be null");
		Assert.notNull(handshakeTimeout, "'handshakeTimeout' must not be null");
		return client.disableRetry(true)
			.doOnChannelInit((observer, channel, address) -> guard(channel, handshakeTimeout.toMillis()));
	}

	/**
	 * A builder on a strict client.
	 * @return a builder whose connector is a strict client, with a connection pool of
	 * Reactor Netty's
	 */
	public static WebClient.Builder webClient() {
		HttpClient client = HttpClient.create()
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS,
					Math.toIntExact(ImRestOperationsBuilder.DEFAULT_CONNECT_TIMEOUT.toMillis()));
		return WebClient.builder()
			.clientConnector(
					new ReactorClientHttpConnector(of(client, ImRestOperationsBuilder.DEFAULT_CONNECT_TIMEOUT)));
	}

	private static void guard(Channel channel, long handshakeTimeoutMillis) {
		ChannelPipeline pipeline = channel.pipeline();
		SslHandler tls = pipeline.get(SslHandler.class);
		if (tls != null) {
			tls.setHandshakeTimeoutMillis(handshakeTimeoutMillis);
		}
		if (pipeline.get(NettyPipeline.HttpCodec) != null) {
			AnswerGuard guard = new AnswerGuard();
			pipeline.addBefore(NettyPipeline.HttpCodec, "im.byteGuard", guard.bytes);
			pipeline.addAfter(NettyPipeline.HttpCodec, "im.answerGuard", guard);
			pipeline.addBefore(NettyPipeline.ReactiveBridge, "im.heapContent", HeapContent.INSTANCE);
		}
	}

	/**
	 * Stands behind the codec, and with {@link #bytes} before it. The end of an answer is
	 * held until all that came with it has been looked at.
	 */
	private static final class AnswerGuard extends ChannelDuplexHandler {

		/**
		 * What a decoder skips between two answers, and what ends the first line of
		 * anything else that it holds.
		 */
		private static final ByteBuf LINE_END = Unpooled
			.unreleasableBuffer(Unpooled.wrappedBuffer(new byte[] { '\r', '\n' }).asReadOnly());

		private final Bytes bytes = new Bytes();

		private boolean awaiting;

		private boolean interim;

		private boolean spoiled;

		private @Nullable Object end;

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
			if (message instanceof HttpRequest) {
				this.awaiting = true;
			}
			context.write(message, promise);
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (!this.awaiting || this.end != null) {
				this.spoiled = true;
				ReferenceCountUtil.release(message);
			}
			else if (this.interim || isInterim(message)) {
				this.interim = !(message instanceof LastHttpContent);
				ReferenceCountUtil.release(message);
			}
			else if (message instanceof LastHttpContent) {
				this.end = message;
			}
			else {
				context.fireChannelRead(message);
			}
		}

		private static boolean isInterim(Object message) {
			return message instanceof HttpResponse response
					&& response.status().codeClass() == HttpStatusClass.INFORMATIONAL
					&& !response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext context) {
			if (this.end != null) {
				this.bytes.probe();
			}
			passEnd(context);
			context.fireChannelReadComplete();
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			passEnd(context);
			context.fireChannelInactive();
		}

		/**
		 * Closes first: the end of the answer gives the connection back to the pool.
		 */
		private void passEnd(ChannelHandlerContext context) {
			if (this.spoiled) {
				context.close();
			}
			Object message = this.end;
			if (message != null) {
				this.end = null;
				this.awaiting = false;
				context.fireChannelRead(message);
			}
		}

		@Override
		public void handlerRemoved(ChannelHandlerContext context) {
			ReferenceCountUtil.release(this.end);
			this.end = null;
		}

		/**
		 * Stands before the codec.
		 */
		private final class Bytes extends ChannelInboundHandlerAdapter {

			private @Nullable ChannelHandlerContext context;

			@Override
			public void handlerAdded(ChannelHandlerContext context) {
				this.context = context;
			}

			@Override
			public void channelRead(ChannelHandlerContext context, Object message) {
				if (AnswerGuard.this.awaiting) {
					context.fireChannelRead(message);
				}
				else {
					ReferenceCountUtil.release(message);
					context.close();
				}
			}

			private void probe() {
				if (this.context != null) {
					this.context.fireChannelRead(LINE_END.duplicate());
				}
			}

		}

	}

	/**
	 * Stands last, behind what decompresses.
	 */
	@Sharable
	private static final class HeapContent extends ChannelInboundHandlerAdapter {

		private static final HeapContent INSTANCE = new HeapContent();

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof HttpContent content && content.content().isReadable()) {
				context
					.fireChannelRead(content.replace(Unpooled.wrappedBuffer(ByteBufUtil.getBytes(content.content()))));
				content.release();
			}
			else {
				context.fireChannelRead(message);
			}
		}

	}

}
