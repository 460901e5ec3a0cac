package io.holdfast.bench.peers;

import java.util.Map;
import java.util.Set;

/** A store with a way of its own for many entries at once. */
interface BulkStore extends TextStore {

  /** Those that are there. */
  Map<String, String> getAll(Set<String> keys) throws Exception;

  /** Returns when the store calls all writes done. */
  void putAll(Map<String, String> entries) throws Exception;
}
