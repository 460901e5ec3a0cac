package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConnection;

/** What an open file does in the background: the log stays short, free space goes back. */
final class UpkeepTest {
  private static final long MOST_LOG_BYTES = 80_000_000;

  @TempDir
  Path directory;

  /** A reader that this process cannot ask to let go, as in a shell or in another JVM. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void checkpoint_foreignReaderHoldsTheLog_goesOnAndCutsTheLogOnceItIsGone() throws Exception {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "first");
      try (SQLiteConnection foreign = Pragmas.openReader(store.path())) {
        Pragmas.run(foreign, "BEGIN");
        Pragmas.readLong(foreign, "SELECT count(*) FROM entry_1");

        writeMegabytes(store, 100);

        assertThat(store.file().statistics().walBytes()).isGreaterThan(MOST_LOG_BYTES);
        assertThat(Pragmas.readLong(foreign, "SELECT count(*) FROM entry_1 WHERE value = 'first'"))
            .as("what the foreign reader sees")
            .isOne();
        Pragmas.run(foreign, "COMMIT");
      }
      await(() -> store.file().statistics().walBytes() < 1_000_000);
      assertThat(store.value("a")).hasSize(200_000);
      assertThat(store.file().check()).isEmpty();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void checkpoint_nobodyWritesAnyMore_movesWhatIsLeft() {
    try (var store = new StoreFixture(directory)) {
      writeMegabytes(store, 4);
      long before = store.file().statistics().checkpoints();

      await(() -> store.file().statistics().checkpoints() > before);

      await(() -> store.file().statistics().fileBytes() > 200_000);
    }
  }

  @Test
  void clear_manyRows_shortensTheFileAndKeepsTheOtherCaches() {
    try (var store = new StoreFixture(directory)) {
      EntryTable neighbour = store
          .file()
          .openTable(
              new CacheDefinition("neighbour", "text", "text", Long.MAX_VALUE, Long.MAX_VALUE));
      fill(store, store.table());
      fill(store, neighbour);
      store.table().clear();
      fill(store, store.table());
      store.file().checkpoint();
      long before = store.file().statistics().fileBytes();

      store.table().clear();

      await(() -> store.file().statistics().fileBytes() < before * 65 / 100);
      assertThat(store.file().check()).isEmpty();
      assertThat(neighbour.page(Long.MIN_VALUE, 2_000))
          .hasSize(1_000)
          .allMatch(entry -> ((Cell.Text) entry.value()).value().length() == 8_000);
    }
  }

  @Test
  void drop_theOnlyCache_shortensTheFile() {
    try (var store = new StoreFixture(directory)) {
      fill(store, store.table());
      store.file().checkpoint();
      assertThat(store.file().statistics().fileBytes()).isGreaterThan(8_000_000);

      store.file().drop("things");

      await(() -> store.file().statistics().fileBytes() < 2_000_000);
    }
  }

  /** Few free pages are left to the next entries. */
  @Test
  void run_lessThanAQuarterIsFree_returnsNothing() {
    try (var store = new StoreFixture(directory)) {
      fill(store, store.table());
      for (int i = 0; i < 150; i++) {
        store.delete(StoreFixture.key("key " + i));
      }
      Writer writer = store.writer();
      long free = freePages(writer);

      new SpaceReturn(writer, System::nanoTime).run();

      assertThat(freePages(writer)).isEqualTo(free).isGreaterThan(256);
    }
  }

  private static long freePages(Writer writer) {
    Long pages = writer.outsideTransaction(
        "count", () -> Pragmas.readLong(writer.connection(), "PRAGMA freelist_count"));
    return pages == null ? 0 : pages;
  }

  // Values of two pages each: a deleted one leaves whole pages free.
  private static void fill(StoreFixture store, EntryTable table) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      changes.add(new Change.Put(
          StoreFixture.key("key " + i),
          new Cell.Text("x".repeat(8_000)),
          table.nextVersion(),
          store.nowMillis(),
          StoredEntry.NEVER,
          Change.Expectation.ANY));
    }
    table.apply(changes);
  }

  // Each value differs from the one before: SQLite does not log pages that stay equal.
  private static void writeMegabytes(StoreFixture store, int megabytes) {
    for (int i = 0; i < megabytes * 5; i++) {
      store.store("a", String.valueOf((char) ('a' + i % 26)).repeat(200_000));
    }
  }

  private static void await(BooleanSupplier condition) {
    long giveUpAtNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - giveUpAtNanos).as("waited for a minute").isNegative();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
