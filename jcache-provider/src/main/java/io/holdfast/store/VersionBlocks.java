package io.holdfast.store;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongUnaryOperator;

/**
 * Hands out versions from blocks reserved in the file: what a crash leaves unused of a block is never
 * given again.
 */
final class VersionBlocks {
  static final int BLOCK = 4_096;

  private final LongUnaryOperator reserve;
  private final ReentrantLock lock = new ReentrantLock();
  private long next = 1;
  private long last;

  /**
   * Starts without a block.
   *
   * @param reserve given a count, reserves so many versions durably and returns the last of them
   */
  VersionBlocks(LongUnaryOperator reserve) {
    this.reserve = reserve;
  }

  long next() {
    lock.lock();
    try {
      if (next > last) {
        last = reserve.applyAsLong(BLOCK);
        next = last - BLOCK + 1;
      }
      return next++;
    } finally {
      lock.unlock();
    }
  }

  /** No version above this one was handed out. */
  long highest() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }
}
