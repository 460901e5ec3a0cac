package io.holdfast.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Named numbers, in the order they were found. */
final class Results {
  private final Map<String, Number> numbers = new LinkedHashMap<>();

  void put(String name, Number value) {
    numbers.put(name, value);
  }

  /** The median, the 99th and the 99.9th percentile and the longest, in microseconds. */
  void putWaits(String name, long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    put(name + "P50Micros", sorted[sorted.length / 2] / 1e3);
    put(name + "P99Micros", sorted[sorted.length / 100 * 99] / 1e3);
    put(name + "P999Micros", sorted[sorted.length / 1_000 * 999] / 1e3);
    put(name + "MaxMicros", sorted[sorted.length - 1] / 1e3);
  }

  /** One JSON object. */
  String json() {
    return numbers.entrySet().stream()
        .map(number -> "  \"" + number.getKey() + "\": " + text(number.getValue()))
        .collect(Collectors.joining(",\n", "{\n", "\n}"));
  }

  private static String text(Number value) {
    return value instanceof Double fraction
        ? String.format(Locale.ROOT, "%.1f", fraction)
        : value.toString();
  }
}
