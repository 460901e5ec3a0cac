package io.holdfast.jmx.console;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All our beans at one moment, by the property {@code name} of their object names.
 *
 * @param atMillis when they were read, Unix time of JConsole's machine
 */
record Snapshot(
    long atMillis,
    SortedMap<String, Numbers> caches,
    SortedMap<String, Numbers> files,
    SortedMap<String, DatabaseState> databases,
    SortedMap<String, ResponseState> responses) {

  /** Of an application that has none. */
  static Snapshot none(long atMillis) {
    return new Snapshot(
        atMillis, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }

  boolean isEmpty() {
    return caches.isEmpty() && files.isEmpty() && databases.isEmpty() && responses.isEmpty();
  }
}
