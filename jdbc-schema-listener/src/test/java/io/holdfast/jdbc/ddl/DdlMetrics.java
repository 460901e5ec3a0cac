package io.holdfast.jdbc.ddl;

import io.holdfast.jdbc.ddl.DdlVerdict.Answer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How well verdicts agree with what statements did to a real server. */
final class DdlMetrics {

  /**
   * What a statement did.
   *
   * @param changes whether the structure of a permanent relation differed afterwards
   * @param wide whether any object of the catalog did
   */
  record Truth(boolean changes, boolean wide) {

    /** A text that did this in one place and that in another. */
    Truth or(Truth other) {
      return new Truth(changes || other.changes, wide || other.wide);
    }
  }

  private final Map<Answer, Integer> changing = new EnumMap<>(Answer.class);
  private final Map<Answer, Integer> still = new EnumMap<>(Answer.class);
  private final Map<Answer, Integer> untouched = new EnumMap<>(Answer.class);
  private final List<String> missed = new ArrayList<>();
  private final List<String> idle = new ArrayList<>();

  void add(String sql, Truth truth, Answer answer) {
    (truth.changes() ? changing : still).merge(answer, 1, Integer::sum);
    if (!truth.wide()) {
      untouched.merge(answer, 1, Integer::sum);
    }
    if (truth.changes() && answer == Answer.NO) {
      missed.add(sql);
    }
    if (!truth.wide() && answer == Answer.YES) {
      idle.add(sql);
    }
  }

  /** Texts that changed structure, and were said not to. */
  List<String> missed() {
    return missed;
  }

  /** Texts that were said for certain to change something, and changed nothing at all. */
  List<String> idle() {
    return idle;
  }

  /** How many texts changed structure. */
  int changing() {
    return changing.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many of the changes are found: yes or maybe. */
  double recall() {
    return 1 - share(changing, Answer.NO);
  }

  /** How many of the yes are changes of structure. */
  double precisionOnStructure() {
    return (double) count(changing, Answer.YES)
        / (count(changing, Answer.YES) + count(still, Answer.YES));
  }

  /** How many of the yes changed at least some object. */
  double precisionOnAnyObject() {
    return 1
        - (double) count(untouched, Answer.YES)
            / (count(changing, Answer.YES) + count(still, Answer.YES));
  }

  /** How many of the changes are a firm yes. */
  double firmness() {
    return share(changing, Answer.YES);
  }

  /** How many of the statements that change nothing are a maybe. */
  double hesitation() {
    return share(untouched, Answer.MAYBE);
  }

  private static int count(Map<Answer, Integer> counts, Answer answer) {
    return counts.getOrDefault(answer, 0);
  }

  private static double share(Map<Answer, Integer> counts, Answer answer) {
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    return all == 0 ? 0 : (double) count(counts, answer) / all;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d changing, %d not; recall %.4f, precision of yes %.4f on structure, %.4f on any object,"
            + " firm yes %.4f, maybe on %.4f of those that change nothing at all",
        changing(),
        still.values().stream().mapToInt(Integer::intValue).sum(),
        recall(),
        precisionOnStructure(),
        precisionOnAnyObject(),
        firmness(),
        hesitation());
  }
}
