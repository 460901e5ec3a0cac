package io.holdfast.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.jcache.spi.CacheMonitor;
import io.holdfast.jcache.spi.MonitoredCache;
import io.holdfast.jcache.spi.MonitoredFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.ehcache.core.spi.time.SystemTimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What monitors are told, and that a broken one does no harm. */
final class MonitorsTest {
  @TempDir
  Path directory;

  /** Writes down what it is told. */
  private static final class Diary implements CacheMonitor {
    final List<String> lines = new ArrayList<>();
    MonitoredCache cache;
    MonitoredFile file;

    @Override
    public void cacheOpened(MonitoredCache opened) {
      cache = opened;
      lines.add("cache opened " + opened.name());
    }

    @Override
    public void cacheClosed(MonitoredCache closed) {
      lines.add("cache closed " + (closed == cache));
    }

    @Override
    public void fileOpened(MonitoredFile opened) {
      file = opened;
      lines.add("file opened");
    }

    @Override
    public void fileClosed(MonitoredFile closed) {
      lines.add("file closed " + (closed == file));
    }
  }

  /** Fails at everything. */
  private static final class Broken implements CacheMonitor {
    @Override
    public void cacheOpened(MonitoredCache cache) {
      throw new IllegalStateException("broken");
    }

    @Override
    public void cacheClosed(MonitoredCache cache) {
      throw new IllegalStateException("broken");
    }

    @Override
    public void fileOpened(MonitoredFile file) {
      throw new NoClassDefFoundError("broken");
    }

    @Override
    public void fileClosed(MonitoredFile file) {
      throw new IllegalStateException("broken");
    }
  }

  @Test
  void monitors_oneBroken_theOtherSeesTheWholeLife() {
    Diary diary = new Diary();
    var provider = new HoldfastCachingProvider(
        new Monitors(List.of(new Broken(), diary)), SystemTimeSource.INSTANCE);
    Path file = directory.resolve("cache.db");
    var manager = provider.getCacheManager(file.toUri(), null, new Properties());
    assertThat(diary.lines).isEmpty();
    Cache<String, String> cache = manager.createCache(
        "words", new MutableConfiguration<String, String>().setTypes(String.class, String.class));
    cache.put("a", "1");
    cache.put("b", "1");
    cache.get("a"); // from the file
    cache.get("a"); // from the heap
    cache.get("absent");
    cache.remove("b");
    var counters = diary.cache.counters();
    assertThat(counters.hits()).isEqualTo(2);
    assertThat(counters.heapHits()).isEqualTo(1);
    assertThat(counters.tierHits()).isEqualTo(1);
    assertThat(counters.misses()).isEqualTo(1);
    assertThat(counters.puts()).isEqualTo(2);
    assertThat(counters.removals()).isEqualTo(1);
    assertThat(counters.heapEntries()).isEqualTo(1);
    assertThat(counters.heapEntriesMax()).isEqualTo(10_000);
    assertThat(counters.tierEntries()).isEqualTo(1);
    assertThat(counters.tierBytes()).isPositive();
    assertThat(counters.failures()).isZero();
    assertThat(diary.file.path()).isEqualTo(file);
    assertThat(diary.file.statistics().commits()).isPositive();
    provider.close();
    assertThat(diary.lines)
        .containsExactly(
            "file opened", "cache opened words", "cache closed true", "file closed true");
    assertThat(diary.cache.counters().hits()).isEqualTo(2);
    assertThat(diary.file.statistics().commits()).isPositive();
  }

  @Test
  void heapHits_ofGetAllAndProcessors_areThoseThatTheHeapAnswered() {
    Diary diary = new Diary();
    try (var provider =
        new HoldfastCachingProvider(new Monitors(List.of(diary)), SystemTimeSource.INSTANCE)) {
      Cache<String, String> cache = provider
          .getCacheManager(directory.resolve("cache.db").toUri(), null, new Properties())
          .createCache(
              "words",
              new MutableConfiguration<String, String>().setTypes(String.class, String.class));
      cache.putAll(Map.of("a", "1", "b", "2", "c", "3"));
      cache.getAll(Set.of("a", "b", "absent")); // 2 from the file
      assertThat(diary.cache.counters().heapHits()).isZero();
      cache.getAll(Set.of("a", "b", "c")); // 2 from the heap, 1 from the file
      cache.getAll(Set.of("a")); // 1 from the heap
      cache.invoke("b", (entry, arguments) -> entry.getValue()); // 1 from the heap
      assertThat(diary.cache.counters().hits()).isEqualTo(7);
      assertThat(diary.cache.counters().heapHits()).isEqualTo(4);
      assertThat(diary.cache.counters().tierHits()).isEqualTo(3);
      cache.removeAll(Set.of("a", "b")); // looks for them, but is no look-up
      assertThat(diary.cache.counters().heapHits()).isEqualTo(4);
    }
  }
}
