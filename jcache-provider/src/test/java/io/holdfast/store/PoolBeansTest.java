package io.holdfast.store;

import static io.holdfast.store.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HikariCP's beans of the readers: there while the file is open, though not from its first moment on. */
final class PoolBeansTest {
  private final MBeanServer platform = ManagementFactory.getPlatformMBeanServer();

  @TempDir
  Path directory;

  @Test
  void openFile_showsItsPoolSoon_andLeavesNothing() throws Exception {
    Path path = directory.resolve("shown.db");
    try (CacheFile file = CacheFile.open(StoreSettings.of(path), System::currentTimeMillis)) {
      assertThat(file.caches()).isEmpty();
      eventually("both beans", () -> beans("shown.db").size() == 2);
      Set<ObjectName> beans = beans("shown.db");
      assertThat(beans)
          .extracting(bean -> bean.getKeyProperty("type").replaceAll("[0-9]+", "N"))
          .containsExactlyInAnyOrder(
              "Pool (holdfast-N-shown.db)", "PoolConfig (holdfast-N-shown.db)");
      for (ObjectName bean : beans) {
        boolean isConfig = bean.getKeyProperty("type").startsWith("PoolConfig");
        String attribute = isConfig ? "MaximumPoolSize" : "TotalConnections";
        assertThat((int) platform.getAttribute(bean, attribute)).isPositive();
      }
    }
    assertThat(beans("shown.db")).isEmpty();
  }

  @Test
  void register_afterClose_registersNothing() throws Exception {
    try (HikariDataSource pool = pool("closed")) {
      var beans = new PoolBeans(pool);
      beans.register();
      assertThat(beans("closed")).hasSize(2);
      beans.close();
      assertThat(beans("closed")).isEmpty();
      beans.register();
      assertThat(beans("closed")).isEmpty();
    }
  }

  @Test
  void register_nameIsTaken_leavesTheOthersBeanAlone() throws Exception {
    try (HikariDataSource pool = pool("taken");
        var first = new PoolBeans(pool)) {
      var second = new PoolBeans(pool);
      first.register();
      second.register();
      second.close();
      assertThat(beans("taken")).hasSize(2);
    }
    assertThat(beans("taken")).isEmpty();
  }

  private static HikariDataSource pool(String name) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl("jdbc:sqlite::memory:");
    return new HikariDataSource(config);
  }

  private Set<ObjectName> beans(String part) throws Exception {
    var beans = new TreeSet<ObjectName>();
    for (ObjectName bean : platform.queryNames(new ObjectName("com.zaxxer.hikari:*"), null)) {
      if (bean.getKeyProperty("type").contains(part)) {
        beans.add(bean);
      }
    }
    return beans;
  }
}
