package io.holdfast.jdbc.ddl;

import static java.util.Map.entry;

import io.holdfast.jdbc.ddl.SqlScanner.Token;
import io.holdfast.schema.SqlName;
import java.util.Map;

/** SQLite: little DDL, all of it visible; the only hidden way is writing to the schema table. */
final class SqliteRules extends StatementRules {

  private static final Map<String, ObjectKind> KINDS = Map.ofEntries(
      entry("TABLE", ObjectKind.TABLE),
      entry("VIEW", ObjectKind.VIEW),
      entry("INDEX", ObjectKind.INDEX),
      entry("TRIGGER", ObjectKind.TRIGGER));

  SqliteRules() {
    super(KINDS);
  }

  @Override
  void other(String verb, SqlScanner in, StatementFinding out) {
    switch (verb) {
      case "INSERT", "UPDATE", "DELETE", "REPLACE" -> writesSchemaTable(in, out);
      case "WITH" -> {
        while (!in.atEndOfStatement()) {
          if (in.is("INSERT") || in.is("UPDATE") || in.is("DELETE") || in.is("REPLACE")) {
            in.advance();
            writesSchemaTable(in, out);
          } else {
            in.advance();
          }
        }
      }
      case "ATTACH", "DETACH" -> out.contextChange();
      // A savepoint outside a transaction begins one, and releasing it commits.
      case "SAVEPOINT", "RELEASE" -> out.transactionControl();
      case "SELECT", "VALUES", "EXPLAIN", "PRAGMA", "ANALYZE", "REINDEX", "VACUUM" -> {
        // EXPLAIN never runs its statement here.
      }
      default -> {
        if (isTransactionControl(verb, in)) {
          out.transactionControl();
        } else if (!verb.equals("ROLLBACK")) {
          out.maybeAnything();
        }
      }
    }
  }

  private void writesSchemaTable(SqlScanner in, StatementFinding out) {
    if (in.accept("OR")) {
      in.advance();
    }
    in.accept("INTO");
    in.accept("FROM");
    if (in.token() == Token.WORD || in.token() == Token.QUOTED || in.token() == Token.STRING) {
      SqlName name = in.name();
      if (name != null
          && (sameName(name.name(), "sqlite_schema") || sameName(name.name(), "sqlite_master"))
          && !isTemporary(name)) {
        out.maybeAnything();
      }
    }
  }

  @Override
  boolean isTemporary(SqlName name) {
    return sameName(name.schema(), "temp");
  }

  @Override
  void skipBody(SqlScanner in) {
    RoutineBody.skipSqliteTrigger(in);
  }
}
