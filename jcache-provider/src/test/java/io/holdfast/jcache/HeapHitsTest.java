package io.holdfast.jcache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.holdfast.store.ChildJvm;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gets that the heap answers take a shorter way; nothing else may differ. */
final class HeapHitsTest {
  @TempDir
  Path directory;

  private final MovingClock clock = new MovingClock();

  private static void read(Cache<String, String> cache, String[] keys, int operations) {
    for (int i = 0; i < operations; i++) {
      if (cache.get(keys[i & 63]) == null) {
        throw new IllegalStateException("not there: " + keys[i & 63]);
      }
    }
  }

  private static String[] fill(Cache<String, String> cache) {
    String[] keys = new String[64];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = "key " + i;
      cache.put(keys[i], "value " + i);
    }
    return keys;
  }

  /** In a JVM of its own: only the last of the compilers leaves out what does not escape. */
  @Test
  void get_immutableValueInTheHeap_allocatesNothing() throws Exception {
    List<String> command = new ArrayList<>(ChildJvm.command(Hits.class, directory.toString()));
    command.add(command.indexOf("-cp"), "-XX:TieredStopAtLevel=4");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(output)
        .contains("bytes per hit, statistics off: 0", "bytes per hit, statistics on: 0");
  }

  /** Reads until the compilers are done with it, which a busy machine makes take its time. */
  static final class Hits {
    private static final int OPERATIONS = 100_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(25);

    private Hits() {}

    public static void main(String[] arguments) {
      try (var fixture = new ManagerFixture(Path.of(arguments[0]))) {
        Cache<String, String> cache = fixture.words();
        String[] keys = fill(cache);
        System.out.println("bytes per hit, statistics off: " + bytesPerHit(cache, keys));
        fixture.manager().enableStatistics("words", true);
        System.out.println("bytes per hit, statistics on: " + bytesPerHit(cache, keys));
      }
    }

    private static long bytesPerHit(Cache<String, String> cache, String[] keys) {
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long startNanos = System.nanoTime();
      long perHit = Long.MAX_VALUE;
      while (perHit > 0 && System.nanoTime() - startNanos < PATIENCE_NANOS) {
        long before = threads.getCurrentThreadAllocatedBytes();
        read(cache, keys, OPERATIONS);
        perHit = (threads.getCurrentThreadAllocatedBytes() - before) / OPERATIONS;
      }
      return perHit;
    }
  }

  /** Else the average get time of a cache that was asked a few times would be many times too long. */
  @Test
  void timedHits_afterAnyNumberOfHits_standForThatManyAndLessThanTwice() {
    long stoodFor = 0;
    for (long hits = 1; hits <= 10_000; hits++) {
      if (HeapHits.isTimed(hits - 1)) {
        stoodFor += HeapHits.weight(hits - 1);
      }
      assertThat(stoodFor).isBetween(hits, 2 * hits - 1);
    }
  }

  @Test
  void statistics_manyThreadsHitTheHeap_countEachHit() throws Exception {
    try (var fixture = new ManagerFixture(directory)) {
      Cache<String, String> cache = fixture.words();
      fixture.manager().enableStatistics("words", true);
      String[] keys = fill(cache);
      var statistics = ((HoldfastCache<String, String>) cache).statistics();
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        List<Future<?>> reading = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          reading.add(threads.submit(() -> read(cache, keys, 20_000)));
        }
        for (Future<?> future : reading) {
          future.get(30, TimeUnit.SECONDS);
        }
      } finally {
        threads.shutdownNow();
      }
      assertThat(statistics.getCacheHits()).isEqualTo(80_000);
      assertThat(statistics.getCacheMisses()).isZero();
      assertThat(statistics.getAverageGetTime()).isPositive();
      statistics.clear();
      read(cache, keys, 10);
      assertThat(statistics.getCacheHits()).isEqualTo(10);
    }
  }

  @Test
  void get_expiredInTheHeap_isAMiss() {
    try (var fixture = ManagerFixture.onFile(directory, clock)) {
      var minute = javax.cache.expiry.Duration.ONE_MINUTE;
      Cache<String, String> created = fixture
          .manager()
          .createCache(
              "created",
              new MutableConfiguration<String, String>()
                  .setTypes(String.class, String.class)
                  .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(minute)));
      Cache<String, String> modified = fixture
          .manager()
          .createCache(
              "modified",
              new MutableConfiguration<String, String>()
                  .setTypes(String.class, String.class)
                  .setExpiryPolicyFactory(ModifiedExpiryPolicy.factoryOf(minute)));
      for (Cache<String, String> cache : List.of(created, modified)) {
        cache.put("a", "1");
        clock.advance(Duration.ofMillis(59_999));
        assertThat(cache.get("a")).isEqualTo("1");
        assertThat(cache.get("a")).as("from the heap").isEqualTo("1");
        clock.advance(Duration.ofMillis(1));
        assertThat(cache.get("a")).isNull();
        assertThat(cache.containsKey("a")).isFalse();
      }
    }
  }

  @Test
  void get_afterEachKindOfChange_isTheNewValue() {
    try (var fixture = new ManagerFixture(directory)) {
      Cache<String, String> cache = fixture.words();
      cache.put("a", "1");
      assertThat(cache.get("a")).isEqualTo("1");
      cache.put("a", "2");
      assertThat(cache.get("a")).isEqualTo("2");
      cache.replace("a", "3");
      assertThat(cache.get("a")).isEqualTo("3");
      cache.invoke("a", (entry, arguments) -> {
        entry.setValue("4");
        return null;
      });
      assertThat(cache.get("a")).isEqualTo("4");
      cache.clear();
      assertThat(cache.get("a")).isNull();
    }
  }

  @Test
  void get_closedCache_throwsThoughTheHeapHadTheEntry() {
    try (var fixture = new ManagerFixture(directory)) {
      Cache<String, String> cache = fixture.words();
      cache.put("a", "1");
      cache.get("a");
      cache.get("a");
      cache.close();
      assertThatThrownBy(() -> cache.get("a")).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"}) // what the compiler would not let through
  void get_keyOfAnotherType_throwsThoughTheHeapHasTheEntry() {
    try (var fixture = new ManagerFixture(directory)) {
      Cache cache = fixture.words();
      cache.put("a", "1");
      cache.get("a");
      assertThatThrownBy(() -> cache.get(1)).isInstanceOf(ClassCastException.class);
      assertThatThrownBy(() -> cache.get(null)).isInstanceOf(NullPointerException.class);
    }
  }

  @Test
  void detours_listenersComeAndGo_areNeededMeanwhile() {
    try (var fixture = new ManagerFixture(directory)) {
      HoldfastCache<String, String> cache = (HoldfastCache<String, String>) fixture.words();
      Detours detours = cache.parts().backing().detours();
      assertThat(detours.areNeeded()).isFalse();
      var listener = new MutableCacheEntryListenerConfiguration<String, String>(
          FactoryBuilder.factoryOf(
              (CacheEntryCreatedListener<String, String> & java.io.Serializable) events -> {}),
          null,
          false,
          true);
      cache.registerCacheEntryListener(listener);
      assertThat(detours.areNeeded()).isTrue();
      cache.deregisterCacheEntryListener(listener);
      assertThat(detours.areNeeded()).isFalse();
      cache.put("a", "1");
      cache.clear();
      assertThat(detours.areNeeded()).isFalse();
    }
  }

  /** Entries leave the file before they leave the heap: nobody may see them come back. */
  @Test
  void get_whileTheCacheIsCleared_isNotInTheHeapOnceItIsGoneFromTheFile() throws Exception {
    try (var fixture = new ManagerFixture(directory)) {
      Cache<String, String> cache = fixture.words();
      ExecutorService threads = Executors.newSingleThreadExecutor();
      try {
        for (int round = 0; round < 200; round++) {
          cache.put("a", "1");
          cache.get("a");
          Future<?> clearing = threads.submit(cache::clear);
          boolean wasGone = false;
          do {
            wasGone = !cache.containsKey("a");
            assertThat(wasGone && cache.get("a") != null).as("came back").isFalse();
          } while (!wasGone);
          clearing.get(10, TimeUnit.SECONDS);
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }
}
