package io.holdfast.jmx;

import io.holdfast.schema.SchemaDrift;
import io.holdfast.schema.StructureHash;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.jspecify.annotations.Nullable;

/**
 * One drift as JMX clients see it.
 *
 * @param observedAt ISO time, UTC
 * @param observedAtMillis Unix milliseconds
 * @param table schema and name
 * @param origin {@code OWN_CONNECTION} or {@code OTHER_SESSION}
 * @param statementKind first word of the statement, empty if unknown
 * @param summary table and what changed, in one line
 * @param before fingerprint before, empty if the table was created
 * @param after fingerprint after, empty if it was dropped
 */
public record RecentDrift(
    String observedAt,
    long observedAtMillis,
    String table,
    String origin,
    String statementKind,
    String summary,
    String before,
    String after) {

  static RecentDrift of(SchemaDrift drift) {
    return new RecentDrift(
        Instant.ofEpochMilli(drift.observedAtMillis())
            .truncatedTo(ChronoUnit.SECONDS)
            .toString(),
        drift.observedAtMillis(),
        drift.table().toString(),
        drift.origin().name(),
        drift.statementKind() == null ? "" : drift.statementKind(),
        drift.summary(),
        text(drift.before()),
        text(drift.after()));
  }

  private static String text(@Nullable StructureHash hash) {
    return hash == null ? "" : hash.value();
  }

  /** For a notification's user data: this class is not on a remote client's class path. */
  CompositeData toCompositeData() {
    var items = new LinkedHashMap<String, Object>();
    items.put("observedAt", observedAt);
    items.put("observedAtMillis", observedAtMillis);
    items.put("table", table);
    items.put("origin", origin);
    items.put("statementKind", statementKind);
    items.put("summary", summary);
    items.put("before", before);
    items.put("after", after);
    try {
      String[] names = items.keySet().toArray(String[]::new);
      OpenType<?>[] types = items.values().stream()
          .map(value -> value instanceof Long ? SimpleType.LONG : SimpleType.STRING)
          .toArray(OpenType<?>[]::new);
      var type =
          new CompositeType("SchemaDrift", "One table is not what it was", names, names, types);
      return new CompositeDataSupport(type, Map.copyOf(items));
    } catch (OpenDataException e) {
      throw new IllegalStateException("names and types come from one map", e);
    }
  }
}
