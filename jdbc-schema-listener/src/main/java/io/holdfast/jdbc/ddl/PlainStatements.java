package io.holdfast.jdbc.ddl;

import io.holdfast.jdbc.ddl.SqlScanner.Token;
import io.holdfast.schema.Dialect;
import java.util.Arrays;
import java.util.List;

/**
 * Knows most statements of an application without reading them token by token: one statement, begun
 * by a verb that reads or writes rows, without any of the few words that could make it more. Errs on
 * the side of a closer look.
 */
final class PlainStatements {

  private final Lexis lexis;
  private final Verb[] verbs;

  PlainStatements(Dialect dialect) {
    this.lexis = Lexis.of(dialect);
    List<Verb> known = switch (dialect) {
      // It needs no semicolon between statements.
      case SQLSERVER -> List.of();
      case POSTGRESQL ->
        List.of(
            Verb.of("SELECT", "INTO", "SET_CONFIG"),
            Verb.of("VALUES", "SET_CONFIG"),
            Verb.of("INSERT", "PG_", "SET_CONFIG"),
            Verb.of("UPDATE", "PG_", "SET_CONFIG"),
            Verb.of("DELETE", "PG_", "SET_CONFIG"),
            Verb.of("WITH", "INTO", "PG_", "SET_CONFIG"),
            // ANALYZE and ANALYSE
            Verb.of("EXPLAIN", "ANALY"));
      case SQLITE ->
        List.of(
            Verb.of("SELECT"),
            Verb.of("VALUES"),
            Verb.of("INSERT", "SQLITE_"),
            Verb.of("UPDATE", "SQLITE_"),
            Verb.of("DELETE", "SQLITE_"),
            Verb.of("WITH", "SQLITE_"),
            Verb.of("EXPLAIN"));
      case H2 ->
        List.of(
            Verb.of("SELECT"),
            Verb.of("VALUES"),
            Verb.of("INSERT"),
            Verb.of("UPDATE"),
            Verb.of("DELETE"),
            Verb.of("WITH", "CREATE"),
            Verb.of("EXPLAIN"));
      case MYSQL, MARIADB, ORACLE ->
        List.of(
            Verb.of("SELECT"),
            Verb.of("INSERT"),
            Verb.of("UPDATE"),
            Verb.of("DELETE"),
            Verb.of("WITH"));
      case GENERIC ->
        List.of(
            Verb.of("SELECT", "INTO"),
            Verb.of("INSERT"),
            Verb.of("UPDATE"),
            Verb.of("DELETE"),
            Verb.of("WITH", "INTO"));
    };
    this.verbs = known.toArray(new Verb[0]);
  }

  boolean isPlain(String sql) {
    if (sql.isEmpty()) {
      return true;
    }
    boolean beginsWithWord = Characters.startsWord(sql.charAt(0));
    int start = beginsWithWord ? 0 : new Blanks(sql, lexis).skip(0);
    for (Verb verb : verbs) {
      if (verb.isAt(sql, start)) {
        return verb.isPlainFrom(sql, start) && isOneStatement(sql, start);
      }
    }
    return false;
  }

  /** Mostly there is no semicolon at all; where there is, it may be in a string. */
  private boolean isOneStatement(String sql, int from) {
    if (sql.indexOf(';', from) < 0) {
      return true;
    }
    var in = new SqlScanner(sql, lexis);
    in.skipStatement();
    while (in.token() == Token.SEPARATOR) {
      in.advance();
    }
    return in.atEndOfText();
  }

  /** A first word, and the words behind it that ask for a closer look. */
  private static final class Verb {

    private final String word;
    private final WordSearch[] suspicious;

    private Verb(String word, WordSearch[] suspicious) {
      this.word = word;
      this.suspicious = suspicious;
    }

    static Verb of(String word, String... suspicious) {
      return new Verb(
          word, Arrays.stream(suspicious).map(WordSearch::new).toArray(WordSearch[]::new));
    }

    boolean isAt(String sql, int start) {
      int end = start + word.length();
      if (end > sql.length() || (end < sql.length() && Characters.continuesWord(sql.charAt(end)))) {
        return false;
      }
      for (int i = 0; i < word.length(); i++) {
        // All letters: a bit tells the case.
        if ((sql.charAt(start + i) & ~0x20) != word.charAt(i)) {
          return false;
        }
      }
      return true;
    }

    boolean isPlainFrom(String sql, int start) {
      for (WordSearch word : suspicious) {
        if (word.isIn(sql, start)) {
          return false;
        }
      }
      return true;
    }
  }
}
