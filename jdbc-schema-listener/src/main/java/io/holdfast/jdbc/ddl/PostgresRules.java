package io.holdfast.jdbc.ddl;

import static java.util.Map.entry;

import io.holdfast.jdbc.ddl.DdlVerdict.Answer;
import io.holdfast.jdbc.ddl.SqlScanner.Token;
import io.holdfast.schema.SqlName;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PostgreSQL. What a function does when it is called, no text tells: that is left to the probe. */
final class PostgresRules extends StatementRules {

  private static final Map<String, ObjectKind> KINDS = Map.ofEntries(
      entry("TABLE", ObjectKind.TABLE),
      entry("VIEW", ObjectKind.VIEW),
      entry("SEQUENCE", ObjectKind.SEQUENCE),
      entry("INDEX", ObjectKind.INDEX),
      entry("TRIGGER", ObjectKind.TRIGGER),
      entry("POLICY", ObjectKind.POLICY),
      entry("RULE", ObjectKind.RULE),
      entry("SCHEMA", ObjectKind.SCHEMA),
      entry("EXTENSION", ObjectKind.EXTENSION),
      entry("FUNCTION", ObjectKind.ROUTINE),
      entry("PROCEDURE", ObjectKind.ROUTINE),
      entry("ROUTINE", ObjectKind.ROUTINE),
      entry("AGGREGATE", ObjectKind.ROUTINE),
      entry("TYPE", ObjectKind.TYPE),
      entry("DOMAIN", ObjectKind.TYPE),
      entry("COLLATION", ObjectKind.SUPPORT),
      entry("OPERATOR", ObjectKind.SUPPORT),
      entry("LANGUAGE", ObjectKind.SUPPORT),
      entry("SERVER", ObjectKind.SUPPORT),
      // FOREIGN DATA WRAPPER; FOREIGN TABLE is a table.
      entry("DATA", ObjectKind.SUPPORT),
      entry("CAST", ObjectKind.SUPPORT),
      entry("ACCESS", ObjectKind.SUPPORT),
      entry("TEXT", ObjectKind.SUPPORT),
      entry("CONVERSION", ObjectKind.SUPPORT),
      entry("TRANSFORM", ObjectKind.SUPPORT),
      entry("EVENT", ObjectKind.OTHER),
      entry("DATABASE", ObjectKind.OTHER),
      entry("ROLE", ObjectKind.OTHER),
      entry("USER", ObjectKind.OTHER),
      entry("GROUP", ObjectKind.OTHER),
      entry("PUBLICATION", ObjectKind.OTHER),
      entry("SUBSCRIPTION", ObjectKind.OTHER),
      entry("STATISTICS", ObjectKind.OTHER),
      entry("TABLESPACE", ObjectKind.OTHER),
      entry("PRIVILEGES", ObjectKind.OTHER),
      entry("SYSTEM", ObjectKind.OTHER),
      entry("LARGE", ObjectKind.OTHER));

  private static final Set<String> CATALOGS = Set.of(
      "pg_class",
      "pg_attribute",
      "pg_attrdef",
      "pg_constraint",
      "pg_enum",
      "pg_foreign_table",
      "pg_index",
      "pg_inherits",
      "pg_namespace",
      "pg_partitioned_table",
      "pg_policy",
      "pg_rewrite",
      "pg_sequence",
      "pg_trigger",
      "pg_type");

  /** Without one of these a PL/pgSQL block changes no structure, unless a function that it calls does. */
  private static final Set<String> DDL_IN_BLOCKS =
      Set.of("CREATE", "ALTER", "DROP", "EXECUTE", "CALL", "TRUNCATE", "REINDEX", "IMPORT");

  private static final int QUERY_WORDS =
      Characters.letters("INTO", "INSERT", "MERGE", "AS", "UPDATE", "DELETE", "SET_CONFIG");

  /** What a boolean option may be set to, as a word, a number or in quotes. */
  private static final Set<String> SWITCHED_OFF = Set.of("FALSE", "OFF", "0");

  private static final Set<String> TRANSACTION_IN_BLOCKS = Set.of("COMMIT", "ROLLBACK");

  PostgresRules() {
    super(KINDS);
  }

  @Override
  void other(String verb, SqlScanner in, StatementFinding out) {
    switch (verb) {
      case "SELECT", "WITH", "VALUES", "TABLE" -> query(in, out);
      case "INSERT", "UPDATE", "DELETE", "MERGE" -> {
        in.accept("INTO");
        if (isCatalog(dmlTarget(in))) {
          out.maybeAnything();
        }
        query(in, out);
      }
      case "EXPLAIN" -> explain(in, out);
      case "DO" -> block(in, out);
      case "CALL", "IMPORT" -> out.maybeAnything();
      case "REINDEX" -> reindex(in, out);
      case "SET", "RESET" -> set(verb, in, out);
      case "DISCARD" -> out.contextChange();
      case "PREPARE" -> {
        if (in.is("TRANSACTION")) {
          out.transactionControl();
        }
      }
      case "COMMIT", "ROLLBACK" -> {
        if (in.is("PREPARED")) {
          out.transactionControl();
          if (verb.equals("COMMIT")) {
            // What was prepared, perhaps by another session, becomes visible now.
            out.maybeAnything();
          }
        } else if (isTransactionControl(verb, in)) {
          out.transactionControl();
        }
      }
      case "ANALYZE",
          "ANALYSE",
          "CHECKPOINT",
          "CLOSE",
          "CLUSTER",
          "COMMENT",
          "COPY",
          "DEALLOCATE",
          "DECLARE",
          // Only queries and changes of rows can be prepared.
          "EXECUTE",
          "FETCH",
          "GRANT",
          "LISTEN",
          "LOAD",
          "LOCK",
          "MOVE",
          "NOTIFY",
          "REASSIGN",
          "REFRESH",
          "RELEASE",
          "REVOKE",
          "SAVEPOINT",
          "SECURITY",
          "SHOW",
          "UNLISTEN",
          "VACUUM" -> {
        // Data, privileges, comments, session state.
      }
      default -> {
        if (isTransactionControl(verb, in)) {
          out.transactionControl();
        } else {
          out.maybeAnything();
        }
      }
    }
  }

  /** INTO is a reserved word: in a query it names a new table, unless a data-changing verb precedes. */
  private void query(SqlScanner in, StatementFinding out) {
    while (!in.atEndOfStatement()) {
      if (in.is("INTO") && !in.followsDot()) {
        in.advance();
        selectInto(in, out);
      } else if (in.accept("INSERT") || in.accept("MERGE") || in.accept("AS")) {
        if (in.accept("INTO") && isCatalog(in.name())) {
          out.maybeAnything();
        }
      } else if (in.accept("UPDATE") || in.accept("DELETE")) {
        if (isCatalog(dmlTarget(in))) {
          out.maybeAnything();
        }
      } else {
        if (in.is("SET_CONFIG")) {
          out.contextChange();
        }
        in.seek(QUERY_WORDS);
      }
    }
  }

  private void selectInto(SqlScanner in, StatementFinding out) {
    boolean temporary = false;
    while (true) {
      if (in.accept("TEMP") || in.accept("TEMPORARY")) {
        temporary = true;
      } else if (!in.accept("LOCAL")
          && !in.accept("GLOBAL")
          && !in.accept("UNLOGGED")
          && !in.accept("TABLE")) {
        break;
      }
    }
    SqlName name = in.name();
    if (temporary || (name != null && isTemporary(name))) {
      out.temporary(name);
    } else {
      out.changes(name, Answer.YES);
    }
  }

  private static @Nullable SqlName dmlTarget(SqlScanner in) {
    in.accept("FROM");
    in.accept("ONLY");
    return in.name();
  }

  private static boolean isCatalog(@Nullable SqlName name) {
    return name != null
        && CATALOGS.contains(name.name().toLowerCase(Locale.ROOT))
        && (name.schema() == null || sameName(name.schema(), "pg_catalog"));
  }

  /** EXPLAIN runs the statement if ANALYZE is among its options. */
  private void explain(SqlScanner in, StatementFinding out) {
    boolean runs = false;
    if (in.acceptSymbol('(')) {
      while (!in.atEndOfText() && !in.isSymbol(')')) {
        if (in.accept("ANALYZE") || in.accept("ANALYSE")) {
          runs = !SWITCHED_OFF.contains(in.content().toUpperCase(Locale.ROOT));
        } else {
          in.advance();
        }
      }
      in.acceptSymbol(')');
    } else {
      runs = in.accept("ANALYZE") || in.accept("ANALYSE");
      in.accept("VERBOSE");
    }
    while (in.acceptSymbol('(')) {
      // EXPLAIN ANALYZE (SELECT …)
    }
    // EXPLAIN of EXPLAIN is no SQL; not following it keeps a hostile text from growing the stack.
    if (runs && !in.atEndOfStatement() && !in.is("EXPLAIN")) {
      judge(in, out);
    }
  }

  /** DO: the block is in the text, so its words tell whether it may run DDL. */
  private static void block(SqlScanner in, StatementFinding out) {
    boolean plpgsql = true;
    while (!in.atEndOfStatement()) {
      if (in.accept("LANGUAGE")) {
        plpgsql = in.atEndOfStatement() || in.content().equalsIgnoreCase("plpgsql");
      } else if (in.token() == Token.STRING) {
        String body = in.content();
        if (mentionsAnywhere(DDL_IN_BLOCKS, body)) {
          out.maybeAnything();
        }
        if (mentionsAnywhere(TRANSACTION_IN_BLOCKS, body)) {
          out.transactionControl();
        }
      }
      if (!in.atEndOfStatement()) {
        in.advance();
      }
    }
    if (!plpgsql) {
      out.maybeAnything();
    }
  }

  private static boolean mentionsAnywhere(Set<String> keywords, String body) {
    var in = new SqlScanner(body, Lexis.POSTGRESQL);
    while (!in.atEndOfText()) {
      if (Mentions.hasAny(keywords, in)) {
        return true;
      }
      in.advance();
    }
    return false;
  }

  /** A rebuilt index may turn valid, one that fails while built concurrently is left invalid. */
  private static void reindex(SqlScanner in, StatementFinding out) {
    if (in.acceptSymbol('(')) {
      while (!in.atEndOfStatement() && !in.acceptSymbol(')')) {
        in.advance();
      }
    }
    boolean table = in.is("TABLE");
    in.advance();
    in.accept("CONCURRENTLY");
    if (table) {
      out.changes(in.name(), Answer.MAYBE);
    } else {
      out.object(in.name());
      out.maybeAnything();
    }
  }

  private static void set(String verb, SqlScanner in, StatementFinding out) {
    if (!in.accept("SESSION")) {
      in.accept("LOCAL");
    }
    boolean resetsAll = verb.equals("RESET") && in.is("ALL");
    if (resetsAll
        || in.is("SEARCH_PATH")
        || in.is("SCHEMA")
        || in.is("ROLE")
        || in.is("AUTHORIZATION")) {
      out.contextChange();
    }
  }

  @Override
  void drop(SqlScanner in, StatementFinding out) {
    if (in.is("OWNED")) {
      out.maybeAnything();
    } else {
      super.drop(in, out);
    }
  }

  @Override
  void alter(ObjectKind kind, SqlScanner in, StatementFinding out) {
    if (kind == ObjectKind.SUPPORT || kind == ObjectKind.OTHER || kind == ObjectKind.ROUTINE) {
      return;
    }
    PostgresAlter.judge(kind, in, out, this);
  }

  @Override
  Answer dropSchemaCertainty() {
    return Answer.YES;
  }

  @Override
  boolean isTemporary(SqlName name) {
    String schema = name.schema();
    return schema != null && schema.toLowerCase(Locale.ROOT).startsWith("pg_temp");
  }

  /** A body in standard SQL: BEGIN ATOMIC … END, where only CASE has an END of its own. */
  @Override
  void skipBody(SqlScanner in) {
    RoutineBody.skipAtomic(in);
  }
}
