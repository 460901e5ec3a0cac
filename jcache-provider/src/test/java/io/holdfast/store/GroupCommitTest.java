package io.holdfast.store;

import static io.holdfast.store.Eventually.eventually;
import static io.holdfast.store.StoreFixture.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.store.Change.Expectation;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several callers that write at the same time share one commit, and nothing else. */
final class GroupCommitTest {
  private final ExecutorService callers = Executors.newCachedThreadPool();

  @TempDir
  Path directory;

  @AfterEach
  void stopCallers() {
    callers.shutdownNow();
  }

  @ParameterizedTest
  @EnumSource(names = {"NORMAL", "FULL"})
  void apply_callersWaitTogether_shareOneCommit(Durability durability) throws Exception {
    try (var store = open(durability)) {
      store.store("key 0", "old");
      long commitsBefore = store.file().statistics().commits();

      List<Future<EntryTable.Outcome>> outcomes = together(
          store,
          List.of(
              () -> store.store("key 0", "new"),
              () -> store.store("key 1", "one"),
              () -> store.store("key 2", "two"),
              () -> store.delete(key("absent"))));

      for (Future<EntryTable.Outcome> outcome : outcomes) {
        assertThat(outcome.get().applied()).isTrue();
      }
      assertThat(store.file().statistics().commits() - commitsBefore).isOne();
      assertThat(store.value("key 0")).isEqualTo("new");
      assertThat(store.value("key 2")).isEqualTo("two");
      assertThat(store.table().entryCount()).isEqualTo(3);
      assertThat(store.table().payloadBytes()).isEqualTo(3 * 5 + 3 * 3);
      assertThat(store.reopen().table().entryCount()).isEqualTo(3);
      assertThat(store.file().check()).isEmpty();
    }
  }

  @Test
  void apply_noCallerWaits_commitsEachByItself() throws Exception {
    try (var store = open(Durability.NORMAL)) {
      store.store("key 0", "old");
      long commitsBefore = store.file().statistics().commits();

      store.store("key 0", "new");
      store.store("key 1", "one");

      assertThat(store.file().statistics().commits() - commitsBefore).isEqualTo(2);
    }
  }

  /** Each is done by whoever has the lock, woken in time, and sees its own outcome. */
  @Test
  void apply_manyCallersForLong_eachFindsItsOwnWrite() throws Exception {
    int threads = 6;
    int writes = 1_500;
    try (var store = open(Durability.NORMAL)) {
      List<Future<Integer>> wrong = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        String name = "key " + thread;
        wrong.add(callers.submit(() -> {
          int misses = 0;
          for (int i = 0; i < writes; i++) {
            store.store(name, "value " + i);
            // Fails, as the key is there: the others' changes in the same commit stand.
            boolean twice = store
                .table()
                .apply(List.of(store.put(key(name), "never", Expectation.ABSENT)))
                .applied();
            misses += twice || !store.value(name).equals("value " + i) ? 1 : 0;
          }
          return misses;
        }));
      }
      for (Future<Integer> each : wrong) {
        assertThat(each.get(60, TimeUnit.SECONDS)).isZero();
      }
      assertThat(store.table().entryCount()).isEqualTo(threads);
      assertThat(store.file().check()).isEmpty();
    }
  }

  @Test
  void apply_callerIsInterruptedWhileItWaits_writesAndKeepsTheInterrupt() throws Exception {
    try (var store = open(Durability.NORMAL)) {
      store.store("key", "old");
      List<Future<Boolean>> outcomes = together(store, List.of(() -> {
        Thread.currentThread().interrupt();
        boolean applied = store.store("key", "value").applied();
        return applied && Thread.interrupted();
      }));

      assertThat(outcomes.get(0).get(30, TimeUnit.SECONDS)).isTrue();
      assertThat(store.value("key")).isEqualTo("value");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NORMAL", "FULL"})
  void apply_oneExpectationFails_onlyThatCallerChangesNothing(Durability durability)
      throws Exception {
    try (var store = open(durability)) {
      store.store("taken", "old");
      // Changes a row before its expectation fails: that must be undone, and only that.
      List<Change> failing = List.of(
          store.put(key("half"), "half"), store.put(key("taken"), "new", Expectation.ABSENT));

      List<Future<EntryTable.Outcome>> outcomes = together(
          store,
          List.of(
              () -> store.store("before", "1"),
              () -> store.table().apply(failing),
              () -> store.store("after", "2")));

      assertThat(outcomes.get(0).get().applied()).isTrue();
      assertThat(outcomes.get(1).get().applied()).isFalse();
      assertThat(outcomes.get(2).get().applied()).isTrue();
      assertThat(store.value("taken")).isEqualTo("old");
      assertThat(store.value("half")).isNull();
      assertThat(store.value("before")).isEqualTo("1");
      assertThat(store.value("after")).isEqualTo("2");
      assertThat(store.table().entryCount()).isEqualTo(3);
      assertThat(store.file().check()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NORMAL", "FULL"})
  void apply_oneCallerFillsTheDisk_onlyThatCallerFails(Durability durability) throws Exception {
    try (var store = open(durability)) {
      store.store("room", "x".repeat(40_000));
      store.delete(key("room"));
      Writer writer = writerOf(store);
      long pages = Pragmas.readLong(writer.connection(), "PRAGMA page_count");
      Pragmas.readLong(writer.connection(), "PRAGMA max_page_count = " + pages);

      List<Future<EntryTable.Outcome>> outcomes = together(
          store,
          List.of(
              () -> store.store("before", "1"),
              () -> store.store("big", "x".repeat(1_000_000)),
              () -> store.store("after", "2")));

      assertThat(outcomes.get(0).get().applied()).isTrue();
      assertThatThrownBy(() -> outcomes.get(1).get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseExactlyInstanceOf(StoreException.class);
      assertThat(outcomes.get(2).get().applied()).isTrue();
      assertThat(store.value("before")).isEqualTo("1");
      assertThat(store.value("after")).isEqualTo("2");
      assertThat(store.value("big")).isNull();
      assertThat(store.file().check()).isEmpty();
    }
  }

  private StoreFixture open(Durability durability) {
    return new StoreFixture(
        new StoreSettings(StoreFixture.fileIn(directory), durability, /* readConnections= */ 2),
        StoreFixture.definition(Long.MAX_VALUE, Long.MAX_VALUE));
  }

  private static Writer writerOf(StoreFixture store) {
    return store.writer();
  }

  /** Holds the writer until all of them wait in the order given, then lets them go. */
  private <T> List<Future<T>> together(StoreFixture store, List<Callable<T>> calls)
      throws Exception {
    Writer writer = writerOf(store);
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    callers.execute(() -> writer.outsideTransaction("hold the writer", () -> {
      held.countDown();
      awaitOrFail(release);
      return true;
    }));
    awaitOrFail(held);
    List<Future<T>> results = new ArrayList<>();
    for (Callable<T> call : calls) {
      results.add(callers.submit(call));
      int expected = results.size();
      eventually("the caller waits", () -> writer.group().waiting() >= expected);
    }
    release.countDown();
    return results;
  }

  private static void awaitOrFail(CountDownLatch latch) throws SQLException {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new SQLException("waited too long");
      }
    } catch (InterruptedException e) {
      throw new SQLException(e);
    }
  }
}
