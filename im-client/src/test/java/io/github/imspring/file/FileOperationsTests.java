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

package io.github.imspring.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.emulator.RecordedRequest;
import io.github.imspring.error.ImApiException;
import io.github.imspring.error.ImDecodingException;
import io.github.imspring.error.ImException;
import io.github.imspring.error.ImNotFoundException;
import io.github.imspring.error.ImQuotaExceededException;
import io.github.imspring.error.ImTransportException;
import io.github.imspring.error.ImValidationException;
import io.github.imspring.exchange.ImEndpoint;
import io.github.imspring.exchange.ImRestOperations;
import io.github.imspring.exchange.RecordingLimiter;
import io.github.imspring.exchange.TestClients;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.resource.FileReference;
import io.netty.buffer.PooledByteBufAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link FileOperations} against the emulator.
 */
class FileOperationsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final int MAX_BYTES = 10 * 1024 * 1024;

	private static ImEmulator emulator;

	@TempDir
	private Path directory;

	private final RecordingLimiter limiter = new RecordingLimiter();

	private final ImRestOperations rest = TestClients.orgApp(emulator, this.limiter);

	private final FileOperations files = FileOperations.create(this.rest);

	@BeforeAll
	static void startEmulator() {
		emulator = ImEmulator.start();
	}

	@AfterAll
	static void stopEmulator() {
		emulator.close();
	}

	@BeforeEach
	void reset() {
		emulator.reset();
	}

	@Test
	void uploadsAFileAndDownloadsIt() throws IOException {
		byte[] content = randomBytes(100_000);
		UploadedFile uploaded = done(this.files.upload(file("photo.jpg", content)));
		assertThat(uploaded.filename()).isEqualTo("photo.jpg");
		assertThat(uploaded.type()).isEqualTo("chatfile");
		assertThat(uploaded.secret()).isNull();
		assertThat(uploaded.url()).isEqualTo(emulator.baseUrl() + "/" + emulator.orgName() + "/" + emulator.appName()
				+ "/chatfiles/" + uploaded.uuid());
		assertThat(uploaded.envelope().action()).isEqualTo("post");
		assertThat(bytes(this.files.download(uploaded))).isEqualTo(content);
		assertThat(bytes(this.files.download(uploaded.uuid(), null))).isEqualTo(content);
		assertThat(this.limiter.requests).extracting((request) -> request.operation().name())
			.containsExactly("upload-file", "download-file", "download-file");
	}

	@Test
	void uploadsAStreamAndAResource() {
		byte[] content = randomBytes(50_000);
		UploadedFile stream = done(this.files.upload("a.bin", chunks(content, 1000)));
		assertThat(bytes(this.files.download(stream))).isEqualTo(content);
		UploadedFile resource = done(this.files.upload(named("b.bin", content)));
		assertThat(resource.filename()).isEqualTo("b.bin");
		assertThat(bytes(this.files.download(resource))).isEqualTo(content);
		UploadedFile open = done(this.files.upload(open("c.bin", content)));
		assertThat(bytes(this.files.download(open))).isEqualTo(content);
	}

	@Test
	void savesADownload() throws IOException {
		byte[] content = randomBytes(100_000);
		UploadedFile uploaded = done(this.files.upload(file("a.bin", content)));
		Path target = this.directory.resolve("copy.bin");
		DataBufferUtils.write(this.files.download(uploaded), target).block(TIMEOUT);
		assertThat(target).hasBinaryContent(content);
	}

	@Test
	void sendsWhatTheOptionsSay() throws IOException {
		done(this.files.upload(file("a.png", new byte[1])));
		RecordedRequest plain = emulator.requests("upload-file").get(0);
		assertThat(plain.headers()).doesNotContainKeys("restrict-access", "thumbnail-width", "thumbnail-height");
		done(this.files.upload(file("a.png", new byte[1]),
				UploadOptions.defaults()
					.withRestrictedAccess()
					.withThumbnail(320, 240)
					.withMediaType(MediaType.parseMediaType("image/x-own"))));
		RecordedRequest options = emulator.requests("upload-file").get(1);
		assertThat(options.header("restrict-access")).isEqualTo("true");
		assertThat(options.header("thumbnail-width")).isEqualTo("320");
		assertThat(options.header("thumbnail-height")).isEqualTo("240");
		assertThat(text(plain)).contains("Content-Type: image/png\r\n");
		assertThat(text(options)).contains("Content-Type: image/x-own\r\n");
	}

	@Test
	void restrictedFileNeedsItsSecret() throws IOException {
		UploadedFile uploaded = done(
				this.files.upload(file("a.txt", "hi".getBytes(StandardCharsets.UTF_8)), restricted()));
		String secret = Objects.requireNonNull(uploaded.secret());
		assertThat(uploaded.toString()).contains(uploaded.uuid()).doesNotContain(secret);
		assertThat(bytes(this.files.download(uploaded))).asString().isEqualTo("hi");
		assertThat(bytes(this.files.download(uploaded.uuid(), secret))).asString().isEqualTo("hi");
		ImApiException ex = fails(ImApiException.class, this.files.download(uploaded.uuid(), null));
		assertThat(ex.status()).isEqualTo(401);
	}

	@Test
	void missingSecretIsWhatTheHintOfARefusedDownloadIsAbout() {
		emulator.faults().fail("download-file", Fault.error(401, "auth_bad_access_token", "no"), 1);
		ImApiException ex = catchThrowableOfType(ImApiException.class,
				() -> this.files.download("a-uuid", null).blockLast(TIMEOUT));
		assertThat(ex.hint()).startsWith("Give the secret that the upload of the file returned");
	}

	@Test
	void downloadsAThumbnail() throws IOException {
		byte[] content = randomBytes(20_000);
		UploadedFile uploaded = done(this.files.upload(file("a.png", content), restricted().withThumbnail(32, 16)));
		byte[] thumbnail = bytes(this.files.thumbnail(uploaded));
		assertThat(thumbnail).isNotEqualTo(content).startsWith(0x89, 'P', 'N', 'G');
		assertThat(bytes(this.files.thumbnail(uploaded.uuid(), uploaded.secret()))).isEqualTo(thumbnail);
		assertThat(bytes(this.files.download(uploaded))).isEqualTo(content);
	}

	@ParameterizedTest
	@CsvSource({ "https://other.example.com/o/a/chatfiles/", "http://127.0.0.1:1/app-id/x/chatfiles/", "''", "/" })
	void asksItsOwnAppWhateverTheAddressNames(String address) {
		UploadedFile uploaded = done(this.files.upload("a.txt", chunks(new byte[] { 'h', 'i' }, 1)));
		assertThat(bytes(this.files.download(address + uploaded.uuid(), null))).asString().isEqualTo("hi");
		assertThat(bytes(this.files.download(address + uploaded.uuid() + "?share-secret=x/y#z", null))).asString()
			.isEqualTo("hi");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "https://a1.example.com/o/a/chatfiles/", "..", "a/..", "a/.", "?x" })
	void refusesAnAddressWithoutUuid(String address) {
		ImValidationException ex = fails(ImValidationException.class, this.files.download(address, null));
		assertThat(ex.field()).isEqualTo("uuid");
		assertThat(this.limiter.requests).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a\r\nX-Evil: 1", "a\u0000", "geheim\u00DF" })
	void refusesASecretThatIsNone(String secret) {
		ImValidationException ex = fails(ImValidationException.class, this.files.thumbnail("1-2", secret));
		assertThat(ex.field()).isEqualTo("share-secret");
		assertThat(this.limiter.requests).isEmpty();
	}

	@Test
	void unknownFileIsNotFound() {
		ImNotFoundException ex = fails(ImNotFoundException.class, this.files.download("no-such-file", null));
		assertThat(ex.errorDescription()).isEqualTo("file may not exists");
		assertThat(ex.operation()).isEqualTo("download-file");
	}

	@Test
	void uploadsExactly10MegabytesFromAFile() throws IOException {
		Path file = sparse("max.bin", MAX_BYTES);
		done(this.files.upload(file));
		assertThat(emulator.requestCount("upload-file")).isOne();
		assertRefused(this.files.upload(sparse("over.bin", MAX_BYTES + 1)),
				"must have at most 10485760 bytes but has 10485761");
		assertRefused(this.files.upload(new FileSystemResource(this.directory.resolve("over.bin"))),
				"must have at most 10485760 bytes but has 10485761");
		assertThat(this.limiter.requests).hasSize(1);
	}

	@Test
	void uploadsExactly10MegabytesFromAStreamAndBreaksOffBeyond() {
		done(this.files.upload("max.bin", zeros(MAX_BYTES)));
		assertRefused(this.files.upload("over.bin", zeros(MAX_BYTES).concatWith(zeros(1))),
				"must have at most 10485760 bytes but has more");
		assertRefused(this.files.upload(open("over.bin", new byte[MAX_BYTES + 1])),
				"must have at most 10485760 bytes but has more");
		assertThat(this.limiter.ends).containsExactly("answered", "unanswered", "unanswered");
	}

	@Test
	void refusesWhatIsNoFile() throws IOException {
		assertRefused(this.files.upload(this.directory), "must be a file that can be read");
		assertRefused(this.files.upload(this.directory.resolve("missing")), "must be a file that can be read");
		assertRefused(this.files.upload(Path.of("/")), "");
		assertRefused(this.files.upload(new ByteArrayResource(new byte[1])), "must have a name");
		assertRefused(this.files.upload(" ", zeros(1)), "must have a name that is not blank");
		assertRefused(this.files.upload("", zeros(1)), "must have a name that is not blank");
		assertThat(this.limiter.requests).isEmpty();
	}

	@Test
	void refusesThumbnailsWithoutPixels() {
		for (UploadOptions options : List.of(UploadOptions.defaults(), restricted())) {
			assertThat(options.withThumbnail(1, 1).thumbnailWidth()).isOne();
			ImValidationException width = catchThrowableOfType(ImValidationException.class,
					() -> options.withThumbnail(0, 1));
			assertThat(width.field()).isEqualTo("thumbnail-width");
			ImValidationException height = catchThrowableOfType(ImValidationException.class,
					() -> options.withThumbnail(1, -1));
			assertThat(height.field()).isEqualTo("thumbnail-height");
		}
	}

	@Test
	void failureOfTheContentIsReportedAndNotRepeated() {
		AtomicInteger subscriptions = new AtomicInteger();
		IOException failure = new IOException("disk gone");
		Flux<DataBuffer> content = Flux.defer(() -> {
			subscriptions.incrementAndGet();
			return zeros(100_000).concatWith(Mono.error(failure));
		});
		ImValidationException ex = fails(ImValidationException.class, this.files.upload("a.bin", content));
		assertThat(ex).hasCause(failure).hasMessageContaining("disk gone");
		assertThat(ex.mayHaveBeenProcessed()).isFalse();
		assertThat(subscriptions).hasValue(1);
		assertThat(this.limiter.requests).hasSize(1);
	}

	@Test
	void buffersAreReleasedWhateverHappens() {
		List<DataBuffer> buffers = new CopyOnWriteArrayList<>();
		done(this.files.upload("a.bin", pooled(buffers, 20)));
		fails(ImValidationException.class, this.files.upload("b.bin", pooled(buffers, 700)));
		assertThat(buffers).hasSizeGreaterThan(600);
		await().atMost(TIMEOUT)
			.untilAsserted(() -> assertThat(buffers)
				.allSatisfy((buffer) -> assertThat(((NettyDataBuffer) buffer).getNativeBuffer().refCnt()).isZero()));
	}

	@Test
	void whatCanBeReadAgainIsSentAgain() throws IOException {
		byte[] content = randomBytes(50_000);
		emulator.faults().fail("upload-file", Fault.reachLimit(), 1);
		emulator.faults().fail("upload-file", Fault.expiredToken(), 1);
		UploadedFile uploaded = done(this.files.upload(file("a.bin", content)));
		assertThat(emulator.requestCount("upload-file")).isEqualTo(3);
		assertThat(bytes(this.files.download(uploaded))).isEqualTo(content);
	}

	@Test
	void whatCanBeReadOnceIsSentOnce() {
		AtomicInteger subscriptions = new AtomicInteger();
		Flux<DataBuffer> content = zeros(1).doOnSubscribe((subscription) -> subscriptions.incrementAndGet());
		emulator.faults().fail("upload-file", Fault.reachLimit(), 2);
		fails(ImQuotaExceededException.class, this.files.upload("a.bin", content));
		assertThat(subscriptions).hasValue(1);
		fails(ImQuotaExceededException.class, this.files.upload(open("a.bin", new byte[1])));
		assertThat(emulator.requestCount("upload-file")).isEqualTo(2);
	}

	@Test
	void whatWasNotBegunIsTriedAgain() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0)) {
			port = socket.getLocalPort();
		}
		FileOperations unreachable = FileOperations
			.create(TestClients.of(ImEndpoint.ofAppId(URI.create("http://127.0.0.1:" + port), "x"), "t", this.limiter));
		AtomicInteger subscriptions = new AtomicInteger();
		Flux<DataBuffer> content = zeros(1).doOnSubscribe((subscription) -> subscriptions.incrementAndGet());
		ImTransportException ex = fails(ImTransportException.class, unreachable.upload("a.bin", content));
		assertThat(ex.mayHaveBeenProcessed()).isFalse();
		assertThat(subscriptions).hasValue(0);
		assertThat(this.limiter.ends).containsExactly("released", "released", "released");
	}

	@Test
	void uploadThatMayHaveBeenTakenIsNotRepeated() throws IOException {
		emulator.faults().fail("upload-file", Fault.status(503).html("<html/>"), 1);
		ImException ex = fails(ImException.class, this.files.upload(file("a.bin", new byte[1])));
		assertThat(ex.mayHaveBeenProcessed()).isTrue();
		assertThat(emulator.requestCount("upload-file")).isOne();
	}

	@Test
	void downloadIsRepeatedUntilItsFirstPiece() {
		UploadedFile uploaded = done(this.files.upload("a.txt", zeros(3)));
		emulator.faults().fail("download-file", Fault.status(503).html("<html/>"), 1);
		emulator.faults().fail("download-file", Fault.resetBeforeProcessing(), 1);
		assertThat(bytes(this.files.download(uploaded))).hasSize(3);
		assertThat(emulator.requestCount("download-file")).isEqualTo(3);
	}

	@Test
	void secretOfAFileThatTheServiceEchoesIsHidden() {
		emulator.faults().fail("download-file", Fault.error(404, "not_found", "no file of share-secret t0ps3cret"), 1);
		ImNotFoundException ex = catchThrowableOfType(ImNotFoundException.class,
				() -> bytes(this.files.download("5fd7", "t0ps3cret")));
		assertThat(ex).hasMessageContaining("share-secret ******");
		assertThat(ex.toString() + ex.body()).doesNotContain("t0ps3cret");
	}

	@Test
	void downloadWhoseConnectionBreaksBehindTheHeadIsRepeated() {
		UploadedFile uploaded = done(this.files.upload("a.txt", zeros(1)));
		emulator.faults().fail("download-file", Fault.truncatedBody(), 1);
		assertThat(bytes(this.files.download(uploaded))).hasSize(1);
		assertThat(emulator.requestCount("download-file")).isEqualTo(2);
	}

	@Test
	void downloadWhoseConnectionBreaksBehindItsFirstPieceIsNotRepeated() {
		UploadedFile uploaded = done(this.files.upload("a.txt", zeros(MAX_BYTES)));
		emulator.faults().fail("download-file", Fault.truncatedBody(), 1);
		AtomicInteger received = new AtomicInteger();
		Flux<DataBuffer> download = this.files.download(uploaded).doOnNext((piece) -> {
			received.addAndGet(piece.readableByteCount());
			DataBufferUtils.release(piece);
		});
		fails(ImTransportException.class, download.then());
		assertThat(received.get()).isBetween(1, MAX_BYTES / 2);
		assertThat(emulator.requestCount("download-file")).isOne();
	}

	@Test
	void readsTheDocumentedAnswer() {
		answer("""
				{"action":"post","path":"/chatfiles","uri":"https://h/o/a/chatfiles","entities":
				[{"uuid":"5fd7","type":"chatfile","share-secret":"X9dX"}],"timestamp":1,"duration":0}""");
		UploadedFile uploaded = done(this.files.upload("a.bin", zeros(1)));
		assertThat(uploaded).isEqualTo(new UploadedFile("5fd7", "chatfile", "https://h/o/a/chatfiles/5fd7", "X9dX",
				"a.bin", uploaded.envelope()));
		assertThat(uploaded.envelope().path()).isEqualTo("/chatfiles");
	}

	@Test
	void toleratesASlashAndAnAnswerWithoutSecretAndType() {
		answer("{\"uri\":\"https://h/o/a/chatfiles/\",\"entities\":[{\"uuid\":\"5fd7\",\"share-secret\":\"\"}]}");
		UploadedFile uploaded = done(this.files.upload("a.bin", zeros(1)));
		assertThat(uploaded.url()).isEqualTo("https://h/o/a/chatfiles/5fd7");
		assertThat(uploaded.secret()).isNull();
		assertThat(uploaded.type()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"uri\":\"https://h/chatfiles\",\"entities\":[]}",
			"{\"uri\":\"https://h/chatfiles\",\"entities\":[{\"type\":\"chatfile\"}]}",
			"{\"entities\":[{\"uuid\":\"1\"}]}", "{\"uri\":\"\",\"entities\":[{\"uuid\":\"1\"}]}" })
	void answerWithoutAFileIsAnError(String answer) {
		answer(answer);
		fails(ImDecodingException.class, this.files.upload("a.bin", zeros(1)));
	}

	@Test
	void whatAnUploadReturnsGoesIntoAMessageInEitherPathStyle() throws IOException {
		Path file = file("a.bin", new byte[1]);
		for (ImRestOperations client : List.of(this.rest, TestClients.appId(emulator, this.limiter))) {
			UploadedFile uploaded = done(FileOperations.create(client).upload(file, restricted()));
			UploadedFile thumbnail = done(FileOperations.create(client).upload(file, restricted()));
			MessageOperations messages = MessageOperations.create(client);
			List.of(Message.image(uploaded), Message.voice(uploaded), Message.file(uploaded),
					Message.video(uploaded).thumbnail(thumbnail))
				.forEach((builder) -> done(messages.send(builder.to("user2").build())));
			assertThat(emulator.deliveriesTo("user2")).hasSize(4).allSatisfy((delivery) -> {
				assertThat(delivery.body().path("url").asString()).isEqualTo(uploaded.url())
					.endsWith("/chatfiles/" + uploaded.uuid());
				assertThat(delivery.body().path("secret").asString()).isEqualTo(uploaded.secret());
				assertThat(delivery.body().path("filename").asString()).isEqualTo("a.bin");
			});
			assertThat(emulator.deliveriesTo("user2").get(3).body().path("thumb_secret").asString())
				.isEqualTo(thumbnail.secret());
			assertThat(uploaded.url()).startsWith(emulator.baseUrl());
			emulator.reset();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			photo.jpg       | photo.jpg
			图片 ü.png       | 图片 ü.png
			a"b.txt         | a%22b.txt
			a\\b.txt        | a\\\\b.txt
			""")
	void namesThePartAsBrowsersDo(String filename, String sent) {
		assertPart(filename, sent);
	}

	@Test
	void filenameCannotForgeHeaders() {
		assertPart("a\r\nX-Evil: 1\r\n\r\nb.txt", "a%0D%0AX-Evil: 1%0D%0A%0D%0Ab.txt");
		assertPart("a\u0000\u007F.txt", "a%00%7F.txt");
		assertPart("\"; name=\"other", "%22; name=%22other");
	}

	private void assertPart(String filename, String sent) {
		UploadedFile uploaded = done(this.files.upload(filename, chunks(new byte[] { 'h', 'i' }, 1)));
		assertThat(uploaded.filename()).isEqualTo(filename);
		List<RecordedRequest> requests = emulator.requests("upload-file");
		RecordedRequest request = requests.get(requests.size() - 1);
		String boundary = MediaType.parseMediaType(Objects.requireNonNull(request.header("Content-Type")))
			.getParameter("boundary");
		String type = filename.endsWith("txt") ? "text/plain" : filename.endsWith("jpg") ? "image/jpeg"
				: filename.endsWith("png") ? "image/png" : "application/octet-stream";
		assertThat(text(request).split("\r\n")).containsExactlyInAnyOrder("--" + boundary,
				"Content-Disposition: form-data; name=\"file\"; filename=\"" + sent + "\"", "Content-Type: " + type, "",
				"hi", "--" + boundary + "--");
		assertThat(bytes(this.files.download(uploaded))).asString().isEqualTo("hi");
	}

	private static String text(RecordedRequest request) {
		return new String(request.body(), StandardCharsets.UTF_8);
	}

	private static UploadOptions restricted() {
		return UploadOptions.defaults().withRestrictedAccess();
	}

	private static void answer(String json) {
		emulator.faults().fail("upload-file", Fault.status(200).json(json), 1);
	}

	private static byte[] randomBytes(int size) {
		byte[] bytes = new byte[size];
		new Random(size).nextBytes(bytes);
		return bytes;
	}

	private Path file(String name, byte[] content) throws IOException {
		return Files.write(this.directory.resolve(name), content);
	}

	private Path sparse(String name, long size) throws IOException {
		Path path = this.directory.resolve(name);
		try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
			file.setLength(size);
		}
		return path;
	}

	private static Resource named(String name, byte[] content) {
		return new ByteArrayResource(content) {
			@Override
			public String getFilename() {
				return name;
			}
		};
	}

	private static Resource open(String name, byte[] content) {
		return new InputStreamResource(new ByteArrayInputStream(content)) {
			@Override
			public String getFilename() {
				return name;
			}
		};
	}

	private static Flux<DataBuffer> chunks(byte[] content, int size) {
		return DataBufferUtils.readInputStream(() -> new ByteArrayInputStream(content),
				DefaultDataBufferFactory.sharedInstance, size);
	}

	private static Flux<DataBuffer> zeros(int size) {
		return Flux.defer(() -> chunks(new byte[size], 64 * 1024));
	}

	private static Flux<DataBuffer> pooled(List<DataBuffer> buffers, int count) {
		NettyDataBufferFactory factory = new NettyDataBufferFactory(PooledByteBufAllocator.DEFAULT);
		return Flux.range(0, count).map((number) -> {
			DataBuffer buffer = factory.allocateBuffer(16 * 1024).write(new byte[16 * 1024]);
			buffers.add(buffer);
			return buffer;
		});
	}

	private static byte[] bytes(Flux<DataBuffer> content) {
		return done(DataBufferUtils.join(content).map((buffer) -> {
			byte[] bytes = new byte[buffer.readableByteCount()];
			buffer.read(bytes);
			DataBufferUtils.release(buffer);
			return bytes;
		}));
	}

	private static <T> T done(Mono<T> call) {
		@Nullable T result = call.block(TIMEOUT);
		assertThat(result).isNotNull();
		return result;
	}

	private static void assertRefused(Mono<UploadedFile> upload, String requirement) {
		ImValidationException ex = fails(ImValidationException.class, upload);
		assertThat(ex.field()).isEqualTo("file");
		assertThat(ex.operation()).isEqualTo("upload-file");
		assertThat(ex).hasMessageContaining(requirement);
	}

	private static <E extends ImException> E fails(Class<E> type, Mono<?> call) {
		E ex = catchThrowableOfType(type, () -> call.block(TIMEOUT));
		assertThat(ex).isNotNull();
		return ex;
	}

	private static <E extends ImException> E fails(Class<E> type, Flux<?> call) {
		return fails(type, call.then());
	}

}
