package io.holdfast.soak;

import java.util.concurrent.TimeUnit;

/**
 * What a process may be behind with: with strict coherence nothing, with polling what another process
 * wrote, for a while.
 *
 * @param process the process that reads
 */
record View(int process, boolean isStrict) {
  /** The documented bound is 10 ms and the scheduling of one thread; a loaded machine takes its time for that. */
  static final long MAX_LAG_NANOS = TimeUnit.SECONDS.toNanos(3);

  boolean mayLag(int key) {
    return mayLagBehind(Owner.processOf(key));
  }

  boolean mayLagBehind(int writer) {
    return !isStrict && writer != process;
  }
}
