package io.holdfast.jmx.console;

import io.holdfast.response.CachedResponse;
import io.holdfast.response.Cost;
import io.holdfast.response.ResponseCache;
import io.holdfast.response.ResponseKey;
import io.holdfast.schema.SchemaWatch;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

/**
 * An application worth looking at: caches of different habits in two files, and a database that is
 * altered through the wrapper driver and behind its back. For the pictures of {@code docs/pictures}.
 *
 * <p>Arguments: a directory for the files, and for how many seconds to run.
 */
final class LoadProgram {

  private static final long STEP_MILLIS = 50;
  private static final Cost CENT = new Cost(new BigDecimal("0.01"), "EUR");

  private LoadProgram() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(args[1]));
    var random = new Random(20261121);
    String shop = "h2:mem:shop;DB_CLOSE_DELAY=-1";
    try (CacheManager fast = manager(directory.resolve("shop.db"));
        CacheManager answers = manager(directory.resolve("answers.db"));
        Connection outside = DriverManager.getConnection("jdbc:" + shop);
        Connection connection = DriverManager.getConnection("jdbc:holdfast(poll=500ms):" + shop)) {
      Cache<String, String> orders = cache(fast, "orders");
      Cache<String, String> customers = cache(fast, "customers");
      Cache<String, String> prices = cache(fast, "prices per country");
      Cache<String, CachedResponse> texts = answers.createCache(
          "answers",
          new MutableConfiguration<String, CachedResponse>()
              .setTypes(String.class, CachedResponse.class));
      ResponseCache<String> responses =
          ResponseCache.over(texts).name("answers").costOf(text -> CENT).build();
      execute(connection, "CREATE TABLE ORDERS (ID INT PRIMARY KEY, TOTAL INT)");
      execute(connection, "CREATE TABLE CUSTOMERS (ID INT PRIMARY KEY, NAME VARCHAR(80))");
      for (int step = 0; System.nanoTime() < endNanos; step++) {
        // Orders warm up, customers are many more than fit the heap, prices come in waves.
        readThrough(orders, random, 120, 400 + step, 300);
        readThrough(customers, random, 60, 12_000, 200);
        readThrough(prices, random, 20 + (int) (18 * Math.sin(step / 60.0)), 900, 100);
        ask(responses, random, 8, 3_000);
        alter(connection, outside, step);
        TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
      }
    } finally {
      SchemaWatch.shutdown();
    }
  }

  private static CacheManager manager(Path file) {
    var properties = new Properties();
    properties.setProperty("holdfast.heap.entries", "2000");
    return Caching.getCachingProvider()
        .getCacheManager(file.toUri(), LoadProgram.class.getClassLoader(), properties);
  }

  private static Cache<String, String> cache(CacheManager manager, String name) {
    return manager.createCache(
        name, new MutableConfiguration<String, String>().setTypes(String.class, String.class));
  }

  private static void readThrough(
      Cache<String, String> cache, Random random, int times, int keys, int valueLength) {
    for (int i = 0; i < times; i++) {
      // Squared: some keys are asked for much more often than others.
      String key = "key " + (int) (keys * random.nextDouble() * random.nextDouble());
      if (cache.get(key) == null) {
        cache.put(key, "x".repeat(valueLength));
      }
    }
  }

  private static void ask(ResponseCache<String> responses, Random random, int times, int questions)
      throws Exception {
    for (int i = 0; i < times; i++) {
      int question = (int) (questions * random.nextDouble() * random.nextDouble());
      responses.get(
          ResponseKey.builder("answers").part("question", "no " + question).build(), () -> {
            TimeUnit.MILLISECONDS.sleep(5);
            return "because ".repeat(500);
          });
    }
  }

  private static void alter(Connection connection, Connection outside, int step) throws Exception {
    if (step % 240 == 60) {
      execute(connection, "ALTER TABLE ORDERS ADD COLUMN NOTE_" + step + " VARCHAR(20)");
    } else if (step % 240 == 180) {
      execute(outside, "ALTER TABLE CUSTOMERS ADD COLUMN CITY_" + step + " VARCHAR(40)");
    }
  }

  private static void execute(Connection connection, String sql) throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
