package io.holdfast.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConnection;

/** Entry writes that share a snapshot, beside somebody else who writes and empties the log. */
final class WriterSnapshotTest {
  @TempDir
  Path directory;

  private Connection foreign;
  private SQLiteConnection writing;
  private WalIndex index;
  private Writer writer;

  @BeforeEach
  void open() throws SQLException {
    Path file = StoreFixture.fileIn(directory);
    foreign = DriverManager.getConnection("jdbc:sqlite:" + file);
    Pragmas.useWriteAheadLog(foreign);
    Pragmas.run(foreign, "PRAGMA busy_timeout = 0");
    Pragmas.run(foreign, "CREATE TABLE counter (id INTEGER PRIMARY KEY, n INTEGER)");
    Pragmas.run(foreign, "INSERT INTO counter VALUES (1, 0)");
    writing = Pragmas.openWriter(file, Durability.NORMAL);
    writer = new Writer(file, writing, Durability.NORMAL);
    Pragmas.checkpointAutomatically(writing, false);
    index = WalIndex.open(file);
    assumeThat(index).as("a log index that can be mapped").isNotNull();
    writer.keepSnapshotsWith(index);
  }

  @AfterEach
  void close() throws SQLException {
    writer.close();
    foreign.close();
    if (index != null) {
      index.close();
    }
  }

  @Test
  void transactTogether_severalTimes_keepsOneSnapshot() throws SQLException {
    increment();
    increment();

    assertThat(emptiesTheLog()).isFalse();
  }

  @Test
  void unpinIdle_noTransactionSinceTheLastTime_letsTheLogBeEmptied() throws SQLException {
    increment();

    writer.unpinIdle();
    assertThat(emptiesTheLog()).isFalse();
    writer.unpinIdle();
    assertThat(emptiesTheLog()).isTrue();
    assertThat(increment()).isEqualTo(2);
  }

  @Test
  void transactTogether_afterAForeignCommit_seesIt() throws SQLException {
    increment();
    incrementElsewhere();

    assertThat(increment()).isEqualTo(3);
  }

  @Test
  void transactTogether_afterAForeignCommitThatItTookForItsOwn_seesIt() {
    writer.transactTogether("write", this::incremented, done -> incrementElsewhere());

    assertThat(increment()).isEqualTo(3);
  }

  @Test
  void transactTogether_whileAnotherWrites_waitsAndSeesWhatThatCommits() throws Exception {
    increment();
    Pragmas.run(foreign, "BEGIN IMMEDIATE");
    Pragmas.run(foreign, "UPDATE counter SET n = n + 1");
    CompletableFuture<Long> third = CompletableFuture.supplyAsync(this::increment);
    while (writer.busyRetries() == 0) {
      Thread.onSpinWait();
    }
    Pragmas.run(foreign, "COMMIT");

    assertThat(third.get(10, SECONDS)).isEqualTo(3);
  }

  @Test
  void transactTogether_rolledBack_leavesTheSnapshotUsable() {
    increment();
    writer.transactTogether(
        "write nothing",
        () -> {
          incremented();
          return null;
        },
        done -> {});

    assertThat(increment()).isEqualTo(2);
  }

  @Test
  void transactTogether_manyTimes_leavesLittleThatCannotBeMovedFromTheLog() throws SQLException {
    for (int i = 0; i < 1_500; i++) {
      increment();
    }

    try (var statement = foreign.createStatement();
        var row = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getLong("log") - row.getLong("checkpointed")).isBetween(1L, 1_000L);
    }
  }

  @Test
  void transact_onASchema_isNotHinderedByTheSnapshot() {
    increment();

    writer.transact("drop a table", () -> {
      writer.statement("DROP TABLE counter").executeUpdate();
      return true;
    });
  }

  @Test
  void outsideTransaction_aCheckpoint_isNotHinderedByTheSnapshot() {
    increment();

    Long busy = writer.outsideTransaction(
        "checkpoint", () -> Pragmas.readLong(writing, "PRAGMA wal_checkpoint(TRUNCATE)"));

    assertThat(busy).isZero();
  }

  private long increment() {
    Long value = writer.transactTogether("write", this::incremented, done -> {});
    assertThat(value).isNotNull();
    return value;
  }

  private long incremented() throws SQLException {
    writer.statement("UPDATE counter SET n = n + 1").executeUpdate();
    try (var row = writer.statement("SELECT n FROM counter").executeQuery()) {
      return row.getLong(1);
    }
  }

  private void incrementElsewhere() {
    try {
      Pragmas.run(foreign, "UPDATE counter SET n = n + 1");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private boolean emptiesTheLog() throws SQLException {
    return Pragmas.readLong(foreign, "PRAGMA wal_checkpoint(TRUNCATE)") == 0;
  }
}
