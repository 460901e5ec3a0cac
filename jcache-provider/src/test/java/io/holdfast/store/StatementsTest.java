package io.holdfast.store;

import static io.holdfast.store.StoreFixture.key;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.store.Change.Expectation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How SQLite runs our statements, and what a person sees in the file. */
final class StatementsTest {
  @TempDir
  Path directory;

  static Stream<String> searching() {
    EntrySql sql = new EntrySql(1);
    return Stream.of(
        sql.find(),
        sql.findWithoutAccess(),
        sql.keys(),
        sql.probe(),
        sql.page(),
        sql.update(),
        sql.touch(),
        sql.delete(),
        sql.deleteAccess(),
        sql.sample(),
        sql.noteAccess(),
        sql.noteFirstAccess());
  }

  @ParameterizedTest
  @MethodSource("searching")
  void statement_onRows_searchesThePrimaryKey(String statement) throws SQLException {
    assertThat(plan(statement))
        .isNotEmpty()
        .allMatch(step -> step.contains("USING INTEGER PRIMARY KEY"));
  }

  @Test
  void statement_forExpiredRows_searchesTheIndex() throws SQLException {
    assertThat(plan(new EntrySql(1).expired()))
        .anyMatch(step -> step.contains("USING INDEX entry_1_expiry"))
        .noneMatch(step -> step.contains("TEMP B-TREE"));
  }

  private List<String> plan(String statement) throws SQLException {
    try (var store = new StoreFixture(directory);
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store.path());
        Statement explain = connection.createStatement();
        ResultSet row = explain.executeQuery("EXPLAIN QUERY PLAN " + statement)) {
      List<String> steps = new ArrayList<>();
      while (row.next()) {
        steps.add(row.getString("detail"));
      }
      return steps;
    }
  }

  @Test
  void view_ofACache_isReadableInTheShell() throws Exception {
    var definition = new CacheDefinition("my \"odd\" name", "text", "text", 10, 1000);
    try (var store = new StoreFixture(directory, definition)) {
      var put = new Change.Put(
          key("a"), new Cell.Whole(42), 1, 1_700_000_000_123L, 1_700_000_060_123L, Expectation.ANY);
      store.table().apply(List.of(put));
      String query = "SELECT \"key\", value, created_at, expires_at, hits, bytes, age_s > 0"
          + " FROM \"cache_my \"\"odd\"\" name\"";

      assertThat(shell(store.path(), query))
          .isEqualTo("a|42|2023-11-14T22:13:20.123Z|2023-11-14T22:14:20.123Z|0|9|1");
    }
  }

  @Test
  void view_namesThatDifferInCase_areBothThere() throws SQLException {
    try (var store = new StoreFixture(directory)) {
      store.file().openTable(new CacheDefinition("THINGS", "text", "text", 10, 1000));
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store.path())) {
        assertThat(
                Pragmas.readLong(
                    connection,
                    "SELECT count(*) FROM sqlite_schema WHERE type = 'view' AND name <> 'holdfast_caches'"))
            .isEqualTo(2);
      }
    }
  }

  // The real shell where there is one: it is what a person has.
  private static String shell(Path file, String query) throws Exception {
    Path shell = findShell();
    if (shell == null) {
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(query)) {
        row.next();
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          columns.add(row.getString(i));
        }
        return String.join("|", columns);
      }
    }
    Process process = new ProcessBuilder(shell.toString(), file.toString(), query)
        .redirectErrorStream(true)
        .start();
    try (var output = process.getInputStream()) {
      String printed = new String(output.readAllBytes(), UTF_8).strip();
      assertThat(process.waitFor()).as(printed).isZero();
      return printed;
    }
  }

  private static Path findShell() throws IOException {
    for (String directory : System.getenv("PATH").split(java.io.File.pathSeparator, -1)) {
      Path candidate = Path.of(directory, "sqlite3");
      if (Files.isExecutable(candidate)) {
        return candidate.toRealPath();
      }
    }
    return null;
  }
}
