package io.holdfast.jmx;

import io.holdfast.jdbc.HoldfastDriver;
import io.holdfast.response.CachedResponse;
import io.holdfast.response.ResponseCache;
import io.holdfast.response.ResponseKey;
import io.holdfast.schema.SchemaWatch;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

/**
 * What a container deploys, with all jars in a class loader of its own: caches in a file, a response
 * cache over one, and a database behind the wrapper driver. Its types are known to its loader alone.
 */
final class DeployedApplication implements Runnable, AutoCloseable {

  private final CacheManager manager;
  private final ResponseCache<String> responses;
  private final Connection connection;

  DeployedApplication(Path file, String database) throws SQLException {
    // DriverManager looks for services once in the life of a JVM, for whoever asks first.
    HoldfastDriver.register();
    org.h2.Driver.load();
    manager = Caching.getCachingProvider()
        .getCacheManager(file.toUri(), DeployedApplication.class.getClassLoader());
    Cache<String, CachedResponse> answers = manager.createCache(
        "answers",
        new MutableConfiguration<String, CachedResponse>()
            .setTypes(String.class, CachedResponse.class)
            .setStatisticsEnabled(true)
            .setManagementEnabled(true));
    responses = ResponseCache.over(answers).name("answers").build();
    connection = DriverManager.getConnection("jdbc:holdfast(poll=50ms):h2:mem:" + database);
  }

  /** Some work, on the caller's thread. */
  @Override
  public void run() {
    for (int i = 0; i < 20; i++) {
      responses.get(
          ResponseKey.builder("answers").part("question", "no " + i).build(), () -> "because");
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS ORDERS (ID INT PRIMARY KEY)");
      statement.execute("ALTER TABLE ORDERS ADD COLUMN IF NOT EXISTS NOTE VARCHAR(20)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As README asks of an application that is undeployed. */
  @Override
  public void close() throws SQLException {
    connection.close();
    responses.close();
    Caching.getCachingProvider().close();
    SchemaWatch.shutdown();
    HoldfastDriver.deregister();
    // A container does this for the drivers that an application brought with it.
    for (Driver driver : Collections.list(DriverManager.getDrivers())) {
      if (driver.getClass().getClassLoader() == getClass().getClassLoader()) {
        DriverManager.deregisterDriver(driver);
      }
    }
  }
}
