package io.holdfast.soak;

import java.util.SplittableRandom;

/** What one thread does to one area, and how it judges what it sees; confined to that thread. */
@FunctionalInterface
interface Activity {
  void step(SplittableRandom random) throws Exception;
}
