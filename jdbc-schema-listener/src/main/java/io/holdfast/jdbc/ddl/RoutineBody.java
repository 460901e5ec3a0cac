package io.holdfast.jdbc.ddl;

import java.util.Set;

/** Reads over bodies of routines and triggers, in which semicolons do not end the statement. */
final class RoutineBody {

  private static final Set<String> BLOCK_KINDS = Set.of("IF", "LOOP", "WHILE", "REPEAT", "FOR");

  private static final int BEGIN = Characters.letters("BEGIN");
  private static final int BLOCK_ENDS = Characters.letters("BEGIN", "CASE", "END");

  private RoutineBody() {}

  /** PostgreSQL: reads to the end of the statement, over a body {@code BEGIN ATOMIC … END}. */
  static void skipAtomic(SqlScanner in) {
    while (!in.atEndOfStatement()) {
      if (in.accept("BEGIN") && in.accept("ATOMIC")) {
        skipBlock(in);
      } else {
        in.seek(BEGIN);
      }
    }
  }

  /** MySQL and its like: a body {@code BEGIN … END}, with blocks inside. */
  static void skipCompound(SqlScanner in) {
    while (!in.atEndOfStatement()) {
      if (in.accept("BEGIN")) {
        skipBlock(in);
      } else {
        in.seek(BEGIN);
      }
    }
  }

  /** Reads over the END that matches a BEGIN just read. END IF and its like close other blocks. */
  private static void skipBlock(SqlScanner in) {
    int open = 1;
    while (open > 0 && !in.atEndOfText()) {
      if (in.is("END")) {
        in.advance();
        if (!BLOCK_KINDS.contains(in.keyword())) {
          open--;
          in.accept("CASE");
        }
      } else {
        if ((in.is("BEGIN") || in.is("CASE")) && !in.followsDot()) {
          open++;
        }
        in.seek(BLOCK_ENDS);
      }
    }
  }

  /**
   * SQLite: a trigger ends at the semicolon behind an END that itself stands behind a semicolon; the
   * rule of sqlite3_complete(), safe with columns named {@code end}.
   *
   * @see <a href="https://sqlite.org/c3ref/complete.html">sqlite3_complete</a>
   */
  static void skipSqliteTrigger(SqlScanner in) {
    while (!in.atEndOfStatement() && !in.is("BEGIN")) {
      in.seek(BEGIN);
    }
    boolean behindSeparator = false;
    while (!in.atEndOfText()) {
      if (behindSeparator && in.accept("END") && in.atEndOfStatement()) {
        return;
      }
      behindSeparator = in.token() == SqlScanner.Token.SEPARATOR;
      if (behindSeparator) {
        in.advance();
      } else {
        in.skipStatement();
      }
    }
  }
}
