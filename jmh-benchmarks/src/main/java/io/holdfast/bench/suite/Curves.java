package io.holdfast.bench.suite;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What one {@link Growth} has found.
 *
 * @param title what is done
 * @param axis what grows
 * @param points of each peer, by ascending size; every peer has the same sizes, the first is the baseline
 */
record Curves(String title, String axis, Map<String, List<Point>> points) {

  /**
   * One measurement.
   *
   * @param size of what grows
   * @param cpuNanos time of all processors for an operation
   * @param wallNanos time of a clock, as one thread sees it
   */
  record Point(int size, double cpuNanos, double wallNanos) {}

  List<Integer> sizes() {
    return baseline().stream().map(Point::size).toList();
  }

  List<Point> baseline() {
    return points.values().iterator().next();
  }

  List<Point> ours() {
    return points.entrySet().stream()
        .filter(curve -> Peers.isOurs(curve.getKey()))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  /** All times that a picture has to have room for. */
  Stream<Double> cpuNanos() {
    return points.values().stream().flatMap(List::stream).map(Point::cpuNanos);
  }
}
