package io.holdfast.jmx.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.response.CachedResponse;
import io.holdfast.response.Cost;
import io.holdfast.response.ResponseCache;
import io.holdfast.response.ResponseKey;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServerConnection;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real beans, read by name as from another process. */
@Timeout(60)
class BeanReaderTest {

  @TempDir
  Path directory;

  private final BeanReader reader = new BeanReader(InstantSource.fixed(Instant.ofEpochMilli(77)));

  @Test
  void read_realBeans_theNumbersAndDriftsAreThere() throws Exception {
    String url = "jdbc:holdfast:h2:mem:console;DB_CLOSE_DELAY=-1";
    try (CacheManager manager = manager();
        Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      Cache<String, String> cache = manager.createCache(
          "a=b", new MutableConfiguration<String, String>().setTypes(String.class, String.class));
      cache.put("k", "v");
      cache.get("k");
      cache.get("absent");
      statement.execute("CREATE TABLE THINGS (ID INT PRIMARY KEY)");
      Snapshot snapshot = reader.read(ManagementFactory.getPlatformMBeanServer());
      assertThat(snapshot.atMillis()).isEqualTo(77);
      // The name as the application gave it, without the quotes of its object name.
      assertThat(snapshot.caches()).containsOnlyKeys("a=b");
      Numbers numbers = snapshot.caches().get("a=b");
      assertThat(numbers.get("HitCount")).isEqualTo(1);
      assertThat(numbers.get("MissCount")).isEqualTo(1);
      assertThat(numbers.get("HeapHitCount")).isBetween(0.0, 1.0);
      assertThat(snapshot.files().get("console.db").get("FileBytes")).isPositive();
      assertThat(snapshot.files().get("console.db").get("WalBytes")).isPositive();
      DatabaseState database = snapshot.databases().values().iterator().next();
      assertThat(database.numbers().get("TablesWatched")).isEqualTo(1);
      assertThat(database.fingerprint()).hasSize(12);
      assertThat(database.knowledge())
          .matches("others' changes are seen within [0-9.]+ m?s; in doubt: 0 of 1 tables;"
              + " blind spots: 0 connections, 0 statements");
      assertThat(database.recent()).hasSize(1);
      assertThat(database.recent().get(0).table()).isEqualTo("PUBLIC.THINGS");
      assertThat(database.recent().get(0).outside()).isFalse();
      assertThat(database.recent().get(0).atMillis()).isPositive();
    } finally {
      io.holdfast.schema.SchemaWatch.shutdown();
    }
  }

  @Test
  void read_aResponseCache_hitsAndSavingsAreThere() throws Exception {
    try (CacheManager manager = manager()) {
      Cache<String, CachedResponse> store = manager.createCache(
          "answers",
          new MutableConfiguration<String, CachedResponse>()
              .setTypes(String.class, CachedResponse.class));
      try (ResponseCache<String> cache = ResponseCache.over(store)
          .name("answers")
          .costOf(text -> Cost.of(2, "EUR"))
          .build()) {
        var key = ResponseKey.builder("answers").part("question", "why").build();
        for (int i = 0; i < 4; i++) {
          cache.get(key, () -> "because");
        }
        ResponseState state =
            reader.read(ManagementFactory.getPlatformMBeanServer()).responses().get("answers");
        assertThat(state.numbers().get("HitCount")).isEqualTo(3);
        assertThat(state.numbers().get("MissCount")).isEqualTo(1);
        assertThat(state.numbers().get("SavedMillis")).isNotNegative();
        assertThat(state.bypassed()).isFalse();
        assertThat(state.saved().get("EUR")).isEqualByComparingTo("6");
      }
    }
  }

  private CacheManager manager() {
    return Caching.getCachingProvider()
        .getCacheManager(directory.resolve("console.db").toUri(), getClass().getClassLoader());
  }

  @Test
  void read_noBeans_isEmpty() throws Exception {
    assertThat(reader.read(MBeanServerFactory.newMBeanServer()).isEmpty()).isTrue();
  }

  @Test
  void read_beanGoneAfterItsNameWasFound_isLeftOut() throws Exception {
    var real = ManagementFactory.getPlatformMBeanServer();
    try (CacheManager manager = manager()) {
      manager.createCache("here", new MutableConfiguration<>());
      manager.createCache("gone", new MutableConfiguration<>());
      var forgetful = (MBeanServerConnection) Proxy.newProxyInstance(
          getClass().getClassLoader(),
          new Class<?>[] {MBeanServerConnection.class},
          (proxy, method, arguments) -> {
            if (method.getName().equals("getAttributes")
                && ((ObjectName) arguments[0]).getKeyProperty("name").equals("gone")) {
              throw new InstanceNotFoundException("gone");
            }
            try {
              return method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
              throw e.getCause();
            }
          });
      assertThat(reader.read(forgetful).caches()).containsOnlyKeys("here");
    }
  }
}
