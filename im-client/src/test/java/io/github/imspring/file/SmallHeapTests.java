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

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.exchange.ImEndpoint;
import io.github.imspring.exchange.RecordingLimiter;
import io.github.imspring.exchange.TestClients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBufferUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files that would not fit into the memory of a program go through it.
 */
class SmallHeapTests {

	private static final int FILE_BYTES = 9 * 1024 * 1024;

	private static final int FILES_AT_A_TIME = 4;

	@TempDir
	private Path directory;

	@Test
	void aProgramWith48MegabytesSendsAndFetches36AtATime() throws Exception {
		Path file = this.directory.resolve("large.bin");
		try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
			content.setLength(FILE_BYTES);
		}
		Path output = this.directory.resolve("output.txt");
		try (ImEmulator emulator = ImEmulator.start()) {
			Process process = start(emulator, file, output);
			boolean ended = process.waitFor(60, TimeUnit.SECONDS);
			process.destroyForcibly();
			assertThat(ended).as(() -> "end of the program, which said: " + read(output)).isTrue();
			assertThat(process.exitValue()).as(() -> read(output)).isZero();
			assertThat(emulator.requestCount("upload-file")).isEqualTo(FILES_AT_A_TIME);
		}
		for (int number = 0; number < FILES_AT_A_TIME; number++) {
			assertThat(this.directory.resolve("large.bin." + number)).hasSize(FILE_BYTES);
		}
	}

	private static Process start(ImEmulator emulator, Path file, Path output) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx48m", "-cp",
				System.getProperty("java.class.path"), Program.class.getName(), emulator.baseUrl(), emulator.appId(),
				emulator.tokens().issue(), file.toString())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
	}

	private static String read(Path output) {
		try {
			return Files.readString(output);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	/**
	 * Uploads a file several times at once, and then downloads what it uploaded.
	 */
	static final class Program {

		private static final Duration TIMEOUT = Duration.ofSeconds(50);

		private Program() {
		}

		/**
		 * Runs the program.
		 * @param args base URL, App ID, token, file
		 */
		public static void main(String[] args) {
			Path file = Path.of(args[3]);
			FileOperations files = FileOperations.create(
					TestClients.of(ImEndpoint.ofAppId(URI.create(args[0]), args[1]), args[2], new RecordingLimiter()));
			List<UploadedFile> uploaded = Flux.range(0, FILES_AT_A_TIME)
				.flatMap((number) -> files.upload(file))
				.collectList()
				.block(TIMEOUT);
			Flux.range(0, FILES_AT_A_TIME)
				.flatMap((number) -> DataBufferUtils.write(files.download(uploaded.get(number)),
						file.resolveSibling(file.getFileName() + "." + number)))
				.blockLast(TIMEOUT);
		}

	}

}
