package io.holdfast.docs.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.docs.profile.ColumnProfile.ValueCount;
import io.holdfast.schema.Dialect;
import io.holdfast.schema.TableName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Known rows give known numbers, on real engines. */
class TableProfilerTest {

  @TempDir
  Path directory;

  private static final String CREATE =
      "CREATE TABLE goods (id integer PRIMARY KEY, kind varchar(20), price numeric(8,2), note text)";

  @Test
  void profile_h2_countsNullsDistinctAndRanges() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:")) {
      fill(connection);
      assertGoods(connection, Dialect.H2, new TableName("PUBLIC", "GOODS"), "ID", "KIND", "NOTE");
    }
  }

  @Test
  void profile_sqlite_countsNullsDistinctAndRanges() throws SQLException {
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("a.db"))) {
      fill(connection);
      assertGoods(connection, Dialect.SQLITE, new TableName("main", "goods"), "id", "kind", "note");
    }
  }

  private static void assertGoods(
      Connection connection, Dialect dialect, TableName table, String id, String kind, String note)
      throws SQLException {
    TableProfile profile =
        new TableProfiler(connection, dialect, ProfileSettings.DEFAULT).profile(table);
    assertThat(profile.rowCount()).isEqualTo(100);
    assertThat(profile.isSample()).isFalse();
    assertThat(profile.remarks()).isEmpty();
    ColumnProfile ids = profile.column(id).orElseThrow();
    assertThat(ids.isUnique(100)).isTrue();
    assertThat(ids.minimum()).isEqualTo("1");
    assertThat(ids.maximum()).isEqualTo("100");
    ColumnProfile kinds = profile.column(kind).orElseThrow();
    assertThat(kinds.nulls()).isEqualTo(10);
    assertThat(kinds.distinct()).isEqualTo(2);
    assertThat(kinds.values())
        .containsExactly(new ValueCount("tent", 60), new ValueCount("rope", 30));
    assertThat(kinds.minimum()).isEqualTo("4");
    assertThat(profile.column(note).orElseThrow().nulls()).isEqualTo(100);
  }

  @Test
  void profile_largerThanTheSample_readsSomeAndCountsAll() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:")) {
      fill(connection);
      var settings = new ProfileSettings(Duration.ofSeconds(30), 40, 5, true);
      TableProfile profile = new TableProfiler(connection, Dialect.H2, settings)
          .profile(new TableName("PUBLIC", "GOODS"));
      assertThat(profile.isSample()).isTrue();
      assertThat(profile.rowCount()).isEqualTo(100);
      assertThat(profile.rowCountExact()).isTrue();
      assertThat(profile.rowsRead()).isEqualTo(41);
    }
  }

  @Test
  void profile_outOfTime_saysWhatIsMissing() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("slow.db"));
        Statement statement = connection.createStatement()) {
      // A view that never ends is slow on every machine.
      statement.execute("CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT"
          + " i + 1 FROM n) SELECT count(*) AS total FROM n");
      var settings = new ProfileSettings(Duration.ofMillis(300), 1_000, 5, true);
      TableProfile profile = new TableProfiler(connection, Dialect.SQLITE, settings)
          .profile(new TableName("main", "endless"));
      assertThat(profile.rowCountExact()).isFalse();
      assertThat(profile.remarks()).anyMatch(remark -> remark.contains("could not be summarised"));
    }
  }

  @Test
  void profile_withoutValues_holdsCountsOnly() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:")) {
      fill(connection);
      var settings = new ProfileSettings(Duration.ofSeconds(30), 1_000, 5, false);
      TableProfile profile = new TableProfiler(connection, Dialect.H2, settings)
          .profile(new TableName("PUBLIC", "GOODS"));
      assertThat(profile.columns())
          .allMatch(column -> column.values().isEmpty() && column.minimum() == null);
      assertThat(profile.column("KIND").orElseThrow().distinct()).isEqualTo(2);
    }
  }

  @Test
  void profile_hostileNames_areQuoted() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE \"a\"\"b; DROP\" (\"se`lect\" integer, \"x\"\"y\" varchar(5))");
      statement.execute("INSERT INTO \"a\"\"b; DROP\" VALUES (1, 'v'), (2, 'v')");
      TableProfile profile = new TableProfiler(connection, Dialect.H2, ProfileSettings.DEFAULT)
          .profile(new TableName("PUBLIC", "a\"b; DROP"));
      assertThat(profile.rowCount()).isEqualTo(2);
      assertThat(profile.column("x\"y").orElseThrow().distinct()).isEqualTo(1);
    }
  }

  @Test
  void profile_emptyTable_isEmptyNotAnError() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
        Statement statement = connection.createStatement()) {
      statement.execute(CREATE);
      TableProfile profile = new TableProfiler(connection, Dialect.H2, ProfileSettings.DEFAULT)
          .profile(new TableName("PUBLIC", "GOODS"));
      assertThat(profile.rowCount()).isZero();
      assertThat(profile.columns()).allMatch(column -> column.minimum() == null);
    }
  }

  @Test
  void text_longValue_isCutBetweenCharacters() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("VALUES ('" + "a".repeat(38) + "😀😀😀')")) {
      rows.next();
      assertThat(TableProfiler.text(rows, 1, ValueFamily.TEXT)).isEqualTo("a".repeat(38) + "…");
    }
  }

  private static void fill(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(CREATE);
      for (int id = 1; id <= 100; id++) {
        String kind = id <= 60 ? "'tent'" : id <= 90 ? "'rope'" : "NULL";
        statement.execute(
            "INSERT INTO goods (id, kind, price) VALUES (" + id + ", " + kind + ", " + id + ".50)");
      }
    }
  }
}
