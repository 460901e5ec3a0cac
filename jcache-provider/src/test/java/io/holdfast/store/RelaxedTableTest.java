package io.holdfast.store;

import static io.holdfast.store.Eventually.eventually;
import static io.holdfast.store.StoreFixture.definition;
import static io.holdfast.store.StoreFixture.ignoringCase;
import static io.holdfast.store.StoreFixture.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.store.Change.Expectation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes that are acknowledged from memory: seen at once, written in time and in order, never lost silently. */
final class RelaxedTableTest {
  private static final RelaxedBounds NEVER_BY_ITSELF = new RelaxedBounds(1_000_000, 1_000);

  @TempDir
  Path directory;

  @Test
  void find_beforeTheWrite_seesTheNewestValue() {
    try (var store = open(NEVER_BY_ITSELF)) {
      store.store("a", "first");
      store.store("a", "second");
      store.store("b", "gone");
      store.delete(key("b"));

      assertThat(store.value("a")).isEqualTo("second");
      assertThat(store.value("b")).isNull();
      assertThat(store.table().findAll(List.of(key("c"), key("b"), key("a"))))
          .extracting(entry -> entry == null ? null : entry.value())
          .containsExactly(null, null, new Cell.Text("second"));
      assertThat(buffered(store)).isEqualTo(2);
      assertThat(valueInFile("a")).isNull();
    }
  }

  @Test
  void find_overARowInTheFile_keepsItsCreationTimeAndPlace() {
    try (var store = open(NEVER_BY_ITSELF)) {
      store.store("a", "old");
      store.table().flush();
      StoredEntry old = store.table().find(key("a"));
      store.advance(1_000);

      store.store("a", "new");

      StoredEntry seen = store.table().find(key("a"));
      assertThat(seen.rowId()).isEqualTo(old.rowId());
      assertThat(seen.createdAtMillis()).isEqualTo(old.createdAtMillis());
      assertThat(seen.version()).isGreaterThan(old.version());
      store.table().flush();
      assertThat(store.table().find(key("a")))
          .usingRecursiveComparison()
          .ignoringFields("lastAccessAtMillis")
          .isEqualTo(seen);
    }
  }

  @Test
  void flush_afterDeleteAndPut_startsAYoungerEntry() {
    try (var store = open(NEVER_BY_ITSELF)) {
      store.store("a", "old");
      store.table().flush();
      store.advance(1_000);
      store.delete(key("a"));
      store.advance(1_000);
      store.store("a", "new");
      store.advance(1_000);
      store.store("a", "newer");

      assertThat(store.table().find(key("a")).createdAtMillis())
          .isEqualTo(StoreFixture.START_MILLIS + 2_000);
      store.table().flush();
      assertThat(store.table().find(key("a")).createdAtMillis())
          .isEqualTo(StoreFixture.START_MILLIS + 2_000);
      assertThat(store.value("a")).isEqualTo("newer");
      assertThat(store.file().check()).isEmpty();
    }
  }

  @Test
  void put_overABufferedEntryThatExpired_startsAYoungerEntry() {
    try (var store = open(NEVER_BY_ITSELF)) {
      store.store("a", "in the file");
      store.table().flush();
      store.table().apply(List.of(store.putUntil(key("a"), "short", store.nowMillis() + 10)));
      store.advance(1_000);
      store.store("a", "new");

      store.table().flush();
      assertThat(store.table().find(key("a")).createdAtMillis())
          .isEqualTo(StoreFixture.START_MILLIS + 1_000);
    }
  }

  @Test
  void apply_withExpectation_comparesWithTheBufferedVersionAndIsInTheFile() {
    try (var store = open(NEVER_BY_ITSELF)) {
      store.store("a", "first");
      store.store("unrelated", "waits");
      long version = store.table().find(key("a")).version();

      assertThat(store
              .table()
              .apply(List.of(store.put(key("a"), "wrong", Expectation.ABSENT)))
              .applied())
          .isFalse();
      assertThat(store.value("a")).isEqualTo("first");
      assertThat(store
              .table()
              .apply(List.of(store.put(key("a"), "second", Expectation.version(version))))
              .applied())
          .isTrue();

      assertThat(store.value("a")).isEqualTo("second");
      assertThat(valueInFile("a")).isEqualTo("second");
      assertThat(buffered(store)).isOne();
    }
  }

  @Test
  void apply_severalChangesOrAnOpaqueKey_areInTheFileAtOnceAndInOrder() {
    try (var store = open(NEVER_BY_ITSELF)) {
      store.store("a", "first");
      store.table().apply(List.of(store.put(key("a"), "second"), store.put(key("b"), "with it")));
      store.table().apply(List.of(store.put(ignoringCase("Key"), "opaque")));

      assertThat(buffered(store)).isZero();
      assertThat(valueInFile("a")).isEqualTo("second");
      assertThat(valueInFile("Key")).isEqualTo("opaque");
      assertThat(store.value(ignoringCase("KEY"))).isEqualTo("opaque");
    }
  }

  @Test
  void countersAndPages_countWhatWaits() {
    try (var store = open(NEVER_BY_ITSELF)) {
      store.store("a", "1");
      store.store("b", "2");
      store.store("b", "3");

      assertThat(store.table().entryCount()).isEqualTo(2);
      store.store("c", "4");
      assertThat(store.table().payloadBytes()).isEqualTo(6);
      store.store("d", "5");
      assertThat(store.table().page(Long.MIN_VALUE, 10)).hasSize(4);
      store.table().apply(List.of(store.putUntil(key("e"), "6", store.nowMillis() + 5)));
      assertThat(store.table().expired(store.nowMillis() + 5, null, 10)).hasSize(1);
      store.store("f", "7");
      assertThat(store.file().caches().get(0).entries()).isEqualTo(6);
    }
  }

  @Test
  void put_byItself_isInTheFileWithinTheBound() throws Exception {
    try (var store = open(new RelaxedBounds(50, 1_000))) {
      store.store("a", "value");
      eventually("the buffer is written", () -> buffered(store) == 0);
      assertThat(valueInFile("a")).isEqualTo("value");
      // And again, once the buffer had been empty.
      store.store("a", "again");
      eventually("the buffer is written", () -> buffered(store) == 0);
      assertThat(valueInFile("a")).isEqualTo("again");
    }
  }

  @Test
  void put_whileTheBoundInEntriesIsReached_waitsAndGoesOn() {
    try (var store = open(new RelaxedBounds(1_000_000, 10))) {
      for (int i = 0; i < 1_000; i++) {
        store.store("key " + i, "value " + i);
        assertThat(buffered(store)).isLessThanOrEqualTo(10);
      }
      assertThat(store.reopen().table().entryCount()).isEqualTo(1_000);
    }
  }

  @Test
  void put_fromSeveralThreads_keepsTheOrderOfEachKey() throws Exception {
    try (var store = open(new RelaxedBounds(2, 50))) {
      List<Throwable> failures = new CopyOnWriteArrayList<>();
      List<Thread> writers = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        String key = "key " + writer;
        writers.add(new Thread(() -> writeAndRead(store, key, failures)));
      }
      writers.forEach(Thread::start);
      for (Thread writer : writers) {
        writer.join(60_000);
      }
      assertThat(failures).isEmpty();
      assertThat(store.file().check()).isEmpty();
      store.reopen();
      for (int writer = 0; writer < 4; writer++) {
        assertThat(store.value("key " + writer)).isEqualTo("3000");
      }
    }
  }

  private static void writeAndRead(StoreFixture store, String key, List<Throwable> failures) {
    try {
      for (int i = 1; i <= 3_000; i++) {
        if (i % 7 == 0) {
          long version = store.table().find(key(key)).version();
          assertThat(store
                  .table()
                  .apply(
                      List.of(store.put(key(key), String.valueOf(i), Expectation.version(version))))
                  .applied())
              .isTrue();
        } else {
          store.store(key, String.valueOf(i));
        }
        assertThat(store.value(key)).isEqualTo(String.valueOf(i));
      }
    } catch (Throwable e) {
      failures.add(e);
    }
  }

  @Test
  void clear_discardsWhatWaitedAndKeepsWhatComesLater() {
    try (var store = open(NEVER_BY_ITSELF)) {
      store.store("a", "1");
      store.table().clear();
      assertThat(store.value("a")).isNull();
      store.store("b", "2");
      assertThat(store.reopen().value("a")).isNull();
      assertThat(store.value("b")).isEqualTo("2");
    }
  }

  @Test
  void drop_discardsWhatWaited_andALaterCacheOfThatNameIsEmpty() {
    try (var store = open(NEVER_BY_ITSELF)) {
      store.store("a", "1");
      EntryTable dropped = store.table();
      assertThat(store.file().drop("things")).isTrue();

      assertThatThrownBy(() -> dropped.find(key("a"))).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> store.store("a", "2")).isInstanceOf(IllegalStateException.class);
      assertThat(store.reopen().value("a")).isNull();
      assertThat(store.file().check()).isEmpty();
    }
  }

  @Test
  void flush_intoACacheThatAnotherProcessDestroyed_givesUpAndTellsTheNextWriter() {
    try (var store = open(NEVER_BY_ITSELF)) {
      store.store("a", "1");
      destroyElsewhere();
      store.table().flush();

      assertThat(buffered(store)).isZero();
      assertThatThrownBy(() -> store.store("b", "2"))
          .isInstanceOf(CacheGoneException.class)
          .hasMessageContaining("things")
          .hasMessageContaining("cache.db");
      EntryTable fresh = store.file().openTable(definition(Long.MAX_VALUE, Long.MAX_VALUE));
      assertThat(fresh.find(key("a"))).isNull();
      assertThat(fresh.entryCount()).isZero();
      assertThat(store.file().check()).isEmpty();
    }
  }

  @Test
  void checkpoint_andClose_writeFirst() {
    try (var store = open(NEVER_BY_ITSELF)) {
      store.store("a", "1");
      store.file().checkpoint();
      assertThat(valueInFile("a")).isEqualTo("1");
      store.store("a", "2");
      assertThat(store.reopen().value("a")).isEqualTo("2");
    }
  }

  @Test
  void put_whileTheDiskIsFull_isRefusedAndNothingIsLost() throws Exception {
    try (var store = open(new RelaxedBounds(20, 1_000))) {
      store.store("a", "old");
      store.table().flush();
      setMostPages(store, pageCount(store));
      store.store("a", "x".repeat(300_000));
      eventually("writing fails", () -> store.file().statistics().backgroundFailures() > 0);

      assertThatThrownBy(() -> store.store("b", "refused"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("acknowledged before")
          .hasMessageContaining("cache.db");
      assertThat(store.value("a")).startsWith("xxx");
      assertThat(store.value("b")).isNull();

      setMostPages(store, 1_000_000);
      eventually("the buffer is written", () -> buffered(store) == 0);
      store.store("b", "accepted");
      assertThat(store.reopen().value("a")).startsWith("xxx");
      assertThat(store.value("b")).isEqualTo("accepted");
    }
  }

  @Test
  void clear_whileTheDiskIsFull_makesRoom() throws Exception {
    try (var store = open(new RelaxedBounds(20, 1_000))) {
      store.store("a", "old");
      store.table().flush();
      setMostPages(store, pageCount(store));
      store.store("a", "x".repeat(300_000));
      eventually("writing fails", () -> store.file().statistics().backgroundFailures() > 0);

      store.table().clear();

      store.store("b", "accepted");
      assertThat(store.value("a")).isNull();
      assertThat(store.reopen().value("b")).isEqualTo("accepted");
    }
  }

  @Test
  void close_whileTheDiskIsFull_saysHowManyWritesAreLost() throws Exception {
    var store = open(NEVER_BY_ITSELF);
    store.store("a", "old");
    store.table().flush();
    setMostPages(store, pageCount(store));
    store.store("a", "x".repeat(300_000));

    assertThatThrownBy(store::close)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("1 acknowledged entries");
    try (var reopened = open(NEVER_BY_ITSELF)) {
      assertThat(reopened.value("a")).isEqualTo("old");
    }
  }

  @Test
  void put_overTheLimit_tellsWhatWasEvicted() {
    try (var store = new StoreFixture(
        StoreSettings.of(StoreFixture.fileIn(directory)).with(Durability.RELAXED, NEVER_BY_ITSELF),
        definition(3, Long.MAX_VALUE))) {
      List<StoredEntry> evicted = new ArrayList<>();
      store.table().onEvictionInBackground(evicted::addAll);
      for (int i = 0; i < 5; i++) {
        store.store("key " + i, "value");
      }
      assertThat(store.table().entryCount()).isEqualTo(3);
      assertThat(evicted).hasSize(2);
    }
  }

  @Test
  void open_bySomebodyWhoAsksForMore_writesThroughFromThenOn() {
    try (var store = open(NEVER_BY_ITSELF)) {
      store.store("a", "1");
      try (CacheFile stronger = CacheFile.open(StoreSettings.of(store.path()), () -> 0)) {
        assertThat(stronger.path()).isEqualTo(store.file().path());
        assertThat(valueInFile("a")).isEqualTo("1");
        store.store("a", "2");
        assertThat(valueInFile("a")).isEqualTo("2");
      }
    }
  }

  @Test
  void openExisting_toLookInside_leavesItRelaxed() {
    try (var store = open(NEVER_BY_ITSELF);
        CacheFile looking = CacheFile.openExisting(store.path())) {
      store.store("a", "1");
      assertThat(valueInFile("a")).isNull();
      assertThat(looking.findTable("things").find(key("a"))).isNotNull();
    }
  }

  private StoreFixture open(RelaxedBounds bounds) {
    return new StoreFixture(
        StoreSettings.of(StoreFixture.fileIn(directory)).with(Durability.RELAXED, bounds),
        definition(Long.MAX_VALUE, Long.MAX_VALUE));
  }

  private static long buffered(StoreFixture store) {
    return store.file().statistics().bufferedWrites();
  }

  /** As another connection sees it. */
  private String valueInFile(String key) {
    String url = "jdbc:sqlite:" + StoreFixture.fileIn(directory);
    try (Connection connection = DriverManager.getConnection(url);
        var select = connection.prepareStatement("SELECT value FROM entry_1 WHERE \"key\" = ?")) {
      select.setString(1, key);
      try (var row = select.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void destroyElsewhere() {
    String url = "jdbc:sqlite:" + StoreFixture.fileIn(directory);
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.executeUpdate("""
          BEGIN IMMEDIATE; DROP VIEW cache_things; DROP TABLE entry_1;
          DELETE FROM tally WHERE cache_id = 1; DELETE FROM cache WHERE id = 1; COMMIT
          """);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long pageCount(StoreFixture store) {
    return onWriter(store, "PRAGMA page_count");
  }

  private static void setMostPages(StoreFixture store, long pages) {
    onWriter(store, "PRAGMA max_page_count = " + pages);
  }

  private static long onWriter(StoreFixture store, String sql) {
    Writer writer = store.writer();
    Long answer =
        writer.outsideTransaction("test", () -> Pragmas.readLong(writer.connection(), sql));
    return answer == null ? 0 : answer;
  }
}
