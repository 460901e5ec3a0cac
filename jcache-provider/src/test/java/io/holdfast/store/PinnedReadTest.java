package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConnection;

/** Reads that share a snapshot: as new as any other read, and no burden on the log. */
@EnabledOnOs(OS.LINUX)
final class PinnedReadTest {
  private static final String VALUE = "SELECT value FROM entry_1";

  @TempDir
  Path directory;

  private Path file;

  @BeforeEach
  void createFile() {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "old");
      file = store.path();
    }
  }

  @Test
  void isUnderstood_indexOfThisSqlite_isTrue() throws Exception {
    try (SQLiteConnection connection = Pragmas.openWriter(file, Durability.NORMAL)) {
      Pragmas.readLong(connection, "SELECT count(*) FROM cache");
      try (WalIndex index = WalIndex.open(file)) {
        assertThat(index).isNotNull();
        assertThat(index.isUnderstood()).isTrue();
        assertThat(WalIndex.open(file)).as("a second mapping in one process").isNull();

        long change = index.change();
        long checksum = index.checksum();
        Pragmas.readLong(connection, "SELECT count(*) FROM cache");
        assertThat(index.change()).isEqualTo(change);
        Pragmas.run(connection, "UPDATE tally SET entries = entries + 1");
        assertThat(index.change()).isNotEqualTo(change);
        assertThat(index.checksum()).isNotEqualTo(checksum);
        assertThat(index.frames()).isPositive();
      }
    }
  }

  @Test
  void pinLatest_nothingCommitted_keepsTheSnapshotElseTakesANewOne() throws Exception {
    try (SQLiteConnection writer = Pragmas.openWriter(file, Durability.NORMAL);
        SQLiteConnection reader = Pragmas.openReader(file)) {
      Pragmas.readLong(reader, "SELECT count(*) FROM cache");
      ReadSession session = new ReadSession(reader);
      try (WalIndex index = WalIndex.open(file)) {
        session.pinLatest(index);
        Pragmas.run(writer, "UPDATE entry_1 SET value = 'new'");
        // The snapshot is held: without looking at the index the read is old.
        assertThat(text(session)).isEqualTo("old");

        session.pinLatest(index);
        assertThat(text(session)).isEqualTo("new");

        session.unpin();
        Pragmas.run(writer, "UPDATE entry_1 SET value = 'newer'");
        assertThat(text(session)).isEqualTo("newer");
      }
    }
  }

  private static String text(ReadSession session) throws Exception {
    try (var row = session.statement(VALUE).executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void unpinIfIdle_secondSweepWithoutARead_freesTheLog() throws Exception {
    try (SQLiteConnection writer = Pragmas.openWriter(file, Durability.NORMAL);
        SQLiteConnection reader = Pragmas.openReader(file)) {
      Pragmas.run(writer, "PRAGMA busy_timeout = 0");
      Pragmas.run(writer, "UPDATE entry_1 SET value = 'x'");
      ReadSession session = new ReadSession(reader);
      try (WalIndex index = WalIndex.open(file)) {
        session.pinLatest(index);
        Pragmas.run(writer, "UPDATE entry_1 SET value = 'y'");
        session.unpinIfIdle();
        assertThat(isBusy(writer)).as("in use since the last sweep").isTrue();

        session.unpinIfIdle();
        assertThat(isBusy(writer)).isFalse();
      }
    }
  }

  private static boolean isBusy(SQLiteConnection connection) throws Exception {
    return Pragmas.readLong(connection, "PRAGMA wal_checkpoint(RESTART)") != 0;
  }

  @Test
  void apply_manyCommitsWhileReadersRead_keepsTheLogShort() throws Exception {
    try (var store = new StoreFixture(directory)) {
      boolean[] stop = new boolean[1];
      Thread reader = new Thread(() -> {
        while (!stopped(stop)) {
          assertThat(store.value("a")).isNotNull();
        }
      });
      reader.start();
      for (int i = 0; i < 600; i++) {
        // Each page differs from the one before: SQLite does not log pages that stay equal.
        store.store("a", String.valueOf((char) ('a' + i % 26)).repeat(200_000));
      }
      synchronized (stop) {
        stop[0] = true;
      }
      reader.join(TimeUnit.SECONDS.toMillis(10));

      StoreStatistics statistics = store.file().statistics();
      // 600 x 50 pages were written.
      assertThat(statistics.checkpoints()).isPositive();
      assertThat(statistics.walBytes()).isLessThan(80_000_000);
    }
  }

  private static boolean stopped(boolean[] stop) {
    synchronized (stop) {
      return stop[0];
    }
  }
}
