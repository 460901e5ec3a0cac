package io.holdfast.jmx.console;

import javax.management.openmbean.CompositeData;

/**
 * One change of one table, as the bean of the database tells it.
 *
 * @param atMillis when it was noticed, Unix time
 * @param database the name of the database's bean
 * @param table schema and table
 * @param summary table and change in one line
 * @param outside whether another session made it
 * @param after fingerprint of the structure now, empty if the table was dropped
 */
record Drift(
    long atMillis, String database, String table, String summary, boolean outside, String after) {

  /** Reads a record of the attribute {@code RecentDrift}, or the user data of a notification. */
  static Drift of(String database, CompositeData data) {
    return new Drift(
        data.get("observedAtMillis") instanceof Long atMillis ? atMillis : 0,
        database,
        text(data, "table"),
        text(data, "summary"),
        text(data, "origin").equals("OTHER_SESSION"),
        text(data, "after"));
  }

  private static String text(CompositeData data, String item) {
    return data.containsKey(item) && data.get(item) instanceof String text ? text : "";
  }
}
