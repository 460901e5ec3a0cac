package io.holdfast.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A cache that is opened again with another configuration: the table in the Javadoc of {@link
 * HoldfastConfiguration}, row by row. Classes that changed are in {@link ChangedClassesTest}, expiry is
 * in {@link ExpiryAcrossRestartsTest}.
 */
final class ReopeningTest {
  @TempDir
  Path directory;

  private static Cache<String, String> words(
      ManagerFixture fixture,
      UnaryOperator<HoldfastConfiguration.Builder<String, String>> settings) {
    return fixture
        .manager()
        .createCache(
            "words",
            settings
                .apply(HoldfastConfiguration.builder(String.class, String.class))
                .build());
  }

  @Test
  void otherTypes_startEmpty() {
    try (var fixture = new ManagerFixture(directory)) {
      fixture.words().put("a", "1");
      fixture.reopen();
      Cache<String, Long> longs = fixture.cache("words", String.class, Long.class);
      assertThat(longs.get("a")).isNull();
      longs.put("a", 2L);
      fixture.reopen();
      Cache<Long, Long> otherKeys = fixture.cache("words", Long.class, Long.class);
      assertThat(otherKeys.iterator().hasNext()).isFalse();
      otherKeys.put(3L, 3L);
      fixture.reopen();
      assertThat(fixture.cache("words", Long.class, Long.class).get(3L)).isEqualTo(3L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"normal", "relaxed"})
  void otherTypes_afterCloseInTheSameManager_startEmpty(String durability) {
    Properties properties = new Properties();
    properties.setProperty(HoldfastProperties.DURABILITY, durability);
    try (var fixture = new ManagerFixture(directory, properties)) {
      Cache<String, String> words = fixture.words();
      words.put("a", "1");
      words.close();
      Cache<String, String> same = fixture.words();
      assertThat(same.get("a")).isEqualTo("1");
      same.put("b", "1");
      same.close();
      Cache<String, Long> longs = fixture.cache("words", String.class, Long.class);
      assertThat(longs.iterator().hasNext()).isFalse();
      longs.put("a", 2L);
      assertThat(longs.get("a")).isEqualTo(2L);
      fixture.reopen();
      assertThat(fixture.cache("words", String.class, Long.class).getAll(Set.of("a", "b")))
          .isEqualTo(Map.of("a", 2L));
    }
  }

  @Test
  void smallerFileLimit_evictsDownToItWithTheNextWrite() {
    try (var fixture = new ManagerFixture(directory)) {
      Cache<String, String> wide = fixture.words();
      IntStream.range(0, 20).forEach(i -> wide.put("k" + i, "v"));
      fixture.reopen();
      Cache<String, String> narrow = words(fixture, c -> c.heapEntries(2).diskEntries(5));
      narrow.put("new", "v");
      int entries = 0;
      for (var entry : narrow) {
        assertThat(entry.getValue()).isEqualTo("v");
        entries++;
      }
      assertThat(entries).isLessThanOrEqualTo(5);
      assertThat(narrow.get("new")).isEqualTo("v");
      fixture.reopen();
      Cache<String, String> wideAgain = fixture.words();
      IntStream.range(0, 20).forEach(i -> wideAgain.put("k" + i, "v"));
      assertThat(wideAgain.getAll(Set.of("k0", "k19"))).hasSize(2);
    }
  }

  @Test
  void heapOnlyForAWhile_leavesTheEntriesInTheFileAlone() {
    try (var fixture = new ManagerFixture(directory)) {
      fixture.words().put("a", "1");
      fixture.reopen();
      Cache<String, String> heap = words(fixture, HoldfastConfiguration.Builder::heapOnly);
      assertThat(heap.get("a")).isNull();
      heap.put("b", "2");
      fixture.reopen();
      assertThat(fixture.words().getAll(Set.of("a", "b"))).isEqualTo(Map.of("a", "1"));
    }
  }

  @Test
  void statisticsAndManagement_areAsConfiguredNow_andCountFromZero() {
    try (var fixture = new ManagerFixture(directory)) {
      words(fixture, c -> c.statistics(true).management(true)).put("a", "1");
      fixture.reopen();
      Cache<String, String> off = fixture.words();
      off.get("a");
      assertThat(((HoldfastCache<String, String>) off).statistics().getCacheHits())
          .isZero();
      assertThat(((HoldfastCache<String, String>) off).configuration().isManagementEnabled())
          .isFalse();
      fixture.reopen();
      Cache<String, String> on = words(fixture, c -> c.statistics(true));
      on.get("a");
      assertThat(((HoldfastCache<String, String>) on).statistics().getCacheHits())
          .isEqualTo(1);
    }
  }

  @Test
  void otherDurability_readsTheSameEntries() {
    try (var fixture = new ManagerFixture(directory)) {
      fixture.words().put("a", "1");
    }
    Properties full = new Properties();
    full.setProperty(HoldfastProperties.DURABILITY, "full");
    try (var fixture = new ManagerFixture(directory, full)) {
      Cache<String, String> cache = fixture.words();
      assertThat(cache.get("a")).isEqualTo("1");
      cache.put("b", "2");
    }
    try (var fixture = new ManagerFixture(directory)) {
      assertThat(fixture.words().getAll(Set.of("a", "b"))).hasSize(2);
    }
  }

  @Test
  void immutablePromise_loaderAndHeapSize_areNoMatterOfTheFile() {
    try (var fixture = new ManagerFixture(directory)) {
      fixture.words().put("a", "1");
      fixture.reopen();
      Cache<String, String> other =
          words(fixture, c -> c.immutable(StringBuilder.class).heapEntries(1));
      assertThat(other.get("a")).isEqualTo("1");
    }
  }

  /** Two applications in one server that never named a file: each has its cache, as JSR-107 says. */
  @Test
  void defaultUri_secondManagersCache_isItsOwnAndDestroyedAlone() {
    Properties properties = new Properties();
    properties.setProperty(
        HoldfastProperties.FILE, directory.resolve("shared.db").toString());
    var types = new MutableConfiguration<String, String>().setTypes(String.class, String.class);
    try (var first = new HoldfastCachingProvider();
        var second = new HoldfastCachingProvider()) {
      var one = first.getCacheManager(null, null, properties).createCache("words", types);
      var manager = second.getCacheManager(null, null, properties);
      manager.createCache("words", types).put("a", "2");
      one.put("a", "1");
      manager.destroyCache("words");
      assertThat(one.get("a")).isEqualTo("1");
      manager.destroyCache("words"); // not open there any more: still not its own
      assertThat(one.get("a")).isEqualTo("1");
    }
  }
}
