package io.holdfast.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.store.StoreException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ehcache.Cache;
import org.ehcache.CacheManager;
import org.ehcache.StateTransitionException;
import org.ehcache.Status;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.EntryUnit;
import org.ehcache.config.units.MemoryUnit;
import org.ehcache.impl.serialization.CompactJavaSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user of Ehcache, without JSR-107, plugs the tier in as the package documentation says. */
class PlainEhcacheTest {
  private record Point(int x, int y) implements Serializable {}

  @TempDir
  Path directory;

  private CacheManager managerOf(ResourcePoolsBuilder pools) {
    return CacheManagerBuilder.newCacheManagerBuilder()
        .using(SqliteFileConfiguration.of(directory.resolve("cache.db")))
        .withCache(
            "rates",
            CacheConfigurationBuilder.newCacheConfigurationBuilder(
                String.class, Double.class, pools))
        .build(true);
  }

  @Test
  void put_underTheHeap_isThereAfterAReopen() {
    ResourcePoolsBuilder pools = ResourcePoolsBuilder.heap(10)
        .with(SqliteResource.SQLITE, 1_000, EntryUnit.ENTRIES, /* persistent= */ true);
    try (CacheManager manager = managerOf(pools)) {
      manager.getCache("rates", String.class, Double.class).put("EUR", 1.25);
    }
    try (CacheManager manager = managerOf(pools)) {
      Cache<String, Double> rates = manager.getCache("rates", String.class, Double.class);
      assertThat(rates.get("EUR")).isEqualTo(1.25);
      assertThat(rates.get("USD")).isNull();
    }
  }

  @Test
  void put_sqliteAlone_isThereAfterAReopen() {
    ResourcePoolsBuilder pools = ResourcePoolsBuilder.newResourcePoolsBuilder()
        .with(SqliteResource.SQLITE, 10, MemoryUnit.MB, true);
    try (CacheManager manager = managerOf(pools)) {
      manager.getCache("rates", String.class, Double.class).put("EUR", 1.25);
    }
    try (CacheManager manager = managerOf(pools)) {
      assertThat(manager.getCache("rates", String.class, Double.class).get("EUR"))
          .isEqualTo(1.25);
    }
  }

  @Test
  void close_poolNotPersistent_forgetsTheRows() {
    ResourcePoolsBuilder pools = ResourcePoolsBuilder.newResourcePoolsBuilder()
        .with(SqliteResource.SQLITE, 10, MemoryUnit.MB, /* persistent= */ false);
    try (CacheManager manager = managerOf(pools)) {
      manager.getCache("rates", String.class, Double.class).put("EUR", 1.25);
    }
    try (CacheManager manager = managerOf(pools)) {
      assertThat(manager.getCache("rates", String.class, Double.class).get("EUR"))
          .isNull();
    }
  }

  @Test
  void init_noFileNamed_isRefused() {
    ResourcePoolsBuilder pools = ResourcePoolsBuilder.newResourcePoolsBuilder()
        .with(SqliteResource.SQLITE, 10, MemoryUnit.MB, true);
    CacheManager manager = CacheManagerBuilder.newCacheManagerBuilder()
        .withCache(
            "rates",
            CacheConfigurationBuilder.newCacheConfigurationBuilder(
                String.class, Double.class, pools))
        .build();

    assertThatThrownBy(manager::init)
        .isInstanceOf(StateTransitionException.class)
        .hasRootCauseMessage("No service found for persistable resource: SQLITE");
    assertThat(manager.getStatus()).isEqualTo(Status.UNINITIALIZED);
  }

  @Test
  void init_fileOfSomethingElse_isRefusedAndLeftAsItWas() throws Exception {
    Path file = Files.writeString(directory.resolve("cache.db"), "A letter, not a database.");
    ResourcePoolsBuilder pools = ResourcePoolsBuilder.newResourcePoolsBuilder()
        .with(SqliteResource.SQLITE, 10, MemoryUnit.MB, true);

    assertThatThrownBy(() -> managerOf(pools))
        .isInstanceOf(StateTransitionException.class)
        .hasStackTraceContaining(StoreException.class.getName())
        .hasStackTraceContaining(file.toString());
    assertThat(file).hasContent("A letter, not a database.");
  }

  @Test
  void init_noSuchDirectory_isRefused() {
    var configuration = SqliteFileConfiguration.of(directory.resolve("none").resolve("cache.db"));
    CacheManager manager =
        CacheManagerBuilder.newCacheManagerBuilder().using(configuration).build();

    assertThatThrownBy(manager::init)
        .isInstanceOf(StateTransitionException.class)
        .hasStackTraceContaining(StoreException.class.getName());
  }

  @Test
  void destroy_managerClosed_forgetsTheRowsOfThisCacheAlone() throws Exception {
    ResourcePoolsBuilder pools =
        ResourcePoolsBuilder.heap(10).with(SqliteResource.SQLITE, 1_000, EntryUnit.ENTRIES, true);
    var service = new SqliteFileService(SqliteFileConfiguration.of(directory.resolve("cache.db")));
    try (CacheManager manager = managerOf(service, pools)) {
      manager.getCache("rates", String.class, Double.class).put("EUR", 1.25);
      manager.getCache("fees", String.class, Double.class).put("EUR", 0.02);
    }

    service.destroy("rates");

    try (CacheManager manager = managerOf(service, pools)) {
      assertThat(manager.getCache("rates", String.class, Double.class).get("EUR"))
          .isNull();
      assertThat(manager.getCache("fees", String.class, Double.class).get("EUR"))
          .isEqualTo(0.02);
    }
  }

  private static CacheManager managerOf(SqliteFileService service, ResourcePoolsBuilder pools) {
    var rates =
        CacheConfigurationBuilder.newCacheConfigurationBuilder(String.class, Double.class, pools);
    return CacheManagerBuilder.newCacheManagerBuilder()
        .using(service)
        .withCache("rates", rates)
        .withCache("fees", rates)
        .build(true);
  }

  /**
   * The serializer numbers classes and keeps the numbers as state. A copy of the file made while the
   * manager is open is what a killed process leaves: the numbers must be in it with the rows.
   */
  @Test
  void put_statefulSerializerAndNoClose_canBeReadByANewProcess() throws Exception {
    Path copy = directory.resolve("copy.db");
    try (CacheManager manager = statefulManager(directory.resolve("cache.db"))) {
      manager.getCache("values", String.class, Point.class).put("a", new Point(3, 4));
      for (String suffix : new String[] {"", "-wal"}) {
        Path part = directory.resolve("cache.db" + suffix);
        if (Files.exists(part)) {
          Files.copy(part, directory.resolve("copy.db" + suffix));
        }
      }
    }
    try (CacheManager manager = statefulManager(copy)) {
      assertThat(manager.getCache("values", String.class, Point.class).get("a"))
          .isEqualTo(new Point(3, 4));
    }
  }

  private static CacheManager statefulManager(Path file) {
    return CacheManagerBuilder.newCacheManagerBuilder()
        .using(SqliteFileConfiguration.of(file))
        .withCache(
            "values",
            CacheConfigurationBuilder.newCacheConfigurationBuilder(
                    String.class,
                    Point.class,
                    ResourcePoolsBuilder.heap(10)
                        .with(SqliteResource.SQLITE, 10, MemoryUnit.MB, true))
                .withValueSerializer(
                    new CompactJavaSerializer<>(PlainEhcacheTest.class.getClassLoader())))
        .build(true);
  }
}
