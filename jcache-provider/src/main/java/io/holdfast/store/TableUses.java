package io.holdfast.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often each cache of a file was opened and not closed again. */
final class TableUses {
  private final Map<String, Integer> uses = new ConcurrentHashMap<>();

  /** Counts one more; whether it is the only one. */
  boolean begin(String cacheName) {
    return uses.merge(cacheName, 1, Integer::sum) == 1;
  }

  void end(String cacheName) {
    uses.computeIfPresent(cacheName, (name, count) -> count == 1 ? null : count - 1);
  }
}
