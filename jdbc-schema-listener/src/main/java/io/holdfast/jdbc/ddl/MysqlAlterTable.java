package io.holdfast.jdbc.ddl;

import io.holdfast.jdbc.ddl.DdlVerdict.Answer;
import io.holdfast.schema.SqlName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** ALTER TABLE of MySQL and MariaDB: which of its actions are structure, which are not. */
final class MysqlAlterTable {

  /** Order of rows, counters, comments and the way of altering: no structure. */
  private static final Set<String> HARMLESS = Set.of(
      "ORDER",
      "ENABLE",
      "DISABLE",
      "AUTO_INCREMENT",
      "COMMENT",
      "LOCK",
      "ALGORITHM",
      "FORCE",
      "ANALYZE",
      "CHECK",
      "OPTIMIZE",
      "REBUILD",
      "REPAIR",
      "IMPORT",
      "DISCARD",
      "WITH",
      "WITHOUT");

  private static final Set<String> STRUCTURAL = Set.of(
      "ADD",
      "ALTER",
      "CHANGE",
      "MODIFY",
      "CONVERT",
      "PARTITION",
      "COALESCE",
      "REMOVE",
      "REORGANIZE");

  private MysqlAlterTable() {}

  static void judge(SqlScanner in, StatementFinding out) {
    Answer best = in.acceptIfExists() ? Answer.MAYBE : Answer.YES;
    SqlName table = in.name();
    if (in.accept("WAIT")) {
      // WAIT 5, how long for the lock; NOWAIT.
      in.advance();
    } else {
      in.accept("NOWAIT");
    }
    Answer strongest = Answer.NO;
    var mentioned = new StatementFinding();
    while (!in.atEndOfStatement()) {
      Answer answer = action(in, table, mentioned);
      if (answer.compareTo(strongest) < 0) {
        strongest = answer;
      }
      skipAction(in, mentioned);
    }
    if (strongest != Answer.NO) {
      out.changes(table, strongest == Answer.MAYBE ? Answer.MAYBE : best);
      out.absorb(mentioned);
    }
  }

  private static Answer action(SqlScanner in, @Nullable SqlName table, StatementFinding mentioned) {
    String verb = in.keyword();
    in.advance();
    if (HARMLESS.contains(verb)) {
      return Answer.NO;
    }
    if (STRUCTURAL.contains(verb)) {
      return conditional(in) ? Answer.MAYBE : Answer.YES;
    }
    return switch (verb) {
      case "DROP" -> conditional(in) ? Answer.MAYBE : Answer.YES;
      case "RENAME" -> {
        if (!in.is("COLUMN") && !in.is("INDEX") && !in.is("KEY")) {
          if (!in.accept("TO")) {
            in.accept("AS");
          }
          SqlName renamed = in.name();
          mentioned.alsoSuspect(
              renamed != null && renamed.schema() == null && table != null
                  ? new SqlName(table.schema(), renamed.name())
                  : renamed);
        }
        yield Answer.YES;
      }
      case "EXCHANGE" -> {
        mentioned.alsoSuspect(Mentions.nameAfter("TABLE", in));
        yield Answer.MAYBE;
      }
      case "TRUNCATE" -> Answer.MAYBE;
      // Table options: engine, character set, row format.
      default -> Answer.MAYBE;
    };
  }

  /** Whether IF [NOT] EXISTS follows the words that say what is added or dropped. */
  private static boolean conditional(SqlScanner in) {
    for (int i = 0; i < 4 && !in.atEndOfStatement() && in.depth() == 0; i++) {
      if (in.is("IF")) {
        return true;
      }
      if (in.keyword().isEmpty()) {
        return false;
      }
      in.advance();
    }
    return false;
  }

  private static void skipAction(SqlScanner in, StatementFinding mentioned) {
    while (!in.atEndOfStatement()) {
      if (in.depth() == 0 && in.acceptSymbol(',')) {
        return;
      }
      if (in.accept("REFERENCES")) {
        mentioned.alsoSuspect(in.name());
      } else {
        in.advance();
      }
    }
  }
}
