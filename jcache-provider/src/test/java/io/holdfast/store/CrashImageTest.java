package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a crash left, and what happened to it before the next start: the log lost, cut, or overwritten, a
 * stale index, a name that is no file.
 */
@DisabledOnOs(OS.WINDOWS)
final class CrashImageTest {
  @TempDir
  Path home;

  private Path image;

  /** One entry in the file and its log's checkpoint, then twenty in the log alone; as a kill leaves them. */
  @BeforeEach
  void crash() throws Exception {
    Path running = Files.createDirectory(home.resolve("running"));
    image = Files.createDirectory(home.resolve("image"));
    try (var store = new StoreFixture(running)) {
      store.store("early", "1");
      store.file().checkpoint();
      for (int i = 1; i <= 20; i++) {
        store.store("late " + i, "value ".repeat(100) + i);
      }
      // By another process: a descriptor of ours, closed, would drop SQLite's locks.
      Process copy = new ProcessBuilder(
              "sh", "-c", "cp -p \"$0\"/cache.db* \"$1\"", running.toString(), image.toString())
          .start();
      assertThat(copy.waitFor()).isZero();
    }
  }

  private Path part(String suffix) {
    return image.resolve("cache.db" + suffix);
  }

  private static void overwrite(Path file, long from, int bytes) throws IOException {
    try (var content = new RandomAccessFile(file.toFile(), "rw")) {
      content.seek(from);
      byte[] garbage = new byte[bytes];
      java.util.Arrays.fill(garbage, (byte) 0x5A);
      content.write(garbage);
    }
  }

  /** Commits are lost from the end only: the first so many are there. */
  private void assertAPrefixIsThere(int atLeast, int atMost) {
    try (var store = new StoreFixture(image)) {
      assertThat(store.value("early")).isEqualTo("1");
      int present = 0;
      while (present < 20 && store.value("late " + (present + 1)) != null) {
        present++;
      }
      assertThat(present).isBetween(atLeast, atMost);
      for (int i = present + 1; i <= 20; i++) {
        assertThat(store.value("late " + i)).as("late " + i).isNull();
      }
      assertThat(store.file().check()).isEmpty();
      store.store("late 1", "again");
      assertThat(store.reopen().value("late 1")).isEqualTo("again");
      assertThat(CacheFile.setAsideBeside(part(""))).isEmpty();
    }
  }

  @Test
  void open_afterACrash_hasAllThatWasAcknowledged() {
    assertAPrefixIsThere(20, 20);
  }

  /** A checkpoint writes the first page, which says how long the file is, before the last one. */
  @Test
  void open_killedInACheckpoint_hasAllThatWasAcknowledged() throws Exception {
    Path whole = Files.createDirectory(home.resolve("whole")).resolve("cache.db");
    Files.copy(part(""), whole);
    Files.copy(part("-wal"), whole.resolveSibling("cache.db-wal"));
    try (Connection shell = DriverManager.getConnection("jdbc:sqlite:" + whole);
        Statement statement = shell.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    assertThat(whole)
        .as("grows")
        .satisfies(file -> assertThat(Files.size(file)).isGreaterThan(Files.size(part(""))));
    try (var content = new RandomAccessFile(part("").toFile(), "rw")) {
      content.write(Files.readAllBytes(whole), 0, Pragmas.PAGE_BYTES);
    }
    assertAPrefixIsThere(20, 20);
  }

  @Test
  void open_logIndexLost_hasAllThatWasAcknowledged() throws Exception {
    Files.delete(part("-shm"));
    assertAPrefixIsThere(20, 20);
  }

  @Test
  void open_logIndexIsGarbage_hasAllThatWasAcknowledged() throws Exception {
    overwrite(part("-shm"), 0, 32_768);
    assertAPrefixIsThere(20, 20);
  }

  @Test
  void open_logLost_isAsAtTheLastCheckpoint() throws Exception {
    Files.delete(part("-wal"));
    assertAPrefixIsThere(0, 0);
  }

  @Test
  void open_logIsGarbage_isAsAtTheLastCheckpoint() throws Exception {
    overwrite(part("-wal"), 0, (int) Files.size(part("-wal")));
    assertAPrefixIsThere(0, 0);
  }

  @Test
  void open_logCutInAFrame_hasAllCommitsBeforeTheCut() throws Exception {
    try (var log = new RandomAccessFile(part("-wal").toFile(), "rw")) {
      log.setLength(log.length() / 2 + 100);
    }
    assertAPrefixIsThere(1, 19);
  }

  @Test
  void open_bitFlippedInTheLog_hasAllCommitsBeforeIt() throws Exception {
    overwrite(part("-wal"), Files.size(part("-wal")) / 2, 1);
    assertAPrefixIsThere(1, 19);
  }

  @Test
  void open_fileEmptiedButLogThere_keepsTheLogAside() throws Exception {
    long logBytes = Files.size(part("-wal"));
    Files.write(part(""), new byte[0]);
    try (var store = new StoreFixture(image)) {
      assertThat(store.value("early")).isNull();
      assertThat(store.file().check()).isEmpty();
    }
    try (var names = Files.list(image)) {
      assertThat(names.filter(name -> name.toString().endsWith("-wal")))
          .singleElement()
          .satisfies(log -> assertThat(log).hasSize(logBytes));
    }
  }

  @Test
  void open_directoryInPlaceOfTheFile_saysSo() throws Exception {
    Path taken = Files.createDirectory(home.resolve("taken.db"));
    assertThatThrownBy(() -> CacheFile.open(StoreSettings.of(taken), System::currentTimeMillis))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(taken + " is not a file");
  }

  @Test
  void open_throughASymbolicLink_keepsFileAndLogInTheRealPlace() throws Exception {
    Path link = Files.createSymbolicLink(home.resolve("link.db"), part(""));
    try (CacheFile opened = CacheFile.open(StoreSettings.of(link), System::currentTimeMillis)) {
      assertThat(opened.path()).isEqualTo(part("").toRealPath());
      assertThat(opened.findTable("things").find(StoreFixture.key("late 20"))).isNotNull();
    }
    assertThat(home.resolve("link.db-wal")).doesNotExist();
  }

  @Test
  void open_fileNotWritable_saysSo() throws Exception {
    Files.setPosixFilePermissions(part(""), PosixFilePermissions.fromString("r--------"));
    assumeTrue(!Files.isWritable(part("")), "this user may write everything");
    assertThatThrownBy(() -> new StoreFixture(image))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("this user may not read and write it");
  }

  @Test
  void open_directoryNotWritable_failsClearly() throws Exception {
    Files.setPosixFilePermissions(image, PosixFilePermissions.fromString("r-x------"));
    try {
      assumeTrue(!Files.isWritable(image), "this user may write everything");
      Path absent = image.resolve("absent.db");
      assertThatThrownBy(() -> CacheFile.open(StoreSettings.of(absent), System::currentTimeMillis))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("create a cache file");
    } finally {
      Files.setPosixFilePermissions(image, PosixFilePermissions.fromString("rwx------"));
    }
  }
}
