package io.holdfast.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.jdbc.ddl.DdlVerdict;
import io.holdfast.schema.Suspects;
import java.sql.BatchUpdateException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far a failed batch came: drivers differ, the update counts tell. */
class StatementBatchTest {

  private static final Judgement DDL = new Judgement(
      new DdlVerdict(DdlVerdict.Answer.YES, "CREATE", List.of(), Suspects.ALL, false, false),
      Boundary.NONE,
      NamingChange.NONE,
      /* mayHideDdl= */ false);

  @Test
  void ranBefore_driverStopsAtTheFailure_includesTheFailedStatement() {
    StatementBatch batch = batch(DDL, Judgement.INERT, DDL, DDL);
    assertThat(batch.judgements()).hasSize(3);
    assertThat(batch.ranBefore(failure())).isEqualTo(1);
    assertThat(batch.ranBefore(failure(0))).isEqualTo(1);
    assertThat(batch.ranBefore(failure(0, 1))).isEqualTo(2);
  }

  @Test
  void ranBefore_driverGoesOn_includesAll() {
    StatementBatch batch = batch(DDL, Judgement.INERT, DDL, DDL);
    assertThat(batch.ranBefore(failure(0, -3, 0, 0))).isEqualTo(3);
  }

  @Test
  void ranBefore_largeCountsOnly_areRead() {
    StatementBatch batch = batch(DDL, DDL);
    assertThat(batch.ranBefore(new BatchUpdateException("no", "42000", 1, new long[] {0, 0}, null)))
        .isEqualTo(2);
  }

  @Test
  void clear_startsAnew() {
    StatementBatch batch = batch(DDL);
    batch.clear();
    assertThat(batch.judgements()).isEmpty();
    batch.add(Judgement.INERT);
    batch.add(DDL);
    assertThat(batch.ranBefore(failure())).isZero();
  }

  private static StatementBatch batch(Judgement... judgements) {
    var batch = new StatementBatch();
    List.of(judgements).forEach(batch::add);
    return batch;
  }

  private static BatchUpdateException failure(int... counts) {
    return new BatchUpdateException("no", "42000", 1, counts);
  }
}
