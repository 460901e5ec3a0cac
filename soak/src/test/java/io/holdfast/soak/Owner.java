package io.holdfast.soak;

import java.util.SplittableRandom;

/**
 * A writing thread. Of each area it owns the keys that leave its number as the remainder.
 *
 * @param process the process, from 0
 * @param thread the thread in it, from 0
 */
record Owner(int process, int thread) {
  static final int PROCESSES = 2;
  static final int THREADS = 8;
  static final int OWNERS = PROCESSES * THREADS;

  /** The smallest of its keys, in each area. */
  int firstKey() {
    return thread * PROCESSES + process;
  }

  int someOwnKey(Area area, SplittableRandom random) {
    return random.nextInt(area.keys / OWNERS) * OWNERS + firstKey();
  }

  static int processOf(int key) {
    return key % PROCESSES;
  }
}
