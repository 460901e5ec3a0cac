package io.holdfast.docs.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.docs.describe.BuiltInWriter;
import io.holdfast.docs.describe.DescriptionWriter;
import io.holdfast.docs.llm.ModelWriter;
import io.holdfast.docs.profile.ProfileSettings;
import io.holdfast.docs.run.Books;
import io.holdfast.docs.run.DocumentationCache;
import io.holdfast.schema.SchemaWatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The service over real H2 files, asked over real HTTP. */
final class Serving implements AutoCloseable {

  static final String TOKEN = "a-token-of-the-administrator";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Tenant> tenants = new ArrayList<>();
  private final DocumentationCache cache;
  private final DocumentationService service;

  private Serving(
      Path directory,
      Map<String, Path> databases,
      ServiceSettings settings,
      @Nullable ChatModel model,
      DescriptionWriter writer)
      throws Exception {
    cache = DocumentationCache.open(
        directory.resolve("cache.db"), model == null ? Books.NONE : model.books());
    for (Map.Entry<String, Path> database : databases.entrySet()) {
      String url = url(database.getValue()).replaceFirst("^jdbc:", "jdbc:holdfast:");
      tenants.add(Tenant.open(
          database.getKey(),
          () -> DriverManager.getConnection(url),
          cache,
          writer,
          ProfileSettings.DEFAULT));
    }
    service = DocumentationService.start(settings, tenants, cache, model);
  }

  /** One database without a name, which must be there. */
  static Serving of(Path directory, Path database, @Nullable ChatModel model) throws Exception {
    return of(directory, Map.of(Tenant.UNNAMED, database), settings(16), model);
  }

  /** One whose explanations are the model's as well. */
  static Serving explaining(Path directory, Path database, ChatModel model) throws Exception {
    return new Serving(
        directory,
        Map.of(Tenant.UNNAMED, database),
        settings(16),
        model,
        new ModelWriter(model.endpoint()));
  }

  static Serving of(
      Path directory,
      Map<String, Path> databases,
      ServiceSettings settings,
      @Nullable ChatModel model)
      throws Exception {
    return new Serving(directory, databases, settings, model, new BuiltInWriter());
  }

  static ServiceSettings settings(int maxConcurrent) {
    return new ServiceSettings(
        "127.0.0.1", 0, maxConcurrent, 1_000, Duration.ofSeconds(5), new AdminToken(TOKEN));
  }

  /** Runs statements past the service, as another application would. */
  static Path execute(Path database, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(database));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return database;
  }

  private static String url(Path database) {
    return "jdbc:h2:" + database;
  }

  URI address() {
    return service.address();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(service.address().resolve(path)).timeout(Duration.ofSeconds(60));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  HttpRequest.Builder question(String body) {
    return request("/api/chat/stream")
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  HttpClient client() {
    return client;
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }

  static List<JsonNode> lines(HttpResponse<String> response) throws IOException {
    var lines = new ArrayList<JsonNode>();
    for (String line : response.body().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  /** Sends a request as it stands, for what no client would send; returns what comes until the end. */
  String raw(String request) throws IOException {
    try (var socket =
        new Socket(InetAddress.getLoopbackAddress(), service.address().getPort())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Override
  public void close() {
    service.close();
    tenants.forEach(Tenant::close);
    cache.close();
    SchemaWatch.shutdown();
  }
}
