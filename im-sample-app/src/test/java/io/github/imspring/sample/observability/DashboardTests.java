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

package io.github.imspring.sample.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.github.imspring.emulator.Fault;
import io.github.imspring.emulator.ImEmulator;
import io.github.imspring.message.Message;
import io.github.imspring.message.MessageOperations;
import io.github.imspring.sample.callback.SignedCallback;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.yaml.snakeyaml.Yaml;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the dashboard and the alert rules use only what the application shows to
 * Prometheus.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "im.retry.backoff=1ms", "im.quota.limits.send-message.calls-per-second=2" })
@AutoConfigureWebTestClient(timeout = "30s")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardTests {

	private static final Path DOCS = Path.of("..", "docs");

	private static final Pattern SAMPLE = Pattern.compile("^(\\w+)(?:\\{(.*)})? \\S+", Pattern.MULTILINE);

	private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!=|!~|=)\\s*\"");

	private static final Pattern METRIC = Pattern.compile("\\b(im_\\w+)(?:\\{([^}]*)})?");

	private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on|without)\\s*\\(([^)]*)\\)");

	/**
	 * What Prometheus adds itself.
	 */
	private static final Set<String> LABELS_OF_PROMETHEUS = Set.of("instance", "job");

	@Autowired
	private WebTestClient client;

	@Autowired
	private MessageOperations messages;

	@Autowired
	private ImEmulator emulator;

	private Map<String, Set<String>> labelsByMetric;

	@BeforeAll
	void scrape() {
		this.emulator.faults().fail("send-message", Fault.expiredToken(), 1);
		Flux.range(0, 3)
			.flatMap((number) -> this.messages.send(Message.text("hello").to("user1").build()))
			.blockLast(Duration.ofSeconds(30));
		receiveCallback();
		String page = this.client.get()
			.uri("/actuator/prometheus")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(page).isNotNull();
		this.labelsByMetric = labelsByMetric(page);
	}

	private void receiveCallback() {
		this.client.post()
			.uri("/im/callbacks")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(SignedCallback
				.of("""
						"chat_type":"chat","from":"user1","to":"user2","msg_id":"1","payload":{"type":"txt","msg":"hello"}"""))
			.exchange()
			.expectStatus()
			.isOk();
	}

	@Test
	void dashboardUsesOnlyMetricsAndLabelsThatExist() throws IOException {
		List<String> queries = queriesOfDashboard();
		assertThat(queries).hasSizeGreaterThan(10).allSatisfy(this::usesOnlyWhatExists);
	}

	@Test
	void alertsUseOnlyMetricsAndLabelsThatExist() throws IOException {
		List<String> rules = expressionsOfAlerts();
		assertThat(rules).hasSizeGreaterThan(5).allSatisfy(this::usesOnlyWhatExists);
	}

	@Test
	void dashboardShowsEveryMetricOfTheClient() throws IOException {
		String queries = String.join("\n", queriesOfDashboard());
		assertThat(this.labelsByMetric.keySet())
			.filteredOn((metric) -> metric.matches("im_(client|callback)_.*") && !metric.contains("_active_"))
			.extracting((metric) -> metric.replaceAll("_(count|sum|max|total)$", ""))
			.isNotEmpty()
			.allSatisfy((metric) -> assertThat(queries).contains(metric));
	}

	@Test
	void dashboardTakesItsDataSourceFromWhoeverLoadsIt() throws IOException {
		JsonNode dashboard = dashboard();
		assertThat(dashboard.path("schemaVersion").isInt()).isTrue();
		assertThat(dashboard.path("title").asString()).isNotEmpty();
		assertThat(dashboard.at("/templating/list/0/type").asString()).isEqualTo("datasource");
		assertThat(dashboard.findValues("datasource")).isNotEmpty()
			.allSatisfy((source) -> assertThat(source.path("uid").asString()).isEqualTo("${datasource}"));
		assertThat(dashboard.path("panels").findValuesAsString("id")).doesNotHaveDuplicates();
	}

	@Test
	void endpointsShowNoSecret() {
		for (String endpoint : List.of("im", "health", "prometheus")) {
			this.client.get()
				.uri("/actuator/" + endpoint)
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody(String.class)
				.value((body) -> assertThat(body).isNotEmpty()
					.doesNotContain(this.emulator.clientSecret())
					.doesNotContain("user1"));
		}
		this.client.get()
			.uri("/actuator/health")
			.exchange()
			.expectBody()
			.jsonPath("$.components.im.status")
			.isEqualTo("UP");
		this.client.get()
			.uri("/actuator/im")
			.exchange()
			.expectBody()
			.jsonPath("$.accounts.default.token.available")
			.isEqualTo(true);
	}

	private void usesOnlyWhatExists(String query) {
		Set<String> grouping = GROUPING.matcher(query)
			.results()
			.flatMap((match) -> Stream.of(match.group(1).split(",", -1)))
			.map(String::strip)
			.filter((label) -> !LABELS_OF_PROMETHEUS.contains(label))
			.collect(Collectors.toSet());
		List<MatchResult> metrics = METRIC.matcher(query).results().toList();
		assertThat(metrics).as(query).isNotEmpty().allSatisfy((metric) -> {
			assertThat(this.labelsByMetric).containsKey(metric.group(1));
			assertThat(this.labelsByMetric.get(metric.group(1))).containsAll(grouping)
				.containsAll(labels(metric.group(2)));
		});
	}

	private static Set<String> labels(String selector) {
		return (selector == null) ? Set.of()
				: LABEL.matcher(selector).results().map((match) -> match.group(1)).collect(Collectors.toSet());
	}

	private static Map<String, Set<String>> labelsByMetric(String page) {
		Map<String, Set<String>> labels = new TreeMap<>();
		Matcher samples = SAMPLE.matcher(page);
		while (samples.find()) {
			Set<String> known = labels.computeIfAbsent(samples.group(1), (metric) -> new TreeSet<>());
			known.addAll(labels(samples.group(2)));
		}
		return labels;
	}

	private static List<String> queriesOfDashboard() throws IOException {
		return dashboard().path("panels").findValuesAsString("expr");
	}

	private static JsonNode dashboard() throws IOException {
		return new JsonMapper().readTree(Files.readString(DOCS.resolve("grafana-dashboard.json")));
	}

	private static List<String> expressionsOfAlerts() throws IOException {
		JsonNode rules = new JsonMapper()
			.valueToTree(new Yaml().<Object>load(Files.readString(DOCS.resolve("prometheus-alerts.yml"))));
		return StreamSupport.stream(rules.at("/groups/0/rules").spliterator(), false)
			.map((rule) -> rule.path("expr").asString())
			.toList();
	}

}
