package io.holdfast.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.jdbc.HoldfastConnection;
import io.holdfast.response.CachedResponse;
import io.holdfast.response.ResponseCache;
import io.holdfast.schema.SchemaKey;
import io.holdfast.schema.SchemaWatch;
import io.holdfast.schema.TableName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of the README, so that they compile and do what it says. */
class QuickStartTest {

  @TempDir
  Path directory;

  private final AtomicInteger calls = new AtomicInteger();

  @AfterEach
  void endWatches() {
    SchemaWatch.shutdown();
  }

  @Test
  void cache_inTheNextManager_hasWhatWasPut() {
    CachingProvider provider = Caching.getCachingProvider();
    try (CacheManager manager = manager(provider)) {
      Cache<String, String> cache = answers(manager);
      cache.put("What is a holdfast?", "The root of a kelp.");
      assertThat(cache.get("What is a holdfast?")).isEqualTo("The root of a kelp.");
    }
    try (CacheManager manager = manager(provider)) {
      assertThat(answers(manager).get("What is a holdfast?")).isEqualTo("The root of a kelp.");
    }
  }

  @Test
  void schemaKey_afterAlterTable_findsNoOldAnswer() throws Exception {
    try (CacheManager manager = manager(Caching.getCachingProvider());
        Connection connection = DriverManager.getConnection("jdbc:holdfast:h2:mem:shop");
        Statement statement = connection.createStatement()) {
      ResponseCache<String> responses = ResponseCache.over(manager.createCache(
              "responses",
              new MutableConfiguration<String, CachedResponse>()
                  .setTypes(String.class, CachedResponse.class)))
          .build();
      statement.execute("CREATE TABLE orders (id INT)");

      assertThat(describeOrders(connection, responses)).isEqualTo("answer 1");
      assertThat(describeOrders(connection, responses)).isEqualTo("answer 1");
      statement.execute("ALTER TABLE orders ADD COLUMN note VARCHAR(20)");
      assertThat(describeOrders(connection, responses)).isEqualTo("answer 2");
      responses.close();
    }
  }

  private String describeOrders(Connection connection, ResponseCache<String> responses)
      throws SQLException {
    SchemaKey key = connection
        .unwrap(HoldfastConnection.class)
        .schemaKey(new TableName("PUBLIC", "ORDERS"), "documentation")
        .orElseThrow();
    return responses.get(key, () -> "answer " + calls.incrementAndGet());
  }

  private CacheManager manager(CachingProvider provider) {
    return provider.getCacheManager(
        directory.resolve("answers.db").toUri(), getClass().getClassLoader());
  }

  private static Cache<String, String> answers(CacheManager manager) {
    return manager.createCache(
        "answers", new MutableConfiguration<String, String>().setTypes(String.class, String.class));
  }
}
