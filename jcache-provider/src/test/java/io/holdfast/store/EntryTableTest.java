package io.holdfast.store;

import static io.holdfast.store.StoreFixture.ignoringCase;
import static io.holdfast.store.StoreFixture.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.store.Change.Expectation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one table promises to the tier above it. */
final class EntryTableTest {
  @TempDir
  Path directory;

  static Stream<Cell> cells() {
    return Stream.of(
        new Cell.Text(""),
        new Cell.Text("with \u0000 inside, ä, 漢字 and \uD83D\uDE00"),
        new Cell.Text("123"),
        new Cell.Whole(0),
        new Cell.Whole(123),
        new Cell.Whole(Long.MIN_VALUE),
        new Cell.Real(1.0),
        new Cell.Real(-1.5e300),
        new Cell.Blob(new byte[0]),
        new Cell.Blob(new byte[] {0, -1, 5}));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void find_anyKindOfCell_isWhatWasPut(Cell cell) {
    try (var store = new StoreFixture(directory)) {
      StoredKey key = new StoredKey.Canonical(cell);
      var put =
          new Change.Put(key, cell, 7, store.nowMillis(), store.nowMillis() + 5, Expectation.ANY);

      assertThat(store.table().apply(List.of(put)).applied()).isTrue();

      StoredEntry entry = store.reopen().table().find(key);
      assertThat(entry).isNotNull();
      assertThat(entry.key()).isEqualTo(cell);
      assertThat(entry.value()).isEqualTo(cell);
      assertThat(entry.version()).isEqualTo(7);
      assertThat(entry.createdAtMillis()).isEqualTo(store.nowMillis());
      assertThat(entry.expiresAtMillis()).isEqualTo(store.nowMillis() + 5);
      assertThat(entry.rowId()).isNotNegative();
    }
  }

  @Test
  void find_textAndNumberThatLookAlike_areDifferentKeys() {
    try (var store = new StoreFixture(directory)) {
      store.store("1", "text");
      store.table().apply(List.of(store.put(new StoredKey.Canonical(new Cell.Whole(1)), "number")));

      assertThat(store.value("1")).isEqualTo("text");
      assertThat(store.table().entryCount()).isEqualTo(2);
    }
  }

  @Test
  void put_overALiveRow_keepsTheCreationTime() {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "old");
      store.advance(10);
      store.store("a", "new");

      StoredEntry entry = store.table().find(key("a"));
      assertThat(entry.createdAtMillis()).isEqualTo(StoreFixture.START_MILLIS);
      assertThat(entry.value()).isEqualTo(new Cell.Text("new"));
      assertThat(store.table().entryCount()).isOne();
    }
  }

  @Test
  void put_overAnExpiredRow_startsItsLifeAnew() {
    try (var store = new StoreFixture(directory)) {
      store.table().apply(List.of(store.putUntil(key("a"), "old", store.nowMillis() + 5)));
      store.advance(10);
      store.store("a", "new");

      assertThat(store.table().find(key("a")).createdAtMillis()).isEqualTo(store.nowMillis());
      assertThat(store.table().find(key("a")).expiresAtMillis()).isEqualTo(StoredEntry.NEVER);
    }
  }

  @Test
  void touch_movesTheExpiryOnly() {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "value");
      StoredEntry before = store.table().find(key("a"));

      store.table().apply(List.of(new Change.Touch(key("a"), 99, Expectation.ANY)));

      StoredEntry after = store.table().find(key("a"));
      assertThat(after.expiresAtMillis()).isEqualTo(99);
      assertThat(after)
          .usingRecursiveComparison()
          .ignoringFields("expiresAtMillis")
          .isEqualTo(before);
    }
  }

  @Test
  void apply_versionExpected_onlyThatRowIsChanged() {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "old");
      long version = store.table().find(key("a")).version();

      Change stale = store.put(key("a"), "stale", Expectation.version(version + 1));
      assertThat(store.table().apply(List.of(stale)).applied()).isFalse();
      assertThat(store.value("a")).isEqualTo("old");

      Change exact = store.put(key("a"), "new", Expectation.version(version));
      assertThat(store.table().apply(List.of(exact)).applied()).isTrue();
      assertThat(store.value("a")).isEqualTo("new");
    }
  }

  @Test
  void apply_oneOfManyExpectationsFails_changesNothing() {
    try (var store = new StoreFixture(directory)) {
      store.store("present", "kept");
      List<Change> changes = List.of(
          store.put(key("other"), "x"),
          new Change.Delete(key("present"), Expectation.ANY),
          store.put(key("third"), "y", Expectation.version(12345)));

      assertThat(store.table().apply(changes).applied()).isFalse();

      assertThat(store.value("present")).isEqualTo("kept");
      assertThat(store.value("other")).isNull();
      assertThat(store.table().entryCount()).isOne();
    }
  }

  @Test
  void apply_absentExpected_failsOnARow() {
    try (var store = new StoreFixture(directory)) {
      Change put = store.put(key("a"), "first", Expectation.ABSENT);
      assertThat(store.table().apply(List.of(put)).applied()).isTrue();
      Change again = store.put(key("a"), "second", Expectation.ABSENT);
      assertThat(store.table().apply(List.of(again)).applied()).isFalse();
      assertThat(store.value("a")).isEqualTo("first");
    }
  }

  @Test
  void delete_absentRow_isQuietUnlessAVersionWasExpected() {
    try (var store = new StoreFixture(directory)) {
      assertThat(store.delete(key("nobody")).applied()).isTrue();
      Change versioned = new Change.Delete(key("nobody"), Expectation.version(1));
      assertThat(store.table().apply(List.of(versioned)).applied()).isFalse();
    }
  }

  @Test
  void apply_severalChangesOfOneKey_happenInOrder() {
    try (var store = new StoreFixture(directory)) {
      List<Change> changes = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        changes.add(store.put(key("other " + i), "x"));
      }
      changes.add(store.put(key("a"), "first"));
      changes.add(new Change.Delete(key("a"), Expectation.ANY));
      changes.add(store.put(key("a"), "last", Expectation.ABSENT));

      assertThat(store.table().apply(changes).applied()).isTrue();
      assertThat(store.value("a")).isEqualTo("last");
      assertThat(store.table().entryCount()).isEqualTo(51);
    }
  }

  @Test
  void find_keysThatShareAHash_areAllFound() {
    try (var store = new StoreFixture(
        directory,
        StoreFixture.definition(Long.MAX_VALUE, Long.MAX_VALUE),
        real -> colliding -> 42L << 20)) {
      for (int i = 0; i < 20; i++) {
        store.store("key " + i, "value " + i);
      }
      store.delete(key("key 0"));
      store.delete(key("key 7"));

      for (int i = 0; i < 20; i++) {
        assertThat(store.value("key " + i)).isEqualTo(i % 7 == 0 && i < 14 ? null : "value " + i);
      }
      store.store("new in slot 0", "again");
      store.store("key 19", "changed");
      assertThat(store.value("new in slot 0")).isEqualTo("again");
      assertThat(store.value("key 19")).isEqualTo("changed");
      assertThat(store.table().entryCount()).isEqualTo(19);
      assertThat(store.table().page(Long.MIN_VALUE, 100)).hasSize(19);
      assertThat(store.file().check()).isEmpty();
    }
  }

  @Test
  void apply_opaqueKey_isComparedByItsClass() {
    try (var store = new StoreFixture(directory)) {
      store.table().apply(List.of(store.put(ignoringCase("Key"), "one")));
      store.table().apply(List.of(store.put(ignoringCase("kEY"), "two")));

      assertThat(store.value(ignoringCase("KEY"))).isEqualTo("two");
      assertThat(store.table().entryCount()).isOne();
      assertThat(store.table().find(ignoringCase("key")).key()).isEqualTo(new Cell.Text("kEY"));
      assertThat(store.delete(ignoringCase("keY")).applied()).isTrue();
      assertThat(store.value(ignoringCase("Key"))).isNull();
    }
  }

  @Test
  void apply_sameOpaqueKeyTwiceInABatch_isOneRow() {
    try (var store = new StoreFixture(directory)) {
      List<Change> changes =
          List.of(store.put(ignoringCase("Key"), "one"), store.put(ignoringCase("kEY"), "two"));

      assertThat(store.table().apply(changes).applied()).isTrue();
      assertThat(store.table().entryCount()).isOne();
      assertThat(store.value(ignoringCase("key"))).isEqualTo("two");
    }
  }

  /** A write that slips in between asking the key's class and the transaction. */
  @Test
  void apply_opaqueKeyStoredWhileTheClassIsAsked_isStillOneRow() {
    try (var store = new StoreFixture(directory)) {
      store.table().apply(List.of(store.put(ignoringCase("Key"), "first")));
      boolean[] slippedIn = new boolean[1];
      StoredKey plain = ignoringCase("KEY");
      StoredKey slow = new StoredKey.Opaque(new Cell.Text("KEY"), "key".hashCode(), cell -> {
        if (!slippedIn[0]) {
          slippedIn[0] = true;
          store.delete(plain);
          store.table().apply(List.of(store.put(ignoringCase("kEy"), "slipped in")));
        }
        return cell instanceof Cell.Text text && text.value().equalsIgnoreCase("key");
      });

      assertThat(store.table().apply(List.of(store.put(slow, "last"))).applied())
          .isTrue();

      assertThat(slippedIn[0]).isTrue();
      assertThat(store.value(plain)).isEqualTo("last");
      assertThat(store.table().entryCount()).isOne();
      assertThat(store.table().find(plain).key()).isEqualTo(new Cell.Text("KEY"));
    }
  }

  @Test
  void apply_recast_replacesTheValueColumnAndNothingElse() {
    try (var store = new StoreFixture(directory)) {
      store.store("key", "value");
      StoredEntry before = store.table().find(key("key"));
      store.advance(1_000);

      assertThat(store.table().apply(List.of(recast(before, "longer value"))).applied())
          .isTrue();

      StoredEntry after = store.table().find(key("key"));
      assertThat(after.value()).isEqualTo(new Cell.Text("longer value"));
      assertThat(after.version()).isEqualTo(before.version());
      assertThat(after.createdAtMillis()).isEqualTo(before.createdAtMillis());
      assertThat(after.lastAccessAtMillis()).isEqualTo(before.lastAccessAtMillis());
      assertThat(store.table().payloadBytes()).isEqualTo("key".length() + "longer value".length());
      assertThat(store.file().check()).isEmpty();
    }
  }

  @Test
  void apply_recastOfARowThatWasWrittenSince_changesNothing() {
    try (var store = new StoreFixture(directory)) {
      store.store("key", "value");
      StoredEntry before = store.table().find(key("key"));
      store.store("key", "newer");

      assertThat(store.table().apply(List.of(recast(before, "recast"))).applied())
          .isFalse();
      store.delete(key("key"));
      assertThat(store.table().apply(List.of(recast(before, "recast"))).applied())
          .isFalse();

      assertThat(store.value("key")).isNull();
    }
  }

  private static Change recast(StoredEntry entry, String value) {
    return new Change.Recast(
        new StoredKey.OfRow(entry.rowId(), entry.key()),
        new Cell.Text(value),
        Change.Expectation.version(entry.version()));
  }

  @Test
  void open_tableThatIsThereAsWanted_commitsNothing() {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "1");
      store.reopen();
      assertThat(store.value("a")).isEqualTo("1");
      assertThat(store.table().entryCount()).isEqualTo(1);
      assertThat(store.file().statistics().commits()).isZero();
      store.reopen(StoreFixture.definition(5, Long.MAX_VALUE));
      assertThat(store.file().statistics().commits()).isEqualTo(1);
    }
  }

  @Test
  void findAll_mixedKeys_givesEachItsRowOrNothing() {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "1");
      store.table().apply(List.of(store.put(ignoringCase("Case"), "2")));

      var found =
          store.table().findAll(List.of(key("absent"), ignoringCase("cASE"), key("a"), key("a")));

      assertThat(found)
          .extracting(entry -> entry == null ? null : entry.value())
          .containsExactly(null, new Cell.Text("2"), new Cell.Text("1"), new Cell.Text("1"));
    }
  }

  @Test
  void page_wholeTable_visitsEachRowOnceInOrder() {
    try (var store = new StoreFixture(directory)) {
      for (int i = 0; i < 57; i++) {
        store.store("key " + i, "value");
      }
      Set<Cell> seen = new HashSet<>();
      long after = Long.MIN_VALUE;
      List<StoredEntry> page = store.table().page(after, 10);
      while (!page.isEmpty()) {
        for (StoredEntry entry : page) {
          assertThat(entry.rowId()).isGreaterThan(after);
          after = entry.rowId();
          assertThat(seen.add(entry.key())).isTrue();
        }
        page = store.table().page(after, 10);
      }
      assertThat(seen).hasSize(57);
    }
  }

  @Test
  void expired_returnsWhatIsDueAndNothingElse() {
    try (var store = new StoreFixture(directory)) {
      store.store("forever", "x");
      store.table().apply(List.of(store.putUntil(key("early"), "x", store.nowMillis() + 5)));
      store.table().apply(List.of(store.putUntil(key("late"), "x", store.nowMillis() + 50)));

      assertThat(store.table().expired(store.nowMillis() + 4, null, 10)).isEmpty();
      assertThat(store.table().expired(store.nowMillis() + 5, null, 10))
          .extracting(StoredEntry::key)
          .containsExactly(new Cell.Text("early"));
      assertThat(store.table().expired(Long.MAX_VALUE - 1, null, 1)).hasSize(1);
      assertThat(store.table().expired(Long.MAX_VALUE, null, 10)).hasSize(2);
      StoredEntry early = store.table().expired(Long.MAX_VALUE, null, 1).get(0);
      assertThat(store.table().expired(Long.MAX_VALUE, early, 10))
          .extracting(StoredEntry::key)
          .containsExactly(new Cell.Text("late"));
    }
  }

  @Test
  void clear_emptiesAndResetsTheCounters() {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "value");
      assertThat(store.table().payloadBytes()).isEqualTo(6);

      store.table().clear();

      assertThat(store.value("a")).isNull();
      assertThat(store.table().entryCount()).isZero();
      assertThat(store.table().payloadBytes()).isZero();
      assertThat(store.reopen().table().entryCount()).isZero();
      assertThat(store.file().check()).isEmpty();
    }
  }

  @Test
  void counters_afterEveryKindOfChange_areExactAlsoAfterReopen() {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "äöü");
      store.store("bb", "\uD83D\uDE00");
      store.store("ccc", "x");
      store.store("a", "longer than before");
      store.delete(key("ccc"));

      long bytes = 1 + 18 + 2 + 4;
      assertThat(store.table().entryCount()).isEqualTo(2);
      assertThat(store.table().payloadBytes()).isEqualTo(bytes);
      assertThat(store.reopen().table().payloadBytes()).isEqualTo(bytes);
      assertThat(store.file().check()).isEmpty();
    }
  }

  @Test
  void nextVersion_afterReopen_isNeverGivenTwice() {
    try (var store = new StoreFixture(directory)) {
      long last = 0;
      for (int i = 0; i < VersionBlocks.BLOCK + 10; i++) {
        long next = store.table().nextVersion();
        assertThat(next).isGreaterThan(last);
        last = next;
      }
      assertThat(store.reopen().table().nextVersion()).isGreaterThan(last);
    }
  }

  @Test
  void recordAccess_isSeenAtOnceAndKeptAtClose() {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "value");
      StoredEntry entry = store.table().find(key("a"));
      assertThat(entry.lastAccessAtMillis()).isEqualTo(entry.createdAtMillis());
      long accessAtMillis = store.nowMillis() + 1234;

      store.table().recordAccess(entry.rowId(), accessAtMillis);

      assertThat(store.table().page(-1, 1).get(0).lastAccessAtMillis()).isEqualTo(accessAtMillis);
      assertThat(store.reopen().table().page(-1, 1).get(0).lastAccessAtMillis())
          .isEqualTo(accessAtMillis);
    }
  }

  @Test
  void find_lastAccessNotInTheFileYet_isKnownWhereIdleTimeIsLimited() {
    CacheDefinition idle =
        new CacheDefinition("things", "text", "text", Long.MAX_VALUE, Long.MAX_VALUE, 60_000);
    try (var store = new StoreFixture(directory, idle)) {
      store.store("a", "value");
      StoredEntry entry = store.table().find(key("a"));
      long accessAtMillis = store.nowMillis() + 1234;

      store.table().recordAccess(entry.rowId(), accessAtMillis);

      assertThat(store.table().find(key("a")).lastAccessAtMillis()).isEqualTo(accessAtMillis);
      assertThat(store.table().findAll(List.of(key("a")))[0].lastAccessAtMillis())
          .isEqualTo(accessAtMillis);
    }
  }

  @Test
  void find_lastAccessInTheFile_isReadWhereIdleTimeIsLimited() {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "value");
      StoredEntry entry = store.table().find(key("a"));
      long accessAtMillis = store.nowMillis() + 1234;
      store.table().recordAccess(entry.rowId(), accessAtMillis);

      assertThat(store.reopen().table().find(key("a"))).isEqualTo(entry);
      CacheDefinition idle =
          new CacheDefinition("things", "text", "text", Long.MAX_VALUE, Long.MAX_VALUE, 60_000);
      assertThat(store.reopen(idle).table().find(key("a")).lastAccessAtMillis())
          .isEqualTo(accessAtMillis);
    }
  }

  @Test
  void recordAccess_ofARowThatIsGone_leavesNothing() {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "value");
      long rowId = store.table().find(key("a")).rowId();
      store.delete(key("a"));

      store.table().recordAccess(rowId, store.nowMillis());

      assertThat(store.reopen().file().check()).isEmpty();
    }
  }

  @Test
  void openTable_otherFormatWhileInUse_isRefusedUntilAllHaveClosedIt() {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "1");
      CacheDefinition known = store.table().definition();
      var other = new CacheDefinition("things", "text", "java:Other", 10, 1000);
      store.file().openTable(known);
      store.file().closeTable("things");
      assertThatThrownBy(() -> store.file().openTable(other))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("things")
          .hasMessageContaining("open with another");
      assertThat(store.value("a")).isNotNull();
      store.file().closeTable("things");
      EntryTable opened = store.file().openTable(other);
      assertThat(opened.wasReset()).isTrue();
      assertThat(opened.entryCount()).isZero();
      assertThatThrownBy(() -> store.value("a")).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void openTable_otherFormat_emptiesThisCacheOnly() {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "value");
      var neighbour = new CacheDefinition("neighbour", "text", "text", 10, 1000);
      store.file().openTable(neighbour).apply(List.of(store.put(key("n"), "stays")));
      assertThat(store.table().wasReset()).isFalse();

      var changed =
          new CacheDefinition("things", "text", "java:Other", Long.MAX_VALUE, Long.MAX_VALUE);
      store.reopen(changed);

      assertThat(store.table().wasReset()).isTrue();
      assertThat(store.table().entryCount()).isZero();
      assertThat(store.value("a")).isNull();
      assertThat(store.file().openTable(neighbour).find(key("n"))).isNotNull();
      assertThat(store.reopen().table().wasReset()).isFalse();
    }
  }

  @Test
  void drop_removesTheCacheAndEndsItsTable() {
    try (var store = new StoreFixture(directory)) {
      store.store("a", "value");
      store.file().state("things").putIfAbsent("classes", new byte[] {1}, new byte[] {2});

      assertThat(store.file().drop("things")).isTrue();
      assertThat(store.file().drop("things")).isFalse();

      assertThat(store.file().caches()).isEmpty();
      assertThat(store.file().state("things").entries("classes")).isEmpty();
      assertThatThrownBy(() -> store.value("a")).isInstanceOf(IllegalStateException.class);
      assertThat(store.reopen().value("a")).isNull();
    }
  }

  @Test
  void created_inPages_isEachRowSinceThenOnce() {
    try (var store = new StoreFixture(directory)) {
      Set<Cell> wanted = new HashSet<>();
      for (int i = 0; i < 20; i++) {
        StoredKey key = key("key " + i);
        long createdAtMillis = i < 10 ? 1_000 : 2_000;
        store
            .table()
            .apply(List.of(new Change.Put(
                key,
                new Cell.Whole(i),
                i + 1,
                createdAtMillis,
                StoredEntry.NEVER,
                Expectation.ANY)));
        if (i >= 10) {
          wanted.add(new Cell.Whole(i));
        }
      }
      List<Cell> found = new ArrayList<>();
      long afterRowId = Long.MIN_VALUE;
      List<StoredEntry> page;
      do {
        page = store.table().created(2_000, afterRowId, 3);
        for (StoredEntry entry : page) {
          found.add(entry.value());
          afterRowId = entry.rowId();
        }
      } while (!page.isEmpty());
      assertThat(found).hasSize(10).containsExactlyInAnyOrderElementsOf(wanted);
    }
  }
}
