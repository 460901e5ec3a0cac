package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  @Test
  void sample_fewRows_notesEach() {
    var small = new AccessBuffer(4);
    for (int turn = 0; turn < 3; turn++) {
      readEach(small, 4);
      assertThat(small.rows()).isEqualTo(4);
      flush(small);
    }
  }

  @Test
  void sample_moreRowsThanWanted_notesEachRowInOneOfTheNextTurnsAndCountsTheHitForAll() {
    var small = new AccessBuffer(4);
    readEach(small, 16);
    flush(small);

    Map<Long, Long> hits = new HashMap<>();
    for (int turn = 0; turn < 4; turn++) {
      readEach(small, 16);
      assertThat(small.rows()).isEqualTo(4);
      flush(small).forEach(noted -> hits.merge(noted.rowId(), noted.hits(), Long::sum));
    }

    assertThat(hits).hasSize(16).allSatisfy((rowId, count) -> assertThat(count).isEqualTo(4));
  }

  @Test
  void sample_whenFewRowsAreReadAgain_notesEachAfterSomeTurns() {
    var small = new AccessBuffer(4);
    readEach(small, 16);
    flush(small);
    flush(small); // half the table next
    flush(small); // all of it

    readEach(small, 4);

    assertThat(flush(small))
        .hasSize(4)
        .allSatisfy(noted -> assertThat(noted.hits()).isEqualTo(1));
  }

  @Test
  void note_rowOfAnotherPart_isNotedAllTheSame() {
    var small = new AccessBuffer(4);
    readEach(small, 16);
    flush(small);

    for (int row = 0; row < 16; row++) {
      small.note(rowId(row, 16), /* hitCount= */ 0, 100);
    }

    assertThat(small.rows()).isEqualTo(16);
  }

  private static void readEach(AccessBuffer buffer, int rows) {
    for (int row = 0; row < rows; row++) {
      buffer.sample(rowId(row, rows), 100);
    }
  }

  // As evenly spread as hashes are.
  private static long rowId(int row, int rows) {
    return Long.MAX_VALUE / rows * row + Bucket.SLOTS;
  }

  private static List<AccessBuffer.Access> flush(AccessBuffer buffer) {
    List<AccessBuffer.Access> noted =
        buffer.pending().stream().flatMap(List::stream).toList();
    buffer.written(noted);
    return noted;
  }

  private List<AccessBuffer.Access> onlyBatch() {
    List<List<AccessBuffer.Access>> batches = buffer.pending();
    assertThat(batches).hasSize(1);
    return batches.get(0);
  }
}
