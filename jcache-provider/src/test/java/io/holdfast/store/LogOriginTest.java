package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A log that is not that of the file beside it, though SQLite would take it for that. */
@EnabledOnOs(OS.LINUX)
final class LogOriginTest {
  @TempDir
  Path home;

  /** The files as a kill would leave them now. */
  private Path imageOf(StoreFixture store, String name) throws Exception {
    Path image = Files.createDirectory(home.resolve(name));
    // By another process: a descriptor of ours, closed, would drop SQLite's locks.
    Process copy = new ProcessBuilder(
            "sh", "-c", "cp -p \"$0\" \"$0\"-wal \"$1\"", store.path().toString(), image.toString())
        .start();
    assertThat(copy.waitFor()).isZero();
    return image.resolve("cache.db");
  }

  private StoreFixture open(String name) throws IOException {
    return new StoreFixture(Files.createDirectories(home.resolve(name)));
  }

  private static Path log(Path file) {
    return FileSizes.logOf(file);
  }

  private static void assertSetAside(Path file, String why) {
    assertThatThrownBy(() -> LogOrigin.require(file))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(why);
    try (var store = new StoreFixture(file.getParent())) {
      assertThat(store.table().entryCount()).isZero();
      assertThat(store.file().check()).isEmpty();
      store.store("fresh", "1");
    }
    assertThat(CacheFile.setAsideBeside(file))
        .singleElement()
        .satisfies(aside -> assertThat(log(aside)).exists());
  }

  @Test
  void open_logOfAnotherCacheFile_setsBothAside() throws Exception {
    Path first;
    Path second;
    try (var one = open("one");
        var two = open("two")) {
      // Alike in all but their seeds.
      for (int i = 0; i < 10; i++) {
        one.store("key" + i, "one");
        two.store("key" + i, "two");
      }
      one.file().checkpoint();
      two.file().checkpoint();
      one.store("key0", "one, later");
      two.store("key0", "two, later");
      first = imageOf(one, "first");
      second = imageOf(two, "second");
    }
    Files.copy(log(second), log(first), StandardCopyOption.REPLACE_EXISTING);

    assertSetAside(first, "is the log of another cache file");
    try (var store = new StoreFixture(second.getParent())) {
      assertThat(store.value("key0")).isEqualTo("two, later");
    }
  }

  /** The same file, so the same seed: restored, and the log of the broken one left there. */
  @Test
  void open_backupRestoredBesideTheOldLog_setsBothAside() throws Exception {
    Path broken;
    Path backup = home.resolve("backup.db");
    try (var store = open("running")) {
      for (int i = 0; i < 100; i++) {
        store.store("key" + i, "before".repeat(100));
      }
      store.file().checkpoint();
      store.file().backup(backup, CacheFile.IfPresent.REFUSE);
      for (int i = 0; i < 300; i++) {
        store.store("more" + i, "after".repeat(100));
      }
      broken = imageOf(store, "broken");
    }
    Files.copy(backup, broken, StandardCopyOption.REPLACE_EXISTING);

    assertSetAside(broken, "is of another time than the file");
  }

  @Test
  void open_newerCopyBesideAnOldLog_setsBothAside() throws Exception {
    Path old;
    try (var store = open("running")) {
      store.store("key", "early");
      old = imageOf(store, "old");
      store.file().checkpoint();
      for (int i = 0; i < 300; i++) {
        store.store("more" + i, "after".repeat(100));
      }
      store.file().checkpoint();
      store.store("key", "in the next log");
    }
    Files.copy(home.resolve("running/cache.db"), old, StandardCopyOption.REPLACE_EXISTING);

    assertSetAside(old, "is of another time than the file");
  }

  @Test
  void open_corruptionFails_saysWhyAndTouchesNothing() throws Exception {
    Path first;
    try (var one = open("one");
        var two = open("two")) {
      one.store("key", "one");
      two.store("key", "two");
      one.file().checkpoint();
      one.store("key", "one, later");
      two.file().checkpoint();
      two.store("key", "two, later");
      first = imageOf(one, "first");
      Files.copy(log(imageOf(two, "second")), log(first), StandardCopyOption.REPLACE_EXISTING);
    }
    byte[] before = Files.readAllBytes(first);
    var settings = StoreSettings.of(first).withCorruption(CorruptionPolicy.FAIL);
    assertThatThrownBy(() -> new StoreFixture(settings, StoreFixture.definition(10, 1_000)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is the log of another cache file");
    assertThatThrownBy(() -> CacheFile.openExisting(first))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is the log of another cache file");
    assertThat(Files.readAllBytes(first)).isEqualTo(before);
    assertThat(log(first)).isNotEmptyFile();
    assertThat(CacheFile.setAsideBeside(first)).isEmpty();
  }

  /** Whatever was written, moved and begun anew before a kill: the log is the file's own. */
  @Test
  void require_anyMomentOfAFile_isItsOwnLog() throws Exception {
    Random random = new Random(42);
    try (var store = open("running");
        var other = OtherProcess.start(home.resolve("running"))) {
      for (int moment = 0; moment < 60; moment++) {
        for (int i = random.nextInt(6); i > 0; i--) {
          change(store, other, random);
        }
        if (Files.size(log(store.path())) > 0) {
          Path image = imageOf(store, "moment" + moment);
          assertThatCode(() -> LogOrigin.require(image))
              .as("moment " + moment)
              .doesNotThrowAnyException();
        }
      }
    }
  }

  private static void change(StoreFixture store, OtherProcess other, Random random)
      throws IOException {
    String key = "key" + random.nextInt(200);
    switch (random.nextInt(6)) {
      case 0 -> store.store(key, "value".repeat(random.nextInt(2_000)));
      case 1 -> store.delete(StoreFixture.key(key));
      case 2 -> store.table().clear();
      case 3 -> store.file().checkpoint();
      case 4 ->
        assertThat(other.ask("put " + key + " " + "v".repeat(1 + random.nextInt(2_000))))
            .isEqualTo("stored");
      default -> assertThat(other.ask("compact")).isEqualTo("compacted");
    }
  }

  /** So a log names its file from its first transaction on, however it was begun. */
  @Test
  void firstWriteOfALog_namesTheFile() throws Exception {
    try (var store = open("running")) {
      for (int round = 0; round < 3; round++) {
        store.store("key", String.valueOf(round));
        assertThat(storePages(log(imageOf(store, "image" + round)))).isPositive();
        store.file().checkpoint();
      }
    }
  }

  private static int storePages(Path log) throws IOException {
    byte[] bytes = Files.readAllBytes(log);
    int found = 0;
    for (int at = 32; at < bytes.length; at += 24 + Pragmas.PAGE_BYTES) {
      found += java.nio.ByteBuffer.wrap(bytes, at, Integer.BYTES).getInt() == 3 ? 1 : 0;
    }
    return found;
  }
}
