package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Accesses on their way into the file. */
final class AccessBufferTest {
  private static final long ROW = 7;

  private final AccessBuffer buffer = new AccessBuffer();

  @Test
  void pending_untilWritten_countsForTheRow() {
    buffer.note(ROW, 3, 100);
    List<AccessBuffer.Access> batch = onlyBatch();

    assertThat(batch).containsExactly(new AccessBuffer.Access(ROW, 100, 3));
    assertThat(buffer.lastAccessAtMillis(ROW, 10)).isEqualTo(100);
    assertThat(buffer.hits(ROW, 1)).isEqualTo(4);

    buffer.written(batch);
    assertThat(buffer.isEmpty()).isTrue();
    assertThat(buffer.lastAccessAtMillis(ROW, 10)).isEqualTo(10);
    assertThat(buffer.hits(ROW, 4)).isEqualTo(4);
  }

  @Test
  void pending_afterABatchThatFailed_comesAgain() {
    buffer.note(ROW, 3, 100);
    buffer.pending();
    buffer.note(ROW, 1, 200);

    assertThat(onlyBatch()).containsExactly(new AccessBuffer.Access(ROW, 200, 4));
  }

  @Test
  void written_accessedMeanwhile_keepsWhatIsNew() {
    buffer.note(ROW, 2, 100);
    List<AccessBuffer.Access> batch = onlyBatch();
    buffer.note(ROW, 1, 200);
    buffer.written(batch);

    assertThat(onlyBatch()).containsExactly(new AccessBuffer.Access(ROW, 200, 1));
  }

  @Test
  void written_rewrittenMeanwhile_keepsTheNewStamp() {
    buffer.note(ROW, 1, 100);
    List<AccessBuffer.Access> batch = onlyBatch();
    buffer.note(ROW, 0, 200);
    buffer.written(batch);

    assertThat(buffer.lastAccessAtMillis(ROW, 10)).isEqualTo(200);
    assertThat(buffer.hits(ROW, 1)).isEqualTo(1);
  }

  @Test
  void written_rowForgottenMeanwhile_staysForgotten() {
    buffer.note(ROW, 1, 100);
    List<AccessBuffer.Access> batch = onlyBatch();
    buffer.forget(ROW);
    buffer.written(batch);

    assertThat(buffer.isEmpty()).isTrue();
  }

  @Test
  void pending_manyRows_comeInBatchesInTheOrderOfTheTable() {
    int rows = 2 * AccessBuffer.BATCH_ROWS + 1;
    for (long row = rows; row > 0; row--) {
      buffer.note(row, 1, 100);
    }

    List<List<AccessBuffer.Access>> batches = buffer.pending();

    assertThat(batches)
        .extracting(List::size)
        .containsExactly(AccessBuffer.BATCH_ROWS, AccessBuffer.BATCH_ROWS, 1);
    assertThat(batches.get(1).get(0).rowId()).isEqualTo(AccessBuffer.BATCH_ROWS + 1);
  }

  private List<AccessBuffer.Access> onlyBatch() {
    List<List<AccessBuffer.Access>> batches = buffer.pending();
    assertThat(batches).hasSize(1);
    return batches.get(0);
  }
}
