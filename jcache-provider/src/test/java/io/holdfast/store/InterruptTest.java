package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An interrupt of the caller ends no operation, closes no channel, and is still set afterwards. */
final class InterruptTest {
  @TempDir
  Path directory;

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  @Test
  void open_byAnInterruptedThread_opensAndReadsWithSharedSnapshots() {
    Thread.currentThread().interrupt();
    try (var store = new StoreFixture(directory)) {
      store.store("a", "1");
      assertThat(store.value("a")).isEqualTo("1");
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
      assertThat(System.getProperties().stringPropertyNames())
          .as("the log index is mapped")
          .anyMatch(
              name -> name.contains("walIndex:") && name.endsWith(store.path().toString()));
    }
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  /** More threads than readers, so that some wait for the pool; all of them interrupted again and again. */
  @Test
  void findAndApply_byInterruptedThreads_succeedAndLoseNothing() throws Exception {
    int threads = 8;
    var failures = new ConcurrentLinkedQueue<Throwable>();
    try (var store = new StoreFixture(directory)) {
      var ready = new CountDownLatch(threads);
      List<Thread> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        String key = "key " + i;
        Thread worker = new Thread(() -> {
          ready.countDown();
          try {
            for (int value = 1; value <= 200; value++) {
              store.store(key, String.valueOf(value));
              assertThat(store.value(key)).isEqualTo(String.valueOf(value));
            }
          } catch (Throwable e) {
            failures.add(e);
          }
        });
        worker.start();
        workers.add(worker);
      }
      assertThat(ready.await(10, TimeUnit.SECONDS)).isTrue();
      while (workers.stream().anyMatch(Thread::isAlive)) {
        workers.forEach(Thread::interrupt);
        Thread.onSpinWait();
      }
      assertThat(failures).isEmpty();
      for (int i = 0; i < threads; i++) {
        assertThat(store.value("key " + i)).isEqualTo("200");
      }
      assertThat(store.file().check()).isEmpty();
    }
  }

  @Test
  void apply_interruptedWhileAForeignWriterHoldsTheLock_waitsForIt() throws Exception {
    try (var store = new StoreFixture(directory);
        Connection foreign = DriverManager.getConnection("jdbc:sqlite:" + store.path())) {
      store.store("a", "1");
      Pragmas.run(foreign, "BEGIN IMMEDIATE");
      var interruptWasKept = new AtomicBoolean();
      Thread writer = new Thread(() -> {
        store.store("a", "2");
        interruptWasKept.set(Thread.currentThread().isInterrupted());
      });
      writer.start();
      while (store.file().statistics().busyRetries() == 0) {
        Thread.onSpinWait();
      }
      writer.interrupt();
      assertThat(store.value("a")).as("a reader meanwhile").isEqualTo("1");
      Pragmas.run(foreign, "COMMIT");
      writer.join(10_000);
      assertThat(interruptWasKept).isTrue();
      assertThat(store.value("a")).isEqualTo("2");
    }
  }
}
