package io.holdfast.jdbc.ddl;

import static java.util.Map.entry;

import io.holdfast.jdbc.ddl.DdlVerdict.Answer;
import io.holdfast.jdbc.ddl.SqlScanner.Token;
import io.holdfast.schema.SqlName;
import java.util.Map;
import java.util.Set;

/**
 * SQL Server. Statements need no semicolon between them, but the words that begin one are reserved:
 * wherever such a word stands unquoted, a statement may begin.
 */
final class SqlServerRules extends StatementRules {

  private static final Map<String, ObjectKind> KINDS = Map.ofEntries(
      entry("TABLE", ObjectKind.TABLE),
      entry("VIEW", ObjectKind.VIEW),
      entry("SEQUENCE", ObjectKind.SEQUENCE),
      entry("SYNONYM", ObjectKind.SYNONYM),
      entry("INDEX", ObjectKind.INDEX),
      entry("TRIGGER", ObjectKind.TRIGGER),
      entry("SCHEMA", ObjectKind.SCHEMA),
      entry("FUNCTION", ObjectKind.ROUTINE),
      entry("PROCEDURE", ObjectKind.ROUTINE),
      entry("PROC", ObjectKind.ROUTINE),
      entry("AGGREGATE", ObjectKind.ROUTINE),
      entry("TYPE", ObjectKind.TYPE),
      entry("DATABASE", ObjectKind.OTHER),
      entry("LOGIN", ObjectKind.OTHER),
      entry("USER", ObjectKind.OTHER),
      entry("ROLE", ObjectKind.OTHER),
      entry("STATISTICS", ObjectKind.OTHER),
      entry("COLUMN", ObjectKind.OTHER),
      entry("CONSTRAINT", ObjectKind.OTHER),
      entry("PERIOD", ObjectKind.OTHER),
      entry("CERTIFICATE", ObjectKind.OTHER),
      entry("ASSEMBLY", ObjectKind.OTHER),
      entry("PARTITION", ObjectKind.OTHER));

  private static final Set<String> STATEMENT_STARTS = Set.of(
      "CREATE",
      "ALTER",
      "DROP",
      "TRUNCATE",
      "EXEC",
      "EXECUTE",
      "SELECT",
      "INSERT",
      "MERGE",
      "UPDATE",
      "DELETE",
      "FETCH",
      "BEGIN",
      "COMMIT",
      "ROLLBACK",
      "USE",
      "REVERT");

  private static final Set<String> HARMLESS = Set.of(
      "SELECT",
      "WITH",
      "INSERT",
      "UPDATE",
      "DELETE",
      "MERGE",
      "FETCH",
      "OPEN",
      "CLOSE",
      "DEALLOCATE",
      "DECLARE",
      "SET",
      "IF",
      "ELSE",
      "WHILE",
      "PRINT",
      "RAISERROR",
      "THROW",
      "RETURN",
      "WAITFOR",
      "GOTO",
      "BREAK",
      "CONTINUE",
      "GRANT",
      "REVOKE",
      "DENY",
      "SAVE",
      "BULK",
      "BACKUP",
      "RESTORE",
      "DBCC",
      "CHECKPOINT",
      "KILL",
      "RECONFIGURE",
      "END",
      "GO",
      "VALUES");

  SqlServerRules() {
    super(KINDS);
  }

  @Override
  void judge(SqlScanner in, StatementFinding out) {
    String verb = in.keyword();
    super.judge(in, out);
    String previous = "";
    while (!in.atEndOfStatement()) {
      String word = in.token() == Token.WORD ? in.keyword() : "";
      if (word.equals("INTO") && verb.equals("SELECT") && !previous.equals("INSERT")) {
        in.advance();
        selectInto(in, out);
      } else if (STATEMENT_STARTS.contains(word) && !in.followsDot()) {
        verb = word;
        super.judge(in, out);
      } else {
        in.advance();
      }
      previous = word;
    }
  }

  private void selectInto(SqlScanner in, StatementFinding out) {
    if (in.isSymbol('#') || in.token() == Token.NUMBER) {
      return;
    }
    SqlName name = in.name();
    if (name != null && !isTemporary(name)) {
      out.changes(name, Answer.YES);
    }
  }

  @Override
  void other(String verb, SqlScanner in, StatementFinding out) {
    switch (verb) {
      case "EXEC", "EXECUTE" -> {
        if (in.is("AS")) {
          out.contextChange();
        } else {
          // sp_rename, sp_executesql, any procedure
          out.maybeAnything();
        }
      }
      case "USE", "REVERT" -> out.contextChange();
      case "BEGIN" -> {
        if (in.is("TRAN") || in.is("TRANSACTION") || in.is("DISTRIBUTED")) {
          out.transactionControl();
        }
      }
      case "COMMIT", "ROLLBACK" -> out.transactionControl();
      case "ENABLE", "DISABLE" -> {
        out.raise(Answer.MAYBE);
        out.alsoSuspect(Mentions.nameAfter("ON", in));
      }
      default -> {
        if (!HARMLESS.contains(verb)) {
          // Also a procedure called without EXEC.
          out.maybeAnything();
        }
      }
    }
  }

  @Override
  void create(SqlScanner in, StatementFinding out) {
    if (!createsTemporary(in)) {
      super.create(in, out);
    }
  }

  @Override
  void drop(SqlScanner in, StatementFinding out) {
    if (!createsTemporary(in)) {
      super.drop(in, out);
    }
  }

  /** {@code TABLE #t}: the number sign is no part of a word elsewhere. */
  private static boolean createsTemporary(SqlScanner in) {
    return in.is("TABLE") && in.ahead().isSymbol('#');
  }

  @Override
  boolean isTemporary(SqlName name) {
    return name.name().startsWith("#");
  }

  /** A module fills its batch: everything behind is its body. */
  @Override
  void skipBody(SqlScanner in) {
    in.skipText();
  }
}
