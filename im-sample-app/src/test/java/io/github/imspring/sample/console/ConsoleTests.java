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

package io.github.imspring.sample.console;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import io.github.imspring.emulator.DeliveredMessage;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.sample.ApiTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The console in a browser. The pictures go to {@code target/screenshots}, or where
 * {@code -Dconsole.screenshots} says.
 */
@ApiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTests {

	private static final Path PICTURES = Path.of(System.getProperty("console.screenshots", "target/screenshots"));

	private static final int MAX_PICTURE_BYTES = 300_000;

	private static final int WIDE = 1440;

	private static final String HOSTILE = "<img src=x onerror=alert(1)>";

	@TempDir
	private Path folder;

	@Autowired
	private ImEmulator emulator;

	@Autowired
	private WebTestClient client;

	private Browser browser;

	@BeforeAll
	void startBrowser(@LocalServerPort int port, @TempDir Path profile) {
		this.browser = Browser.start("http://localhost:" + port, profile).orElse(null);
		if (this.browser == null) {
			System.err.println("""

					******************************************************************
					  NO BROWSER: the tests of the console in a browser do not run.
					  Install Chromium and its driver, on Debian:
					  apt-get install chromium chromium-driver
					******************************************************************
					""");
		}
		Assumptions.assumeTrue(this.browser != null, "chromium and chromedriver are not installed");
		this.browser.speak("en-US");
	}

	@AfterAll
	void stopBrowser() {
		if (this.browser != null) {
			this.browser.close();
		}
	}

	@BeforeEach
	void reset() {
		this.emulator.reset();
		this.browser.speak("en-US");
		this.browser.paint("light");
		this.browser.resize(WIDE, 900);
	}

	@AfterEach
	void switchEverythingOff() {
		for (String path : List.of("/traffic/0", "/faults/THROTTLE", "/faults/BREAK_CONNECTION")) {
			HttpMethod method = path.startsWith("/traffic") ? HttpMethod.PUT : HttpMethod.DELETE;
			this.client.method(method).uri("/api/emulator" + path).exchange().expectStatus().isNoContent();
		}
	}

	@AfterEach
	void expectNoComplaintAndNoRequestThatLeavesTheMachine() {
		assertThat(this.browser.complaints()).isEmpty();
		assertThat(this.browser.requests()).isNotEmpty()
			.allSatisfy((url) -> assertThat(URI.create(url).getHost()).as(url).isEqualTo("localhost"));
	}

	@Test
	void sendsAMessageAndShowsWhatTheServiceSaw() {
		this.browser.open("/");
		this.browser.type("[name=msg]", "We start at eight. \"Requests\" are welcome.");
		this.browser.type("[name=from]", "anna");
		this.browser.type("[name=to]", "ben, cleo\nuser3");
		this.browser.click("#send-button");

		this.browser.waitForText("#outcome-rows", "cleo");
		assertThat(this.browser.text("#send-status")).startsWith("Sent to 3 in ");
		assertThat(this.emulator.deliveriesTo("user3")).extracting(DeliveredMessage::from).containsExactly("anna");
		assertThat(this.browser.text("#outcome-rows")).contains(this.emulator.deliveriesTo("cleo").get(0).messageId());
		this.browser.waitForText("#java", "Message.text(\"We start at eight. \\\"Requests\\\" are welcome.\")");
		this.browser.waitForText("#wire .request-body", "\"from\": \"anna\"");
		assertThat(this.browser.text("#wire .answer-body")).contains("messages/users");
		this.browser.click("#wire .exchange:last-child summary");
		assertThat(this.browser.text("#wire .exchange:last-child .request-headers")).contains("Bearer ***");
		this.browser.click("#wire .exchange:last-child summary");
		this.browser.click("[data-copy=curl]");
		this.browser.waitForText("[data-copy=curl]", "Copied");
		assertThat(this.browser.violations()).isEmpty();
		picture("console-send.png");
	}

	private void picture(String name) {
		Path file = PICTURES.resolve(name);
		this.browser.savePicture(WIDE, file);
		assertThat(file.toFile().length()).isLessThan(MAX_PICTURE_BYTES);
	}

	@Test
	void uploadsThePictureThatIsPickedAndSendsIt() throws IOException {
		BufferedImage image = new BufferedImage(48, 32, BufferedImage.TYPE_INT_RGB);
		Path file = this.folder.resolve("cat.png");
		ImageIO.write(image, "png", file.toFile());

		this.browser.open("/");
		this.browser.click("label:has([value=img])");
		this.browser.pick("[data-type=img] [name=upload]", file);
		this.browser.waitForText("[data-type=img] .picked", "cat.png, 1 KB");
		this.browser.type("[name=to]", "ben");
		this.browser.click("#send-button");

		this.browser.waitForText("#outcome-rows", "ben");
		JsonNode body = this.emulator.deliveriesTo("ben").get(0).body();
		assertThat(body.path("filename").asString()).isEqualTo("cat.png");
		assertThat(body.at("/size/width").asInt()).isEqualTo(48);
		assertThat(body.path("url").asString()).startsWith(this.emulator.baseUrl());
	}

	@Test
	void sendsTheTypesThatNeedNoFile() {
		this.browser.open("/");
		this.browser.type("[name=to]", "ben");
		this.browser.click("label:has([value=loc])");
		this.browser.type("[name=lat]", "39.966");
		this.browser.type("[name=lng]", "116.322");
		this.browser.type("[name=addr]", "Beijing");
		send("loc");
		this.browser.click("label:has([value=cmd])");
		this.browser.type("[name=action]", "refresh");
		send("cmd");
		this.browser.click("label:has([value=custom])");
		this.browser.type("[name=customEvent]", "gift");
		this.browser.type("[name=customExts]", "name=rose\nprice=3=4");
		send("custom");

		assertThat(this.emulator.deliveriesTo("ben")).extracting((delivery) -> delivery.body().toString())
			.containsExactly("{\"lat\":\"39.966\",\"lng\":\"116.322\",\"addr\":\"Beijing\"}",
					"{\"action\":\"refresh\"}",
					"{\"customEvent\":\"gift\",\"customExts\":{\"name\":\"rose\",\"price\":\"3=4\"}}");
	}

	private void send(String type) {
		this.browser.click("#send-button");
		this.browser.waitForText("#wire .request-body", "\"type\": \"" + type + "\"");
	}

	@Test
	void showsTheHintOfWhatIsRefused() {
		this.browser.open("/");
		this.browser.click("#send-button");
		this.browser.waitForText("#send-status", "Name at least one recipient");
		this.browser.type("[name=to]", "ben");
		this.browser.click("#send-button");

		this.browser.waitForText("#outcome-problem .detail", "body.msg");
		assertThat(this.browser.text("#outcome-problem .hint")).isNotEmpty();
		assertThat(this.emulator.requestCount("send-message")).isZero();
		// The browser itself notes every answer that is no success.
		assertThat(this.browser.complaints()).singleElement().asString().contains("400");
	}

	@Test
	void sendsToTwoThousandAndShowsHowItGoes() throws IOException {
		int many = 2000;
		Path csv = this.folder.resolve("viewers.csv");
		Files.writeString(csv,
				IntStream.range(0, many)
					.mapToObj((number) -> "\"viewer-" + number + "\",gold")
					.collect(Collectors.joining("\r\n", "\uFEFFuser,level\r\n", "\r\nviewer-0,gold\r\n")));

		this.browser.open("/");
		this.browser.type("[name=msg]", "The show begins");
		this.browser.pick("[name=csv]", csv);
		this.browser.waitForText("#csv-picked", "viewers.csv: 2,000 recipients, 1 repeated");
		assertThat(this.browser.text("#send-button")).isEqualTo("Send to 2,000");
		this.browser.click("#send-button");
		this.browser.waitForText("#bulk-remaining", "left");
		assertThat(this.browser.text("#bulk-state")).isEqualTo("Sending");
		assertThat(this.browser.violations()).isEmpty();

		this.browser.waitForText("#bulk-state", "Done");
		assertThat(this.browser.text("#bulk-sent")).isEqualTo("2,000");
		assertThat(this.browser.text("#bulk-waiting")).isEqualTo("0");
		assertThat(this.emulator.deliveredMessages()).isEqualTo(many);
		assertThat(this.emulator.deliveriesTo("viewer-1999")).hasSize(1);
		assertThat(outcomes()).hasSize(many + 1)
			.contains("\"viewer-7\",sent,\"%s\",\"\""
				.formatted(this.emulator.deliveriesTo("viewer-7").get(0).messageId()));
	}

	private List<String> outcomes() {
		String csv = this.client.get()
			.uri(URI.create(this.browser.find("#bulk-outcomes").getDomProperty("href")).getPath())
			.exchange()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		return csv.lines().toList();
	}

	@Test
	void cancelsABulkSend() throws IOException {
		Path csv = this.folder.resolve("crowd.csv");
		Files.writeString(csv,
				IntStream.range(0, 5000).mapToObj((number) -> "fan" + number).collect(Collectors.joining("\n")));

		this.browser.open("/");
		this.browser.type("[name=msg]", "hi");
		this.browser.pick("[name=csv]", csv);
		this.browser.waitForText("#send-button", "Send to 5,000");
		this.browser.click("#send-button");
		this.browser.click("#bulk-cancel");

		this.browser.waitForText("#bulk-state", "Cancelled");
		assertThat(this.emulator.deliveredMessages()).isLessThan(5000);
		assertThat(outcomes()).hasSize(5001).filteredOn((line) -> line.contains(",not_sent,")).hasSizeGreaterThan(1000);
	}

	@Test
	void opensUsesAndDeletesARoom() {
		this.browser.open("/rooms");
		this.browser.click("#new-room");
		assertThat(this.browser.violations()).isEmpty();
		this.browser.type("#create [name=name]", "Unplugged");
		this.browser.type("#create [name=description]", "Songs by candlelight");
		this.browser.type("#create [name=owner]", "anna");
		this.browser.type("#create [name=members]", "ben, cleo");
		this.browser.click("#create [type=submit]");
		this.browser.waitForText("#room-name", "Unplugged");
		this.browser.waitForText("#rooms", "of anna");

		this.browser.type("#edit [name=description]", "Songs by daylight");
		this.browser.click("#edit [type=submit]");
		this.browser.waitForText("#edit .status", "Saved.");
		this.browser.type("#announcement", "We start at eight.");
		this.browser.click("#announce [type=submit]");
		this.browser.waitForText("#announce .status", "Saved.");

		setAttribute("ben", "song", "Blackbird");
		this.browser.waitForText("#attributes", "Blackbird");
		setAttribute("anna", "topic", "ballads");
		this.browser.waitForText("#attributes", "ballads");
		this.browser.click("#add-pair");
		this.browser.type(".pair:last-child [name=key]", "song");
		this.browser.type(".pair:last-child [name=value]", "Hurt");
		this.browser.click("#set-attributes [type=submit]");
		this.browser.waitForText("#set-attributes .status", "1 set, 1 refused");
		assertThat(this.browser.text(".pair:first-child .pair-result")).isEqualTo("set");
		assertThat(this.browser.text(".pair:last-child .pair-result")).isNotEmpty().isNotEqualTo("set");
		this.browser.waitForText("#attributes tr:first-child .owner", "ben");
		this.browser.type("#speak [name=text]", "Welcome, everybody!");
		this.browser.click("#speak [type=submit]");
		this.browser.waitForText("#talk", "Welcome, everybody!");
		assertThat(this.browser.violations()).isEmpty();
		picture("console-rooms.png");

		this.browser.click("#set-attributes [name=forced]");
		this.browser.click("#set-attributes [type=submit]");
		this.browser.waitForText("#set-attributes .status", "2 set, 0 refused");
		this.browser.waitForText("#attributes tr:first-child", "Hurt");
		this.browser.waitForText("#attributes tr:first-child .owner", "anna");

		this.browser.type("#transfer [name=newowner]", "cleo");
		this.browser.click("#transfer [type=submit]");
		this.browser.waitForText("#member-status", "Handed over to cleo.");
		this.browser.waitForText("#members li:has(.role:not([hidden])) .name", "cleo");

		this.browser.click("#delete-room");
		this.browser.waitForText("#confirm-text", "Delete the room “Unplugged”?");
		this.browser.click("#confirm [value=yes]");
		this.browser.waitForText("#rooms-status", "Deleted.");
		assertThat(this.emulator.chatrooms().count()).isZero();
	}

	private void setAttribute(String user, String key, String value) {
		this.browser.type("#set-attributes [name=user]", user);
		this.browser.type(".pair:first-child [name=key]", key);
		this.browser.type(".pair:first-child [name=value]", value);
		this.browser.click("#set-attributes [type=submit]");
	}

	@Test
	void letsAViewerInAndMutesAndRemovesTheViewer() {
		this.emulator.chatrooms().create("4711", "anna");

		this.browser.open("/rooms#4711");
		this.browser.type("#join [name=user]", "dora");
		this.browser.click("#join [type=submit]");
		this.browser.waitForText("#member-status", "dora is in.");
		this.browser.type("#speak [name=user]", "dora");
		this.browser.type("#speak [name=text]", HOSTILE);
		this.browser.click("#speak [type=submit]");
		this.browser.waitForText("#talk", HOSTILE);
		assertThat(this.emulator.deliveriesTo("anna")).extracting(DeliveredMessage::from).containsExactly("dora");

		this.browser.click("#members .member-actions:not([hidden]) .mute");
		this.browser.waitForText("#member-status", "dora is muted.");
		this.browser.type("#speak [name=text]", "But …");
		this.browser.click("#speak [type=submit]");
		this.browser.waitForText("#talk-status", "dora is muted");
		assertThat(this.browser.complaints()).singleElement().asString().contains("403");
		this.browser.click("#members .member-actions:not([hidden]) .unmute");
		this.browser.waitForText("#member-status", "dora may speak again.");
		this.browser.click("#members li:last-child .remove");
		this.browser.waitForText("#member-status", "dora is removed.");
		assertThat(this.emulator.chatrooms().members("4711")).doesNotContain("dora");
	}

	@Test
	void listsMoreRoomsAsOneScrollsAndSearchesThem() {
		this.emulator.chatrooms().createMany(120, "host");
		this.emulator.chatrooms().create("777", "anna");

		this.browser.open("/rooms");
		this.browser.waitUntil("a page is listed", () -> this.browser.all("#rooms li").size() >= 50);
		assertThat(this.browser.all("#rooms li")).hasSizeLessThan(121);
		this.browser.waitUntil("all are listed", () -> {
			this.browser
				.run("const list = document.getElementById('rooms-scroll'); list.scrollTop = list.scrollHeight;");
			return this.browser.all("#rooms li").size() == 121;
		});
		assertThat(this.browser.text("#rooms-status")).isEqualTo("121 in all");

		this.browser.type("#search [name=q]", "anna");
		this.browser.waitForText("#rooms-status", "1 found");
		assertThat(this.browser.text("#rooms")).contains("777");
		this.browser.type("#search [name=q]", "nobody");
		this.browser.waitForText("#rooms-status", "No room.");
	}

	@Test
	void showsWhatLooksLikeMarkupAsText() {
		this.client.post()
			.uri("/api/rooms")
			.bodyValue(Map.of("name", HOSTILE, "description", HOSTILE, "owner", "anna", "custom", HOSTILE))
			.exchange()
			.expectStatus()
			.isCreated();

		this.browser.open("/rooms");
		this.browser.click("#rooms button");
		this.browser.waitForText("#room-name", HOSTILE);
		assertThat(this.browser.text("#rooms .name")).isEqualTo(HOSTILE);
		this.browser.open("/");
		this.browser.type("[name=msg]", HOSTILE);
		this.browser.type("[name=from]", HOSTILE.replace(" ", "/"));
		this.browser.type("[name=to]", HOSTILE.replace(" ", "/"));
		this.browser.click("#send-button");
		this.browser.waitForText("#outcome-rows", HOSTILE.replace(" ", "/"));
		this.browser.waitForText("#wire .request-body", HOSTILE);
		this.browser.open("/watch");
		this.browser.waitForText("#deliveries", HOSTILE.replace(" ", "/"));
		assertThat(this.browser.all("img")).isEmpty();
	}

	@Test
	void watchesFaultsComeAndGo() {
		this.browser.open("/watch");
		this.browser.waitForText("#live", "Live");
		this.browser.run("const traffic = document.getElementById('traffic'); traffic.value = 30;"
				+ "traffic.dispatchEvent(new Event('change'));");
		this.browser.waitForText("#deliveries", "viewer-");
		this.browser.waitForText("#health", "UP");
		this.browser.waitForText("#token", "23 h");

		this.browser.click("#all-quotas");
		this.browser.waitForText("#quotas", "create-group-calls");
		this.browser.click("#all-quotas");
		this.browser.waitUntil("the quotas out of use are gone",
				() -> !this.browser.text("#quotas").contains("create-group-calls"));

		switchFault("BREAK_CONNECTION", "Switched on: Break connections");
		this.browser.waitForText("#errors", "perhaps processed");
		this.browser.waitUntil("the error has a hint", () -> !this.browser.text("#errors .hint").isEmpty());
		switchFault("THROTTLE", "Switched on: Throttle");
		this.browser.waitUntil("the service refuses calls",
				() -> this.browser.all("#quotas tr:not([hidden]) .throttled")
					.stream()
					.map(WebElement::getText)
					.anyMatch((text) -> !"–".equals(text)));
		this.browser.click("#expire");
		this.browser.waitForText("#faults-status", "The token has expired");
		assertThat(this.browser.violations()).isEmpty();
		this.browser.paint("dark");
		assertThat(this.browser.violations()).isEmpty();
		this.browser.paint("light");
		picture("console-watch.png");

		switchFault("BREAK_CONNECTION", "Switched off: Break connections");
		switchFault("THROTTLE", "Switched off: Throttle");
		assertThat(this.emulator.faults().remaining("*")).isZero();
		this.browser.run("const traffic = document.getElementById('traffic'); traffic.value = 0;"
				+ "traffic.dispatchEvent(new Event('change'));");
		this.browser.waitUntil("the traffic ends", () -> "0".equals(this.browser.text("#calls")));
	}

	private void switchFault(String fault, String outcome) {
		this.browser.click("[name=fault][value=" + fault + "]");
		this.browser.waitForText("#faults-status", outcome);
	}

	@Test
	void countsOnWhileTheBrowserDrawsNothing() {
		this.browser.open("/watch");
		this.browser.waitForText("#live", "Live");
		this.browser.run("window.requestAnimationFrame = () => 0; document.getElementById('calls').textContent = '?';");
		this.browser.waitUntil("the number comes", () -> !"?".equals(this.browser.text("#calls")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/rooms", "/watch" })
	void paintsWithinASecond(String path) {
		this.browser.open(path);
		double fastest = Stream.generate(() -> this.browser.millisToFirstPaint(path))
			.limit(3)
			.mapToDouble(Double::doubleValue)
			.min()
			.orElseThrow();
		assertThat(fastest).isLessThan(1000);
	}

	@Test
	void canBeUsedWithTheKeyboardAlone() {
		this.browser.open("/");
		WebElement page = this.browser.find("body");
		page.sendKeys(Keys.TAB);
		assertThat(focused()).isEqualTo("Skip to the content");
		this.browser.find("[name=msg]").sendKeys("hi", Keys.TAB, "anna", Keys.TAB, "ben", Keys.TAB, Keys.TAB, Keys.TAB);
		assertThat(focused()).isEqualTo("Send");
		this.browser.find("#send-button").sendKeys(Keys.ENTER);

		this.browser.waitForText("#outcome-rows", "ben");
		assertThat(this.emulator.deliveriesTo("ben")).extracting(DeliveredMessage::from).containsExactly("anna");
	}

	private Object focused() {
		return this.browser.run("return document.activeElement.textContent.trim();");
	}

	@ParameterizedTest
	@CsvSource({ "en-US, Send a message, Choose a room, owner, Recent errors", "zh-CN, 发送消息, 请选择一个聊天室, 所有者, 最近的错误" })
	void fitsEachWidthInBothThemesAndLanguages(String language, String send, String rooms, String room, String watch) {
		this.emulator.chatrooms().create("1", "anna", "ben");
		this.browser.speak(language);
		for (int width : new int[] { 390, WIDE }) {
			this.browser.resize(width, 900);
			expect("/", send, width, language);
			expect("/rooms", rooms, width, language);
			expect("/rooms#1", room, width, language);
			expect("/watch", watch, width, language);
		}
	}

	private void expect(String path, String text, int width, String language) {
		this.browser.open(path);
		this.browser.waitForText("main", text);
		assertThat(this.browser.find("html").getDomAttribute("lang")).isEqualTo(language);
		for (String theme : List.of("light", "dark")) {
			this.browser.paint(theme);
			Number overflow = (Number) this.browser.run("return document.documentElement.scrollWidth - innerWidth;");
			assertThat(overflow.intValue()).as("what juts out of %s at %d", path, width).isLessThanOrEqualTo(0);
			if (width < WIDE && "en-US".equals(language)) {
				assertThat(this.browser.violations()).as("%s %s", path, theme).isEmpty();
			}
			this.browser.savePicture(width, Path.of("target/screenshots", "%s-%s-%s-%d.png".formatted(
					(path.length() > 1) ? path.substring(1).replace('#', '-') : "send", language, theme, width)));
		}
	}

}
