package io.holdfast.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.core.CorePreparedStatement;

/** Reading by the driver's core gives what reading by a result set gives. */
final class CoreFindTest {
  private static final EntrySql SQL = new EntrySql(1);
  private static final Bucket BUCKET = new Bucket(5L * Bucket.SLOTS);

  private Connection connection;
  private PreparedStatement find;
  private PreparedStatement findWithoutAccess;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    for (String statement : SQL.create("\"things\"")) {
      run(statement);
    }
    find = connection.prepareStatement(SQL.find());
    findWithoutAccess = connection.prepareStatement(SQL.findWithoutAccess());
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void insert(int slot, Cell key, Cell value) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(
        "INSERT INTO entry_1 (row_id, payload_bytes, version, created_at_ms, expires_at_ms, \"key\", value)"
            + " VALUES (?, 1, 7, 1000, 2000, ?, ?)")) {
      insert.setLong(1, BUCKET.first() + slot);
      Columns.bind(insert, 2, key);
      Columns.bind(insert, 3, value);
      insert.executeUpdate();
    }
  }

  private @Nullable StoredEntry found(Cell key) throws SQLException {
    assertThat(CoreFind.IS_POSSIBLE).isTrue();
    StoredEntry byCore = CoreFind.find((CorePreparedStatement) find, BUCKET, key);
    assertThat(byCore).isEqualTo(EntryReader.find(find, BUCKET, key));
    StoredEntry withoutAccess =
        CoreFind.find((CorePreparedStatement) findWithoutAccess, BUCKET, key);
    assertThat(withoutAccess)
        .isEqualTo(byCore == null ? null : byCore.accessedAt(byCore.createdAtMillis()));
    return byCore;
  }

  @Test
  void find_eachKindOfCell_isReadAsByAResultSet() throws SQLException {
    Cell[] cells = {
      new Cell.Text("text"),
      new Cell.Text(""),
      new Cell.Text("naïve \uD83D\uDE00 \u0000 end"),
      new Cell.Blob(new byte[] {0, 1, -1}),
      new Cell.Blob(new byte[0]),
      new Cell.Whole(Long.MIN_VALUE),
      new Cell.Real(-0.5),
      new Cell.Real(1e300)
    };
    for (int i = 0; i < cells.length; i++) {
      insert(i, new Cell.Text("key " + i), cells[i]);
    }
    for (int i = 0; i < cells.length; i++) {
      assertThat(found(new Cell.Text("key " + i)).value()).isEqualTo(cells[i]);
    }
  }

  @Test
  void find_keysOfOneBucket_areToldApartByTheirColumn() throws SQLException {
    insert(0, new Cell.Text("1"), new Cell.Text("by text"));
    insert(3, new Cell.Whole(1), new Cell.Text("by number"));
    insert(4, new Cell.Blob("1".getBytes(UTF_8)), new Cell.Text("by bytes"));
    assertThat(found(new Cell.Whole(1)).value()).isEqualTo(new Cell.Text("by number"));
    assertThat(found(new Cell.Blob("1".getBytes(UTF_8))).rowId()).isEqualTo(BUCKET.first() + 4);
    assertThat(found(new Cell.Text("2"))).isNull();
  }

  @Test
  void find_lastAccess_isTheCreationUntilOneIsStored() throws SQLException {
    insert(0, new Cell.Text("key"), new Cell.Text("value"));
    assertThat(found(new Cell.Text("key")).lastAccessAtMillis()).isEqualTo(1_000);
    run("INSERT INTO access_1 VALUES (" + BUCKET.first() + ", 1500, 2)");
    assertThat(found(new Cell.Text("key")).lastAccessAtMillis()).isEqualTo(1_500);
  }

  @Test
  void probe_bucket_isReadAsByAResultSet() throws SQLException {
    insert(0, new Cell.Text("key"), new Cell.Text("value"));
    insert(2, new Cell.Whole(7), new Cell.Text("another"));
    run("UPDATE entry_1 SET expires_at_ms = NULL WHERE \"key\" = 7");
    try (PreparedStatement probe = connection.prepareStatement(SQL.probe())) {
      assertThat(CoreFind.probe((CorePreparedStatement) probe, BUCKET))
          .hasSize(2)
          .isEqualTo(EntryWriter.probe(probe, BUCKET));
      run("VACUUM"); // which SQLite refuses while a statement is stepped
    }
  }

  @Test
  void find_entryWithoutExpiry_livesForEver() throws SQLException {
    insert(0, new Cell.Text("key"), new Cell.Text("value"));
    run("UPDATE entry_1 SET expires_at_ms = NULL");
    assertThat(found(new Cell.Text("key")).expiresAtMillis()).isEqualTo(StoredEntry.NEVER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"there", "not there"})
  void find_leavesNoStatementUnderWay(String key) throws SQLException {
    insert(0, new Cell.Text("there"), new Cell.Text("value"));
    CoreFind.find((CorePreparedStatement) find, BUCKET, new Cell.Text(key));
    run("VACUUM"); // which SQLite refuses while a statement is stepped
  }

  @Test
  void find_afterTheTableWasDropped_failsAsAResultSetDoes() throws SQLException {
    run("DROP VIEW \"things\"");
    run("DROP TABLE entry_1");
    assertThatThrownBy(
            () -> CoreFind.find((CorePreparedStatement) find, BUCKET, new Cell.Text("key")))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("no such table");
  }
}
