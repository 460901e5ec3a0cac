package io.holdfast.jcache;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryRemovedListener;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Single moments at which calls of two threads on one key might contradict each other. */
@Timeout(60)
final class PerKeyOrderTest {
  @TempDir
  Path directory;

  @AutoClose
  private ManagerFixture fixture;

  @AutoClose("shutdownNow")
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @BeforeEach
  void open() {
    fixture = new ManagerFixture(directory);
  }

  private void inAnotherThread(Runnable work) {
    try {
      threads.submit(work).get(30, SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The cleared entry must not come back with the result that was computed from it. */
  @Test
  void invoke_clearedMeanwhile_runsAgainWithoutAnEntry() {
    Cache<String, Integer> cache = fixture.cache("counts", String.class, Integer.class);
    cache.put("n", 41);
    List<Boolean> existed = new ArrayList<>();
    int result = cache.invoke("n", (entry, arguments) -> {
      existed.add(entry.exists());
      int next = entry.exists() ? entry.getValue() + 1 : 1;
      if (existed.size() == 1) {
        inAnotherThread(cache::clear);
      }
      entry.setValue(next);
      return next;
    });
    assertThat(existed).containsExactly(true, false);
    assertThat(result).isEqualTo(1);
    assertThat(cache.get("n")).isEqualTo(1);
  }

  /** While a clear waits for the file nothing is cleared, and bulk reads must see what single ones do. */
  @Test
  void getAll_whileClearWaitsForTheFile_findsWhatGetFinds() throws Exception {
    Cache<String, String> cache = fixture.words();
    cache.put("a", "1");
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + fixture.file());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      CountDownLatch started = new CountDownLatch(1);
      Future<?> clearing = threads.submit(() -> {
        started.countDown();
        cache.clear();
      });
      assertThat(started.await(30, SECONDS)).isTrue();
      for (int i = 0; i < 200; i++) {
        assertThat(cache.getAll(Set.of("a"))).isEqualTo(Map.of("a", "1"));
        assertThat(cache.get("a")).isEqualTo("1");
      }
      statement.execute("COMMIT");
      clearing.get(30, SECONDS);
    }
    assertThat(cache.getAll(Set.of("a"))).isEmpty();
  }

  /**
   * Stops a thread while the file reports its change, which is when the file has changed already and the
   * heap has not.
   */
  private static final class Stop extends MutableCacheEntryListenerConfiguration<String, String> {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private volatile Thread stopped;

    Stop() {
      super(() -> (CacheEntryRemovedListener<String, String>) events -> {}, null, false, true);
    }

    @Override
    public boolean isSynchronous() {
      if (Thread.currentThread().equals(stopped)) {
        reached.countDown();
        try {
          assertThat(goOn.await(30, SECONDS)).isTrue();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return super.isSynchronous();
    }
  }

  /** The file has forgotten the entry, the heap has not yet: all reads must say the same. */
  @Test
  void containsKeyAndGetAll_whileTheEntryIsBeingRemoved_agreeWithGet() throws Exception {
    Cache<String, String> cache = fixture.words();
    cache.put("a", "1");
    assertThat(cache.get("a")).isEqualTo("1");
    Stop stop = new Stop();
    cache.registerCacheEntryListener(stop);
    Future<?> removing = threads.submit(() -> {
      stop.stopped = Thread.currentThread();
      cache.remove("a");
    });
    assertThat(stop.reached.await(30, SECONDS)).isTrue();
    assertThat(cache.containsKey("a")).isTrue();
    assertThat(cache.getAll(Set.of("a", "b"))).isEqualTo(Map.of("a", "1"));
    assertThat(cache.get("a")).isEqualTo("1");
    stop.goOn.countDown();
    removing.get(30, SECONDS);
    assertThat(cache.containsKey("a")).isFalse();
    assertThat(cache.get("a")).isNull();
  }
}
