package io.holdfast.store;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * HikariCP's beans of one pool, by the names that HikariCP gives them. It would register them itself while
 * the pool is opened, and whoever opens a file would wait for the platform's bean server to start.
 */
final class PoolBeans implements AutoCloseable {
  private static final Logger logger = System.getLogger(PoolBeans.class.getName());
  private static final String DOMAIN = "com.zaxxer.hikari:type=";

  private final HikariDataSource pool;
  private final List<ObjectName> registered = new ArrayList<>();
  private boolean isClosed;

  PoolBeans(HikariDataSource pool) {
    this.pool = pool;
  }

  /** Registers them; what cannot be registered is logged and left out. After {@link #close} does nothing. */
  synchronized void register() {
    if (!isClosed) {
      register("PoolConfig", pool);
      register("Pool", pool.getHikariPoolMXBean());
    }
  }

  private void register(String type, Object bean) {
    try {
      ObjectName name = new ObjectName(DOMAIN + type + " (" + pool.getPoolName() + ")");
      server().registerMBean(bean, name);
      registered.add(name);
    } catch (JMException | SecurityException e) {
      logger.log(Level.DEBUG, () -> "No bean for the pool " + pool.getPoolName(), e);
    }
  }

  private static MBeanServer server() {
    return ManagementFactory.getPlatformMBeanServer();
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    for (ObjectName name : registered) {
      try {
        server().unregisterMBean(name);
      } catch (JMException | SecurityException e) {
        logger.log(Level.DEBUG, () -> "The bean " + name + " was not there any more", e);
      }
    }
    registered.clear();
  }
}
