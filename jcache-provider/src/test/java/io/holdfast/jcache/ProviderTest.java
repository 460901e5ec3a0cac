package io.holdfast.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import java.util.ServiceLoader;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding the provider, and what its managers take as URI and settings. */
final class ProviderTest {
  @TempDir
  Path directory;

  @Test
  void serviceLoader_findsExactlyOurs() {
    assertThat(ServiceLoader.load(CachingProvider.class).stream().map(ServiceLoader.Provider::type))
        .singleElement()
        .isEqualTo(HoldfastCachingProvider.class);
    assertThat(Caching.getCachingProvider()).isInstanceOf(HoldfastCachingProvider.class);
    Caching.getCachingProvider().close();
  }

  @Test
  void isSupported_storeByReference_isFalseAndSuchACacheIsRefused() {
    try (var fixture = new ManagerFixture(directory)) {
      assertThat(fixture.provider().isSupported(OptionalFeature.STORE_BY_REFERENCE))
          .isFalse();
      var byReference = new MutableConfiguration<String, String>().setStoreByValue(false);
      assertThatThrownBy(() -> fixture.manager().createCache("words", byReference))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void getCacheManager_defaultUri_takesTheFileOfItsProperties() {
    Properties properties = new Properties();
    Path file = directory.resolve("mine.db");
    properties.setProperty(HoldfastProperties.FILE, file.toString());
    try (var provider = new HoldfastCachingProvider()) {
      var manager = (HoldfastCacheManager) provider.getCacheManager(null, null, properties);
      assertThat(manager.getURI()).isEqualTo(provider.getDefaultURI());
      assertThat(manager.file()).isEqualTo(file);
      assertThat(provider.getCacheManager()).isSameAs(manager);
      manager.close();
      assertThat(provider.getCacheManager()).isNotSameAs(manager);
      assertThatThrownBy(manager::getCacheNames).isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "urn:other",
        "http://example.com/cache.db",
        "file:relative.db",
        "file:///directory/"
      })
  void getCacheManager_uriOfNoFile_isRefusedByName(String uri) {
    try (var provider = new HoldfastCachingProvider()) {
      assertThatThrownBy(() -> provider.getCacheManager(URI.create(uri), null))
          .isInstanceOf(CacheException.class)
          .hasMessageContaining(uri);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "holdfast.durability, sometimes",
    "holdfast.storage, cloud",
    "holdfast.heap.entries, 0",
    "holdfast.heap.entries, many",
    "holdfast.disk.entries, -1",
    "holdfast.disk.bytes, 1.5"
  })
  void getCacheManager_wrongSetting_isRefusedByNameAndValue(String name, String value) {
    Properties properties = new Properties();
    properties.setProperty(name, value);
    try (var provider = new HoldfastCachingProvider()) {
      assertThatThrownBy(
              () -> provider.getCacheManager(directory.resolve("c.db").toUri(), null, properties))
          .isInstanceOf(CacheException.class)
          .hasMessageContaining(name)
          .hasMessageContaining(value);
    }
  }

  @Test
  void createCache_diskSmallerThanHeap_isRefusedWithBothNumbers() {
    try (var fixture = new ManagerFixture(directory)) {
      var configuration = HoldfastConfiguration.builder(String.class, String.class)
          .heapEntries(100)
          .diskEntries(50)
          .build();
      assertThatThrownBy(() -> fixture.manager().createCache("words", configuration))
          .isInstanceOf(CacheException.class)
          .hasMessageContaining("words")
          .hasMessageContaining("100")
          .hasMessageContaining("50");
    }
  }

  @Test
  void unwrap_ofCacheAndManager_givesOurClassesAndEhcaches() {
    try (var fixture = new ManagerFixture(directory)) {
      var cache = fixture.words();
      assertThat((Object) cache.unwrap(HoldfastCache.class)).isSameAs(cache);
      assertThat((Object) cache.unwrap(org.ehcache.Cache.class)).isNotNull();
      CacheManager manager = fixture.manager();
      assertThat(manager.unwrap(HoldfastCacheManager.class)).isSameAs(manager);
      assertThat(manager.unwrap(org.ehcache.CacheManager.class)).isNotNull();
      assertThatThrownBy(() -> cache.unwrap(String.class))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void defaultUri_sameCacheInTwoManagers_keepsTheSecondInTheHeap() {
    Properties properties = new Properties();
    properties.setProperty(
        HoldfastProperties.FILE, directory.resolve("shared.db").toString());
    try (var first = new HoldfastCachingProvider();
        var second = new HoldfastCachingProvider()) {
      var types = new MutableConfiguration<String, String>().setTypes(String.class, String.class);
      var one = first.getCacheManager(null, null, properties).createCache("words", types);
      var two = second.getCacheManager(null, null, properties).createCache("words", types);
      one.put("a", "1");
      assertThat(two.get("a")).isNull();
      two.put("a", "2");
      assertThat(one.get("a")).isEqualTo("1");
    }
  }
}
