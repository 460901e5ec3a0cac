package io.holdfast.jdbc.ddl;

import static java.util.Map.entry;

import io.holdfast.jdbc.ddl.DdlVerdict.Answer;
import io.holdfast.schema.SqlName;
import java.util.Map;
import java.util.Set;

/** MySQL and MariaDB. Their stored functions cannot run DDL, their procedures can. */
final class MysqlRules extends StatementRules {

  private static final Map<String, ObjectKind> KINDS = Map.ofEntries(
      entry("TABLE", ObjectKind.TABLE),
      // DROP TABLES is DROP TABLE.
      entry("TABLES", ObjectKind.TABLE),
      entry("VIEW", ObjectKind.VIEW),
      entry("SEQUENCE", ObjectKind.SEQUENCE),
      entry("INDEX", ObjectKind.INDEX),
      entry("TRIGGER", ObjectKind.TRIGGER),
      entry("DATABASE", ObjectKind.SCHEMA),
      entry("SCHEMA", ObjectKind.SCHEMA),
      entry("FUNCTION", ObjectKind.ROUTINE),
      entry("PROCEDURE", ObjectKind.ROUTINE),
      entry("PACKAGE", ObjectKind.ROUTINE),
      entry("EVENT", ObjectKind.ROUTINE),
      entry("USER", ObjectKind.OTHER),
      entry("ROLE", ObjectKind.OTHER),
      entry("SERVER", ObjectKind.OTHER),
      entry("TABLESPACE", ObjectKind.OTHER),
      entry("LOGFILE", ObjectKind.OTHER),
      entry("RESOURCE", ObjectKind.OTHER),
      entry("INSTANCE", ObjectKind.OTHER),
      entry("UNDO", ObjectKind.OTHER),
      entry("CATALOG", ObjectKind.OTHER));

  /** Without one of these a compound statement changes no structure. */
  private static final Set<String> DDL_IN_BLOCKS =
      Set.of("CREATE", "ALTER", "DROP", "RENAME", "TRUNCATE", "EXECUTE", "CALL");

  private static final Set<String> HARMLESS = Set.of(
      "ANALYZE",
      "BACKUP",
      "BINLOG",
      "CACHE",
      "CHANGE",
      "CHECK",
      "CHECKSUM",
      "CLONE",
      "CLOSE",
      "DEALLOCATE",
      "DELETE",
      "DESC",
      "DESCRIBE",
      "DO",
      "EXPLAIN",
      "FETCH",
      "FLUSH",
      "GET",
      "GRANT",
      "HANDLER",
      "HELP",
      "IMPORT",
      "INSERT",
      "INSTALL",
      "KILL",
      "LOAD",
      "LOCK",
      "OPEN",
      "OPTIMIZE",
      "PREPARE",
      "PURGE",
      "RELEASE",
      "REPAIR",
      "REPLACE",
      "RESET",
      "RESIGNAL",
      "RESTART",
      "REVOKE",
      "SAVEPOINT",
      "SELECT",
      "SHOW",
      "SHUTDOWN",
      "SIGNAL",
      "SLAVE",
      "START",
      "STOP",
      "TABLE",
      "UNINSTALL",
      "UNLOCK",
      "UPDATE",
      "VALUES",
      "WITH");

  private final Lexis lexis;

  MysqlRules(Lexis lexis) {
    super(KINDS);
    this.lexis = lexis;
  }

  @Override
  void other(String verb, SqlScanner in, StatementFinding out) {
    switch (verb) {
      case "RENAME" -> rename(in, out);
      case "CALL" -> out.maybeAnything();
      case "EXECUTE" -> {
        if (in.accept("IMMEDIATE")) {
          ImmediateText.judge(in, lexis, this, out);
        } else {
          out.maybeAnything();
        }
      }
      case "SET" -> set(in, out);
      case "USE" -> out.contextChange();
      case "XA" -> out.transactionControl();
      case "BEGIN" -> {
        if (in.is("NOT")) {
          compound(in, out);
        } else {
          out.transactionControl();
        }
      }
      case "IF", "CASE", "LOOP", "WHILE", "REPEAT", "FOR", "DECLARE" -> compound(in, out);
      default -> {
        if (in.isSymbol(':')) {
          // A labelled block.
          compound(in, out);
        } else if (isTransactionControl(verb, in)) {
          out.transactionControl();
        } else if (!HARMLESS.contains(verb) && !verb.equals("ROLLBACK")) {
          out.maybeAnything();
        }
      }
    }
  }

  private static void rename(SqlScanner in, StatementFinding out) {
    if (!in.accept("TABLE") && !in.accept("TABLES")) {
      // RENAME USER
      return;
    }
    Answer certainty = in.acceptIfExists() ? Answer.MAYBE : Answer.YES;
    do {
      SqlName from = in.name();
      out.changes(from, certainty);
      while (!in.atEndOfStatement() && !in.isSymbol(',') && !in.accept("TO")) {
        // WAIT n, NOWAIT
        in.advance();
      }
      out.changes(in.name(), certainty);
    } while (in.acceptSymbol(','));
  }

  /** SET STATEMENT runs another statement; autocommit begins or ends a transaction. */
  private void set(SqlScanner in, StatementFinding out) {
    if (in.accept("STATEMENT")) {
      while (!in.atEndOfStatement()) {
        if (in.depth() == 0 && in.accept("FOR")) {
          // One within another: not worth a stack that grows with the text.
          if (in.is("SET")) {
            out.maybeAnything();
          } else if (!in.atEndOfStatement()) {
            judge(in, out);
          }
          return;
        }
        in.advance();
      }
    }
    if (in.is("ROLE")) {
      out.contextChange();
    } else if (Mentions.has("AUTOCOMMIT", in)) {
      out.transactionControl();
    }
  }

  /** A block of statements: what it will run is not known, but what it can run is in the text. */
  private static void compound(SqlScanner in, StatementFinding out) {
    while (!in.atEndOfText()) {
      if (DDL_IN_BLOCKS.contains(in.keyword())) {
        out.maybeAnything();
      } else if (in.is("COMMIT") || in.is("ROLLBACK")) {
        out.transactionControl();
      }
      in.advance();
    }
  }

  @Override
  void alter(ObjectKind kind, SqlScanner in, StatementFinding out) {
    switch (kind) {
      case TABLE -> MysqlAlterTable.judge(in, out);
      case SEQUENCE -> {
        Answer certainty = in.acceptIfExists() ? Answer.MAYBE : Answer.YES;
        SqlName sequence = in.name();
        if (in.accept("RESTART")) {
          in.accept("WITH");
          in.acceptSymbol('=');
          in.acceptSymbol('-');
          if (!in.atEndOfStatement()) {
            in.advance();
          }
        }
        if (!in.atEndOfStatement()) {
          out.changes(sequence, certainty);
        }
      }
      case SCHEMA -> {
        // Defaults for tables to come.
      }
      default -> super.alter(kind, in, out);
    }
  }

  /** A view that calls a function is unreadable without it: its columns are gone from the catalog. */
  @Override
  void drop(SqlScanner in, StatementFinding out) {
    if (in.is("FUNCTION")) {
      out.maybeAnything();
    } else {
      super.drop(in, out);
    }
  }

  @Override
  boolean dropSchemaTakesTables() {
    return true;
  }

  @Override
  Answer dropSchemaCertainty() {
    return Answer.YES;
  }

  @Override
  void skipBody(SqlScanner in) {
    RoutineBody.skipCompound(in);
  }
}
