package io.holdfast.jmx;

import io.holdfast.schema.JournalEntry;
import io.holdfast.schema.SchemaDrift;
import io.holdfast.schema.StructureHash;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
    return of(
        drift.observedAtMillis(),
        drift.table().toString(),
        drift.origin().name(),
        drift.statementKind(),
        drift.summary(),
        text(drift.before()),
        text(drift.after()));
  }

  static RecentDrift of(JournalEntry entry) {
    return of(
        entry.observedAtMillis(),
        entry.table().toString(),
        entry.origin().name(),
        entry.statementKind(),
        entry.summary(),
        entry.before() == null ? "" : entry.before(),
        entry.after() == null ? "" : entry.after());
  }

  private static RecentDrift of(
      long observedAtMillis,
      String table,
      String origin,
      @Nullable String statementKind,
      String summary,
      String before,
      String after) {
    return new RecentDrift(
        Instant.ofEpochMilli(observedAtMillis).truncatedTo(ChronoUnit.SECONDS).toString(),
        observedAtMillis,
        table,
        origin,
        statementKind == null ? "" : statementKind,
        summary,
        before,
        after);
  }

  private static String text(@Nullable StructureHash hash) {
    return hash == null ? "" : hash.value();
  }

  /** The same for a notification. */
  UserData toUserData() {
    return new UserData("SchemaDrift", "One table is not what it was")
        .with("observedAt", observedAt)
        .with("observedAtMillis", observedAtMillis)
        .with("table", table)
        .with("origin", origin)
        .with("statementKind", statementKind)
        .with("summary", summary)
        .with("before", before)
        .with("after", after);
  }
}
