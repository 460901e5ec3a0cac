package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody who may write the file changed its schema, its numbers or its names. */
final class HostileSchemaTest {
  @TempDir
  Path directory;

  private void sql(String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + StoreFixture.fileIn(directory));
        Statement statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }

  private void writeARow() {
    try (var fixture = new StoreFixture(directory)) {
      fixture.store("k", "v");
    }
  }

  @Test
  void open_fileInAnotherEncoding_isRefusedAndLeftAlone() throws Exception {
    sql(
        "PRAGMA encoding = 'UTF-16le'",
        "PRAGMA application_id = " + Pragmas.APPLICATION_ID,
        "PRAGMA user_version = 3",
        "CREATE TABLE store (id INTEGER PRIMARY KEY, row_id_seed_0, row_id_seed_1)");
    byte[] before = Files.readAllBytes(StoreFixture.fileIn(directory));

    assertThatThrownBy(() -> new StoreFixture(directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("UTF-16");

    assertThat(Files.readAllBytes(StoreFixture.fileIn(directory))).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TRIGGER t AFTER UPDATE ON entry_1 BEGIN DELETE FROM cache; END",
        "CREATE TRIGGER t BEFORE INSERT ON access_1 BEGIN SELECT RAISE(ABORT, 'no'); END",
        "CREATE VIEW entry_2 AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n",
        "CREATE VIRTUAL TABLE f USING fts5(text)",
      })
  void open_plantedObject_isRefusedBeforeItRuns(String planted) throws Exception {
    writeARow();
    sql(planted);
    byte[] before = Files.readAllBytes(StoreFixture.fileIn(directory));

    assertThatThrownBy(() -> new StoreFixture(directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("did not make");

    assertThat(Files.readAllBytes(StoreFixture.fileIn(directory))).isEqualTo(before);
  }

  @Test
  void open_objectsOfTheUser_areLeftAlone() throws Exception {
    writeARow();
    sql("CREATE TABLE notes (text)", "CREATE VIEW my_view AS SELECT text FROM notes");
    try (var fixture = new StoreFixture(directory)) {
      assertThat(fixture.value("k")).isEqualTo("v");
    }
  }

  /** A schema of somebody else's gets harmless functions only, and no extension. */
  @Test
  void connections_trustNoSchemaAndLoadNothing() throws Exception {
    writeARow();
    for (Connection connection : List.of(
        Pragmas.openReader(StoreFixture.fileIn(directory)),
        Pragmas.openWriter(StoreFixture.fileIn(directory), Durability.NORMAL))) {
      try (connection) {
        assertThat(Pragmas.readLong(connection, "PRAGMA trusted_schema")).isZero();
        assertThat(Pragmas.readLong(connection, "PRAGMA cell_size_check")).isOne();
        assertThatThrownBy(() -> Pragmas.run(connection, "SELECT load_extension('evil')"))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("not authorized");
      }
    }
  }

  static List<String> names() {
    return List.of(
        "it's",
        "a \"quoted\" one",
        "two\nlines",
        "a\0b",
        "x\"; DROP TABLE cache; --",
        "entry_1",
        "sqlite_x",
        "ünïcødé \ud83d\ude00",
        "\u202egnp",
        "",
        "n".repeat(100_000));
  }

  @ParameterizedTest
  @MethodSource("names")
  void openTable_anyName_isACacheOfItsOwnUntilDropped(String name) {
    CacheDefinition strange =
        new CacheDefinition(name, "text", "text", Long.MAX_VALUE, Long.MAX_VALUE);
    try (var fixture = new StoreFixture(directory)) {
      fixture.store("k", "other");
    }
    try (var fixture = new StoreFixture(directory, strange)) {
      fixture.store("k", "v");
      fixture.reopen();
      assertThat(fixture.value("k")).isEqualTo("v");
      assertThat(fixture.file().caches())
          .extracting(CacheFile.CacheSummary::name)
          .containsExactlyInAnyOrder("things", name);
      assertThat(fixture.file().check()).isEmpty();
      assertThat(fixture.file().drop(name)).isTrue();
      assertThat(fixture.file().caches())
          .extracting(CacheFile.CacheSummary::name)
          .containsExactly("things");
    }
    try (var fixture = new StoreFixture(directory)) {
      assertThat(fixture.value("k")).isEqualTo("other");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE tally SET entries = -5, payload_bytes = -9223372036854775808",
        "UPDATE tally SET entries = 9223372036854775807, payload_bytes = 9223372036854775807",
        "UPDATE entry_1 SET payload_bytes = -1",
        "UPDATE entry_1 SET payload_bytes = 9223372036854775807",
        "UPDATE entry_1 SET row_id = -9223372036854775808",
        "UPDATE entry_1 SET row_id = 9223372036854775807",
        "UPDATE entry_1 SET version = 9223372036854775807",
        "UPDATE entry_1 SET version = -1, created_at_ms = -1, expires_at_ms = 'never'",
        "UPDATE access_1 SET hits = -9223372036854775808, last_access_at_ms = 9223372036854775807",
        "UPDATE cache SET max_entries = -1",
      })
  void use_wrongNumbers_isSafeAndMendedByClear(String damage) throws Exception {
    CacheDefinition small = StoreFixture.definition(10, 10_000);
    try (var fixture = new StoreFixture(directory, small)) {
      fixture.store("k", "v");
      fixture.table().recordAccess(fixture.table().find(StoreFixture.key("k")).rowId(), 1);
    }
    sql(damage);
    try (var fixture = new StoreFixture(directory, small)) {
      for (int i = 0; i < 50; i++) {
        fixture.store("key " + i, "v");
      }
      assertThat(fixture.value("key 0")).isIn("v", null); // evicted if the counters say so
      assertThat(fixture.table().page(Long.MIN_VALUE, 100)).hasSizeLessThanOrEqualTo(51);
      fixture.table().clear();
      fixture.store("k", "v");
      assertThat(fixture.value("k")).isEqualTo("v");
      assertThat(fixture.file().check()).isEmpty();
    }
  }
}
