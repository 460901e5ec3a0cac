package io.holdfast.jcache;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.net.URI;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * One of the two standard MBeans of one cache, registered or not. JMX never fails a cache: what goes
 * wrong is logged.
 */
final class StandardBean {
  private static final Logger logger = System.getLogger(StandardBean.class.getName());

  private final String type;
  private final URI managerUri;
  private final String cacheName;
  private final Object bean;
  private @Nullable ObjectName registeredAs;

  /**
   * A bean that is not registered yet.
   *
   * @param type {@code CacheStatistics} or {@code CacheConfiguration}
   */
  StandardBean(String type, URI managerUri, String cacheName, Object bean) {
    this.type = type;
    this.managerUri = managerUri;
    this.cacheName = cacheName;
    this.bean = bean;
  }

  synchronized void setRegistered(boolean wanted) {
    if (wanted && registeredAs == null) {
      register();
    } else if (!wanted && registeredAs != null) {
      unregister(registeredAs);
      registeredAs = null;
    }
  }

  private void register() {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try {
      String name =
          "javax.cache:type=" + type + ",CacheManager=" + safe(managerUri.toString()) + ",Cache=";
      // Names that differ only in characters we replace would clash: the later one gets a number.
      for (int attempt = 1; registeredAs == null; attempt++) {
        String suffix = attempt == 1 ? "" : "~" + attempt;
        ObjectName candidate = new ObjectName(name + safe(cacheName) + suffix);
        try {
          registeredAs = server.registerMBean(bean, candidate).getObjectName();
          if (attempt > 1) {
            logger.log(Level.WARNING, () -> "The MBean name was taken; using " + candidate);
          }
        } catch (InstanceAlreadyExistsException taken) {
          if (attempt == 1000) {
            throw taken;
          }
        }
      }
    } catch (JMException | RuntimeException e) {
      logger.log(
          Level.WARNING,
          () -> "Could not register the " + type + " MBean of cache '" + cacheName + "'",
          e);
    }
  }

  private static void unregister(ObjectName name) {
    try {
      ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
    } catch (InstanceNotFoundException e) {
      logger.log(Level.DEBUG, () -> name + " was gone already");
    } catch (JMException | RuntimeException e) {
      logger.log(Level.WARNING, () -> "Could not unregister " + name, e);
    }
  }

  /** Micrometer's and the conformance suite's way of naming, and three characters more that JMX reserves. */
  private static String safe(String text) {
    return text.replaceAll("[,:=\n*?\"]", ".");
  }
}
