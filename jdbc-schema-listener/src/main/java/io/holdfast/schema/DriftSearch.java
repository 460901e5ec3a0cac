package io.holdfast.schema;

import io.holdfast.schema.catalog.CatalogReader;
import io.holdfast.schema.catalog.ObservedTable;
import io.holdfast.schema.catalog.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what drifted between two readings, and whose change it was. */
final class DriftSearch {

  private DriftSearch() {}

  static List<SchemaDrift> between(
      Known before,
      Known after,
      Cause cause,
      Suspects owed,
      CatalogReader reader,
      DatabaseIdentity identity) {
    Set<TableName> own = new HashSet<>(before.names.resolve(owed));
    own.addAll(after.names.resolve(owed));
    Map<TableName, List<StructureChange>> changes =
        Comparison.changes(before, after, reader, emptied(after, cause, reader));
    long now = System.currentTimeMillis();
    var drifts = new ArrayList<SchemaDrift>();
    changes.forEach((table, change) -> {
      boolean ours = own.contains(table);
      drifts.add(new SchemaDrift(
          identity,
          table,
          ours ? SchemaDrift.Origin.OWN_CONNECTION : SchemaDrift.Origin.OTHER_SESSION,
          ours ? cause.statementKind() : null,
          hash(before, table),
          hash(after, table),
          change,
          now));
    });
    return drifts;
  }

  /**
   * The reading, but what is suspected stays as it was: whoever commits that change will settle it,
   * and only then is it known whose change it is.
   */
  static Reading withoutSuspected(Known before, Reading after, Suspects suspected) {
    if (suspected.isEmpty()) {
      return after;
    }
    if (suspected.everything()) {
      return before.reading;
    }
    var next = new NameIndex(after.tables());
    var kept = new HashSet<>(before.names.resolve(suspected));
    kept.addAll(next.resolve(suspected));
    Map<TableName, ObservedTable> tables = new HashMap<>(after.tables());
    Map<TableName, String> stamps = new HashMap<>(after.stamps());
    for (TableName table : kept) {
      tables.remove(table);
      stamps.remove(table);
      ObservedTable old = before.reading.tables().get(table);
      if (old != null) {
        tables.put(table, old);
        stamps.put(table, before.reading.stamps().getOrDefault(table, ""));
      }
    }
    // The old token: the next look must not take this mixture for what the server has.
    return new Reading(before.reading.token(), stamps, tables);
  }

  /**
   * Tables that our own statement named and that are still there: emptied by TRUNCATE, or dropped and
   * created again. Some engines show no trace of either.
   */
  private static Set<TableName> emptied(Known after, Cause cause, CatalogReader reader) {
    String kind = cause.statementKind();
    if (reader.seesReplacement() || (!"TRUNCATE".equals(kind) && !"DROP".equals(kind))) {
      return Set.of();
    }
    var emptied = new HashSet<TableName>();
    cause.suspects().names().forEach(name -> emptied.addAll(after.names.tablesNamed(name)));
    return emptied;
  }

  private static @Nullable StructureHash hash(Known known, TableName table) {
    Known.Entry entry = known.entries.get(table);
    return entry == null ? null : entry.hash();
  }
}
