package io.holdfast.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The entries of a cache as they stand in its file. */
final class StoredEntriesTest {
  private final MovingClock clock = new MovingClock();

  @TempDir
  Path directory;

  private ManagerFixture fixture;
  private Cache<String, String> cache;

  @BeforeEach
  void open() {
    fixture = ManagerFixture.onFile(directory, clock);
    cache = fixture.words();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @SuppressWarnings("unchecked") // unwrap knows classes only
  private static <K, V> Map<K, V> createdSince(Cache<K, V> cache, long sinceMillis) {
    StoredEntries<K, V> stored = cache.unwrap(StoredEntries.class);
    Map<K, V> entries = new HashMap<>();
    stored.forEachCreatedSince(
        sinceMillis,
        (key, value) -> assertThat(entries.put(key, value)).as("twice").isNull());
    return entries;
  }

  @Test
  void forEach_sinceEver_isEveryEntryOnce() {
    Map<String, String> put = new HashMap<>();
    for (int i = 0; i < 1_234; i++) {
      put.put("key " + i, "value " + i);
    }
    cache.putAll(put);
    assertThat(createdSince(cache, Long.MIN_VALUE)).isEqualTo(put);
  }

  @Test
  void forEach_sinceAMoment_isWhatWasCreatedThenOrLater() {
    cache.put("before", "1");
    cache.put("updated", "1");
    clock.advance(Duration.ofSeconds(10));
    long since = clock.getTimeMillis();
    cache.put("then", "1");
    cache.put("updated", "2");
    clock.advance(Duration.ofSeconds(10));
    cache.put("later", "1");
    assertThat(createdSince(cache, since)).containsOnlyKeys("then", "later");
    assertThat(createdSince(cache, since + 1)).containsOnlyKeys("later");
    assertThat(createdSince(cache, clock.getTimeMillis() + 1)).isEmpty();
  }

  @Test
  void forEach_expired_isPassedOver() {
    Cache<String, String> shortLived = fixture
        .manager()
        .createCache(
            "short",
            new MutableConfiguration<String, String>()
                .setTypes(String.class, String.class)
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(
                    new javax.cache.expiry.Duration(TimeUnit.SECONDS, 5))));
    shortLived.put("old", "1");
    clock.advance(Duration.ofSeconds(4));
    shortLived.put("young", "1");
    clock.advance(Duration.ofSeconds(2));
    assertThat(createdSince(shortLived, Long.MIN_VALUE)).containsOnlyKeys("young");
  }

  @Test
  void forEach_isNoLookUpAndNobodySharesItsValues() {
    Cache<String, int[]> numbers = fixture
        .manager()
        .createCache(
            "numbers",
            new MutableConfiguration<String, int[]>()
                .setTypes(String.class, int[].class)
                .setStatisticsEnabled(true));
    numbers.put("key", new int[] {7});
    createdSince(numbers, Long.MIN_VALUE).get("key")[0] = 8;
    assertThat(createdSince(numbers, Long.MIN_VALUE).get("key")).containsExactly(7);
    OperationCounters counters = ((HoldfastCache<?, ?>) numbers).parts().counters();
    assertThat(counters.hits.sum()).isZero();
  }

  @Test
  void forEach_whatTheVisitorThrows_reachesTheCaller() {
    cache.put("key", "value");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> unwrapped(cache).forEachCreatedSince(0, (key, value) -> {
          throw new IllegalArgumentException("of the visitor");
        }))
        .withMessage("of the visitor");
  }

  @Test
  void forEach_closedCache_isRefused() {
    StoredEntries<String, String> stored = unwrapped(cache);
    cache.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> stored.forEachCreatedSince(0, (key, value) -> {}));
  }

  @Test
  void unwrap_cacheWithoutAFile_hasNone(@TempDir Path other) {
    try (var heap = ManagerFixture.onHeap(other)) {
      Cache<String, String> words = heap.words();
      assertThatIllegalArgumentException().isThrownBy(() -> words.unwrap(StoredEntries.class));
    }
  }

  @SuppressWarnings("unchecked") // unwrap knows classes only
  private static StoredEntries<String, String> unwrapped(Cache<String, String> cache) {
    return cache.unwrap(StoredEntries.class);
  }
}
