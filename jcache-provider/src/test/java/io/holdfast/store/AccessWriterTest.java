package io.holdfast.store;

import static io.holdfast.store.StoreFixture.START_MILLIS;
import static io.holdfast.store.StoreFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the file says of accesses once they are written. */
final class AccessWriterTest {
  private static final long ROWS = 21_000;

  @TempDir
  Path directory;

  @Test
  void write_firstAccess_makesTheRow() throws SQLException {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "value");
      access(store, "a", 2, START_MILLIS + 5);

      store.reopen();

      assertThat(accesses()).containsExactly((START_MILLIS + 5) + " 2");
    }
  }

  @Test
  void write_laterAccesses_addHitsAndKeepTheLatestTime() throws SQLException {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "value");
      access(store, "a", 2, START_MILLIS + 5);
      store.reopen();
      access(store, "a", 3, START_MILLIS + 4);
      store.reopen();

      assertThat(accesses()).containsExactly((START_MILLIS + 5) + " 5");
    }
  }

  @Test
  void write_rowThatIsGone_leavesNothing() throws SQLException {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "value");
      long rowId = rowId(store, "a");
      store.delete(key("a"));
      store.table().recordAccess(rowId, START_MILLIS);

      store.reopen();

      assertThat(accesses()).isEmpty();
    }
  }

  @Test
  void recordAccess_moreRowsThanAreLookedAtAtOnce_passesSomeOverUnlessIdleTimeIsLimited() {
    var unlimited = StoreFixture.definition(Long.MAX_VALUE, Long.MAX_VALUE);
    var idle = new CacheDefinition(
        "things", "text", "text", Long.MAX_VALUE, Long.MAX_VALUE, /* maxIdleMillis= */ 60_000);

    assertThat(notedOfSecondRound(unlimited)).isLessThan(ROWS);
    assertThat(notedOfSecondRound(idle)).isEqualTo(ROWS);
  }

  // On the thread that writes the accesses, so that it does not do so in between.
  private long notedOfSecondRound(CacheDefinition definition) {
    try (var store = new StoreFixture(directory, definition)) {
      return CompletableFuture.supplyAsync(
              () -> {
                readEach(store);
                ((CacheFileHandle) store.file()).shared().run(SqliteCacheFile::written);
                readEach(store);
                return store.table().bufferedAccesses();
              },
              task -> store.background().soon("read rows", task))
          .join();
    }
  }

  private static void readEach(StoreFixture store) {
    for (long row = 0; row < ROWS; row++) {
      store.table().recordAccess(Long.MAX_VALUE / ROWS * row, START_MILLIS);
    }
  }

  private static void access(StoreFixture store, String key, int times, long atMillis) {
    for (int i = 0; i < times; i++) {
      store.table().recordAccess(rowId(store, key), atMillis);
    }
  }

  private static long rowId(StoreFixture store, String key) {
    StoredEntry entry = store.table().find(key(key));
    assertThat(entry).isNotNull();
    return entry.rowId();
  }

  private List<String> accesses() throws SQLException {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + StoreFixture.fileIn(directory));
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT last_access_at_ms, hits FROM access_1")) {
      var found = new ArrayList<String>();
      while (row.next()) {
        found.add(row.getLong(1) + " " + row.getLong(2));
      }
      return found;
    }
  }
}
