package io.holdfast.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.jcache.HoldfastCachingProvider;
import io.holdfast.response.CachedResponse;
import io.holdfast.response.ResponseCache;
import io.holdfast.schema.SchemaWatch;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.management.Attribute;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
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
 * The operations as two roles meet them over a real connection with password and access files, as the
 * JDK's own agent reads them: {@code monitorRole} sees everything and does nothing, {@code controlRole}
 * does what the owner permits.
 */
@Timeout(120)
class RolesTest {

  private static final String[] NO_TYPES = {};
  private static final ObjectName ORDERS = name("io.holdfast:type=Cache,name=orders");
  private static final ObjectName FILE = name("io.holdfast:type=CacheFile,name=cache.db");

  @TempDir
  Path directory;

  private Path backups;
  private JMXConnectorServer server;
  private JMXConnector monitoring;
  private JMXConnector controlling;
  private MBeanServerConnection monitorRole;
  private MBeanServerConnection controlRole;

  private static ObjectName name(String text) {
    try {
      return new ObjectName(text);
    } catch (javax.management.MalformedObjectNameException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  @BeforeEach
  @SuppressWarnings("BanJNDI") // the address is this test's own, on the loopback
  void connect() throws Exception {
    backups = Files.createDirectory(directory.resolve("backups"));
    System.setProperty("holdfast.jmx.operations", "all");
    System.setProperty("holdfast.jmx.backupDirectory", backups.toString());
    server = JMXConnectorServerFactory.newJMXConnectorServer(
        new JMXServiceURL("rmi", "127.0.0.1", 0),
        Map.of(
            "jmx.remote.x.password.file",
            secret("passwords", "monitorRole see\ncontrolRole do\n"),
            "jmx.remote.x.access.file",
            secret("access", "monitorRole readonly\ncontrolRole readwrite\n")),
        ManagementFactory.getPlatformMBeanServer());
    server.start();
    monitoring = connectAs("monitorRole", "see");
    controlling = connectAs("controlRole", "do");
    monitorRole = monitoring.getMBeanServerConnection();
    controlRole = controlling.getMBeanServerConnection();
  }

  private String secret(String file, String content) throws Exception {
    Path path = directory.resolve(file);
    Files.createFile(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(path, content).toString();
  }

  @SuppressWarnings("BanJNDI")
  private JMXConnector connectAs(String role, String password) throws Exception {
    return JMXConnectorFactory.connect(
        server.getAddress(), Map.of(JMXConnector.CREDENTIALS, new String[] {role, password}));
  }

  @AfterEach
  void disconnect() throws Exception {
    System.clearProperty("holdfast.jmx.operations");
    System.clearProperty("holdfast.jmx.backupDirectory");
    monitoring.close();
    controlling.close();
    server.stop();
  }

  private CacheManager manager(HoldfastCachingProvider provider) {
    return provider.getCacheManager(
        directory.resolve("cache.db").toUri(), getClass().getClassLoader(), new Properties());
  }

  private static Cache<String, String> orders(CacheManager manager) {
    Cache<String, String> cache = manager.createCache(
        "orders", new MutableConfiguration<String, String>().setTypes(String.class, String.class));
    cache.put("a", "1");
    cache.put("b", "2");
    return cache;
  }

  @Test
  void wrongPassword_isRefused() {
    assertThatThrownBy(() -> connectAs("controlRole", "see")).isInstanceOf(SecurityException.class);
  }

  /** Every bean there is: ours of all kinds, those of JSR-107 and those of the pools. */
  @Test
  void monitorRole_onEveryBean_readsEverythingAndDoesNothing() throws Exception {
    try (var provider = new HoldfastCachingProvider();
        CacheManager manager = manager(provider);
        Connection outside = DriverManager.getConnection("jdbc:h2:mem:seen;DB_CLOSE_DELAY=-1");
        Connection watched =
            DriverManager.getConnection("jdbc:holdfast(poll=0):h2:mem:seen;DB_CLOSE_DELAY=-1");
        Statement ddl = watched.createStatement();
        ResponseCache<String> responses =
            ResponseCache.over(answers(manager)).name("answers").build()) {
      ddl.execute("CREATE TABLE ORDERS (ID INT PRIMARY KEY)");
      Cache<String, String> cache = orders(manager);
      assertThat(responses.statistics().hits()).isZero();
      Set<ObjectName> beans = beansOnceThePoolsHaveTheirs();
      assertThat(beans)
          .extracting(
              bean -> bean.getDomain() + ":" + bean.getKeyProperty("type").replaceFirst(" .*", ""))
          .contains(
              "io.holdfast:Cache",
              "io.holdfast:CacheFile",
              "io.holdfast:SchemaDrift",
              "io.holdfast:ResponseCache",
              "javax.cache:CacheStatistics",
              "javax.cache:CacheConfiguration",
              "com.zaxxer.hikari:Pool");
      for (ObjectName bean : beans) {
        for (MBeanAttributeInfo attribute : monitorRole.getMBeanInfo(bean).getAttributes()) {
          if (attribute.isReadable()) {
            assertThatCode(() -> monitorRole.getAttribute(bean, attribute.getName()))
                .as(attribute.getName())
                .doesNotThrowAnyException();
          }
          assertThatThrownBy(
                  () -> monitorRole.setAttribute(bean, new Attribute(attribute.getName(), 1L)))
              .as(attribute.getName())
              .isInstanceOf(SecurityException.class);
        }
        for (MBeanOperationInfo operation : monitorRole.getMBeanInfo(bean).getOperations()) {
          String[] types = Stream.of(operation.getSignature())
              .map(MBeanParameterInfo::getType)
              .toArray(String[]::new);
          assertThatThrownBy(() ->
                  monitorRole.invoke(bean, operation.getName(), new Object[types.length], types))
              .as(operation.getName())
              .isInstanceOf(SecurityException.class);
        }
        assertThatThrownBy(() -> monitorRole.unregisterMBean(bean))
            .isInstanceOf(SecurityException.class);
      }
      assertThat(beans()).isEqualTo(beans);
      assertThat(cache.get("a")).isEqualTo("1");
      assertThat(backups).isEmptyDirectory();
      execute(outside, "SHUTDOWN");
    } finally {
      SchemaWatch.shutdown();
    }
  }

  // Those of the cache file's readers come last, a second after it was opened.
  private Set<ObjectName> beansOnceThePoolsHaveTheirs() throws Exception {
    long giveUpAtNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() - giveUpAtNanos < 0) {
      for (ObjectName bean : beans()) {
        if (bean.getKeyProperty("type").startsWith("Pool (") && bean.toString().contains(".db)")) {
          return beans();
        }
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new AssertionError("the readers of the cache file have no bean: " + beans());
  }

  private Set<ObjectName> beans() throws Exception {
    var beans = new HashSet<ObjectName>();
    for (String domain : new String[] {"io.holdfast", "javax.cache", "com.zaxxer.hikari"}) {
      beans.addAll(monitorRole.queryNames(name(domain + ":*"), null));
    }
    return beans;
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

  @Test
  void controlRole_clear_emptiesHeapAndFile() throws Exception {
    try (var provider = new HoldfastCachingProvider();
        CacheManager manager = manager(provider)) {
      Cache<String, String> cache = orders(manager);
      assertThat(cache.get("a")).isEqualTo("1");
      controlRole.invoke(ORDERS, "clear", null, NO_TYPES);
      assertThat(cache.get("a")).isNull();
      assertThat(controlRole.getAttribute(ORDERS, "EntryCount")).isEqualTo(0L);
    }
  }

  @Test
  void controlRole_evictExpired_deletesTheDead() throws Exception {
    try (var provider = new HoldfastCachingProvider();
        CacheManager manager = manager(provider)) {
      Cache<String, String> brief = manager.createCache(
          "brief",
          new MutableConfiguration<String, String>()
              .setTypes(String.class, String.class)
              .setExpiryPolicyFactory(
                  CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 1))));
      ObjectName bean = name("io.holdfast:type=Cache,name=brief");
      brief.put("a", "1");
      // Whoever comes first, the housekeeper or the operation: in the end the dead are gone.
      while ((long) controlRole.getAttribute(bean, "EntryCount") > 0) {
        assertThat((int) controlRole.invoke(bean, "evictExpired", null, NO_TYPES))
            .isBetween(0, 1);
      }
      assertThat(controlRole.getAttribute(bean, "ExpirationCount")).isEqualTo(1L);
    }
  }

  @Test
  void controlRole_checkpoint_emptiesTheLog() throws Exception {
    try (var provider = new HoldfastCachingProvider();
        CacheManager manager = manager(provider)) {
      orders(manager);
      assertThat((long) controlRole.getAttribute(FILE, "WalBytes")).isPositive();
      assertThat(controlRole.invoke(FILE, "checkpoint", null, NO_TYPES)).isEqualTo(0L);
      assertThat(controlRole.getAttribute(FILE, "WalBytes")).isEqualTo(0L);
    }
  }

  @Test
  void controlRole_backup_isAWholeCacheFileForItsOwnerOnly_andRefusesWhatIsThere()
      throws Exception {
    try (var provider = new HoldfastCachingProvider();
        CacheManager manager = manager(provider)) {
      orders(manager);
      Path copy = backups.resolve("monday-1.db");
      long bytes = (long) backup("monday-1.db");
      assertThat(copy).hasSize(bytes);
      assertThat(Files.getPosixFilePermissions(copy))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      byte[] before = Files.readAllBytes(copy);

      assertThatThrownBy(() -> backup("monday-1.db"))
          .isInstanceOf(RuntimeMBeanException.class)
          .hasMessageContaining("is there already");
      assertThatThrownBy(() -> backup("../escaped.db"))
          .isInstanceOf(RuntimeMBeanException.class)
          .hasMessageContaining("plain file name");
      assertThat(copy).hasBinaryContent(before);
      assertThat(directory.resolve("escaped.db")).doesNotExist();
      assertThat(backups).isDirectoryNotContaining(file -> !file.equals(copy));

      try (CacheManager restored =
          provider.getCacheManager(copy.toUri(), getClass().getClassLoader(), new Properties())) {
        Cache<String, String> cache = restored.createCache(
            "orders",
            new MutableConfiguration<String, String>().setTypes(String.class, String.class));
        assertThat(cache.get("b")).isEqualTo("2");
      }
    }
  }

  /** Somebody who may write into the directory laid a link where a backup is to be. */
  @Test
  void controlRole_backupOntoALink_doesNotFollowIt() throws Exception {
    try (var provider = new HoldfastCachingProvider();
        CacheManager manager = manager(provider)) {
      orders(manager);
      Path elsewhere = directory.resolve("elsewhere.db");
      Files.createSymbolicLink(backups.resolve("laid.db"), elsewhere);
      assertThatThrownBy(() -> backup("laid.db")).hasMessageContaining("is there already");
      assertThat(elsewhere).doesNotExist();
    }
  }

  private Object backup(String fileName) throws Exception {
    return controlRole.invoke(
        FILE, "backup", new Object[] {fileName}, new String[] {String.class.getName()});
  }

  @Test
  void exportJournal_byControlRole_isTextOfLines_andWritesNothing() throws Exception {
    try (Connection watched =
            DriverManager.getConnection("jdbc:holdfast(poll=0):h2:mem:export;DB_CLOSE_DELAY=-1");
        Statement ddl = watched.createStatement()) {
      ddl.execute("CREATE TABLE ORDERS (ID INT PRIMARY KEY)");
      ObjectName bean = monitorRole
          .queryNames(name("io.holdfast:type=SchemaDrift,*"), null)
          .iterator()
          .next();
      controlRole.invoke(bean, "refreshFingerprints", null, NO_TYPES);
      for (String column : new String[] {"A", "B", "C"}) {
        ddl.execute("ALTER TABLE ORDERS ADD COLUMN " + column + " INT DEFAULT 4711");
      }

      assertThatThrownBy(() -> export(monitorRole, bean, 0)).isInstanceOf(SecurityException.class);
      String all = export(controlRole, bean, 0);
      assertThat(all).endsWith("\n").doesNotContain("4711");
      var columns = new ArrayList<String>();
      for (String line : export(controlRole, bean, 2).lines().toList()) {
        JsonNode entry = new ObjectMapper().readTree(line);
        assertThat(entry.get("table").asText()).isEqualTo("ORDERS");
        assertThat(entry.get("atMillis").asLong()).isPositive();
        columns.add(entry.get("changes").get(0).asText());
      }
      assertThat(columns).containsExactly("column B added", "column C added");
      assertThat(all).endsWith(export(controlRole, bean, 2));
      assertThat(export(controlRole, bean, Integer.MAX_VALUE)).isEqualTo(all);
      assertThatThrownBy(() -> export(controlRole, bean, -1))
          .hasMessageContaining("last must not be negative");
      assertThat(backups).isEmptyDirectory();
      ddl.execute("SHUTDOWN");
    } finally {
      SchemaWatch.shutdown();
    }
  }

  private static String export(MBeanServerConnection role, ObjectName bean, int last)
      throws Exception {
    return (String)
        role.invoke(bean, "exportJournal", new Object[] {last}, new String[] {int.class.getName()});
  }

  @Test
  void refreshFingerprints_byControlRole_findsWhatNobodyTold() throws Exception {
    try (Connection outside = DriverManager.getConnection("jdbc:h2:mem:roles;DB_CLOSE_DELAY=-1");
        Connection connection =
            DriverManager.getConnection("jdbc:holdfast(poll=0):h2:mem:roles;DB_CLOSE_DELAY=-1");
        Statement first = connection.createStatement();
        Statement behind = outside.createStatement()) {
      first.execute("CREATE TABLE ORDERS (ID INT PRIMARY KEY)");
      ObjectName bean = monitorRole
          .queryNames(name("io.holdfast:type=SchemaDrift,*"), null)
          .iterator()
          .next();
      assertThat(controlRole.invoke(bean, "refreshFingerprints", null, NO_TYPES))
          .isEqualTo(true);
      long drifts = (long) monitorRole.getAttribute(bean, "DriftCount");
      behind.execute("ALTER TABLE ORDERS ADD COLUMN NOTE VARCHAR(20)");

      assertThatThrownBy(() -> monitorRole.invoke(bean, "refreshFingerprints", null, NO_TYPES))
          .isInstanceOf(SecurityException.class);
      assertThat(monitorRole.getAttribute(bean, "DriftCount")).isEqualTo(drifts);
      assertThat(controlRole.invoke(bean, "refreshFingerprints", null, NO_TYPES))
          .isEqualTo(true);
      assertThat(monitorRole.getAttribute(bean, "DriftCount")).isEqualTo(drifts + 1);
      assertThat((String) monitorRole.getAttribute(bean, "LastDriftSummary")).contains("NOTE");
      behind.execute("SHUTDOWN");
    } finally {
      SchemaWatch.shutdown();
    }
  }
}
