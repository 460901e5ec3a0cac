package io.holdfast.store;

/**
 * How long something took, of what was measured in the last one to two minutes. Each figure is exact to
 * a tenth; 0 where nothing was measured.
 *
 * @param p50Nanos half of them took no longer
 * @param p99Nanos 99 of 100 took no longer
 * @param maxNanos none took longer
 */
public record LatencyFigures(long p50Nanos, long p99Nanos, long maxNanos) {

  /** Nothing was measured. */
  public static final LatencyFigures NONE = new LatencyFigures(0, 0, 0);
}
