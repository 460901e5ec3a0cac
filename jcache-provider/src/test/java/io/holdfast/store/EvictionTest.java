package io.holdfast.store;

import static io.holdfast.store.StoreFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits of entries and bytes. */
final class EvictionTest {
  @TempDir
  Path directory;

  @Test
  void apply_overTheEntryLimit_evictsTheColdestAndReturnsIt() {
    try (var store = new StoreFixture(directory, StoreFixture.definition(3, Long.MAX_VALUE))) {
      for (String name : List.of("a", "b", "c")) {
        store.store(name, "value of " + name);
        store.advance(10);
      }
      store.table().recordAccess(store.table().find(key("a")).rowId(), store.nowMillis());
      store.advance(10);
      store.store("b", "rewritten");
      store.advance(10);

      EntryTable.Outcome outcome = store.store("d", "value");

      assertThat(outcome.evicted()).singleElement().satisfies(evicted -> {
        assertThat(evicted.key()).isEqualTo(new Cell.Text("c"));
        assertThat(evicted.value()).isEqualTo(new Cell.Text("value of c"));
      });
      assertThat(store.table().entryCount()).isEqualTo(3);
      assertThat(store.value("d")).isEqualTo("value");
      assertThat(store.reopen().file().check()).isEmpty();
    }
  }

  @Test
  void apply_overTheByteLimit_evictsUntilItHolds() {
    try (var store = new StoreFixture(directory, StoreFixture.definition(Long.MAX_VALUE, 10_000))) {
      int evicted = 0;
      for (int i = 0; i < 300; i++) {
        evicted += store.store("key " + i, "x".repeat(i)).evicted().size();
        assertThat(store.table().payloadBytes()).isLessThanOrEqualTo(10_000);
      }
      assertThat(store.table().entryCount()).isEqualTo(300 - evicted);
      assertThat(store.file().check()).isEmpty();
    }
  }

  @Test
  void apply_oneEntryAboveTheWholeLimit_isNotKeptAndPushesNobodyOut() {
    try (var store = new StoreFixture(directory, StoreFixture.definition(10, 100))) {
      store.store("small", "x");
      store.store("grows", "x");

      EntryTable.Outcome outcome = store.store("grows", "x".repeat(1000));

      assertThat(outcome.applied()).isTrue();
      assertThat(outcome.evicted())
          .singleElement()
          .satisfies(evicted -> assertThat(evicted.key()).isEqualTo(new Cell.Text("grows")));
      assertThat(store.value("grows")).isNull();
      assertThat(store.value("small")).isEqualTo("x");
      assertThat(store.table().entryCount()).isOne();
      assertThat(store.file().check()).isEmpty();
    }
  }

  /** A kill forgets what is buffered; a row that was just written must not look unused after it. */
  @Test
  void apply_rewriteOfARowWhoseIdleTimeIsLimited_stampsTheRowInTheSameTransaction()
      throws Exception {
    var limited = new CacheDefinition(
        "things", "text", "text", Long.MAX_VALUE, Long.MAX_VALUE, /* maxIdleMillis= */ 1_000);
    try (var store = new StoreFixture(directory, limited)) {
      store.store("a", "old");
      store.advance(900);
      store.store("a", "new");

      try (var other = Pragmas.openReader(store.path())) {
        assertThat(Pragmas.readLong(other, "SELECT last_access_at_ms FROM access_1"))
            .isEqualTo(store.nowMillis());
      }
    }
  }

  @Test
  void apply_aColdRowThatIsHeldAbove_evictsAnotherOne() {
    try (var store = new StoreFixture(directory, StoreFixture.definition(3, Long.MAX_VALUE))) {
      for (String name : List.of("held", "b", "c")) {
        store.store(name, "value");
        store.advance(10);
      }
      long held = store.table().find(key("held")).rowId();
      store.table().spare(rowId -> rowId == held);

      assertThat(store.store("d", "value").evicted())
          .singleElement()
          .satisfies(evicted -> assertThat(evicted.key()).isEqualTo(new Cell.Text("b")));
    }
  }

  @Test
  void apply_aBatchLargerThanTheLimit_keepsTheLimit() {
    try (var store = new StoreFixture(directory, StoreFixture.definition(50, Long.MAX_VALUE))) {
      List<Change> changes = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        changes.add(store.put(key("key " + i), "value"));
      }
      assertThat(store.table().apply(changes).evicted()).hasSize(450);
      assertThat(store.table().entryCount()).isEqualTo(50);
      assertThat(store.file().check()).isEmpty();
    }
  }

  /** Hot keys are read now and then; a scan of cold keys five times the limit must not push them out. */
  @Test
  void apply_scanOfColdKeys_keepsMostOfTheHotOnes() {
    try (var store = new StoreFixture(directory, StoreFixture.definition(1000, Long.MAX_VALUE))) {
      for (int i = 0; i < 200; i++) {
        store.store("hot " + i, "value");
      }
      for (int round = 0; round < 50; round++) {
        store.advance(1000);
        for (int i = 0; i < 200; i++) {
          StoredEntry hot = store.table().find(key("hot " + i));
          if (hot != null) {
            store.table().recordAccess(hot.rowId(), store.nowMillis());
          }
        }
        List<Change> scan = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          scan.add(store.put(key("cold " + round + " " + i), "value"));
        }
        store.table().apply(scan);
      }
      long hotLeft = 0;
      for (int i = 0; i < 200; i++) {
        hotLeft += store.table().find(key("hot " + i)) == null ? 0 : 1;
      }
      assertThat(hotLeft).isGreaterThan(190);
    }
  }
}
