package io.holdfast.soak;

import java.time.Duration;

/**
 * How long and how hard.
 *
 * @param atLeast the run goes on until this has passed and the kills have happened
 * @param killEveryMillis between two kills, on average
 * @param faultEveryMillis between two faults around the files; none in a normal build
 * @param minKills how many there must be
 */
record SoakPlan(
    Duration atLeast,
    long killEveryMillis,
    int minKills,
    long scanEveryMillis,
    long backupEveryMillis,
    long sampleEveryMillis,
    long faultEveryMillis,
    long seed) {

  /** What every build does. */
  static SoakPlan smoke(long seed) {
    return new SoakPlan(
        Duration.ofSeconds(6), 1_500, 2, 1_500, 4_000, 250, Long.MAX_VALUE / 2, seed);
  }

  static SoakPlan minutes(long minutes, long seed) {
    return new SoakPlan(Duration.ofMinutes(minutes), 5_000, 10, 5_000, 20_000, 1_000, 7_000, seed);
  }
}
