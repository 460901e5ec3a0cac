package io.holdfast.schema.catalog;

import io.holdfast.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tables that H2 makes while it alters others. An {@code ALTER TABLE} by way of a copy fills a table
 * {@code NAME_COPY_session_number}, drops the old table, renames the copy and then its constraints and
 * indexes, all of it in the open. Until the drop nothing has changed; from then on nothing is whole.
 *
 * <p>A copy is told by its name and by its session, which is still there: what that session does is not
 * shown all the time. Users without the right to see other sessions are told of a copy as of any table,
 * should it last for two readings.
 *
 * @see <a href="https://h2database.com/html/systemtables.html#information_schema_sessions">SESSIONS</a>
 */
final class H2Copies {

  private static final String OTHER_SESSIONS = """
      SELECT SESSION_ID FROM INFORMATION_SCHEMA.SESSIONS WHERE SESSION_ID <> SESSION_ID()
      """;

  private static final String MARK = "_COPY_";
  private static final Pattern TABLE = Pattern.compile("(.+)" + MARK + "(\\d+)_\\d+");
  private static final Pattern PART = Pattern.compile(".+" + MARK + "(\\d+)_\\d+_.+");

  private H2Copies() {}

  /**
   * Takes the copies under way out of what was read. Asks the server only if a name looks like one.
   *
   * @return false if a copy was just taking the place of its table; what was read is of no use then
   */
  static boolean remove(Map<TableName, TableAssembly> tables, Connection connection)
      throws SQLException {
    if (tables.values().stream().flatMap(H2Copies::names).noneMatch(name -> name.contains(MARK))) {
      return true;
    }
    var sessions = new HashSet<String>();
    CatalogQuery.each(connection, OTHER_SESSIONS, row -> sessions.add(row.getString(1)));
    Map<TableName, TableName> originals = originals(tables.keySet(), sessions);
    tables.keySet().removeAll(originals.keySet());
    // A table that refers to the old one refers to the copy, too, for a while.
    tables
        .values()
        .forEach(
            table -> table.foreignKeys.removeIf(key -> originals.containsKey(key.references())));
    return tables.keySet().containsAll(originals.values())
        && tables.values().stream()
            .flatMap(TableAssembly::partNames)
            .noneMatch(name -> isOfCopy(name, sessions));
  }

  private static Stream<String> names(TableAssembly table) {
    return Stream.concat(Stream.of(table.name.name()), table.partNames());
  }

  /** Copies with the tables that they are to replace. */
  private static Map<TableName, TableName> originals(Set<TableName> tables, Set<String> sessions) {
    var originals = new HashMap<TableName, TableName>();
    for (TableName table : tables) {
      Matcher name = TABLE.matcher(table.name());
      if (name.matches() && sessions.contains(name.group(2))) {
        originals.put(table, new TableName(table.schema(), name.group(1)));
      }
    }
    return originals;
  }

  private static boolean isOfCopy(String part, Set<String> sessions) {
    Matcher name = PART.matcher(part);
    return name.matches() && sessions.contains(name.group(1));
  }
}
