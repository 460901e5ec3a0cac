package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody removes the log of an open file, alone or with its index: no acknowledged write is lost. */
@EnabledOnOs(OS.LINUX)
final class RemovedLogIT {
  private static final int KEYS = 50;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private int late;

  @TempDir
  Path directory;

  private void remove(String suffixes) throws IOException {
    for (String suffix : List.of(suffixes.split(" ", -1))) {
      Files.delete(directory.resolve("cache.db" + suffix));
    }
  }

  private static void fill(OtherProcess other, String prefix) throws IOException {
    for (int i = 0; i < KEYS; i++) {
      assertThat(other.ask("put " + prefix + i + " value" + i)).isEqualTo("stored");
    }
  }

  private static void assertFilled(StoreFixture store, String prefix) {
    for (int i = 0; i < KEYS; i++) {
      assertThat(store.value(prefix + i)).isEqualTo("value" + i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-wal", "-shm", "-wal -shm"})
  void logRemoved_processKilledOnceItHasNoticed_nothingIsLost(String removed) throws Exception {
    OtherProcess other = OtherProcess.start(directory);
    try {
      fill(other, "before");
      remove(removed);
      fill(other, "after");
      awaitAnother(removed);
      fill(other, "later");
    } finally {
      other.process().destroyForcibly().waitFor();
    }
    try (var store = new StoreFixture(directory)) {
      assertFilled(store, "before");
      assertFilled(store, "after");
      assertFilled(store, "later");
      assertThat(store.file().check()).isEmpty();
      assertThat(CacheFile.setAsideBeside(store.path())).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-wal", "-wal -shm"})
  void logRemoved_twoProcessesGoOn_eachSeesAllOfTheOther(String removed) throws Exception {
    try (var store = new StoreFixture(directory)) {
      try (var other = OtherProcess.start(directory)) {
        fill(other, "theirs");
        store.store("ours", "0");
        // Leaves it with a snapshot, which is good until somebody commits.
        assertThat(other.ask("get ours")).isEqualTo("0");
        remove(removed);
        goOn(store, other);
      }
      assertFilled(store, "theirs");
      store.reopen();
      assertFilled(store, "theirs");
      assertThat(store.value("ours")).isEqualTo("200");
      assertThat(store.value("shared")).isEqualTo("200");
      assertThat(store.file().check()).isEmpty();
      assertThat(CacheFile.setAsideBeside(store.path())).isEmpty();
    }
  }

  private static void goOn(StoreFixture store, OtherProcess other) throws IOException {
    for (int i = 1; i <= 200; i++) {
      store.store("ours", String.valueOf(i));
      assertThat(other.ask("get ours")).isEqualTo(String.valueOf(i));
      assertThat(other.ask("put shared " + i)).isEqualTo("stored");
      assertThat(store.value("shared")).isEqualTo(String.valueOf(i));
    }
  }

  /** It would keep the removed index for the connections that this process opens later. */
  @Test
  void logRemoved_connectionOfABackupIsOpen_eachSeesAllOfTheOther() throws Exception {
    try (var store = new StoreFixture(directory);
        var other = OtherProcess.start(directory);
        var backup = ((CacheFileHandle) store.file())
            .shared()
            .run(SqliteCacheFile::written)
            .openCheckpointing()) {
      fill(other, "theirs");
      remove("-wal -shm");
      goOn(store, other);
      assertThat(backup.isClosed()).isTrue();
      assertFilled(store, "theirs");
    }
  }

  /**
   * Whoever opens the file would find an empty log, or begin one: with an index that tells of another, with
   * one that tells of nothing, or with none.
   */
  @ParameterizedTest
  @CsvSource({"-wal, true", "-wal, false", "-wal -shm, true"})
  void logRemoved_processOpensBeforeItIsNoticed_waitsUntilAllIsInTheFile(
      String removed, boolean isLogFilled, @TempDir Path another) throws Exception {
    // Else loading the classes and the library takes the second below.
    new StoreFixture(another).close();
    try (var other = OtherProcess.start(directory)) {
      fill(other, "theirs");
      // From here on the log holds nothing that is read first.
      assertThat(other.ask("compact")).isEqualTo("compacted");
      if (isLogFilled) {
        assertThat(other.ask("put theirs0 value0")).isEqualTo("stored");
      }
      signal("STOP", other);
      CompletableFuture<StoreFixture> opening;
      try {
        remove(removed);
        opening = CompletableFuture.supplyAsync(() -> new StoreFixture(directory));
        assertThatThrownBy(() -> opening.get(1, TimeUnit.SECONDS))
            .isInstanceOf(TimeoutException.class);
      } finally {
        signal("CONT", other);
      }
      try (var store = opening.get(10, TimeUnit.SECONDS)) {
        assertFilled(store, "theirs");
        for (int i = 1; i <= 20; i++) {
          assertThat(other.ask("put shared " + i)).isEqualTo("stored");
          assertThat(store.value("shared")).isEqualTo(String.valueOf(i));
        }
      }
    }
  }

  /** A reader with an old snapshot keeps the log from being emptied, so it cannot be left for now. */
  @Test
  void logRemoved_anotherProgramReadsFromIt_operationsFailUntilItLetsGo() throws Exception {
    OtherProcess other = OtherProcess.start(directory);
    try {
      fill(other, "before");
      try (var reader = Pragmas.openReader(StoreFixture.fileIn(directory))) {
        Pragmas.run(reader, "BEGIN");
        assertThat(Pragmas.readLong(reader, "SELECT sum(entries) FROM tally")).isEqualTo(KEYS);
        remove("-wal");
        assertThat(firstFailure(other)).startsWith("failed: Could not save a removed log");
      }
      fill(other, "after");
    } finally {
      other.process().destroyForcibly().waitFor();
    }
    try (var store = new StoreFixture(directory)) {
      assertFilled(store, "before");
      assertFilled(store, "after");
      for (int i = 0; i < late; i++) {
        assertThat(store.value("late" + i)).isEqualTo("value");
      }
      assertThat(store.value("late" + late)).isNull();
    }
  }

  // Until it notices, it writes on.
  private String firstFailure(OtherProcess other) throws IOException {
    for (long end = System.nanoTime() + PATIENCE_NANOS; System.nanoTime() < end; late++) {
      String answer = other.ask("put late" + late + " value");
      if (!answer.equals("stored")) {
        return answer;
      }
    }
    return "nothing failed";
  }

  private void awaitAnother(String removed) throws Exception {
    for (String suffix : List.of(removed.split(" ", -1))) {
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (Files.notExists(directory.resolve("cache.db" + suffix))) {
        assertThat(System.nanoTime()).as("waited for " + suffix).isLessThan(end);
        Thread.sleep(5);
      }
    }
  }

  private static void signal(String name, OtherProcess other) throws Exception {
    String pid = String.valueOf(other.process().pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  /** What is acknowledged from memory is in no log yet. */
  @ParameterizedTest
  @ValueSource(strings = {"-wal", "-wal -shm"})
  void logRemoved_relaxedWritesThenClose_nothingIsLost(String removed) throws Exception {
    var settings = StoreSettings.of(StoreFixture.fileIn(directory))
        .with(Durability.RELAXED, RelaxedBounds.DEFAULT);
    try (var store =
        new StoreFixture(settings, StoreFixture.definition(Long.MAX_VALUE, Long.MAX_VALUE))) {
      store.store("before", "1");
      store.table().flush();
      store.store("before", "2");
      remove(removed);
      store.store("after", "3");
      store.reopen();
      assertThat(store.value("before")).isEqualTo("2");
      assertThat(store.value("after")).isEqualTo("3");
      assertThat(store.file().check()).isEmpty();
    }
  }
}
