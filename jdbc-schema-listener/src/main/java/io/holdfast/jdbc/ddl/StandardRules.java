package io.holdfast.jdbc.ddl;

import static java.util.Map.entry;

import io.holdfast.jdbc.ddl.DdlVerdict.Answer;
import io.holdfast.schema.SqlName;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Oracle, and every engine that is not known better: common syntax is judged, everything else may be
 * anything.
 */
final class StandardRules extends StatementRules {

  private static final Map<String, ObjectKind> KINDS = Map.ofEntries(
      entry("TABLE", ObjectKind.TABLE),
      entry("VIEW", ObjectKind.VIEW),
      entry("SEQUENCE", ObjectKind.SEQUENCE),
      entry("SYNONYM", ObjectKind.SYNONYM),
      entry("ALIAS", ObjectKind.SYNONYM),
      entry("INDEX", ObjectKind.INDEX),
      entry("TRIGGER", ObjectKind.TRIGGER),
      entry("POLICY", ObjectKind.POLICY),
      entry("RULE", ObjectKind.RULE),
      entry("SCHEMA", ObjectKind.SCHEMA),
      entry("DATABASE", ObjectKind.OTHER),
      entry("EXTENSION", ObjectKind.EXTENSION),
      entry("FUNCTION", ObjectKind.ROUTINE),
      entry("PROCEDURE", ObjectKind.ROUTINE),
      entry("PACKAGE", ObjectKind.ROUTINE),
      entry("TYPE", ObjectKind.TYPE),
      entry("DOMAIN", ObjectKind.TYPE),
      entry("LANGUAGE", ObjectKind.SUPPORT),
      entry("COLLATION", ObjectKind.SUPPORT),
      entry("OPERATOR", ObjectKind.SUPPORT),
      entry("SESSION", ObjectKind.OTHER),
      entry("SYSTEM", ObjectKind.OTHER),
      entry("USER", ObjectKind.OTHER),
      entry("ROLE", ObjectKind.OTHER),
      entry("PROFILE", ObjectKind.OTHER),
      entry("DIRECTORY", ObjectKind.OTHER),
      entry("LIBRARY", ObjectKind.OTHER),
      entry("CONTEXT", ObjectKind.OTHER),
      entry("TABLESPACE", ObjectKind.OTHER));

  private static final Set<String> HARMLESS = Set.of(
      "ANALYZE",
      "AUDIT",
      "CLOSE",
      "COMMENT",
      "DEALLOCATE",
      "DELETE",
      "DESCRIBE",
      "EXPLAIN",
      "FETCH",
      "GRANT",
      "INSERT",
      "LOCK",
      "MERGE",
      "NOAUDIT",
      "OPEN",
      "PURGE",
      "RELEASE",
      "REPLACE",
      "REVOKE",
      "ROLLBACK",
      "SAVEPOINT",
      "SHOW",
      "UPDATE",
      "UPSERT",
      "VALUES");

  private final boolean oracle;

  StandardRules(boolean oracle) {
    super(KINDS);
    this.oracle = oracle;
  }

  @Override
  void other(String verb, SqlScanner in, StatementFinding out) {
    switch (verb) {
      case "SELECT", "WITH" -> {
        // INTO a table in several engines, into a variable in others.
        if (!oracle && Mentions.has("INTO", in)) {
          in.advance();
          out.changes(in.name(), Answer.MAYBE);
        }
      }
      case "BEGIN" -> {
        if (in.atEndOfStatement() || in.is("WORK") || in.is("TRANSACTION")) {
          out.transactionControl();
        } else {
          block(in, out);
        }
      }
      case "DECLARE" -> block(in, out);
      case "RENAME" -> {
        in.accept("TABLE");
        out.changes(in.name(), Answer.YES);
        in.accept("TO");
        out.changes(in.name(), Answer.YES);
      }
      case "USE" -> out.contextChange();
      case "SET" -> {
        if (in.accept("CURRENT")
            || in.is("SCHEMA")
            || in.is("ROLE")
            || in.is("CATALOG")
            || in.is("SEARCH_PATH")) {
          out.contextChange();
        } else if (in.is("AUTOCOMMIT")) {
          out.transactionControl();
        }
      }
      default -> {
        if (isTransactionControl(verb, in)) {
          out.transactionControl();
        } else if (!HARMLESS.contains(verb)) {
          out.maybeAnything();
        }
      }
    }
  }

  /** A procedural block reaches to the end of the text; it may call anything. */
  private static void block(SqlScanner in, StatementFinding out) {
    out.maybeAnything();
    out.transactionControl();
    in.skipText();
  }

  @Override
  void alter(SqlScanner in, StatementFinding out) {
    if (in.is("SESSION")) {
      if (Mentions.has("CURRENT_SCHEMA", in)) {
        out.contextChange();
      }
    } else {
      super.alter(in, out);
    }
  }

  @Override
  boolean temporaryIsPrivate(Modifiers modifiers) {
    return modifiers.temporary() && !modifiers.global();
  }

  @Override
  boolean isTemporary(SqlName name) {
    // Oracle's private temporary tables.
    return oracle && name.name().toUpperCase(Locale.ROOT).startsWith("ORA$PTT_");
  }

  @Override
  void skipBody(SqlScanner in) {
    if (oracle) {
      in.skipText();
    } else {
      RoutineBody.skipCompound(in);
    }
  }
}
