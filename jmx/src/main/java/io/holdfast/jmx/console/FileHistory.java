package io.holdfast.jmx.console;

import java.util.LinkedHashMap;
import java.util.Map;

/** One cache file over time: sizes, and how long its reads and commits take. */
final class FileHistory {

  private final Map<String, Series> byAttribute = new LinkedHashMap<>();

  void add(long atMillis, Numbers numbers) {
    numbers.byAttribute().keySet().forEach(this::of);
    byAttribute.forEach((attribute, series) -> series.add(atMillis, numbers.get(attribute)));
  }

  void interrupt(long atMillis) {
    byAttribute.values().forEach(series -> series.add(atMillis, Double.NaN));
  }

  /** The values of one attribute; without samples if the bean does not have it. */
  Series of(String attribute) {
    return byAttribute.computeIfAbsent(attribute, name -> new Series());
  }
}
