package io.holdfast.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real Prometheus agent with our rules in a JVM under load, and the dashboard against its page. */
@Timeout(120)
class JmxExporterTest {

  private static final Path RULES = Path.of("../docs/monitoring/jmx-exporter.yml");
  private static final Path DASHBOARD = Path.of("../docs/monitoring/grafana-dashboard.json");
  private static final Pattern METRIC = Pattern.compile("\\bholdfast_\\w+");

  @TempDir
  static Path directory;

  private static Process application;
  private static String page = "";

  @BeforeAll
  static void readPage() throws Exception {
    int port = freePort();
    application = start(port);
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    // The load makes its tables before its first look-up, and a drift is told some time after it.
    while (!page.contains("holdfast_schema_drift_total{database=\"mem:shop\"} 2.0")
        || !page.contains("holdfast_response_stored_total")) {
      assertThat(application.isAlive()).as("the application runs").isTrue();
      assertThat(System.nanoTime()).as("page: %s", page).isLessThan(endNanos);
      TimeUnit.MILLISECONDS.sleep(200);
      page = fetch(port);
    }
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (application != null) {
      application.destroyForcibly().waitFor();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Process start(int port) throws IOException {
    String agent = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.contains("jmx_prometheus_javaagent"))
        .findFirst()
        .orElseThrow();
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-javaagent:" + agent + "=127.0.0.1:" + port + ":" + RULES,
            "-cp",
            System.getProperty("java.class.path"),
            "io.holdfast.jmx.console.LoadProgram",
            directory.toString(),
            "110")
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("application.log").toFile())
        .start();
  }

  private static String fetch(int port) throws InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
        .timeout(Duration.ofSeconds(20))
        .build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return ""; // not listening yet
    }
  }

  private static Set<String> metrics(String text) {
    return METRIC
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void page_hasCachesFilesDatabasesAndResponses_inBaseUnits() {
    assertThat(page)
        .containsPattern("(?m)^holdfast_cache_hit_total\\{cache=\"prices per country\"} \\d")
        .containsPattern(
            "(?m)^holdfast_cache_tier_hits_total\\{cache=\"orders\",tier=\"heap\"} \\d")
        .containsPattern("(?m)^holdfast_cache_hit_ratio\\{cache=\"orders\"} [01]\\.")
        .containsPattern("(?m)^holdfast_file_bytes\\{file=\"shop.db\",part=\"wal\"} \\d")
        .containsPattern(
            "(?m)^holdfast_file_commit_latency_seconds\\{file=\"shop.db\",quantile=\"0.99\"} [0-9.E-]+$")
        .containsPattern("(?m)^holdfast_file_buffered_access\\{file=\"shop.db\"} \\d")
        .containsPattern("(?m)^holdfast_schema_tables_watched\\{database=\"mem:shop\"} 2.0")
        .containsPattern("(?m)^holdfast_response_stored_total\\{cache=\"answers\"} \\d")
        .containsPattern(
            "(?m)^holdfast_response_not_stored_by_reason_total\\{cache=\"answers\",reason=\"SUPERSEDED\"} 0")
        .contains("# TYPE holdfast_cache_hit_total counter", "# TYPE holdfast_cache_entries gauge");
  }

  /** What no rule of ours matched would appear under the exporter's own way of naming. */
  @Test
  void page_everyNumberOfOurBeansHasARule() {
    assertThat(page.lines().filter(line -> line.startsWith("io_holdfast"))).isEmpty();
    assertThat(metrics(page))
        .allMatch(name -> name.equals(name.toLowerCase(java.util.Locale.ROOT)));
  }

  @Test
  void dashboard_namesOnlyMetricsOfThePage() throws Exception {
    JsonNode dashboard = new ObjectMapper().readTree(Files.readString(DASHBOARD));
    List<String> expressions = dashboard.findValuesAsText("expr");
    assertThat(expressions).hasSizeGreaterThan(10);
    for (String expression : expressions) {
      assertThat(metrics(page)).as(expression).containsAll(metrics(expression));
      assertThat(metrics(expression)).as(expression).isNotEmpty();
    }
  }

  @Test
  void dashboard_everyPanelHasATitleAUnitAndItsOwnPlace() throws Exception {
    JsonNode dashboard = new ObjectMapper().readTree(Files.readString(DASHBOARD));
    var places = new TreeSet<String>();
    for (JsonNode panel : dashboard.get("panels")) {
      assertThat(panel.get("title").asText()).isNotBlank();
      assertThat(places.add(panel.get("gridPos").toString()))
          .as(panel.toString())
          .isTrue();
      assertThat(panel.at("/fieldConfig/defaults/unit").asText())
          .as(panel.toString())
          .isNotBlank();
      assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
    }
    assertThat(dashboard.get("title").asText()).isEqualTo("Holdfast");
  }
}
