package io.holdfast.jcache;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Ehcache's own JSR-107 module and tiers get wrong, and where it is shown that ours does not:
 *
 * <ul>
 *   <li>cleared statistics count from zero, evictions included, however often: {@link StatisticsTest}
 *   <li>bulk operations and entry processors are timed: {@link StatisticsTest}
 *   <li>REMOVED and EXPIRED tell the old value: {@link EntryListenersTest}, {@link ExpiryTest}
 *   <li>store by reference is not claimed: {@link ProviderTest}
 *   <li>each failure of the file is a CacheException, and nothing stale follows: {@link
 *       FileFailureTest} for changes, here for reads, the iterator and loadAll
 *   <li>immutable values are not copied on a heap hit: {@link ImmutableValuesTest}; others are, and
 *       nobody else's object is in the cache: {@link StoreByValueTest}
 *   <li>the iterator passes over what vanished and throws what failed: {@link EntryIteratorTest}, here
 *   <li>invokeAll tells failures of the file from those of the processor: {@link FileFailureTest},
 *       {@link ProcessingTest}
 *   <li>the heap is bounded by default, the default URI is constant: here, {@link ProviderTest}
 *   <li>putIfAbsent and loadAll are no access; an access expiry counts as it is; an idle entry that is
 *       hot in the heap lives for everybody: {@link ExpiryTest}
 *   <li>getAll that meets a put, or another thread's read: {@code UnderHeapTest}, {@link
 *       ConcurrentGetAllTest}
 *   <li>a flush that fails, listeners that call the cache again, small heap and colliding locks:
 *       {@code UnderHeapTest}, {@link EntryListenersTest}
 *   <li>keys that another JVM would not find: {@code CodecsTest}, {@code UnstablePartsTest}
 * </ul>
 */
final class BetterThanReferenceTest {
  @TempDir
  Path directory;

  @Test
  void createCache_withoutLimits_hasABoundedHeap() {
    assertThat(ManagerSettings.from(new Properties()).defaults().heapEntries()).isEqualTo(10_000);
  }

  @Test
  void defaultUri_whateverIsConfigured_isTheSame() {
    try (var provider = new HoldfastCachingProvider()) {
      var before = provider.getDefaultURI();
      Properties properties = new Properties();
      properties.setProperty(HoldfastProperties.FILE, directory.resolve("a.db").toString());
      assertThat(provider.getCacheManager(null, null, properties).getURI()).isEqualTo(before);
      assertThat(provider.getDefaultURI()).isEqualTo(before);
    }
  }

  /** Loads the key itself. */
  private static final class Echo implements CacheLoader<String, String> {
    @Override
    public String load(String key) {
      return key;
    }

    @Override
    public Map<String, String> loadAll(Iterable<? extends String> keys) {
      Map<String, String> loaded = new java.util.HashMap<>();
      keys.forEach(key -> loaded.put(key, key));
      return loaded;
    }
  }

  private static final Map<String, Consumer<Cache<String, String>>> READS = Map.of(
      "get", cache -> cache.get("b"),
      "containsKey", cache -> cache.containsKey("b"),
      "getAll", cache -> cache.getAll(Set.of("b", "c")),
      "invoke", cache -> cache.invoke("b", (entry, arguments) -> entry.getValue()),
      "iterator", cache -> cache.iterator().next(),
      "forEach", cache -> cache.forEach(entry -> {}));

  /** A failure must neither look like a miss nor end a walk early. */
  @Test
  void reads_fileOutOfReach_throwAndRecover() throws Exception {
    try (var fixture = new ManagerFixture(directory)) {
      Cache<String, String> cache = fixture
          .manager()
          .createCache(
              "words",
              HoldfastConfiguration.builder(String.class, String.class)
                  .loader(Echo::new, /* readThrough= */ false)
                  .build());
      cache.putAll(Map.of("a", "1", "b", "2"));
      execute(fixture, "ALTER TABLE entry_1 RENAME COLUMN value TO hidden");
      READS.forEach((name, read) -> assertThatThrownBy(() -> read.accept(cache))
          .as(name)
          .isInstanceOf(CacheException.class)
          .hasMessageContaining("words"));
      requireFailureOf(cache);

      execute(fixture, "ALTER TABLE entry_1 RENAME COLUMN hidden TO value");
      READS.forEach((name, read) -> read.accept(cache));
      assertThat(cache.getAll(Set.of("a", "b", "c"))).isEqualTo(Map.of("a", "1", "b", "2"));
    }
  }

  private static void requireFailureOf(Cache<String, String> cache) {
    for (boolean replace : new boolean[] {true, false}) {
      CompletionListenerFuture loading = new CompletionListenerFuture();
      cache.loadAll(Set.of("c"), replace, loading);
      assertThatThrownBy(() -> loading.get(30, SECONDS))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(CacheException.class)
          .isNotInstanceOf(CacheLoaderException.class);
    }
  }

  private static void execute(ManagerFixture fixture, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + fixture.file());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
