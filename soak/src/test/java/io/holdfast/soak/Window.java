package io.holdfast.soak;

import java.util.OptionalLong;

/**
 * What a read may find: the state after the last write that was acknowledged before it began, or after
 * any later one that had begun before it ended.
 *
 * @param acknowledged number of the former
 * @param started number of the last of the latter
 */
record Window(long acknowledged, long started) {

  boolean admits(OptionalLong sequence) {
    return sequence.isPresent() ? admitsValue(sequence.getAsLong()) : admitsAbsence();
  }

  boolean admitsValue(long sequence) {
    return sequence > 0 && acknowledged <= sequence && sequence <= started;
  }

  private boolean admitsAbsence() {
    boolean isRemovalBetween = started / 2 - acknowledged / 2 >= 2;
    return acknowledged == 0 || isRemoval(acknowledged) || isRemoval(started) || isRemovalBetween;
  }

  private static boolean isRemoval(long sequence) {
    return sequence % 2 == 1;
  }
}
