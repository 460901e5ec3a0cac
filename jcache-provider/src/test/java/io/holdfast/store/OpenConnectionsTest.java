package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is left of connections once a file is closed. */
@EnabledOnOs(OS.LINUX)
final class OpenConnectionsTest {
  private static final int ROUNDS = 10;
  private static final int THREADS = 6;

  @TempDir
  Path directory;

  /**
   * A connection that stays open keeps the index of a log that was removed for all later connections of
   * this process, which then do not see what other processes commit. The pool gives up a connection that
   * a thread is just about to give back: about one closing in ten met that.
   */
  @Test
  void close_whileThreadsRead_leavesNoConnectionOpen() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      var store = new StoreFixture(directory);
      store.store("a", "1");
      List<Thread> threads = new ArrayList<>();
      var reading = new CountDownLatch(THREADS);
      for (int i = 0; i < THREADS; i++) {
        Thread thread = new Thread(() -> readUntilClosed(store, reading));
        thread.start();
        threads.add(thread);
      }
      reading.await();
      store.close();
      assertThat(openFiles()).as("round " + round).isEmpty();
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  /** Those of a backup or an export are in no pool. */
  @Test
  void close_connectionIsInUse_closesItToo() throws Exception {
    var store = new StoreFixture(directory);
    store.store("a", "1");
    ConnectionSource source =
        ((CacheFileHandle) store.file()).shared().run(SqliteCacheFile::written);
    try (var reader = source.openReader();
        var rows = reader.createStatement().executeQuery("SELECT * FROM tally, sqlite_schema")) {
      assertThat(rows.next()).isTrue();
      store.close();
      assertThat(openFiles()).isEmpty();
      assertThatThrownBy(source::openReader).hasMessageContaining("is closed");
    }
  }

  private static void readUntilClosed(StoreFixture store, CountDownLatch reading) {
    try {
      store.value("a");
      reading.countDown();
      while (true) {
        store.value("a");
      }
    } catch (IllegalStateException | StoreException closed) {
      reading.countDown();
    }
  }

  /** The descriptors of this process on the file and its log. */
  private List<String> openFiles() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : (Iterable<Path>) descriptors::iterator) {
        String name = nameOf(descriptor);
        if (name.startsWith(directory.resolve("cache.db").toString())) {
          found.add(name);
        }
      }
    }
    return found;
  }

  private static String nameOf(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }
}
