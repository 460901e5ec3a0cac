package io.holdfast.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.jcache.HoldfastCachingProvider;
import io.holdfast.response.CachedResponse;
import io.holdfast.response.ResponseCache;
import io.holdfast.response.ResponseKey;
import io.holdfast.schema.SchemaWatch;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A monitor polls. What it costs is counted in statements, which no loaded machine changes. */
@Timeout(120)
class CheapReadingTest {

  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
  private static final int POLLS = 50;

  @TempDir
  Path directory;

  private static ObjectName bean(String properties) throws Exception {
    return new ObjectName("io.holdfast:" + properties);
  }

  private static Set<String> types(Set<ObjectName> beans) {
    var types = new TreeSet<String>();
    beans.forEach(bean -> types.add(bean.getKeyProperty("type")));
    return types;
  }

  /** Every attribute of every bean of ours, and of JSR-107's, as JConsole shows them. */
  private static int poll() throws Exception {
    int read = 0;
    for (String domain : new String[] {"io.holdfast:*", "javax.cache:*"}) {
      for (ObjectName bean : SERVER.queryNames(new ObjectName(domain), null)) {
        String[] names = Stream.of(SERVER.getMBeanInfo(bean).getAttributes())
            .map(MBeanAttributeInfo::getName)
            .toArray(String[]::new);
        assertThat(SERVER.getAttributes(bean, names)).as(bean.toString()).hasSize(names.length);
        read += names.length;
      }
    }
    return read;
  }

  @Test
  void allAttributes_polledOften_sendNoStatementToTheDatabase_andFewToTheFile() throws Exception {
    try (var provider = new HoldfastCachingProvider();
        CacheManager manager = provider.getCacheManager(
            directory.resolve("cache.db").toUri(), getClass().getClassLoader(), new Properties());
        Connection outside = DriverManager.getConnection("jdbc:h2:mem:polled;DB_CLOSE_DELAY=-1");
        Connection watched =
            DriverManager.getConnection("jdbc:holdfast(poll=0):h2:mem:polled;DB_CLOSE_DELAY=-1");
        ResponseCache<String> responses =
            ResponseCache.over(answers(manager)).name("answers").build()) {
      execute(watched, "CREATE TABLE ORDERS (ID INT PRIMARY KEY)");
      execute(watched, "ALTER TABLE ORDERS ADD COLUMN NOTE VARCHAR(20)");
      responses.get(ResponseKey.builder("docs").part("question", "why").build(), () -> "because");
      assertThat(types(SERVER.queryNames(bean("*"), null)))
          .containsExactly("Cache", "CacheFile", "ResponseCache", "SchemaDrift");
      execute(outside, "SET OPTIMIZE_REUSE_RESULTS 0");
      execute(outside, "SET QUERY_STATISTICS TRUE");
      ObjectName file = bean("type=CacheFile,name=cache.db");

      assertThat(poll()).as("attributes").isGreaterThan(100);
      long statements = statements(outside);
      long reads = (long) SERVER.getAttribute(file, "ReadCount");
      long commits = (long) SERVER.getAttribute(file, "CommitCount");
      long startNanos = System.nanoTime();
      for (int i = 0; i < POLLS; i++) {
        poll();
      }
      long seconds = (System.nanoTime() - startNanos) / 1_000_000_000L;

      // One more is our own question.
      assertThat(statements(outside)).isEqualTo(statements + 1);
      assertThat((long) SERVER.getAttribute(file, "ReadCount") - reads)
          .as("with those of the housekeeping, a few a second")
          .isLessThanOrEqualTo(10 * (seconds + 2));
      assertThat((long) SERVER.getAttribute(file, "CommitCount") - commits)
          .as("of the housekeeping")
          .isLessThanOrEqualTo(seconds + 2);

      ObjectName drift =
          SERVER.queryNames(bean("type=SchemaDrift,*"), null).iterator().next();
      SERVER.invoke(drift, "refreshFingerprints", new Object[0], new String[0]);
      assertThat(statements(outside)).as("a reading is seen").isGreaterThan(statements + 2);
      execute(outside, "SHUTDOWN");
    } finally {
      SchemaWatch.shutdown();
    }
  }

  private static Cache<String, CachedResponse> answers(CacheManager manager) {
    return manager.createCache(
        "answers",
        new MutableConfiguration<String, CachedResponse>()
            .setTypes(String.class, CachedResponse.class)
            .setStatisticsEnabled(true)
            .setManagementEnabled(true));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** How many statements the database has run since it counts; counts itself for the next time. */
  private static long statements(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(
            "SELECT SUM(EXECUTION_COUNT) FROM INFORMATION_SCHEMA.QUERY_STATISTICS")) {
      row.next();
      return row.getLong(1);
    }
  }
}
