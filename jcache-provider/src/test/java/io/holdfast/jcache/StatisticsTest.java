package io.holdfast.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.cache.management.CacheStatisticsMXBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counters that are exact when the call returns, and right after they were cleared. */
final class StatisticsTest {
  @TempDir
  Path directory;

  private ManagerFixture fixture;
  private HoldfastCache<String, String> cache;
  private CacheStatisticsMXBean statistics;

  @BeforeEach
  void open() {
    fixture = new ManagerFixture(directory);
    cache = (HoldfastCache<String, String>) fixture
        .manager()
        .<String, String, HoldfastConfiguration<String, String>>createCache(
            "words",
            HoldfastConfiguration.builder(String.class, String.class)
                .heapEntries(2)
                .diskEntries(5)
                .statistics(true)
                .build());
    statistics = cache.statistics();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void clear_twice_countsFromZeroEachTime() {
    for (int round = 0; round < 3; round++) {
      cache.put("a", "1");
      cache.get("a");
      cache.get("a");
      cache.get("absent");
      cache.remove("a");
      assertThat(statistics.getCacheHits()).isEqualTo(2);
      assertThat(statistics.getCacheMisses()).isEqualTo(1);
      assertThat(statistics.getCacheGets()).isEqualTo(3);
      assertThat(statistics.getCacheHitPercentage()).isBetween(66.6f, 66.7f);
      assertThat(statistics.getCachePuts()).isEqualTo(1);
      assertThat(statistics.getCacheRemovals()).isEqualTo(1);
      statistics.clear();
      assertThat(statistics.getCacheGets()).isZero();
      assertThat(statistics.getCacheHitPercentage()).isZero();
    }
  }

  @Test
  void clear_afterEvictions_countsThemFromZero() {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 50; i++) {
        cache.put(round + "-" + i, "v");
      }
      assertThat(statistics.getCacheEvictions()).isBetween(40L, 50L);
      statistics.clear();
      assertThat(statistics.getCacheEvictions()).isZero();
    }
  }

  @Test
  void bulkOperationsAndProcessors_areCountedPerEntryAndTimed() {
    cache.putAll(Map.of("a", "1", "b", "2"));
    assertThat(statistics.getCachePuts()).isEqualTo(2);
    assertThat(statistics.getAveragePutTime()).isPositive();
    cache.getAll(Set.of("a", "b", "c"));
    assertThat(statistics.getCacheHits()).isEqualTo(2);
    assertThat(statistics.getCacheMisses()).isEqualTo(1);
    assertThat(statistics.getAverageGetTime()).isPositive();
    cache.invoke("a", (entry, arguments) -> {
      entry.remove();
      return null;
    });
    assertThat(statistics.getCacheRemovals()).isEqualTo(1);
    assertThat(statistics.getAverageRemoveTime()).isPositive();
    cache.removeAll(Set.of("b", "c"));
    assertThat(statistics.getCacheRemovals()).isEqualTo(2);
  }

  @Test
  void putIfHeld_isAPut_onlyWhereItPut() {
    Leases<String, String> leases = LeasesTest.leasesOf(cache);
    try (Lease<String> lease = leases.tryAcquire("a", Duration.ofSeconds(5)).orElseThrow()) {
      assertThat(lease.putIfHeld("1")).isTrue();
      assertThat(lease.putIfHeld("2")).isFalse();
    }
    assertThat(statistics.getCachePuts()).isEqualTo(1);
    assertThat(statistics.getAveragePutTime()).isPositive();
  }

  @Test
  void conditionalOperations_mismatchIsAHit() {
    cache.put("a", "1");
    cache.replace("a", "7", "2");
    cache.remove("a", "7");
    cache.replace("absent", "7", "2");
    assertThat(statistics.getCacheHits()).isEqualTo(2);
    assertThat(statistics.getCacheMisses()).isEqualTo(1);
    assertThat(statistics.getCachePuts()).isEqualTo(1);
    assertThat(statistics.getCacheRemovals()).isZero();
  }

  @Test
  void enableStatistics_off_standsStillUntilOnAgain() {
    cache.put("a", "1");
    fixture.manager().enableStatistics("words", false);
    cache.put("b", "1");
    assertThat(statistics.getCachePuts()).isEqualTo(1);
    fixture.manager().enableStatistics("words", true);
    cache.put("c", "1");
    assertThat(statistics.getCachePuts()).isEqualTo(2);
  }
}
