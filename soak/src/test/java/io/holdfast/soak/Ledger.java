package io.holdfast.soak;

/**
 * One area of the board. The writes of a key are numbered, in order, by the one thread that writes it:
 * an even number put a value, an odd one removed it, 0 is before the first.
 */
final class Ledger {
  private static final int STARTED = 0;
  private static final int ACKNOWLEDGED = 1;
  private static final int STARTED_AT_MILLIS = 2;
  private static final int ACKNOWLEDGED_AT_MILLIS = 3;
  private static final int CLEARED = 4;
  private static final int SETTLED = 5;

  private final Board board;
  private final Area area;
  private final int first;

  Ledger(Board board, Area area) {
    this.board = board;
    this.area = area;
    this.first = area.firstKeyOnBoard();
  }

  Area area() {
    return area;
  }

  /** The number of a put that is about to begin. */
  long startPut(int key) {
    return start(key, 0);
  }

  /** The number of a removal that is about to begin. */
  long startRemoval(int key) {
    return start(key, 1);
  }

  private long start(int key, int kind) {
    long sequence = (started(key) / 2 + 1) * 2 + kind;
    start(key, sequence);
    return sequence;
  }

  /** Notes a number that the caller chose. */
  void start(int key, long sequence) {
    // The number first: whoever finds it unchanged after reading the time has read its time.
    board.set(first + key, STARTED, sequence);
    board.set(first + key, STARTED_AT_MILLIS, System.currentTimeMillis());
  }

  void acknowledge(int key, long sequence) {
    board.set(first + key, ACKNOWLEDGED_AT_MILLIS, System.currentTimeMillis());
    board.set(first + key, ACKNOWLEDGED, sequence);
  }

  void startIncrement(int key) {
    board.increment(first + key, STARTED);
  }

  void acknowledgeIncrement(int key) {
    board.increment(first + key, ACKNOWLEDGED);
  }

  long started(int key) {
    return board.get(first + key, STARTED);
  }

  long acknowledged(int key) {
    return board.get(first + key, ACKNOWLEDGED);
  }

  long startedAtMillis(int key) {
    return board.get(first + key, STARTED_AT_MILLIS);
  }

  long acknowledgedAtMillis(int key) {
    return board.get(first + key, ACKNOWLEDGED_AT_MILLIS);
  }

  /** What was acknowledged before a clear began is gone when it has returned. */
  long cleared(int key) {
    return board.get(first + key, CLEARED);
  }

  /** A write that was acknowledged so long ago that not even a relaxed one may be lost. */
  long settled(int key) {
    return board.get(first + key, SETTLED);
  }

  void settle(int key, long sequence) {
    board.set(first + key, SETTLED, sequence);
  }

  void acknowledgeClear(int key, long sequence) {
    board.set(first + key, CLEARED, sequence);
  }
}
