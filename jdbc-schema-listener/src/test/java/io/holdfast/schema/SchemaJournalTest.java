package io.holdfast.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.jdbc.HoldfastConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the file of drifts keeps, and what it does not. */
class SchemaJournalTest {

  @TempDir
  Path directory;

  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = directory.resolve("drift.jsonl");
  }

  @AfterEach
  void endWatching() {
    SchemaWatch.shutdown();
  }

  private static JournalEntry entry(int number) {
    return new JournalEntry(
        1_795_000_000_000L + number,
        "h2:shop:0123",
        new TableName("odd \"schema\"", "tab\nle \u2028 日本 \ud800"),
        SchemaDrift.Origin.OTHER_SESSION,
        number % 2 == 0 ? null : "ALTER",
        null,
        "f2:" + "a".repeat(64),
        List.of("column \\ added", "number " + number));
  }

  private static List<JournalEntry> entries(int from, int to) {
    return IntStream.range(from, to).mapToObj(SchemaJournalTest::entry).toList();
  }

  @Test
  void append_anyNames_areReadBack() throws IOException {
    new SchemaJournal(file).append(entries(0, 3));
    new SchemaJournal(file).append(entries(3, 5));
    assertThat(SchemaJournal.read(file)).isEqualTo(entries(0, 5));
    assertThat(Files.readAllLines(file)).hasSize(5);
  }

  @Test
  void append_afterATornLine_dropsItAndGoesOn() throws IOException {
    var journal = new SchemaJournal(file);
    journal.append(entries(0, 2));
    Files.writeString(file, "{\"at\":\"2026-", StandardOpenOption.APPEND);
    assertThat(SchemaJournal.read(file)).isEqualTo(entries(0, 2));
    journal.append(entries(2, 3));
    assertThat(SchemaJournal.read(file)).isEqualTo(entries(0, 3));
    assertThat(Files.readAllLines(file)).hasSize(3);
  }

  @Test
  void read_linesOfOthers_areLeftOut() throws IOException {
    new SchemaJournal(file).append(entries(0, 1));
    Files.writeString(file, "nonsense\n{\"at\":1}\n[]\n\n", StandardOpenOption.APPEND);
    new SchemaJournal(file).append(entries(1, 2));
    assertThat(SchemaJournal.read(file)).isEqualTo(entries(0, 2));
    assertThatThrownBy(() -> SchemaJournal.read(directory.resolve("none")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void append_manyEntries_keepsTheLastOnesAndNoMoreThanTwiceTheLimit() throws IOException {
    var journal = new SchemaJournal(file);
    int many = 2 * SchemaJournal.MAX_ENTRIES + 7;
    for (int i = 0; i < many; i += 50) {
      journal.append(entries(i, Math.min(i + 50, many)));
    }
    assertThat(SchemaJournal.read(file)).isEqualTo(entries(SchemaJournal.MAX_ENTRIES, many));
    journal.append(entries(many, many + SchemaJournal.MAX_ENTRIES));
    assertThat(SchemaJournal.read(file))
        .hasSizeLessThanOrEqualTo(2 * SchemaJournal.MAX_ENTRIES)
        .endsWith(entry(many + SchemaJournal.MAX_ENTRIES - 1));
  }

  @Test
  void append_severalWriters_loseNothing() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      var writers = new ArrayList<Future<?>>();
      for (int i = 0; i < 4; i++) {
        int from = i * 100;
        writers.add(threads.submit(() -> {
          var journal = new SchemaJournal(file);
          for (int n = from; n < from + 100; n++) {
            journal.append(entries(n, n + 1));
          }
          return null;
        }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(SchemaJournal.read(file)).containsExactlyInAnyOrderElementsOf(entries(0, 400));
  }

  @Test
  void files_belongToTheirOwnerAlone() throws IOException {
    new SchemaJournal(file).append(entries(0, SchemaJournal.MAX_ENTRIES + 1));
    for (String suffix : List.of("", ".1", ".lock")) {
      assertThat(Files.getPosixFilePermissions(directory.resolve("drift.jsonl" + suffix)))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void journalOption_afterARestart_isThereWithKindsAndNamesOnly() throws Exception {
    try (Connection connection = connect("")) {
      execute(connection, "CREATE TABLE t (a INT)");
      execute(connection, "ALTER TABLE t ADD COLUMN b TEXT DEFAULT 'geheim-7'");
      execute(connection, "ALTER TABLE t ADD COLUMN c TEXT CHECK (c <> 'geheim-7')");
    }
    SchemaWatch.shutdown();
    assertThat(file).content().doesNotContain("geheim-7");
    try (Connection connection = connect("")) {
      List<JournalEntry> kept = database(connection).journal();
      assertThat(kept).isEqualTo(SchemaJournal.read(file));
      assertThat(kept)
          .extracting(JournalEntry::summary)
          .containsExactly(
              "main.t: table created",
              "main.t: column b added",
              "main.t: column c added, check added");
      assertThat(kept)
          .extracting(JournalEntry::statementKind)
          .containsExactly("CREATE", "ALTER", "ALTER");
      assertThat(kept.get(1).before()).isEqualTo(kept.get(0).after());
    }
  }

  @Test
  void journalDefinitionsOption_keepsThem() throws Exception {
    try (Connection connection = connect(",journalDefinitions=true")) {
      execute(connection, "CREATE TABLE t (a INT)");
      execute(connection, "ALTER TABLE t ADD COLUMN b VARCHAR(7)");
    }
    assertThat(SchemaJournal.read(file).get(1).summary())
        .isEqualTo("main.t: column b added (varchar(7))");
  }

  @Test
  void journalOption_noSuchDirectory_failsTheConnect() {
    assertThatThrownBy(() -> DriverManager.getConnection(
            "jdbc:holdfast(journal=" + directory + "/none/x):sqlite:" + directory.resolve("x.db")))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("/none/x");
  }

  private Connection connect(String more) throws Exception {
    Connection connection = DriverManager.getConnection(
        "jdbc:holdfast(poll=0,journal=" + file + more + "):sqlite:" + directory.resolve("x.db"));
    assertThat(database(connection).awaitReady(10_000)).isTrue();
    return connection;
  }

  private static WatchedDatabase database(Connection connection) throws SQLException {
    return connection.unwrap(HoldfastConnection.class).database().orElseThrow();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
