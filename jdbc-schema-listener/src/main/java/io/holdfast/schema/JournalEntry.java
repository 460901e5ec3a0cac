package io.holdfast.schema;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One drift as the journal keeps it: kinds and names, never the text of a statement.
 *
 * @param observedAtMillis Unix milliseconds
 * @param databaseId {@link DatabaseIdentity#id()}
 * @param table which
 * @param origin who changed it
 * @param statementKind first word of the statement, or null if unknown
 * @param before the structure hash before, or null if the table was created
 * @param after the structure hash after, or null if it was dropped
 * @param changes each in one line; with types, defaults and other texts of the catalog only where the
 *     journal was told to keep them
 */
public record JournalEntry(
    long observedAtMillis,
    String databaseId,
    TableName table,
    SchemaDrift.Origin origin,
    @Nullable String statementKind,
    @Nullable String before,
    @Nullable String after,
    List<String> changes) {

  // A line stays a line, whatever somebody did to a table of a thousand columns.
  private static final int MAX_CHANGES = 100;

  public JournalEntry {
    changes = List.copyOf(changes);
  }

  static JournalEntry of(SchemaDrift drift, boolean withDefinitions) {
    var changes = new ArrayList<String>();
    drift.changes().stream()
        .limit(MAX_CHANGES)
        .forEach(change -> changes.add(withDefinitions ? change.describe() : change.outline()));
    if (drift.changes().size() > MAX_CHANGES) {
      changes.add("and " + (drift.changes().size() - MAX_CHANGES) + " more");
    }
    return new JournalEntry(
        drift.observedAtMillis(),
        drift.database().id(),
        drift.table(),
        drift.origin(),
        drift.statementKind(),
        drift.before() == null ? null : drift.before().value(),
        drift.after() == null ? null : drift.after().value(),
        changes);
  }

  /** One line: {@code public.orders: column note added}. */
  public String summary() {
    return table + ": " + String.join(", ", changes);
  }

  /** As one JSON object on one line, without the end of the line. */
  public String toJson() {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("at", Instant.ofEpochMilli(observedAtMillis).toString());
    json.put("atMillis", observedAtMillis);
    json.put("database", databaseId);
    json.put("schema", table.schema());
    json.put("table", table.name());
    json.put("origin", origin.name());
    json.put("statement", statementKind);
    json.put("before", before);
    json.put("after", after);
    json.put("changes", changes);
    return JsonLine.write(json);
  }

  /**
   * What {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static JournalEntry parse(String line) {
    Map<?, ?> json = JsonLine.object(line);
    if (!(json.get("atMillis") instanceof Long atMillis)
        || !(json.get("changes") instanceof List<?> changes)) {
      throw new IllegalArgumentException("no entry of the journal's");
    }
    return new JournalEntry(
        atMillis,
        required(json, "database"),
        new TableName(required(json, "schema"), required(json, "table")),
        SchemaDrift.Origin.valueOf(required(json, "origin")),
        text(json, "statement"),
        text(json, "before"),
        text(json, "after"),
        changes.stream().map(String::valueOf).toList());
  }

  private static @Nullable String text(Map<?, ?> json, String name) {
    return json.get(name) instanceof String text ? text : null;
  }

  private static String required(Map<?, ?> json, String name) {
    String text = text(json, name);
    if (text == null) {
      throw new IllegalArgumentException("no " + name + " in an entry of the journal");
    }
    return text;
  }
}
