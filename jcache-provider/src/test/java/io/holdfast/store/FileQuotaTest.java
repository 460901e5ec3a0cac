package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Limits of a whole file. */
final class FileQuotaTest {
  private static final long UNLIMITED = Long.MAX_VALUE;

  @TempDir
  Path directory;

  private final AtomicLong nowMillis = new AtomicLong(StoreFixture.START_MILLIS);

  private CacheFile open(FileLimits limits) {
    return CacheFile.open(
        StoreSettings.of(directory.resolve("cache.db")).with(limits), nowMillis::get);
  }

  private static EntryTable table(CacheFile file, String name) {
    return file.openTable(new CacheDefinition(name, "text", "text", UNLIMITED, UNLIMITED));
  }

  private void put(EntryTable table, String key, int valueBytes) {
    table.apply(List.of(new Change.Put(
        StoreFixture.key(key),
        new Cell.Text("x".repeat(valueBytes)),
        table.nextVersion(),
        nowMillis.get(),
        StoredEntry.NEVER,
        Change.Expectation.ANY)));
  }

  @Test
  void apply_eightThreadsFillThreeCaches_fileExceedsItsLimitByAFewPerCentAtMost() throws Exception {
    long limit = 2 * FileLimits.LEAST_BYTES;
    AtomicLong evicted = new AtomicLong();
    AtomicLong largest = new AtomicLong();
    try (CacheFile file = open(new FileLimits(UNLIMITED, limit))) {
      List<EntryTable> tables = List.of(table(file, "a"), table(file, "b"), table(file, "c"));
      tables.forEach(
          table -> table.onEvictionInBackground(entries -> evicted.addAndGet(entries.size())));
      ExecutorService threads = Executors.newFixedThreadPool(8);
      List<CompletableFuture<Void>> writers = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        String name = "thread " + thread + " ";
        writers.add(CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                // First one cache, then the others: what it has must make room for them.
                put(tables.get(i < 500 ? 0 : 1 + i % 2), name + i, 200 + i % 1_000);
                if (i % 100 == 0) {
                  largest.accumulateAndGet(file.statistics().fileBytes(), Math::max);
                }
              }
            },
            threads));
      }
      CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).get();
      threads.shutdown();
      file.checkpoint();
      largest.accumulateAndGet(file.statistics().fileBytes(), Math::max);

      long entries = tables.stream().mapToLong(EntryTable::entryCount).sum();
      assertThat(largest.get()).isBetween(limit * 9 / 10, limit * 105 / 100);
      assertThat(evicted.get()).isEqualTo(8_000 - entries);
      assertThat(tables.stream().mapToLong(EntryTable::payloadBytes).sum())
          .as("the room is used")
          .isGreaterThan(limit / 2);
      assertThat(file.check()).isEmpty();
    }
  }

  @Test
  void apply_moreEntriesThanTheFileMayHold_takesTheColdOnesWhereverTheyAre() {
    try (CacheFile file = open(new FileLimits(300, UNLIMITED))) {
      EntryTable old = table(file, "old");
      EntryTable young = table(file, "young");
      for (int i = 0; i < 200; i++) {
        put(old, "key " + i, 10);
      }
      nowMillis.addAndGet(100_000);
      for (int i = 0; i < 250; i++) {
        put(young, "key " + i, 10);
        assertThat(old.entryCount() + young.entryCount()).isLessThanOrEqualTo(300);
      }

      assertThat(young.entryCount()).isGreaterThan(190);
      assertThat(file.check()).isEmpty();
    }
  }

  @Test
  void apply_theOtherCacheIsNotOpen_takesItsRowsToo() {
    try (CacheFile file = open(FileLimits.NONE)) {
      EntryTable old = table(file, "old");
      for (int i = 0; i < 200; i++) {
        put(old, "key " + i, 10);
      }
    }
    nowMillis.addAndGet(100_000);
    try (CacheFile file = open(new FileLimits(210, UNLIMITED))) {
      EntryTable young = table(file, "young");
      for (int i = 0; i < 100; i++) {
        put(young, "key " + i, 10);
      }

      assertThat(young.entryCount()).isGreaterThan(70);
      assertThat(table(file, "old").entryCount()).isLessThan(140);
      assertThat(file.check()).isEmpty();
    }
  }

  @Test
  void apply_entryLargerThanHalfTheFile_isNotKeptAndPushesNobodyOut() {
    try (CacheFile file = open(new FileLimits(UNLIMITED, FileLimits.LEAST_BYTES))) {
      EntryTable table = table(file, "things");
      put(table, "small", 10);
      List<StoredEntry> refused = table
          .apply(List.of(new Change.Put(
              StoreFixture.key("large"),
              new Cell.Text("x".repeat(600_000)),
              table.nextVersion(),
              nowMillis.get(),
              StoredEntry.NEVER,
              Change.Expectation.ANY)))
          .evicted();

      assertThat(refused).hasSize(1);
      assertThat(table.find(StoreFixture.key("large"))).isNull();
      assertThat(table.find(StoreFixture.key("small"))).isNotNull();
    }
  }

  @Test
  void open_aSecondTimeWithOtherLimits_theLowestHold() {
    try (CacheFile first = open(new FileLimits(100, UNLIMITED));
        CacheFile second = open(new FileLimits(50, UNLIMITED))) {
      EntryTable table = table(first, "things");
      for (int i = 0; i < 100; i++) {
        put(table, "key " + i, 10);
      }
      assertThat(table.entryCount()).isLessThanOrEqualTo(50);
      assertThat(second.caches()).hasSize(1);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void open_anotherFileTookThePlace_theLimitsOfAllOpeningsStillHold() throws Exception {
    try (CacheFile first = open(FileLimits.NONE);
        CacheFile second = open(new FileLimits(50, UNLIMITED))) {
      EntryTable table = table(first, "things");
      Files.delete(second.path());
      try (CacheFile third = open(FileLimits.NONE)) {
        for (int i = 0; i < 100; i++) {
          put(table, "key " + i, 10);
        }
        assertThat(third.caches()).hasSize(1);
        assertThat(table.entryCount()).isLessThanOrEqualTo(50);
      }
    }
  }

  @Test
  void limits_belowWhatTheFileItselfNeeds_areRefused() {
    assertThatThrownBy(() -> new FileLimits(0, UNLIMITED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxEntries");
    assertThatThrownBy(() -> new FileLimits(1, 1_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1048576");
  }
}
