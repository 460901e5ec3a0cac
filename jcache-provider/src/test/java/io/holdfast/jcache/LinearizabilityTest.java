package io.holdfast.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation of {@link Cache} on one key takes effect at one moment between its call and its
 * return, whatever other threads do: JSR-107's "as if there existed a locking mechanism on each key".
 * Operations on several keys promise that for each key alone, and so they are judged.
 *
 * <p>The same settings have to find faults that are put in on purpose, else these tests fail. With
 * the profile {@code concurrency} each model runs for a minute.
 */
@Timeout(900)
final class LinearizabilityTest {
  private static final long MODEL_MILLIS = Long.getLong("holdfast.concurrency.millis", 1_000);
  private static final long CONTROL_MILLIS = Math.max(30_000, MODEL_MILLIS);

  @TempDir
  Path directory;

  private final Properties properties = new Properties();
  private ManagerFixture fixture;

  @AfterEach
  void close() {
    fixture.close();
  }

  private Cache<String, Integer> cache(String heapEntries) {
    properties.setProperty(HoldfastProperties.HEAP_ENTRIES, heapEntries);
    fixture = new ManagerFixture(directory, properties);
    return fixture.cache("numbers", String.class, Integer.class);
  }

  private static void assertLinearizable(Cache<String, Integer> cache, List<CacheCall> kinds)
      throws Exception {
    try (var calls = new RandomCalls(cache, kinds)) {
      KeyHistory violation = calls.findViolation(MODEL_MILLIS);
      assertThat(violation).as("after " + calls.rounds() + " rounds").isNull();
    }
  }

  @Test
  void operations_heapOfOneEntry_areAtomicPerKey() throws Exception {
    assertLinearizable(cache("1"), CacheCall.PER_KEY);
  }

  @Test
  void operations_heapOfManyEntries_areAtomicPerKey() throws Exception {
    assertLinearizable(cache("1000"), CacheCall.PER_KEY);
  }

  @Test
  void operations_withoutFile_areAtomicPerKey() throws Exception {
    properties.setProperty(HoldfastProperties.STORAGE, "heap");
    assertLinearizable(cache("1000"), CacheCall.PER_KEY);
  }

  @Test
  void operations_andClear_areAtomicPerKey() throws Exception {
    List<CacheCall> kinds = new ArrayList<>(CacheCall.PER_KEY);
    kinds.add(CacheCall.CLEAR);
    assertLinearizable(cache("1"), kinds);
  }

  /** With events, the file is asked for old values, and operations end with calls of the listener. */
  @Test
  void operations_withASynchronousListener_areAtomicPerKey() throws Exception {
    Cache<String, Integer> cache = cache("1");
    AtomicLong heard = new AtomicLong();
    CacheEntryUpdatedListener<String, Integer> listener =
        events -> events.forEach(event -> heard.incrementAndGet());
    cache.registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
        () -> listener, null, /* isOldValueRequired= */ true, /* isSynchronous= */ true));
    assertLinearizable(cache, CacheCall.PER_KEY);
    assertThat(heard).hasPositiveValue();
  }

  /** A cache in front of a map that it reads and writes through: both say the same in the end. */
  @Test
  void operations_readingAndWritingThrough_areAtomicPerKey() throws Exception {
    properties.setProperty(HoldfastProperties.HEAP_ENTRIES, "1");
    fixture = new ManagerFixture(directory, properties);
    Source source = new Source();
    Cache<String, Integer> cache = fixture
        .manager()
        .createCache(
            "through",
            HoldfastConfiguration.builder(String.class, Integer.class)
                .loader(() -> source, /* readThrough= */ true)
                .writeThrough(() -> source)
                .build());
    assertLinearizable(cache, CacheCall.PER_KEY);
    Map<String, Integer> cached = new HashMap<>();
    cache.forEach(entry -> cached.put(entry.getKey(), entry.getValue()));
    assertThat(cached).isNotEmpty().isEqualTo(source.rows);
  }

  /** What a cache reads and writes through. */
  private static final class Source
      implements CacheLoader<String, Integer>, CacheWriter<String, Integer> {
    private final Map<String, Integer> rows = new ConcurrentHashMap<>();

    @Override
    public Integer load(String key) {
      return rows.get(key);
    }

    @Override
    public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
      Map<String, Integer> loaded = new HashMap<>();
      keys.forEach(key -> loaded.put(key, rows.get(key)));
      return loaded;
    }

    @Override
    public void write(Cache.Entry<? extends String, ? extends Integer> entry) {
      rows.put(entry.getKey(), entry.getValue());
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends Integer>> entries) {
      entries.forEach(this::write);
      entries.clear();
    }

    @Override
    public void delete(Object key) {
      rows.remove((String) key);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      keys.forEach(this::delete);
      keys.clear();
    }
  }

  private void assertCaught(UnaryOperator<Cache<String, Integer>> fault) throws Exception {
    try (var calls = new RandomCalls(fault.apply(cache("1")), CacheCall.PER_KEY)) {
      KeyHistory violation = calls.findViolation(CONTROL_MILLIS);
      assertThat(violation).as("after " + calls.rounds() + " rounds").isNotNull();
    }
  }

  @Test
  void control_invokeThatIsNotAtomic_isCaught() throws Exception {
    assertCaught(BrokenCache::nonAtomicInvoke);
  }

  @Test
  void control_getAndReplaceThatIsNotAtomic_isCaught() throws Exception {
    assertCaught(BrokenCache::nonAtomicGetAndReplace);
  }

  @Test
  void control_getAllThatKeepsOldValues_isCaught() throws Exception {
    assertCaught(BrokenCache::staleGetAll);
  }
}
