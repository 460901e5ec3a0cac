package io.holdfast.jcache;

import static io.holdfast.store.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.store.CacheFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the users of a cache see of a file that is damaged, gone, locked or interrupted under them. */
@DisabledOnOs(OS.WINDOWS)
final class BadDaysTest {
  private static final int KEYS = 60;
  private static final String FILLER = "value ".repeat(100);

  @TempDir
  Path directory;

  private ManagerFixture filled() {
    var fixture = new ManagerFixture(directory);
    Cache<String, String> cache = fixture.words();
    for (int i = 0; i < KEYS; i++) {
      cache.put("key " + i, FILLER + i);
    }
    // Into the file, and out of every page cache.
    fixture.reopen();
    return fixture;
  }

  private Path file() {
    return directory.resolve("cache.db");
  }

  /** From outside: a descriptor of ours, closed, would drop SQLite's locks. */
  private void overwrite(long fromPage) throws Exception {
    long pages = Files.size(file()) / 4_096 - fromPage;
    Process dd = new ProcessBuilder(
            "sh",
            "-c",
            "yes | dd of=\"$0\" bs=4096 seek=" + fromPage + " count=" + pages
                + " iflag=fullblock conv=notrunc 2>/dev/null",
            file().toString())
        .start();
    assertThat(dd.waitFor()).isZero();
  }

  private List<Path> setAside() {
    return CacheFile.setAsideBeside(file());
  }

  @Test
  void damagedFile_readIsAMissAndTheHeapForgetsWhatItHeld() throws Exception {
    try (ManagerFixture fixture = filled()) {
      Cache<String, String> cache = fixture.words();
      assertThat(cache.get("key 1")).as("into the heap").isNotNull();
      overwrite(1);

      assertThat(cache.getAll(Set.of("key 2", "key 3", "key 4"))).isEmpty();

      eventually("the heap is empty", () -> cache.get("key 1") == null);
      assertThat(setAside()).hasSize(1);
      cache.put("key 1", "new");
      assertThat(cache.get("key 1")).isEqualTo("new");
      fixture.reopen();
      assertThat(
              fixture.<String, String>cache("words", String.class, String.class).get("key 1"))
          .isEqualTo("new");
    }
  }

  @Test
  void damagedFile_writesGoOnInAFreshOne() throws Exception {
    try (ManagerFixture fixture = filled()) {
      Cache<String, String> cache = fixture.words();
      overwrite(1);

      cache.putAll(Map.of("key 1", "one", "key 2", "two"));
      assertThat(cache.putIfAbsent("key 3", "three")).isTrue();
      assertThat(cache.replace("key 4", "four")).isFalse();
      assertThat(cache.remove("key 5")).isFalse();
      String seen = cache.invoke("key 6", (entry, arguments) -> {
        String before = entry.getValue();
        entry.setValue("six");
        return String.valueOf(before);
      });
      assertThat(seen).isEqualTo("null");

      fixture.reopen();
      Cache<String, String> reopened = fixture.words();
      assertThat(reopened.getAll(Set.of("key 1", "key 2", "key 3", "key 4", "key 5", "key 6")))
          .isEqualTo(Map.of("key 1", "one", "key 2", "two", "key 3", "three", "key 6", "six"));
      assertThat(setAside()).hasSize(1);
    }
  }

  @Test
  void damagedFileAndPolicyFail_everyOperationThatMeetsItIsACacheException() throws Exception {
    filled().close();
    Properties fail = new Properties();
    fail.setProperty(HoldfastProperties.CORRUPTION, "fail");
    try (var fixture = new ManagerFixture(directory, fail)) {
      Cache<String, String> cache = fixture.words();
      overwrite(1);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> cache.get("key 1"))
            .isInstanceOf(CacheException.class)
            .hasMessageContaining("cache.db");
        assertThatThrownBy(() -> cache.put("key 1", "new")).isInstanceOf(CacheException.class);
      }
      assertThat(setAside()).isEmpty();
    }
  }

  @Test
  void wrongPolicy_isRefusedByName() {
    Properties wrong = new Properties();
    wrong.setProperty(HoldfastProperties.CORRUPTION, "ignore");
    assertThatThrownBy(() -> new ManagerFixture(directory, wrong))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("holdfast.corruption must be setAside or fail: ignore");
  }

  /**
   * Threads that each own their keys, and know what they wrote last, while the file is damaged three
   * times. A value may be missing, because a file was set aside; it may never be an older one.
   */
  @Test
  void damagedUnderLoad_noValueIsEverStaleAndNothingFails() throws Exception {
    var failures = new ConcurrentLinkedQueue<Throwable>();
    try (ManagerFixture fixture = filled()) {
      Cache<String, String> cache = fixture.words();
      var stop = new AtomicBoolean();
      List<Thread> users = new ArrayList<>();
      for (int t = 0; t < 3; t++) {
        String prefix = "thread " + t + " key ";
        users.add(new Thread(() -> {
          int[] last = new int[40];
          try {
            for (int i = 1; !stop.get(); i++) {
              int k = i % last.length;
              String found = cache.get(prefix + k);
              if (found != null) {
                assertThat(found).isEqualTo(FILLER + last[k]);
              }
              cache.put(prefix + k, FILLER + i);
              last[k] = i;
            }
          } catch (Throwable e) {
            failures.add(e);
          }
        }));
      }
      users.forEach(Thread::start);
      for (int round = 1; round <= 3; round++) {
        int filesBefore = round;
        eventually("rows in the file", () -> {
          checkpoint();
          return file().toFile().length() > 20 * 4_096;
        });
        overwrite(1);
        eventually("set aside " + round, () -> {
          readColdKeys(cache);
          return setAside().size() >= filesBefore && Files.exists(file());
        });
      }
      stop.set(true);
      for (Thread user : users) {
        user.join();
      }
      assertThat(failures).isEmpty();
    }
  }

  private void checkpoint() {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
    } catch (SQLException busy) {
      // the next try
    }
  }

  // Cold keys: a read that the heap cannot answer.
  private static void readColdKeys(Cache<String, String> cache) {
    for (int i = 0; i < KEYS; i++) {
      cache.get("cold key " + i + System.nanoTime());
    }
  }

  @Test
  void fileRemoved_theCacheGoesOnEmptyAndKeepsWhatIsWrittenThen() throws Exception {
    try (ManagerFixture fixture = filled()) {
      Cache<String, String> cache = fixture.words();
      assertThat(cache.get("key 1")).isNotNull();
      Files.delete(file());
      eventually("noticed", () -> cache.get("key 1") == null);
      cache.put("key 1", "new");
      fixture.reopen();
      assertThat(fixture.words().get("key 1")).isEqualTo("new");
    }
  }

  @Test
  void foreignWriterHoldsTheLock_readsGoOnAndTheWriteWaits() throws Exception {
    try (ManagerFixture fixture = filled();
        Connection foreign = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = foreign.createStatement()) {
      Cache<String, String> cache = fixture.words();
      cache.put("key 1", "before");
      statement.execute("BEGIN IMMEDIATE");
      Thread writer = new Thread(() -> cache.put("key 1", "after"));
      writer.start();
      for (int i = 2; i < KEYS; i++) {
        assertThat(cache.get("key " + i)).isEqualTo(FILLER + i);
      }
      assertThat(writer.isAlive()).isTrue();
      statement.execute("COMMIT");
      writer.join(20_000);
      assertThat(cache.get("key 1")).isEqualTo("after");
    }
  }

  /** As long as a writer waits for a lock of another process, and a little more. */
  @Test
  void foreignWriterKeepsTheLock_theWriteFailsAndChangesNothing() throws Exception {
    try (ManagerFixture fixture = filled();
        Connection foreign = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = foreign.createStatement()) {
      Cache<String, String> cache = fixture.words();
      statement.execute("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> cache.put("key 1", "refused"))
          .isInstanceOf(CacheException.class)
          .hasMessageContaining("SQLITE_BUSY");
      assertThat(cache.get("key 1")).isEqualTo(FILLER + 1);
      statement.execute("COMMIT");
      cache.put("key 1", "after");
      assertThat(cache.get("key 1")).isEqualTo("after");
    }
  }

  @Test
  void interruptedThread_readsAndWritesAndStaysInterrupted() {
    try (ManagerFixture fixture = filled()) {
      Cache<String, String> cache = fixture.words();
      Thread.currentThread().interrupt();
      try {
        cache.put("key 1", "new");
        assertThat(cache.get("key 1")).isEqualTo("new");
        assertThat(cache.get("key 2")).isEqualTo(FILLER + 2);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
      } finally {
        Thread.interrupted();
      }
    }
  }
}
