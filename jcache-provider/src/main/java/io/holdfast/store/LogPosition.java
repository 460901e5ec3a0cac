package io.holdfast.store;

/** The words of the log's index that change with each commit, by whomever. */
record LogPosition(long change, long checksum) {

  static LogPosition of(WalIndex index) {
    return new LogPosition(index.change(), index.checksum());
  }
}
