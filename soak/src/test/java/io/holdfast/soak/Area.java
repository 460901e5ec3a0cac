package io.holdfast.soak;

/** What is on the board: one cache's keys, or the tables of the database. */
enum Area {
  ENTRIES("entries", 1_024),
  COUNTERS("counters", 16),
  LIMITED("limited", 1_024),
  CLEARED("cleared", 256),
  EXPIRING("expiring", 256),
  TABLES("answers", Owner.PROCESSES);

  final String cacheName;
  final int keys;

  Area(String cacheName, int keys) {
    this.cacheName = cacheName;
    this.keys = keys;
  }

  int firstKeyOnBoard() {
    int first = 0;
    for (Area before : values()) {
      if (before == this) {
        return first;
      }
      first += before.keys;
    }
    throw new AssertionError(this);
  }

  static int keysOnBoard() {
    Area last = values()[values().length - 1];
    return last.firstKeyOnBoard() + last.keys;
  }
}
