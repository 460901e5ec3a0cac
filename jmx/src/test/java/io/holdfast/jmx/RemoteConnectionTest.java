package io.holdfast.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.response.CachedResponse;
import io.holdfast.response.ResponseCache;
import io.holdfast.response.ResponseKey;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real things, found by the ServiceLoader, seen through a real RMI connection as JConsole sees
 * them: a persistent cache, a database behind the wrapper driver, a response cache.
 */
@Timeout(120)
class RemoteConnectionTest {

  @TempDir
  Path directory;

  private JMXConnectorServer connectorServer;
  private JMXConnector connector;
  private MBeanServerConnection remote;

  @BeforeEach
  @SuppressWarnings("BanJNDI") // the address is this test's own, on the loopback
  void connect() throws Exception {
    // Port 0 and a stub in the address: no registry, no fixed port.
    connectorServer = JMXConnectorServerFactory.newJMXConnectorServer(
        new JMXServiceURL("rmi", "127.0.0.1", 0), null, ManagementFactory.getPlatformMBeanServer());
    connectorServer.start();
    connector = JMXConnectorFactory.connect(connectorServer.getAddress());
    remote = connector.getMBeanServerConnection();
  }

  @AfterEach
  void disconnect() throws Exception {
    try {
      assertThat(remote.queryNames(new ObjectName("io.holdfast:*"), null)).isEmpty();
    } finally {
      try {
        connector.close();
      } finally {
        connectorServer.stop();
      }
    }
  }

  @Test
  void cache_hitsAndMisses_areSeenFromOutsideAndGoneAfterClose() throws Exception {
    var bean = new ObjectName("io.holdfast:type=Cache,name=orders");
    try (CacheManager manager = manager("cache.db")) {
      Cache<String, String> cache = manager.createCache(
          "orders",
          new MutableConfiguration<String, String>().setTypes(String.class, String.class));
      cache.put("a", "1");
      assertThat(cache.get("a")).isEqualTo("1");
      assertThat(cache.get("a")).isEqualTo("1");
      assertThat(cache.get("b")).isNull();

      assertThat(remote.getAttribute(bean, "HitCount")).isEqualTo(2L);
      assertThat(remote.getAttribute(bean, "MissCount")).isEqualTo(1L);
      assertThat(remote.getAttribute(bean, "HitPercentage")).isEqualTo(66.7);
      assertThat(remote.getAttribute(bean, "PutCount")).isEqualTo(1L);
      assertThat(remote.getAttribute(bean, "TierHitCount")).isEqualTo(1L);
      assertThat(remote.getAttribute(bean, "HeapHitCount")).isEqualTo(1L);
      assertThat(remote.getAttribute(bean, "EntryCount")).isEqualTo(1L);

      ObjectName file = remote
          .queryNames(new ObjectName("io.holdfast:type=CacheFile,*"), null)
          .iterator()
          .next();
      assertThat((long) remote.getAttribute(file, "CommitCount")).isPositive();
      assertThat((long) remote.getAttribute(file, "FileBytes")).isPositive();

      manager.destroyCache("orders");
      assertThat(remote.isRegistered(bean)).isFalse();
    }
  }

  @Test
  void responseCache_overHoldfast_isSeenFromOutside() throws Exception {
    try (CacheManager manager = manager("responses.db")) {
      Cache<String, CachedResponse> cache = manager.createCache(
          "answers",
          new MutableConfiguration<String, CachedResponse>()
              .setTypes(String.class, CachedResponse.class));
      try (var responses = ResponseCache.over(cache).name("docs").build()) {
        var key = ResponseKey.builder("docs").part("question", "why").build();
        assertThat(responses.get(key, () -> "because")).isEqualTo("because");
        assertThat(responses.get(key, () -> "again")).isEqualTo("because");
        var bean = new ObjectName("io.holdfast:type=ResponseCache,name=docs");
        assertThat(remote.getAttribute(bean, "HitCount")).isEqualTo(1L);
        assertThat(remote.getAttribute(bean, "MissCount")).isEqualTo(1L);
        assertThat(remote.getAttribute(bean, "StoredCount")).isEqualTo(1L);
      }
      assertThat(remote.queryNames(new ObjectName("io.holdfast:type=ResponseCache,*"), null))
          .isEmpty();
    }
  }

  @Test
  void schemaDrift_alterThroughTheDriver_isCountedToldAndNotified() throws Exception {
    BlockingQueue<Notification> notifications = new LinkedBlockingQueue<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:holdfast:h2:mem:jmxshop;DB_CLOSE_DELAY=-1");
        Statement statement = connection.createStatement()) {
      ObjectName bean = remote
          .queryNames(new ObjectName("io.holdfast:type=SchemaDrift,*"), null)
          .iterator()
          .next();
      statement.execute("CREATE TABLE ORDERS (ID INT PRIMARY KEY)");
      remote.addNotificationListener(
          bean, (notification, handback) -> notifications.add(notification), null, null);
      statement.execute("ALTER TABLE ORDERS ADD COLUMN NOTE VARCHAR(20)");

      Notification notification = notifications.poll(60, TimeUnit.SECONDS);
      while (notification != null && !notification.getMessage().contains("NOTE")) {
        notification = notifications.poll(60, TimeUnit.SECONDS);
      }
      assertThat(notification).isNotNull();
      assertThat(notification.getType()).isEqualTo("io.holdfast.schema.drift");
      assertThat(notification.getSource()).isEqualTo(bean);
      var userData = (CompositeData) notification.getUserData();
      assertThat(userData.get("table")).isEqualTo("PUBLIC.ORDERS");
      assertThat(userData.get("origin")).isEqualTo("OWN_CONNECTION");

      assertThat((long) remote.getAttribute(bean, "DriftCount")).isPositive();
      assertThat((long) remote.getAttribute(bean, "DdlSeenCertainCount")).isPositive();
      assertThat((String) remote.getAttribute(bean, "LastDriftSummary"))
          .startsWith("PUBLIC.ORDERS: column NOTE added");
      var recent = (CompositeData[]) remote.getAttribute(bean, "RecentDrift");
      assertThat(recent[0].get("table")).isEqualTo("PUBLIC.ORDERS");
      var journal = (TabularData) remote.getAttribute(bean, "Journal");
      assertThat(journal.values())
          .extracting(row -> ((CompositeData) ((CompositeData) row).get("value")).get("summary"))
          .contains("PUBLIC.ORDERS: column NOTE added");
      assertThat((String) remote.getAttribute(bean, "SchemaFingerprint")).startsWith("f2:");
      assertThat(remote.invoke(
              bean, "tableFingerprint", new Object[] {"PUBLIC", "ORDERS"}, new String[] {
                String.class.getName(), String.class.getName()
              }))
          .isEqualTo(userData.get("after"));
      statement.execute("SHUTDOWN");
    } finally {
      // The database lingers after its last connection; the beans go when the watch ends.
      io.holdfast.schema.SchemaWatch.shutdown();
    }
  }

  private CacheManager manager(String file) {
    return Caching.getCachingProvider()
        .getCacheManager(directory.resolve(file).toUri(), getClass().getClassLoader());
  }
}
