package io.holdfast.schema.catalog;

import io.holdfast.schema.TableName;
import java.util.Collections;
import java.util.Map;

/**
 * Which table of an SQLite file became which, between two readings: by the rows of {@code
 * sqlite_schema} and the number of DDL statements in between.
 *
 * <p>SQLite gives a new row the number after the highest, so a table that was dropped and created again
 * comes back under its old number only if all rows after it were dropped too. That takes a statement to
 * drop each later one, a statement to create each that is later now, and two for the table itself.
 */
final class SqliteSuccession {

  private final Reading before;
  private final Reading after;

  SqliteSuccession(Reading before, Reading after) {
    this.before = before;
    this.after = after;
  }

  /** Whether another table may have taken the name; errs towards true. */
  boolean replaced(TableName table) {
    return before.tables().containsKey(table)
        && after.tables().containsKey(table)
        && !isSame(table, table);
  }

  /** Whether it is the same table, whatever it is called; errs towards false. */
  boolean isSame(TableName from, TableName to) {
    ObservedTable was = before.tables().get(from);
    ObservedTable is = after.tables().get(to);
    return was != null
        && is != null
        && was.incarnation().equals(is.incarnation())
        && fileOf(before).equals(fileOf(after))
        && statements() < neededToReplace(Long.parseLong(was.incarnation()));
  }

  private long neededToReplace(long row) {
    return 2 + laterThan(row, before) + laterThan(row, after);
  }

  private static long laterThan(long row, Reading reading) {
    return reading.tables().values().stream()
        .filter(table -> Long.parseLong(table.incarnation()) > row)
        .count();
  }

  /** At most so many DDL statements lie between the two: each raises the version by one. */
  private long statements() {
    return schemaVersion(after) - schemaVersion(before);
  }

  private static long schemaVersion(Reading reading) {
    String token = reading.token().orElse(" 0");
    return Long.parseLong(token.substring(token.lastIndexOf(' ') + 1));
  }

  private static String fileOf(Reading reading) {
    String token = reading.token().orElse(" 0");
    return token.substring(0, token.lastIndexOf(' '));
  }

  /**
   * New names by old names. A new column stands last: for another one to stand in a column's place
   * without a renaming, it and all after it must have been dropped and added, a statement each.
   */
  Map<String, String> renamedColumns(TableName from, TableName to) {
    ObservedTable was = before.tables().get(from);
    ObservedTable is = after.tables().get(to);
    if (was == null
        || is == null
        || !isSame(from, to)
        || was.columnNumbers().size() != is.columnNumbers().size()) {
      return Map.of();
    }
    Map<String, String> renamed = ColumnNumbers.renamed(was, is);
    if (renamed.isEmpty()) {
      return renamed;
    }
    int first =
        Collections.min(renamed.keySet().stream().map(was.columnNumbers()::get).toList());
    boolean mayBeOthers = statements() >= 2L * (was.columnNumbers().size() - first);
    return mayBeOthers ? Map.of() : renamed;
  }
}
