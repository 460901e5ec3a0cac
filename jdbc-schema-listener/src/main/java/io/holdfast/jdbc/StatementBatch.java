package io.holdfast.jdbc;

import java.sql.BatchUpdateException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the statements added to a batch may do. Kept until the batch has run as a whole: whether a
 * failed one leaves the driver's list empty depends on the driver, and suspecting once more is cheap.
 */
final class StatementBatch {

  private int statements;
  private final List<Judgement> judgements = new ArrayList<>(0);
  private final List<Integer> positions = new ArrayList<>(0);

  void add(Judgement judgement) {
    if (!judgement.isInert()) {
      judgements.add(judgement);
      positions.add(statements);
    }
    statements++;
  }

  void clear() {
    statements = 0;
    judgements.clear();
    positions.clear();
  }

  /** The statements that may change structure, in order. */
  List<Judgement> judgements() {
    return List.copyOf(judgements);
  }

  /**
   * How many of {@link #judgements} can have run. The update counts end before the statement that
   * failed, or go on to the end where the driver goes on; a failed statement counts as run.
   */
  int ranBefore(BatchUpdateException failure) {
    int counts = Math.max(
        failure.getUpdateCounts() == null ? 0 : failure.getUpdateCounts().length,
        failure.getLargeUpdateCounts() == null ? 0 : failure.getLargeUpdateCounts().length);
    int ran = 0;
    while (ran < positions.size() && positions.get(ran) <= counts) {
      ran++;
    }
    return ran;
  }
}
