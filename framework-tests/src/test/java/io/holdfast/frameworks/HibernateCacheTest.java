package io.holdfast.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.store.Season;
import com.acme.store.Store;
import io.holdfast.jcache.HoldfastConfiguration;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hibernate's second-level and query cache over restarts of its SessionFactory and of the caches. */
final class HibernateCacheTest {
  private static final String KELP = "Kelp (K-1) 9.95 AUTUMN FIRST by Ocean [brown, long]";

  @TempDir
  Path directory;

  private StoreFixture fixture;

  @BeforeEach
  void fill() {
    fixture = new StoreFixture(directory);
    fixture.restart().fill();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void secondStart_servesEntityCollectionNaturalIdAndQueryWithoutSql() {
    Store first = fixture.restart();
    assertThat(first.kelp()).isEqualTo(KELP);
    assertThat(first.kelpByArticle()).isEqualTo(KELP);
    assertThat(first.productsLike("K%")).hasToString("[" + KELP + "]");
    assertThat(first.statistics().getPrepareStatementCount()).isPositive();

    Store second = fixture.restart();
    assertThat(second.kelp()).isEqualTo(KELP);
    assertThat(second.kelpByArticle()).isEqualTo(KELP);
    assertThat(second.productsLike("K%")).hasToString("[" + KELP + "]");
    Statistics statistics = second.statistics();
    assertThat(statistics.getPrepareStatementCount()).isZero();
    // The product, its brand and its labels: by id, by article, by the query.
    assertThat(statistics.getSecondLevelCacheHitCount()).isGreaterThanOrEqualTo(3 + 3 + 2);
    assertThat(statistics.getSecondLevelCacheMissCount()).isZero();
    assertThat(statistics.getNaturalIdCacheHitCount()).isEqualTo(1);
    assertThat(statistics.getQueryCacheHitCount()).isEqualTo(1);
  }

  @Test
  void update_readWrite_isServedAfterARestartWithoutSql() {
    Store first = fixture.restart();
    first.kelp();
    first.renameKelp("Sugar kelp");

    Store second = fixture.restart();
    assertThat(second.kelp()).startsWith("Sugar kelp");
    assertThat(second.statistics().getPrepareStatementCount()).isZero();
  }

  @Test
  void update_nonstrictReadWrite_isReadFromTheDatabaseAfterARestart() {
    Store first = fixture.restart();
    first.brand();
    first.renameBrand("Coast");

    Store second = fixture.restart();
    assertThat(second.brand()).isEqualTo("Coast");
    assertThat(second.statistics().getPrepareStatementCount()).isEqualTo(1);
  }

  @Test
  void query_tableChangedInALaterRun_isNotServedStaleInTheNext() {
    assertThat(fixture.restart().namesIn(Season.AUTUMN)).containsExactly("Kelp");
    fixture.restart().renameKelp("Sugar kelp");
    assertThat(fixture.restart().namesIn(Season.AUTUMN)).containsExactly("Sugar kelp");
  }

  /** Why both regions of the query cache belong into the file: the one without the other lies. */
  @Test
  void query_onlyItsTimestampsInTheHeap_isServedStaleInTheNextRun() {
    assertThat(fixture.restart(timestampsInHeap()).namesIn(Season.AUTUMN)).containsExactly("Kelp");
    fixture.restart(timestampsInHeap()).renameKelp("Sugar kelp");
    assertThat(fixture.restart(timestampsInHeap()).namesIn(Season.AUTUMN)).containsExactly("Kelp");
  }

  private CacheManager timestampsInHeap() {
    fixture.close();
    return managerWithHeapRegions(
        URI.create(fixture.caches()), List.of("default-update-timestamps-region"));
  }

  /** An enum's hash differs from run to run, and with it the key of a query that has one. */
  @Test
  void query_enumParameter_isServedInTheSameRun() {
    Store store = fixture.restart();
    store.namesIn(Season.AUTUMN);
    store.namesIn(Season.AUTUMN);
    assertThat(store.statistics().getQueryCacheHitCount()).isEqualTo(1);
  }

  @Test
  void entity_enumInItsId_isRefusedInTheFileAndCachedInTheHeap() {
    assertThatThrownBy(() -> fixture.restart().offer(Season.AUTUMN))
        .rootCause()
        .hasMessageContaining("it holds a com.acme.store.Season");

    Store store = fixture.restart(offersInHeap());
    store.offer(Season.SPRING);
    store.statistics().clear();
    store.offer(Season.SPRING);
    assertThat(store.statistics().getPrepareStatementCount()).isZero();
  }

  private CacheManager offersInHeap() {
    fixture.close();
    return managerWithHeapRegions(URI.create(fixture.caches()), List.of("com.acme.store.Offer"));
  }

  @Test
  void regionsInTheHeap_startEmptyBesideThoseInTheFile() {
    Store first = fixture.restart(brandsInHeap());
    assertThat(first.kelp()).isEqualTo(KELP);

    Store second = fixture.restart(brandsInHeap());
    assertThat(second.kelp()).isEqualTo(KELP);
    assertThat(second.statistics().getPrepareStatementCount()).isEqualTo(1);
  }

  private CacheManager brandsInHeap() {
    fixture.close();
    return managerWithHeapRegions(URI.create(fixture.caches()), List.of("com.acme.store.Brand"));
  }

  private static CacheManager managerWithHeapRegions(URI file, List<String> regions) {
    CachingProvider provider = Caching.getCachingProvider();
    CacheManager caches = provider.getCacheManager(file, provider.getDefaultClassLoader());
    for (String region : regions) {
      caches.createCache(
          region,
          HoldfastConfiguration.builder(Object.class, Object.class).heapOnly().build());
    }
    return caches;
  }
}
