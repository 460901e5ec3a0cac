package io.holdfast.jdbc;

import io.holdfast.schema.Dialect;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a text that steers the transaction does to it, once it has succeeded. Read from simple texts
 * only; whatever is not clear at a glance is {@link #UNCLEAR}, which costs a look at the catalog and
 * never an error.
 */
enum Boundary {
  /** The text steers nothing. */
  NONE,
  /** Opens a transaction, whatever autocommit says. */
  BEGINS,
  COMMITS,
  ROLLS_BACK,
  /** {@code PREPARE TRANSACTION}: over for this connection, and committed by whoever does it. */
  HANDS_OVER,
  /** Several statements; after the last one no transaction is open. */
  ENDS,
  /** Something about the transaction, and nobody tells us what is open afterwards. */
  UNCLEAR;

  private static final int LONGEST_LONE_TEXT = 200;

  private static final Pattern WORD_BREAK = Pattern.compile("[\\s,]+");

  private static final Set<String> COMMIT_WORDS = Set.of("COMMIT", "END");

  private static final Set<String> ROLLBACK_WORDS = Set.of("ROLLBACK", "ABORT");

  private static final Set<String> FILLERS = Set.of("WORK", "TRANSACTION", "TRAN");

  /** What may stand after BEGIN without being a statement of its own. */
  private static final Set<String> MODES = Set.of(
      "WORK",
      "TRANSACTION",
      "TRAN",
      "ISOLATION",
      "LEVEL",
      "SERIALIZABLE",
      "REPEATABLE",
      "READ",
      "COMMITTED",
      "UNCOMMITTED",
      "WRITE",
      "ONLY",
      "NOT",
      "DEFERRABLE",
      "DEFERRED",
      "IMMEDIATE",
      "EXCLUSIVE");

  // A quoted text that held this tail would not be closed, so the statement would have failed.
  private static final Pattern ENDING_TAIL = Pattern.compile(
      ";\\s*(?:COMMIT|ROLLBACK)(?:\\s+(?:WORK|TRANSACTION|TRAN))?\\s*;?\\s*$",
      Pattern.CASE_INSENSITIVE);

  /** Reads a text that is known to steer the transaction. */
  static Boundary of(String sql, Dialect dialect) {
    String lone = withoutLastSemicolon(sql);
    if (lone.indexOf(';') >= 0 || lone.length() > LONGEST_LONE_TEXT) {
      return endsItsText(sql, dialect) ? ENDS : UNCLEAR;
    }
    List<String> words = WORD_BREAK
        .splitAsStream(lone.toUpperCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .toList();
    return words.isEmpty() ? UNCLEAR : ofLone(words);
  }

  private static Boundary ofLone(List<String> words) {
    String verb = words.get(0);
    List<String> rest = words.subList(1, words.size());
    String second = rest.isEmpty() ? "" : rest.get(0);
    if (verb.equals("BEGIN") || (verb.equals("START") && second.equals("TRANSACTION"))) {
      return MODES.containsAll(rest) ? BEGINS : UNCLEAR;
    }
    if (verb.equals("PREPARE") && second.equals("TRANSACTION")) {
      return rest.size() == 2 ? HANDS_OVER : UNCLEAR;
    }
    if (second.equals("PREPARED")) {
      // Never within a transaction, so it can neither end one nor leave one open.
      return NONE;
    }
    boolean alone = rest.isEmpty() || (rest.size() == 1 && FILLERS.contains(second));
    if (alone && COMMIT_WORDS.contains(verb)) {
      return COMMITS;
    }
    return alone && ROLLBACK_WORDS.contains(verb) ? ROLLS_BACK : UNCLEAR;
  }

  /** Where all statements of a text run; other drivers stop after the first without a word. */
  private static boolean endsItsText(String sql, Dialect dialect) {
    return (dialect == Dialect.POSTGRESQL || dialect == Dialect.SQLSERVER)
        && !sql.contains("--")
        && !sql.contains("/*")
        && ENDING_TAIL.matcher(sql).find();
  }

  private static String withoutLastSemicolon(String sql) {
    String text = sql.strip();
    return text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
  }
}
