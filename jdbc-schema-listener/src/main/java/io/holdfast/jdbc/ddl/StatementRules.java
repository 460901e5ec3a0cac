package io.holdfast.jdbc.ddl;

import io.holdfast.jdbc.ddl.DdlVerdict.Answer;
import io.holdfast.schema.SqlName;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What CREATE, ALTER, DROP and the other verbs mean, as far as the dialects agree; each dialect says
 * what is different. Rules read on as far as they need and never beyond the statement, except into
 * the body of a routine or trigger.
 */
abstract class StatementRules {

  /** No dialect puts more words between CREATE and the kind of object; DEFINER clauses are longest. */
  private static final int MOST_MODIFIERS = 24;

  private static final Set<String> TEMPORARY = Set.of("TEMP", "TEMPORARY");

  private final Map<String, ObjectKind> kinds;

  /**
   * @param kinds what the words that name a kind of object mean, in upper case
   */
  StatementRules(Map<String, ObjectKind> kinds) {
    this.kinds = kinds;
  }

  /** Judges the statement that begins with the word in hand. */
  void judge(SqlScanner in, StatementFinding out) {
    String verb = in.keyword();
    in.advance();
    switch (verb) {
      case "CREATE" -> create(in, out);
      case "ALTER" -> alter(in, out);
      case "DROP" -> drop(in, out);
      case "TRUNCATE" -> truncate(in, out);
      default -> other(verb, in, out);
    }
  }

  /** Judges a statement that begins with any other word, which is behind already. */
  abstract void other(String verb, SqlScanner in, StatementFinding out);

  /** Reads over the body of a routine or trigger; by default there are none with semicolons. */
  void skipBody(SqlScanner in) {
    in.skipStatement();
  }

  /** Whether an object of this name is visible to this session only. */
  boolean isTemporary(SqlName name) {
    return false;
  }

  /** Whether CREATE TEMPORARY makes an object of this session only; Oracle's is everybody's. */
  boolean temporaryIsPrivate(Modifiers modifiers) {
    return modifiers.temporary();
  }

  /** Whether DROP SCHEMA without CASCADE takes the tables along. */
  boolean dropSchemaTakesTables() {
    return false;
  }

  /** How certain DROP SCHEMA with CASCADE, or taking tables anyway, is to change something. */
  Answer dropSchemaCertainty() {
    return Answer.MAYBE;
  }

  /** What stood between the verb and the kind of object. */
  record Modifiers(@Nullable ObjectKind kind, boolean temporary, boolean local, boolean global) {}

  /** Reads to the word behind the kind of object. */
  private Modifiers modifiers(SqlScanner in) {
    boolean temporary = false;
    boolean local = false;
    boolean global = false;
    for (int i = 0; i < MOST_MODIFIERS && !in.atEndOfStatement(); i++) {
      String word = in.keyword();
      ObjectKind kind = kinds.get(word);
      in.advance();
      if (kind != null) {
        return new Modifiers(kind, temporary, local, global);
      }
      temporary |= TEMPORARY.contains(word);
      local |= word.equals("LOCAL");
      global |= word.equals("GLOBAL");
    }
    return new Modifiers(null, temporary, local, global);
  }

  void create(SqlScanner in, StatementFinding out) {
    Modifiers modifiers = modifiers(in);
    if (modifiers.kind() == null) {
      out.maybeAnything();
      return;
    }
    switch (modifiers.kind()) {
      case TABLE, VIEW, SEQUENCE, SYNONYM -> createRelation(modifiers, in, out);
      case INDEX -> createIndex(in, out);
      case TRIGGER, POLICY, RULE -> createOnTable(modifiers, in, out);
      case SCHEMA -> createSchema(in, out);
      case EXTENSION -> out.maybeAnything();
      case ROUTINE -> skipBody(in);
      case TYPE, SUPPORT, OTHER -> {
        // Nothing that a table consists of.
      }
    }
  }

  private void createRelation(Modifiers modifiers, SqlScanner in, StatementFinding out) {
    boolean onlyIfAbsent = in.acceptIfExists();
    SqlName name = in.name();
    if (temporaryIsPrivate(modifiers) || (name != null && isTemporary(name))) {
      out.temporary(name);
      return;
    }
    out.changes(name, onlyIfAbsent ? Answer.MAYBE : Answer.YES);
    Mentions.suspectTied(in, out);
  }

  void createIndex(SqlScanner in, StatementFinding out) {
    in.accept("CONCURRENTLY");
    boolean onlyIfAbsent = in.acceptIfExists();
    SqlName index = in.is("ON") ? null : in.name();
    if (index != null && isTemporary(index)) {
      return;
    }
    out.object(index);
    SqlName table = Mentions.nameAfter("ON", in);
    if (table == null || !isTemporary(table)) {
      changeBeside(index, table, onlyIfAbsent ? Answer.MAYBE : Answer.YES, out);
    }
  }

  private void createOnTable(Modifiers modifiers, SqlScanner in, StatementFinding out) {
    boolean onlyIfAbsent = in.acceptIfExists();
    SqlName name = in.name();
    if (!temporaryIsPrivate(modifiers) && (name == null || !isTemporary(name))) {
      out.object(name);
      SqlName table = Mentions.nameAfter(modifiers.kind() == ObjectKind.RULE ? "TO" : "ON", in);
      changeBeside(name, table, onlyIfAbsent ? Answer.MAYBE : Answer.YES, out);
    }
    if (modifiers.kind() == ObjectKind.TRIGGER) {
      skipBody(in);
    }
  }

  /** An index or trigger changes: its table is the suspect, in its own schema if none is given. */
  private static void changeBeside(
      @Nullable SqlName part, @Nullable SqlName table, Answer certainty, StatementFinding out) {
    if (table == null) {
      out.suspectEverything();
    } else if (table.schema() == null && part != null && part.schema() != null) {
      out.alsoSuspect(new SqlName(part.schema(), table.name()));
    } else {
      out.alsoSuspect(table);
    }
    out.raise(certainty);
  }

  /** CREATE SCHEMA changes tables by the elements that may follow without a semicolon. */
  private void createSchema(SqlScanner in, StatementFinding out) {
    in.acceptIfExists();
    SqlName schema = in.is("AUTHORIZATION") ? null : in.name();
    while (!in.atEndOfStatement()) {
      if (in.depth() == 0 && in.accept("CREATE")) {
        if (schema != null) {
          out.object(schema);
        }
        out.raise(Answer.YES);
        out.suspectEverything();
      } else {
        in.advance();
      }
    }
  }

  void drop(SqlScanner in, StatementFinding out) {
    Modifiers modifiers = modifiers(in);
    if (modifiers.kind() == null) {
      out.maybeAnything();
      return;
    }
    in.accept("CONCURRENTLY");
    boolean onlyIfPresent = in.acceptIfExists();
    Answer certainty = onlyIfPresent ? Answer.MAYBE : Answer.YES;
    switch (modifiers.kind()) {
      case TABLE, VIEW, SEQUENCE, SYNONYM -> {
        dropRelations(modifiers, certainty, in, out);
        dropRest(in, out);
      }
      case INDEX, TRIGGER, POLICY, RULE -> {
        dropParts(certainty, in, out);
        dropRest(in, out);
      }
      case SCHEMA -> {
        SqlName schema = in.name();
        if (Mentions.has("CASCADE", in) || dropSchemaTakesTables()) {
          out.object(schema);
          out.raise(onlyIfPresent ? Answer.MAYBE : dropSchemaCertainty());
          out.suspectEverything();
        }
      }
      case EXTENSION -> out.maybeAnything();
      case ROUTINE, TYPE, SUPPORT -> {
        if (Mentions.has("CASCADE", in)) {
          out.maybeAnything();
        }
      }
      case OTHER -> {
        // Nothing that a table consists of.
      }
    }
  }

  private void dropRelations(
      Modifiers modifiers, Answer certainty, SqlScanner in, StatementFinding out) {
    do {
      SqlName name = in.name();
      if (modifiers.temporary() || (name != null && isTemporary(name))) {
        out.temporary(name);
      } else {
        out.changes(name, certainty);
      }
    } while (in.acceptSymbol(','));
  }

  /** Drops indexes or triggers: of their tables, which only some dialects name. */
  private void dropParts(Answer certainty, SqlScanner in, StatementFinding out) {
    boolean tableNamed = false;
    boolean permanent = false;
    while (!in.atEndOfStatement() && !in.is("CASCADE") && !in.is("RESTRICT")) {
      if (in.accept("ON")) {
        out.alsoSuspect(in.name());
        tableNamed = true;
      } else if (in.isSymbol(',')) {
        in.advance();
      } else {
        SqlName part = in.name();
        if (part == null) {
          in.advance();
        } else if (!isTemporary(part)) {
          out.object(part);
          permanent = true;
        }
      }
    }
    if (permanent) {
      out.raise(certainty);
      if (!tableNamed) {
        out.suspectEverything();
      }
    }
  }

  /** Who depends on what is dropped with CASCADE, the text does not tell. */
  private static void dropRest(SqlScanner in, StatementFinding out) {
    if (out.answer() != Answer.NO && Mentions.has("CASCADE", in)) {
      out.suspectEverything();
    }
  }

  void alter(SqlScanner in, StatementFinding out) {
    Modifiers modifiers = modifiers(in);
    if (modifiers.kind() == null) {
      out.maybeAnything();
      return;
    }
    alter(modifiers.kind(), in, out);
  }

  /** Judges ALTER of this kind; in hand is what follows the kind. By default every ALTER changes. */
  void alter(ObjectKind kind, SqlScanner in, StatementFinding out) {
    switch (kind) {
      case TABLE, VIEW, SEQUENCE, SYNONYM, INDEX, TRIGGER, POLICY, RULE -> {
        Answer certainty = in.acceptIfExists() ? Answer.MAYBE : Answer.YES;
        alterNamed(kind, certainty, in, out);
        Mentions.suspectTied(in, out);
      }
      case SCHEMA -> {
        if (Mentions.has("RENAME", in)) {
          out.raise(Answer.YES);
          out.suspectEverything();
        }
      }
      case TYPE, EXTENSION -> out.maybeAnything();
      case ROUTINE -> skipBody(in);
      case SUPPORT, OTHER -> {
        // Nothing that a table consists of.
      }
    }
  }

  /** Reads the altered object's name and, where one follows, the table that it belongs to. */
  final @Nullable SqlName alterNamed(
      ObjectKind kind, Answer certainty, SqlScanner in, StatementFinding out) {
    in.accept("ONLY");
    SqlName name = in.name();
    in.acceptSymbol('*');
    if (name != null && isTemporary(name)) {
      return name;
    }
    if (kind == ObjectKind.TABLE || kind == ObjectKind.VIEW || kind == ObjectKind.SEQUENCE) {
      out.changes(name, certainty);
      return name;
    }
    out.object(name);
    out.raise(certainty);
    if (in.accept("ON")) {
      out.alsoSuspect(in.name());
    } else {
      out.suspectEverything();
    }
    return name;
  }

  /** TRUNCATE leaves the structure and takes the rows. */
  void truncate(SqlScanner in, StatementFinding out) {
    in.accept("TABLE");
    in.acceptIfExists();
    do {
      in.accept("ONLY");
      SqlName name = in.name();
      in.acceptSymbol('*');
      if (name == null || !isTemporary(name)) {
        out.empties(name);
      }
    } while (in.acceptSymbol(','));
    if (out.isEmptying() && Mentions.has("CASCADE", in)) {
      out.suspectEverything();
    }
  }

  /** BEGIN, COMMIT and their kin, alike everywhere; true if the verb was one. */
  static boolean isTransactionControl(String verb, SqlScanner in) {
    return switch (verb) {
      case "BEGIN", "COMMIT", "END", "ABORT" -> true;
      case "START" -> in.is("TRANSACTION");
      case "ROLLBACK" -> {
        // ROLLBACK TO leaves the transaction open.
        if (in.is("WORK") || in.is("TRANSACTION")) {
          in.advance();
        }
        yield !in.is("TO");
      }
      default -> false;
    };
  }

  static boolean sameName(@Nullable String name, String lowerCase) {
    return name != null && name.toLowerCase(Locale.ROOT).equals(lowerCase);
  }
}
