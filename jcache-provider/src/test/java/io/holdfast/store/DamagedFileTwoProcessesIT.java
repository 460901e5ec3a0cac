package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A file that one process sets aside is left by the other one too. */
@DisabledOnOs(OS.WINDOWS)
final class DamagedFileTwoProcessesIT {
  private static final int KEYS = 60;

  @TempDir
  Path directory;

  private Path file() {
    return directory.resolve("cache.db");
  }

  private void fill() {
    try (var store = new StoreFixture(directory)) {
      for (int i = 0; i < KEYS; i++) {
        store.store("key " + i, "value ".repeat(100));
      }
    }
  }

  private void overwriteAllButTheFirstPage() throws Exception {
    long pages = Files.size(file()) / 4_096 - 1;
    Process dd = new ProcessBuilder(
            "sh",
            "-c",
            "yes | dd of=\"$0\" bs=4096 seek=1 count=" + pages
                + " iflag=fullblock conv=notrunc 2>/dev/null",
            file().toString())
        .start();
    assertThat(dd.waitFor()).isZero();
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    long giveUpAtNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.call()) {
      assertThat(System.nanoTime()).as(what).isLessThan(giveUpAtNanos);
    }
  }

  @Test
  void damage_foundByOneProcess_movesTheOtherOverToo() throws Exception {
    fill();
    try (var store = new StoreFixture(directory);
        var other = OtherProcess.start(directory)) {
      assertThat(other.ask("put shared before")).isEqualTo("stored");
      assertThat(store.value("shared")).isEqualTo("before");
      overwriteAllButTheFirstPage();

      // One page is in the log or in memory, and whole.
      for (int i = 0; i < KEYS; i++) {
        store.value("key " + i);
      }
      assertThat(store.value("key 1")).isNull();
      store.store("shared", "after");

      await(
          "the other process is on the fresh file", () -> "after".equals(other.ask("get shared")));
      assertThat(other.ask("put theirs 1")).isEqualTo("stored");
      assertThat(store.value("theirs")).isEqualTo("1");
      store.store("ours", "2");
      assertThat(other.ask("get ours")).isEqualTo("2");
      assertThat(CacheFile.setAsideBeside(file())).hasSize(1);
      assertThat(store.file().check()).isEmpty();
    }
    try (var store = new StoreFixture(directory)) {
      assertThat(store.value("theirs")).isEqualTo("1");
      assertThat(store.value("ours")).isEqualTo("2");
      assertThat(store.file().check()).isEmpty();
    }
  }

  /** Whoever comes second finds a fresh file at the path, and must not set that aside. */
  @Test
  void damage_foundByBothAtOnce_isSetAsideOnce() throws Exception {
    fill();
    try (var store = new StoreFixture(directory);
        var other = OtherProcess.start(directory)) {
      overwriteAllButTheFirstPage();
      other.out().write("put theirs 1\n");
      other.out().flush();
      store.store("ours", "2");
      assertThat(other.in().readLine()).isEqualTo("stored");

      await("both are on one file", () -> "2".equals(other.ask("get ours")));
      assertThat(other.ask("put theirs 3")).isEqualTo("stored");
      assertThat(store.value("theirs")).isEqualTo("3");
      assertThat(CacheFile.setAsideBeside(file())).hasSize(1);
      assertThat(store.file().check()).isEmpty();
    }
  }

  @Test
  void fileRemoved_bothProcessesMeetInTheNewOne() throws Exception {
    fill();
    try (var store = new StoreFixture(directory);
        var other = OtherProcess.start(directory)) {
      Files.delete(file());
      await("noticed here", () -> store.value("key 1") == null);
      await("noticed there", () -> "null".equals(other.ask("get key_2")));
      store.store("ours", "2");
      assertThat(other.ask("get ours")).isEqualTo("2");
      assertThat(other.ask("put theirs 1")).isEqualTo("stored");
      assertThat(store.value("theirs")).isEqualTo("1");
      assertThat(store.file().check()).isEmpty();
    }
  }

  /** The log beside it is that of the old file, which the other process has open still. */
  @Test
  void fileReplaced_bothProcessesMeetInTheOther(@TempDir Path elsewhere) throws Exception {
    try (var restored = new StoreFixture(elsewhere)) {
      restored.store("shared", "restored");
    }
    fill();
    try (var store = new StoreFixture(directory);
        var other = OtherProcess.start(directory)) {
      assertThat(other.ask("put shared before")).isEqualTo("stored");
      Files.move(file(), directory.resolve("kept.db"));
      Files.move(elsewhere.resolve("cache.db"), file());
      // Until it has noticed too, the other one writes on into the old file and its log.
      await("noticed here", () -> {
        assertThat(other.ask("put noise " + "x".repeat(500))).isEqualTo("stored");
        return "restored".equals(store.value("shared"));
      });
      for (int i = 0; i < 20; i++) {
        store.store("early " + i, "value ".repeat(500));
        assertThat(other.ask("put noise " + i)).isEqualTo("stored");
      }
      await("noticed there", () -> "restored".equals(other.ask("get shared")));
      for (int i = 0; i < 100; i++) {
        store.store("ours", String.valueOf(i));
        assertThat(other.ask("get ours")).isEqualTo(String.valueOf(i));
        assertThat(other.ask("put theirs " + i)).isEqualTo("stored");
        assertThat(store.value("theirs")).isEqualTo(String.valueOf(i));
      }
      assertThat(store.value("key 1")).isNull();
      assertThat(store.file().check()).isEmpty();
    }
    assertThat(CacheFile.setAsideBeside(file())).isEmpty();
    try (var store = new StoreFixture(directory)) {
      assertThat(store.value("shared")).isEqualTo("restored");
      assertThat(store.value("theirs")).isEqualTo("99");
      assertThat(store.file().check()).isEmpty();
    }
  }
}
