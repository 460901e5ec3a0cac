package io.holdfast.jdbc.ddl;

import io.holdfast.jdbc.ddl.DdlVerdict.Answer;
import io.holdfast.schema.SqlName;
import org.jspecify.annotations.Nullable;

/** ALTER of PostgreSQL's relations and their parts: which actions are structure, which are not. */
final class PostgresAlter {

  private PostgresAlter() {}

  static void judge(ObjectKind kind, SqlScanner in, StatementFinding out, StatementRules rules) {
    switch (kind) {
      case TABLE, VIEW, SEQUENCE, INDEX -> alterRelation(kind, in, out, rules);
      case TRIGGER, POLICY, RULE -> alterPart(kind, in, out, rules);
      case SCHEMA -> {
        if (Mentions.has("RENAME", in)) {
          out.raise(Answer.YES);
          out.suspectEverything();
        }
      }
      case TYPE -> {
        // Enum labels, attributes and domain constraints count where a table uses the type.
        in.name();
        if (!in.is("OWNER") && !(in.accept("SET") && in.isSymbol('('))) {
          out.maybeAnything();
        }
      }
      default -> out.maybeAnything();
    }
  }

  private static void alterPart(
      ObjectKind kind, SqlScanner in, StatementFinding out, StatementRules rules) {
    var part = new StatementFinding();
    rules.alterNamed(kind, Answer.YES, in, part);
    if (!in.is("DEPENDS") && !in.is("NO")) {
      out.absorb(part);
    }
  }

  private static void alterRelation(
      ObjectKind kind, SqlScanner in, StatementFinding out, StatementRules rules) {
    if (in.is("ALL")) {
      // ALL IN TABLESPACE: storage.
      return;
    }
    Answer best = in.acceptIfExists() ? Answer.MAYBE : Answer.YES;
    var named = new StatementFinding();
    SqlName table = rules.alterNamed(kind, best, in, named);
    if (kind == ObjectKind.INDEX && in.is("ATTACH")) {
      // Nothing happens where it is attached already, as after CREATE INDEX on the whole table.
      named.capAtMaybe();
    }
    Answer strongest = Answer.NO;
    while (!in.atEndOfStatement()) {
      Answer answer = action(table, in, named);
      if (answer.compareTo(strongest) < 0) {
        strongest = answer;
      }
      skipAction(in, named);
    }
    if (strongest == Answer.NO || named.answer() == Answer.NO) {
      return;
    }
    if (strongest == Answer.MAYBE) {
      named.capAtMaybe();
    }
    out.absorb(named);
  }

  /** Reads to the next action, picking up the tables that this one refers to. */
  private static void skipAction(SqlScanner in, StatementFinding out) {
    while (!in.atEndOfStatement()) {
      if (in.depth() == 0 && in.acceptSymbol(',')) {
        return;
      }
      if (in.accept("REFERENCES")) {
        out.alsoSuspect(in.name());
      } else if (in.accept("CASCADE")) {
        // Also ON DELETE CASCADE, which precedes other clauses or ends the action like this one.
        out.suspectEverything();
      } else {
        in.advance();
      }
    }
  }

  private static Answer action(@Nullable SqlName table, SqlScanner in, StatementFinding out) {
    String verb = in.keyword();
    if (!in.atEndOfStatement()) {
      in.advance();
    }
    return switch (verb) {
      case "ADD" -> add(in);
      case "DROP" -> drop(in);
      case "ALTER" -> alterColumn(in);
      case "RENAME" -> {
        if (in.accept("TO")) {
          SqlName renamed = in.name();
          if (renamed != null && table != null) {
            out.alsoSuspect(new SqlName(table.schema(), renamed.name()));
          }
        }
        yield Answer.YES;
      }
      case "ATTACH", "DETACH" -> {
        in.accept("PARTITION");
        out.alsoSuspect(in.name());
        yield Answer.YES;
      }
      case "INHERIT" -> {
        out.alsoSuspect(in.name());
        yield Answer.YES;
      }
      case "NO" -> {
        if (in.accept("INHERIT")) {
          out.alsoSuspect(in.name());
        }
        // NO INHERIT, NO FORCE ROW LEVEL SECURITY, NO MINVALUE; not NO DEPENDS ON EXTENSION.
        yield in.is("DEPENDS") ? Answer.NO : Answer.YES;
      }
      case "SET" -> set(table, in, out);
      case "ENABLE", "DISABLE" -> Answer.YES;
      case "VALIDATE", "REPLICA" -> Answer.MAYBE;
      case "CLUSTER", "DEPENDS", "OWNER", "RESET", "RESTART" -> Answer.NO;
      case "OWNED" -> Answer.NO;
      case "" -> Answer.NO;
      // FORCE ROW LEVEL SECURITY, OF type, NOT OF, OPTIONS, and the options of a sequence.
      default -> Answer.YES;
    };
  }

  private static Answer add(SqlScanner in) {
    in.accept("COLUMN");
    return in.is("IF") ? Answer.MAYBE : Answer.YES;
  }

  private static Answer drop(SqlScanner in) {
    if (!in.accept("COLUMN")) {
      in.accept("CONSTRAINT");
    }
    return in.is("IF") ? Answer.MAYBE : Answer.YES;
  }

  private static Answer alterColumn(SqlScanner in) {
    if (!in.accept("COLUMN") && in.accept("CONSTRAINT")) {
      return Answer.YES;
    }
    in.advance();
    if (in.accept("SET")) {
      boolean storage =
          in.is("STATISTICS") || in.is("STORAGE") || in.is("COMPRESSION") || in.isSymbol('(');
      return storage ? Answer.NO : Answer.YES;
    }
    if (in.accept("DROP")) {
      in.advance();
      return in.is("IF") ? Answer.MAYBE : Answer.YES;
    }
    return in.is("RESET") || in.is("RESTART") ? Answer.NO : Answer.YES;
  }

  private static Answer set(@Nullable SqlName table, SqlScanner in, StatementFinding out) {
    if (in.accept("SCHEMA")) {
      SqlName schema = in.name();
      if (schema != null && table != null) {
        out.alsoSuspect(new SqlName(schema.name(), table.name()));
      }
      return Answer.YES;
    }
    boolean storage = in.isSymbol('(')
        || in.is("TABLESPACE")
        || in.is("STATISTICS")
        || in.is("STORAGE")
        || in.is("ACCESS")
        || in.is("WITHOUT")
        || in.is("WITH");
    return storage ? Answer.NO : Answer.YES;
  }
}
