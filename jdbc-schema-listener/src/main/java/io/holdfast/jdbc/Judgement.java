package io.holdfast.jdbc;

import io.holdfast.jdbc.ddl.DdlVerdict;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What running a text means for the ledger.
 *
 * @param verdict what it may do to structure
 * @param endsTransaction true if the text is a lone COMMIT or ROLLBACK, so that nothing is pending
 *     after it; false if it is not, or not for certain
 */
record Judgement(DdlVerdict verdict, boolean endsTransaction) {

  /** Nothing to write down: nearly every statement. */
  static final Judgement INERT = new Judgement(DdlVerdict.NO, false);

  private static final Pattern WORD_BREAK = Pattern.compile("[\\s;]+");

  private static final Set<String> ENDS = Set.of("COMMIT", "END", "ROLLBACK", "ABORT");

  private static final Set<String> FILLERS = Set.of("WORK", "TRANSACTION", "TRAN");

  static Judgement of(DdlVerdict verdict, String sql) {
    if (verdict.suspects().isEmpty() && !verdict.transactionControl()) {
      return INERT;
    }
    return new Judgement(verdict, verdict.transactionControl() && isEnd(sql));
  }

  boolean isInert() {
    return verdict.suspects().isEmpty() && !verdict.transactionControl();
  }

  /** One of the ending words, alone: {@code ROLLBACK TO x} and {@code COMMIT PREPARED} end nothing. */
  private static boolean isEnd(String sql) {
    if (sql.length() > 40) {
      return false;
    }
    List<String> words = WORD_BREAK
        .splitAsStream(sql.toUpperCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .toList();
    return !words.isEmpty()
        && ENDS.contains(words.get(0))
        && (words.size() == 1 || (words.size() == 2 && FILLERS.contains(words.get(1))));
  }
}
