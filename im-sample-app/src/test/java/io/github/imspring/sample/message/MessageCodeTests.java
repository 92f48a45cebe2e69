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

package io.github.imspring.sample.message;

import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import io.github.imspring.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compiles and runs what is offered to be copied.
 */
class MessageCodeTests {

	private static final String HOSTILE = "\"); System.exit(1); // \\ \n\r\t\0\u007f \\u0022 你好 \uD83C\uDF39";

	private static Stream<Message> messages() {
		return Stream.of(
				Message.text(HOSTILE)
					.from("anna")
					.to("ben", "cleo")
					.syncDevice()
					.onlineOnly()
					.roamIgnoreUsers("ben")
					.ext("level", 3)
					.ext("big", 12345678901L)
					.ext("share", 0.5)
					.ext("nothing", null)
					.ext("vip", true)
					.ext("tags", List.of("a", Map.of("b", "\"c\"")))
					.build(),
				Message.image("http://h/1").secret("s").filename("a.png").size(480, 720).to("ben").build(),
				Message.voice("http://h/1").filename("a.amr").length(10).to("ben").build(),
				Message.video("http://h/1")
					.secret("s")
					.thumbnail("http://h/2", "t")
					.length(10)
					.fileLength(58103)
					.to("ben")
					.build(),
				Message.video("http://h/1").thumbnail("http://h/2", null).to("ben").build(),
				Message.file("http://h/1").to("ben").build(),
				Message.location("39.966", "116.322", "Beijing").to("ben").build(),
				Message.command("refresh").to("ben").build(),
				Message.custom("gift").extension("name", "rose").to("ben").build(),
				Message.custom().extension("name", HOSTILE).to("ben").build());
	}

	@Test
	void buildsTheSameMessage(@TempDir Path classes) throws Exception {
		List<Message> messages = messages().toList();
		compile(messages, classes);

		try (URLClassLoader loader = new URLClassLoader(new URL[] { classes.toUri().toURL() })) {
			Class<?> snippets = loader.loadClass("Snippets");
			for (int i = 0; i < messages.size(); i++) {
				Method method = snippets.getMethod("message" + i);
				assertThat(method.invoke(null)).isEqualTo(messages.get(i));
			}
		}
	}

	private static void compile(List<Message> messages, Path classes) {
		StringBuilder source = new StringBuilder("""
				import io.github.imspring.message.*;
				import reactor.core.publisher.Mono;
				import tools.jackson.databind.json.JsonMapper;
				public class Snippets {
				static MessageOperations messages;
				""");
		for (int i = 0; i < messages.size(); i++) {
			String code = MessageCode.of(messages.get(i));
			int sending = code.indexOf("Mono<SendResult> sent");
			source.append("public static Message message%d() {\n%s\nreturn message; }\n".formatted(i,
					code.substring(0, sending)));
			source.append("static void send%d(Message message) {\n%s}\n".formatted(i, code.substring(sending)));
		}
		source.append("}");
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StringWriter errors = new StringWriter();
		JavaFileObject file = new SimpleJavaFileObject(URI.create("mem:///Snippets.java"), JavaFileObject.Kind.SOURCE) {

			@Override
			public CharSequence getCharContent(boolean ignoreEncodingErrors) {
				return source;
			}

		};
		List<String> options = List.of("-proc:none", "-d", classes.toString(), "-classpath",
				System.getProperty("java.class.path"));
		assertThat(compiler.getTask(errors, null, null, options, null, List.of(file)).call())
			.as("%s%n%s", errors, source)
			.isTrue();
	}

}
