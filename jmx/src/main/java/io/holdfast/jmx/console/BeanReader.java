package io.holdfast.jmx.console;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * Reads all beans of Holdfast over a connection, with one request a bean. The right to read suffices.
 * Waits for the network, so it is called from a worker.
 */
final class BeanReader {

  private static final String[] CACHE = {
    "HeapHitCount", "TierHitCount", "HitCount", "MissCount", "HeapEntryCount", "EntryCount"
  };
  private static final String[] FILE = {
    "FileBytes",
    "WalBytes",
    "ReadLatencyMicrosP50",
    "ReadLatencyMicrosP99",
    "CommitLatencyMicrosP50",
    "CommitLatencyMicrosP99"
  };
  private static final String[] DATABASE = {
    "DriftCount",
    "TablesWatched",
    "TablesInDoubt",
    "SchemaFingerprintShort",
    "RecentDrift",
    "StalenessBoundMillis",
    "BlindSpotCount",
    "HiddenDdlSuspectedCount"
  };
  private static final String[] RESPONSES = {
    "HitCount",
    "CoalescedCount",
    "MissCount",
    "BypassedCount",
    "InFlightCount",
    "SavedMillis",
    "SavedByUnit",
    "CircuitOpen"
  };

  private final InstantSource clock;

  BeanReader(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Reads them. A bean that goes away meanwhile is left out.
   *
   * @throws IOException if the application does not answer
   * @throws JMException if it refuses
   */
  Snapshot read(MBeanServerConnection connection) throws IOException, JMException {
    return new Snapshot(
        clock.millis(),
        all(connection, "Cache", CACHE, (name, attributes) -> Numbers.of(attributes)),
        all(connection, "CacheFile", FILE, (name, attributes) -> Numbers.of(attributes)),
        all(connection, "SchemaDrift", DATABASE, BeanReader::database),
        all(
            connection,
            "ResponseCache",
            RESPONSES,
            (name, attributes) -> ResponseState.of(attributes)));
  }

  private interface Reader<T> {
    T of(String name, AttributeList attributes);
  }

  private static <T> SortedMap<String, T> all(
      MBeanServerConnection connection, String type, String[] attributes, Reader<T> reader)
      throws IOException, JMException {
    var found = new TreeMap<String, T>();
    for (ObjectName bean : connection.queryNames(pattern(type), null)) {
      String name = name(bean);
      try {
        found.put(name, reader.of(name, connection.getAttributes(bean, attributes)));
      } catch (InstanceNotFoundException e) {
        // Closed between the question for names and the one for numbers: it is not there.
        found.remove(name);
      }
    }
    return found;
  }

  private static ObjectName pattern(String type) {
    try {
      return new ObjectName("io.holdfast:type=" + type + ",*");
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException(type, e);
    }
  }

  private static String name(ObjectName bean) {
    String name = bean.getKeyProperty("name");
    if (name == null) {
      return bean.toString();
    }
    return name.startsWith("\"") ? ObjectName.unquote(name) : name;
  }

  private static DatabaseState database(String name, AttributeList attributes) {
    String fingerprint = "";
    List<Drift> recent = new ArrayList<>();
    for (Attribute attribute : attributes.asList()) {
      if (attribute.getValue() instanceof CompositeData[] records) {
        for (CompositeData data : records) {
          recent.add(Drift.of(name, data));
        }
      } else if (attribute.getValue() instanceof String text) {
        fingerprint = text;
      }
    }
    return new DatabaseState(Numbers.of(attributes), fingerprint, recent);
  }
}
