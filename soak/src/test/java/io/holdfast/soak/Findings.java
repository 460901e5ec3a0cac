package io.holdfast.soak;

/** Hears of whatever must not be. */
@FunctionalInterface
interface Findings {
  void report(String finding);
}
