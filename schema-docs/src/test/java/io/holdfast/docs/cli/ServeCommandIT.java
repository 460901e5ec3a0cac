package io.holdfast.docs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.docs.Main;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process of its own, over a real PostgreSQL. */
class ServeCommandIT {

  @TempDir
  Path directory;

  @Test
  void serve_sharesTheFileWithDocs_seesOtherSessionsDdl_andStopsCleanly() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
      String url = server.getJdbcUrl("postgres", "postgres");
      execute(url, "CREATE TABLE orders (id serial PRIMARY KEY, note text)");
      Path cache = directory.resolve("shop.db");
      Shell documented = Shell.run(
          "docs",
          "--url",
          url,
          "--out",
          directory.resolve("pages").toString(),
          "--cache",
          cache.toString());
      assertThat(documented.exitCode()).as(documented.err()).isZero();

      Process process = start(url, cache);
      try (BufferedReader err = new BufferedReader(
          new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
        String line = err.readLine();
        assertThat(line).startsWith("Listening at http://127.0.0.1:");
        URI orders = URI.create(line.split(" ", -1)[2])
            .resolve("/api/tables/default.public.orders/explanation");
        HttpResponse<String> served = get(orders);
        assertThat(served.headers().firstValue("Cache-Status")).contains("holdfast; hit");

        execute(url, "ALTER TABLE orders ADD COLUMN total numeric");
        HttpResponse<String> altered = get(orders);
        assertThat(altered.headers().firstValue("Cache-Status"))
            .contains("holdfast; fwd=miss; stored");
        assertThat(altered.body()).contains("total");

        // SIGTERM; Process.destroy() would close the streams as well.
        process.toHandle().destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(err.readLine()).as("no trouble on the way out").isNull();
      } finally {
        process.destroyForcibly();
      }
      Shell check = Shell.run("cache", cache.toString(), "check");
      assertThat(check.exitCode()).as(check.err()).isZero();
      assertThat(cache.resolveSibling("shop.db-wal"))
          .as("the file was closed, not left")
          .doesNotExist();
    }
  }

  private Process start(String url, Path cache) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As the launcher does: newer JDKs warn on standard error without these.
    command.add("--enable-native-access=ALL-UNNAMED");
    if (Runtime.version().feature() >= 23) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(
        List.of("-Xmx256m", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("serve", "--url", url, "--port", "0", "--cache", cache.toString()));
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
