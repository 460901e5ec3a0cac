package io.holdfast.jdbc.ddl;

import io.holdfast.schema.Dialect;
import java.util.ArrayList;
import java.util.List;

/**
 * Knows most statements of an application without reading them token by token: one statement, begun
 * by a verb that reads or writes rows, without any of the few words that could make it more. Errs on
 * the side of a closer look. Allocates nothing.
 */
final class PlainStatements {

  private static final String[] VERBS = {"SELECT", "INSERT", "UPDATE", "DELETE", "VALUES"};

  private final boolean possible;
  private final List<WordSearch> suspiciousInQueries = new ArrayList<>();
  private final List<WordSearch> suspiciousInWrites = new ArrayList<>();

  PlainStatements(Dialect dialect) {
    // SQL Server needs no semicolon between statements.
    this.possible = dialect != Dialect.SQLSERVER;
    if (dialect == Dialect.POSTGRESQL || dialect == Dialect.GENERIC) {
      suspiciousInQueries.add(new WordSearch("INTO"));
    }
    if (dialect == Dialect.POSTGRESQL) {
      suspiciousInQueries.add(new WordSearch("SET_CONFIG"));
      suspiciousInWrites.add(new WordSearch("SET_CONFIG"));
      suspiciousInWrites.add(new WordSearch("PG_"));
    }
    if (dialect == Dialect.SQLITE) {
      suspiciousInWrites.add(new WordSearch("SQLITE_"));
    }
  }

  boolean isPlain(String sql) {
    if (!possible) {
      return false;
    }
    int start = 0;
    while (start < sql.length() && Characters.isBlank(sql.charAt(start))) {
      start++;
    }
    for (int verb = 0; verb < VERBS.length; verb++) {
      // All verbs have six letters.
      if (sql.regionMatches(/* ignoreCase= */ true, start, VERBS[verb], 0, 6)
          && (start + 6 == sql.length() || !Characters.continuesWord(sql.charAt(start + 6)))) {
        return isOneStatement(sql, start + 6)
            && hasNone(
                verb == 0 || verb == 4 ? suspiciousInQueries : suspiciousInWrites, sql, start + 6);
      }
    }
    return false;
  }

  private static boolean isOneStatement(String sql, int from) {
    int separator = sql.indexOf(';', from);
    if (separator < 0) {
      return true;
    }
    for (int at = separator; at < sql.length(); at++) {
      char c = sql.charAt(at);
      if (c != ';' && !Characters.isBlank(c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasNone(List<WordSearch> searches, String sql, int from) {
    for (int i = 0; i < searches.size(); i++) {
      if (searches.get(i).isIn(sql, from)) {
        return false;
      }
    }
    return true;
  }
}
