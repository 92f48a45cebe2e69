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

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.FluentWait;
import org.openqa.selenium.support.ui.WebDriverWait;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A headless Chromium, driven as a person would. It is the one that is installed: nothing
 * is downloaded.
 */
final class Browser implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final Duration POLLING = Duration.ofMillis(50);

	private static final List<String> WCAG_2_2_AA = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

	private final ChromeDriver driver;

	private final String address;

	private Browser(ChromeDriver driver, String address) {
		this.driver = driver;
		this.address = address;
	}

	/**
	 * Starts the browser.
	 * @param address where the application is
	 * @param profile an empty directory for what the browser keeps
	 * @return the browser, or nothing if none is installed
	 */
	static Optional<Browser> start(String address, Path profile) {
		Optional<Path> chromium = installed("chromium", "chromium-browser", "google-chrome");
		Optional<Path> chromedriver = installed("chromedriver");
		if (chromium.isEmpty() || chromedriver.isEmpty()) {
			return Optional.empty();
		}
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.ALL);
		logs.enable(LogType.PERFORMANCE, Level.ALL);
		ChromeOptions options = new ChromeOptions();
		options.setBinary(chromium.get().toFile());
		options.setCapability("goog:loggingPrefs", logs);
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-renderer-backgrounding",
				"--disable-backgrounding-occluded-windows", "--disable-component-update", "--disable-sync",
				"--hide-scrollbars", "--user-data-dir=" + profile);
		ChromeDriverService service = new ChromeDriverService.Builder()
			.usingDriverExecutable(chromedriver.get().toFile())
			.usingAnyFreePort()
			.build();
		return Optional.of(new Browser(new ChromeDriver(service, options), address));
	}

	private static Optional<Path> installed(String... names) {
		List<String> folders = List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
		return Arrays.stream(names)
			.flatMap((name) -> folders.stream().map((folder) -> Path.of(folder, name)))
			.filter(Files::isExecutable)
			.findFirst();
	}

	void speak(String language) {
		String userAgent = (String) this.driver.executeScript("return navigator.userAgent");
		command("Emulation.setUserAgentOverride", Map.of("userAgent", userAgent, "acceptLanguage", language));
	}

	void paint(String theme) {
		command("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
	}

	void resize(int width, int height) {
		command("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
	}

	private void command(String name, Map<String, Object> parameters) {
		this.driver.executeCdpCommand(name, parameters);
	}

	void open(String path) {
		this.driver.get(this.address + path);
	}

	/**
	 * Opens a page and tells how long it took until something was to be seen.
	 */
	double millisToFirstPaint(String path) {
		open(path);
		String paint = "return performance.getEntriesByName('first-contentful-paint').map((paint) => paint.startTime)";
		waitUntil(path + " is painted", () -> !((List<?>) run(paint)).isEmpty());
		return ((Number) ((List<?>) run(paint)).get(0)).doubleValue();
	}

	WebElement find(String selector) {
		return patience().ignoring(NoSuchElementException.class)
			.withMessage("nothing matches " + selector)
			.until((anything) -> this.driver.findElement(By.cssSelector(selector)));
	}

	List<WebElement> all(String selector) {
		return this.driver.findElements(By.cssSelector(selector));
	}

	void click(String selector) {
		patience().ignoreAll(List.of(StaleElementReferenceException.class, ElementClickInterceptedException.class,
				NoSuchElementException.class))
			.withMessage("cannot click " + selector)
			.until((anything) -> {
				WebElement element = this.driver.findElement(By.cssSelector(selector));
				if (!element.isDisplayed()) {
					return false;
				}
				element.click();
				return true;
			});
	}

	void type(String selector, CharSequence text) {
		WebElement field = find(selector);
		waitUntil(selector + " is shown", field::isDisplayed);
		field.clear();
		field.sendKeys(text);
	}

	void pick(String selector, Path file) {
		find(selector).sendKeys(file.toString());
	}

	String text(String selector) {
		return find(selector).getText();
	}

	void waitForText(String selector, String expected) {
		waitUntil("'%s' is in %s".formatted(expected, selector), () -> text(selector).contains(expected));
	}

	void waitUntil(String what, Condition condition) {
		patience().ignoreAll(List.of(StaleElementReferenceException.class, NoSuchElementException.class))
			.withMessage(what)
			.until((anything) -> condition.holds());
	}

	private FluentWait<WebDriver> patience() {
		return new WebDriverWait(this.driver, TIMEOUT).pollingEvery(POLLING);
	}

	Object run(String script, Object... arguments) {
		return this.driver.executeScript(script, arguments);
	}

	/**
	 * Takes a picture of the whole page.
	 */
	byte[] picture(int width) {
		Number height = (Number) run("return document.documentElement.scrollHeight");
		resize(width, Math.max(height.intValue(), 700));
		byte[] picture = this.driver.getScreenshotAs(OutputType.BYTES);
		resize(width, 900);
		return picture;
	}

	void savePicture(int width, Path file) {
		try {
			Files.createDirectories(file.getParent());
			Files.write(file, picture(width));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What is not accessible on the page as it is now. The legacy mode opens no window
	 * beside the page, which rests while another is in front of it.
	 */
	@SuppressWarnings("deprecation")
	List<String> violations() {
		return new AxeBuilder().setLegacyMode(true)
			.withTags(WCAG_2_2_AA)
			.analyze(this.driver)
			.getViolations()
			.stream()
			.map(Browser::describe)
			.toList();
	}

	private static String describe(Rule rule) {
		return rule.getId() + ": "
				+ rule.getNodes().stream().map((node) -> node.getHtml() + " " + node.getFailureSummary()).toList();
	}

	/**
	 * What the console of the browser complained about since this was called last.
	 */
	List<String> complaints() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
			.map(LogEntry::getMessage)
			.toList();
	}

	/**
	 * The addresses that were asked for over the network, since this was called last.
	 */
	List<String> requests() {
		return this.driver.manage()
			.logs()
			.get(LogType.PERFORMANCE)
			.getAll()
			.stream()
			.map((entry) -> JsonMapper.shared().readTree(entry.getMessage()).path("message"))
			.filter((message) -> "Network.requestWillBeSent".equals(message.path("method").asString()))
			.map((JsonNode message) -> message.at("/params/request/url").asString())
			.filter((url) -> url.matches("(http|ws)s?://.*"))
			.toList();
	}

	@Override
	public void close() {
		this.driver.quit();
	}

	interface Condition {

		boolean holds();

	}

}
