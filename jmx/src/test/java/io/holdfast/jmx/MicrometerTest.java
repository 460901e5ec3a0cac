package io.holdfast.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.binder.cache.JCacheMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The beans of JSR-107 as Micrometer finds them: by a name that it puts together itself. */
class MicrometerTest {

  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

  @TempDir
  Path directory;

  @AfterEach
  void nothingIsLeft() throws Exception {
    assertThat(standardBeans()).isEmpty();
    assertThat(SERVER.queryNames(new ObjectName("io.holdfast:*"), null)).isEmpty();
  }

  private static Set<ObjectName> standardBeans() throws Exception {
    return SERVER.queryNames(new ObjectName("javax.cache:*"), null);
  }

  private CacheManager manager(String file) {
    return Caching.getCachingProvider()
        .getCacheManager(directory.resolve(file).toUri(), getClass().getClassLoader());
  }

  private static Cache<String, String> cache(CacheManager manager, String name) {
    return manager.createCache(
        name,
        new MutableConfiguration<String, String>()
            .setTypes(String.class, String.class)
            .setStatisticsEnabled(true)
            .setManagementEnabled(true));
  }

  private static double meter(SimpleMeterRegistry registry, String name, String... tags) {
    return registry.get(name).tags(tags).functionCounter().count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "prices per country", "a-b_c.d", "ünïcode 漢字", "a~2"})
  void jCacheMetrics_findTheCounters(String name) throws Exception {
    try (CacheManager manager = manager("meters.db")) {
      Cache<String, String> cache = cache(manager, name);
      var registry = new SimpleMeterRegistry();
      JCacheMetrics.monitor(registry, cache);
      cache.put("k", "v");
      cache.put("l", "v");
      cache.get("k");
      cache.get("k");
      cache.get("absent");
      cache.remove("l");
      assertThat(meter(registry, "cache.gets", "result", "hit", "cache", name)).isEqualTo(2);
      assertThat(meter(registry, "cache.gets", "result", "miss")).isEqualTo(1);
      assertThat(meter(registry, "cache.puts")).isEqualTo(2);
      assertThat(registry.get("cache.removals").gauge().value()).isEqualTo(1);
      assertThat(meter(registry, "cache.evictions")).isZero();
    }
  }

  @Test
  void jCacheMetrics_sameNameInTwoManagers_eachHasItsOwnNumbers() throws Exception {
    var registryOfSecond = new SimpleMeterRegistry();
    try (CacheManager two = manager("two.db")) {
      Cache<String, String> second = cache(two, "orders");
      JCacheMetrics.monitor(registryOfSecond, second);
      try (CacheManager one = manager("one.db")) {
        Cache<String, String> first = cache(one, "orders");
        var registryOfFirst = new SimpleMeterRegistry();
        JCacheMetrics.monitor(registryOfFirst, first);
        first.put("k", "v");
        assertThat(meter(registryOfFirst, "cache.puts")).isEqualTo(1);
        assertThat(meter(registryOfSecond, "cache.puts")).isZero();
      }
      assertThat(standardBeans()).hasSize(2);
      second.put("k", "v");
      assertThat(meter(registryOfSecond, "cache.puts")).isEqualTo(1);
    }
  }

  /** Micrometer cannot name these; the caches still each have their beans, and lose them again. */
  @Test
  void namesThatJmxReserves_areRegisteredApart_andGoneAfterDestroy() throws Exception {
    List<String> names =
        List.of("a:b", "a,b", "a=b", "a*b", "a?b", "a\"b", "a\nb", "a.b", "", " ", "*");
    try (CacheManager manager = manager("odd.db")) {
      for (String name : names) {
        cache(manager, name).put("k", name);
      }
      assertThat(standardBeans()).hasSize(2 * names.size()).noneMatch(ObjectName::isPattern);
      for (ObjectName bean :
          SERVER.queryNames(new ObjectName("javax.cache:type=CacheStatistics,*"), null)) {
        assertThat(SERVER.getAttribute(bean, "CachePuts")).as(bean.toString()).isEqualTo(1L);
      }
      for (String name : names) {
        manager.destroyCache(name);
      }
      assertThat(standardBeans()).isEmpty();
    }
  }

  @Test
  void attributes_areThoseOfTheSpecification() throws Exception {
    try (CacheManager manager = manager("names.db")) {
      cache(manager, "orders");
      assertThat(attributes("CacheStatistics"))
          .containsExactlyInAnyOrder(
              "CacheHits",
              "CacheHitPercentage",
              "CacheMisses",
              "CacheMissPercentage",
              "CacheGets",
              "CachePuts",
              "CacheRemovals",
              "CacheEvictions",
              "AverageGetTime",
              "AveragePutTime",
              "AverageRemoveTime");
      assertThat(attributes("CacheConfiguration"))
          .containsExactlyInAnyOrder(
              "KeyType",
              "ValueType",
              "ReadThrough",
              "WriteThrough",
              "StoreByValue",
              "StatisticsEnabled",
              "ManagementEnabled");
    }
  }

  private static List<String> attributes(String type) throws Exception {
    ObjectName bean = SERVER
        .queryNames(new ObjectName("javax.cache:type=" + type + ",*"), null)
        .iterator()
        .next();
    return Stream.of(SERVER.getMBeanInfo(bean).getAttributes())
        .map(MBeanAttributeInfo::getName)
        .toList();
  }
}
