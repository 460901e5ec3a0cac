package io.holdfast.store;

import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds out what other processes have committed. */
interface CommitSource {

  /** Whether nothing foreign was committed since the last {@link #look}; safe from any thread. */
  boolean isCurrent();

  /** As {@link #isCurrent}, and no earlier commit is left to be confirmed. */
  boolean isSettled();

  /** Whether a read can ask {@link #isSettled} without waiting for a writer. */
  boolean canReadersAsk();

  /** What is new; by one thread at a time. Whoever acts on it then calls {@link #acted}. */
  News look();

  /** What {@link #look} found was acted on: {@link #isCurrent} may say so. */
  void acted();

  /**
   * Foreign commits since the last look.
   *
   * @param commits how many, at least
   * @param isExplained false if at least one left no word of what it changed
   * @param rowIds by cache id; a cache of which anything may have changed has null
   */
  record News(long commits, boolean isExplained, Map<Long, RowIds> rowIds) {
    static final News NONE = new News(0, true, Map.of());
  }

  /** Collects the changed rows of one cache. */
  final class RowIds {
    private long[] rowIds = new long[4];
    private int count;
    private boolean all;

    static void collect(Map<Long, RowIds> byCache, LongBuffer cells) {
      while (cells.hasRemaining()) {
        byCache.computeIfAbsent(cells.get(), id -> new RowIds()).add(cells.get());
      }
    }

    static Map<Long, RowIds> newMap() {
      return new LinkedHashMap<>();
    }

    private void add(long rowId) {
      if (rowId == ChangeRing.ALL_ROWS) {
        all = true;
        return;
      }
      if (count == rowIds.length) {
        rowIds = Arrays.copyOf(rowIds, 2 * count);
      }
      rowIds[count++] = rowId;
    }

    int tell(ForeignChanges listener) {
      return all
          ? listener.everythingChanged()
          : listener.rowsChanged(Arrays.copyOf(rowIds, count));
    }
  }
}
