package io.holdfast.docs.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * What the beans of this application say, read as any monitoring tool would.
 *
 * @param hits documents found in the cache
 * @param fileHits of these, read from the file
 * @param misses documents not found
 * @param evictions documents evicted to keep the limits
 * @param drifts tables whose structure changed while they were watched
 * @param outsideDrifts of these, changed by other sessions
 * @param lastDrift the last one, empty if there was none
 */
public record JmxReading(
    long hits,
    long fileHits,
    long misses,
    long evictions,
    long drifts,
    long outsideDrifts,
    String lastDrift) {

  /** Reads this JVM's MBean server. */
  public static JmxReading here() throws IOException {
    return read(ManagementFactory.getPlatformMBeanServer());
  }

  /**
   * Reads an MBean server, here or far away. Of several caches or databases the numbers are added up.
   *
   * @throws IOException if it cannot be read, or the beans are not there
   */
  public static JmxReading read(MBeanServerConnection server) throws IOException {
    try {
      List<ObjectName> caches = beans(server, "Cache");
      // Not the cache's own hits: walks that purge old entries look things up as well.
      List<ObjectName> responses = beans(server, "ResponseCache");
      List<ObjectName> databases = beans(server, "SchemaDrift");
      var last = new ArrayList<String>();
      for (ObjectName database : databases) {
        Object summary = server.getAttribute(database, "LastDriftSummary");
        if (summary instanceof String text && !text.isBlank()) {
          last.add(text);
        }
      }
      return new JmxReading(
          sum(server, responses, "HitCount"),
          sum(server, caches, "TierHitCount"),
          sum(server, responses, "MissCount"),
          sum(server, caches, "EvictionCount"),
          sum(server, databases, "DriftCount"),
          sum(server, databases, "OutOfBandDriftCount"),
          String.join("; ", last));
    } catch (JMException e) {
      throw new IOException("the MBeans cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<ObjectName> beans(MBeanServerConnection server, String type)
      throws IOException, MalformedObjectNameException {
    Set<ObjectName> names =
        server.queryNames(new ObjectName("io.holdfast:type=" + type + ",*"), null);
    if (names.isEmpty()) {
      throw new IOException("there is no MBean io.holdfast:type=" + type);
    }
    return List.copyOf(names);
  }

  private static long sum(MBeanServerConnection server, List<ObjectName> beans, String attribute)
      throws IOException, JMException {
    long sum = 0;
    for (ObjectName bean : beans) {
      sum += ((Number) server.getAttribute(bean, attribute)).longValue();
    }
    return sum;
  }
}
