package io.holdfast.docs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.holdfast.schema.SchemaWatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on small real databases. */
class DocsCommandTest {

  @TempDir
  Path directory;

  private String url = "";
  private Path pages = Path.of("");

  @BeforeEach
  void createDatabase() throws SQLException {
    url = "jdbc:sqlite:" + directory.resolve("a.sqlite");
    pages = directory.resolve("pages");
    execute(
        "CREATE TABLE parents (id integer PRIMARY KEY, name text)",
        "CREATE TABLE children (id integer PRIMARY KEY, parent integer REFERENCES parents)",
        "INSERT INTO parents VALUES (1, 'Ada'), (2, NULL)");
  }

  @AfterEach
  void endWatching() {
    SchemaWatch.shutdown();
  }

  @Test
  void docs_secondRun_isServedAndKeepsThePages() throws IOException {
    assertThat(document().out()).contains("2 tables: 2 generated, 0 served");
    String page = Files.readString(pages.resolve("main.parents.md"));
    assertThat(page).contains("`parents` holds 2 rows").contains("[`children`](main.children.md)");
    Shell again = document();
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("2 tables: 0 generated, 2 served");
    assertThat(pages.resolve("main.parents.md")).hasContent(page);
  }

  /** A new table that refers to an old one changes the old one's page, but not its document. */
  @Test
  void docs_newReference_appearsOnAPageThatIsServed() throws SQLException, IOException {
    document();
    execute("CREATE TABLE pets (id integer PRIMARY KEY, owner integer REFERENCES parents)");
    assertThat(document().out()).contains("3 tables: 1 generated, 2 served");
    assertThat(pages.resolve("main.parents.md")).content().contains("[`pets`](main.pets.md)");
  }

  @Test
  void docs_droppedTable_losesItsPage() throws SQLException {
    document();
    execute("DROP TABLE children");
    assertThat(document().out()).contains("1 tables: 0 generated, 1 served");
    assertThat(pages.resolve("main.children.md")).doesNotExist();
    assertThat(pages.resolve("main.parents.md")).content().doesNotContain("children");
  }

  @Test
  void docs_otherSettings_areOtherDocuments() {
    document();
    assertThat(document("--no-values").out()).contains("2 generated, 0 served");
    assertThat(pages.resolve("main.parents.md")).content().doesNotContain("Ada");
  }

  @Test
  void docs_passwordInTheUrl_isNowhereInOutputPagesOrCache() throws SQLException, IOException {
    String h2 = "jdbc:h2:" + directory.resolve("b");
    try (Connection connection = DriverManager.getConnection(h2, "me", "geheim-7");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (id integer)");
    }
    Shell shell = Shell.run(
        "docs", "--url", h2 + ";PASSWORD=geheim-7", "--user", "me", "--out", pages.toString());
    assertThat(shell.exitCode()).as(shell.err()).isZero();
    assertThat(shell.out() + shell.err()).doesNotContain("geheim-7");
    try (Stream<Path> files = Files.walk(pages)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("geheim-7");
      }
    }
  }

  /** What a model fails on is not kept, the rest is; the next run asks only for what is missing. */
  @Test
  void docs_modelFailsForOneTable_othersGoOnAndItIsAskedAgain() throws IOException {
    var calls = new AtomicInteger();
    var failing = new AtomicInteger(1);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", exchange -> {
      String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      calls.incrementAndGet();
      boolean fail = asked.contains("main.children") && failing.getAndDecrement() > 0;
      byte[] body = "{\"choices\":[{\"message\":{\"content\":\"Words by a model.\"}}]}"
          .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(fail ? 429 : 200, fail ? -1 : body.length);
      if (!fail) {
        exchange.getResponseBody().write(body);
      }
      exchange.close();
    });
    server.start();
    try {
      String base = "http://localhost:" + server.getAddress().getPort() + "/v1";
      Shell first = document("--llm-url", base, "--model", "small");
      assertThat(first.exitCode()).isEqualTo(1);
      assertThat(first.err()).contains("main.children: ").contains("429");
      assertThat(first.out()).contains("1 generated, 0 served from the cache, 1 failed");
      assertThat(pages.resolve("main.parents.md")).content().contains("Words by a model.");
      Shell second = document("--llm-url", base, "--model", "small");
      assertThat(second.exitCode()).isZero();
      assertThat(second.out()).contains("1 generated, 1 served");
      assertThat(calls).hasValue(3);
      assertThat(document("--llm-url", base, "--model", "large").out()).contains("2 generated");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void docs_byAModel_booksAreKeptAndReadBySavings() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", exchange -> {
      byte[] body = ("{\"choices\":[{\"message\":{\"content\":\"Words.\"}}],"
              + "\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":250}}")
          .getBytes(StandardCharsets.UTF_8);
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    try {
      Path prices = Files.writeString(
          directory.resolve("prices.json"),
          "{\"currency\": \"USD\", \"perMillionTokens\": {\"small\": {\"input\": 2000, \"output\": 8000}}}");
      Path ledger = directory.resolve("ledger.ndjson");
      String[] options = {
        "--llm-url",
        "http://localhost:" + server.getAddress().getPort() + "/v1",
        "--model",
        "small",
        "--prices",
        prices.toString(),
        "--ledger",
        ledger.toString()
      };
      assertThat(document(options).out()).contains("2 generated");
      assertThat(document(options).out()).contains("2 served");
      assertThat(document(options).out()).contains("2 served");
      Shell savings = Shell.run("savings", ledger.toString(), "--json");
      assertThat(savings.exitCode()).as(savings.err()).isZero();
      // Two tables at 1,000 tokens in and 250 out, once made, twice served.
      assertThat(savings.out()).contains("2000", "500").contains("4000", "1000");
      Shell text = Shell.run("savings", ledger.toString());
      assertThat(text.out()).contains("The bill was 8.00 USD instead of 24.00 USD: 33.3 % of it.");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void docs_priceTableIsMissing_isOneSentence() {
    Shell shell = document("--prices", directory.resolve("none.json").toString());
    assertThat(shell.exitCode()).isEqualTo(2);
    assertThat(shell.err()).startsWith("holdfast: Cannot read a price table");
  }

  @Test
  void cache_ofARun_canBeListedReadCheckedAndCleared() {
    document();
    String file = pages.resolve("holdfast.db").toString();
    assertThat(Shell.run("cache", file, "stats").out()).contains("table-documents");
    assertThat(Shell.run("cache", file, "list").out())
        .contains("main.parents")
        .contains("main.children")
        .contains("never");
    Shell get = Shell.run("cache", file, "get", "main.parents#");
    assertThat(get.exitCode()).as(get.err()).isZero();
    assertThat(get.out()).contains("created-at-millis: ").contains("## Columns").contains("`name`");
    assertThat(Shell.run("cache", file, "get", "main.").err()).contains("Several entries");
    assertThat(Shell.run("cache", file, "get", "nothing").exitCode()).isEqualTo(2);
    assertThat(Shell.run("cache", file, "list", "--cache", "x").err()).contains("no cache x");
    assertThat(Shell.run("cache", file, "check").out()).contains("is sound");
    assertThat(Shell.run("cache", file, "clear").err()).contains("add --yes");
    assertThat(Shell.run("cache", file, "clear", "--yes").out()).contains("Removed 2 entries.");
    assertThat(document().out()).contains("2 generated, 0 served");
  }

  @Test
  void docs_cacheIsNoCacheFile_isOneSentence() throws IOException {
    Path file = Files.writeString(directory.resolve("notes.txt"), "notes ".repeat(1_000));
    Shell shell = document("--cache", file.toString());
    assertThat(shell.exitCode()).isEqualTo(2);
    assertThat(shell.err().lines()).hasSize(1);
    assertThat(shell.err()).contains("notes.txt");
    assertThat(file).content().startsWith("notes notes");
  }

  private Shell document(String... more) {
    return Shell.run(
        Stream.concat(Stream.of("docs", "--url", url, "--out", pages.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
