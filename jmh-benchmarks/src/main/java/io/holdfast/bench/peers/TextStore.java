package io.holdfast.bench.peers;

import org.jspecify.annotations.Nullable;

/** Texts by text, in a file: what all stores of the comparison can do. Safe from any thread. */
interface TextStore {

  @Nullable
  String get(String key) throws Exception;

  /** Returns when the store calls the write done. */
  void put(String key, String value) throws Exception;

  /** Ends what {@link #put}s before it may have left open; only filling is spared the wait. */
  default void filled() throws Exception {}

  void close() throws Exception;
}
