package io.holdfast.jdbc.ddl;

import static java.util.Map.entry;

import io.holdfast.jdbc.ddl.DdlVerdict.Answer;
import io.holdfast.jdbc.ddl.SqlScanner.Token;
import io.holdfast.schema.SqlName;
import java.util.Map;
import java.util.Set;

/** H2. CALL evaluates an expression: only functions that are not built in may run DDL. */
final class H2Rules extends StatementRules {

  private static final Map<String, ObjectKind> KINDS = Map.ofEntries(
      entry("TABLE", ObjectKind.TABLE),
      entry("VIEW", ObjectKind.VIEW),
      entry("SEQUENCE", ObjectKind.SEQUENCE),
      entry("SYNONYM", ObjectKind.SYNONYM),
      entry("INDEX", ObjectKind.INDEX),
      // CREATE PRIMARY KEY ON t
      entry("PRIMARY", ObjectKind.INDEX),
      entry("TRIGGER", ObjectKind.TRIGGER),
      entry("SCHEMA", ObjectKind.SCHEMA),
      entry("ALIAS", ObjectKind.ROUTINE),
      entry("AGGREGATE", ObjectKind.ROUTINE),
      entry("DOMAIN", ObjectKind.TYPE),
      entry("TYPE", ObjectKind.TYPE),
      entry("DATATYPE", ObjectKind.TYPE),
      entry("CONSTANT", ObjectKind.SUPPORT),
      entry("ROLE", ObjectKind.OTHER),
      entry("USER", ObjectKind.OTHER));

  private static final Set<String> CONTEXT_SETTINGS =
      Set.of("SCHEMA", "SCHEMA_SEARCH_PATH", "CATALOG", "ROLE");

  H2Rules() {
    super(KINDS);
  }

  @Override
  void other(String verb, SqlScanner in, StatementFinding out) {
    switch (verb) {
      case "CALL" -> call(in, out);
      case "WITH" -> {
        if (Mentions.has("CREATE", in)) {
          in.advance();
          out.capAtMaybe();
          out.maybeAnything();
        }
      }
      case "EXECUTE" -> {
        if (in.accept("IMMEDIATE")) {
          ImmediateText.judge(in, Lexis.H2, this, out);
        } else {
          out.maybeAnything();
        }
      }
      case "RUNSCRIPT" -> out.maybeAnything();
      case "SET" -> {
        if (in.is("REFERENTIAL_INTEGRITY")) {
          out.maybeAnything();
        } else if (in.is("AUTOCOMMIT")) {
          out.transactionControl();
        } else if (CONTEXT_SETTINGS.contains(in.keyword())) {
          out.contextChange();
        }
      }
      case "USE" -> out.contextChange();
      case "PREPARE" -> {
        if (in.is("COMMIT")) {
          out.transactionControl();
        }
      }
      case "SELECT",
          "VALUES",
          "TABLE",
          "FROM",
          "INSERT",
          "UPDATE",
          "DELETE",
          "MERGE",
          "REPLACE",
          "EXPLAIN",
          "SHOW",
          "HELP",
          "ANALYZE",
          "ANALYSE",
          "BACKUP",
          "CHECKPOINT",
          "COMMENT",
          "DEALLOCATE",
          "GRANT",
          "REFRESH",
          "RELEASE",
          "REVOKE",
          "SAVEPOINT",
          "SCRIPT",
          "SHUTDOWN" -> {
        // Data, privileges, comments.
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

  private void call(SqlScanner in, StatementFinding out) {
    while (!in.atEndOfStatement()) {
      boolean word = in.token() == Token.WORD || in.token() == Token.QUOTED;
      String function = word ? in.content() : "";
      in.advance();
      if (word && in.isSymbol('(') && !H2Functions.isBuiltIn(function)) {
        out.maybeAnything();
      }
    }
  }

  @Override
  void drop(SqlScanner in, StatementFinding out) {
    if (in.is("ALL")) {
      // ALL OBJECTS
      out.maybeAnything();
    } else {
      super.drop(in, out);
    }
  }

  @Override
  void alter(ObjectKind kind, SqlScanner in, StatementFinding out) {
    switch (kind) {
      case TABLE -> alterTable(in, out);
      case SEQUENCE -> alterSequence(in, out);
      case VIEW -> {
        // RECOMPILE reads the view again; RENAME changes it.
        boolean onlyIfPresent = in.acceptIfExists();
        SqlName view = in.name();
        if (!in.is("RECOMPILE")) {
          out.changes(view, onlyIfPresent ? Answer.MAYBE : Answer.YES);
          Mentions.suspectTied(in, out);
        }
      }
      default -> super.alter(kind, in, out);
    }
  }

  private void alterTable(SqlScanner in, StatementFinding out) {
    boolean onlyIfPresent = in.acceptIfExists();
    SqlName table = in.name();
    boolean alters = in.accept("ALTER");
    boolean adds = !alters && in.accept("ADD");
    boolean drops = !alters && !adds && in.accept("DROP");
    if (in.is("SET")) {
      // SET REFERENTIAL_INTEGRITY
      out.changes(table, Answer.MAYBE);
      return;
    }
    if (in.is("COLUMN") || in.is("CONSTRAINT")) {
      in.advance();
    }
    boolean conditional = (adds || drops || alters) && in.acceptIfExists();
    if (alters) {
      in.name();
      if (in.is("SELECTIVITY") || in.is("RESTART")) {
        return;
      }
    }
    out.changes(table, onlyIfPresent || conditional ? Answer.MAYBE : Answer.YES);
    Mentions.suspectTied(in, out);
  }

  private static void alterSequence(SqlScanner in, StatementFinding out) {
    boolean onlyIfPresent = in.acceptIfExists();
    SqlName sequence = in.name();
    if (in.accept("RESTART")) {
      in.accept("WITH");
      in.acceptSymbol('-');
      if (in.token() == Token.NUMBER) {
        in.advance();
      }
    }
    if (!in.atEndOfStatement()) {
      out.changes(sequence, onlyIfPresent ? Answer.MAYBE : Answer.YES);
    }
  }

  /** A temporary table is everybody's, only its rows are not, unless it is called LOCAL. */
  @Override
  boolean temporaryIsPrivate(Modifiers modifiers) {
    return modifiers.temporary() && modifiers.local();
  }
}
