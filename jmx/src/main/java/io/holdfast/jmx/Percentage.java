package io.holdfast.jmx;

/** Shares for people: 0 to 100, one decimal. */
final class Percentage {

  private Percentage() {}

  /** 0 if there is no whole. */
  static double of(long part, long whole) {
    return whole <= 0 ? 0.0 : Math.round(1000.0 * part / whole) / 10.0;
  }
}
