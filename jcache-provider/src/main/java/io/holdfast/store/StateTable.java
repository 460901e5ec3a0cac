package io.holdfast.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Durable key-value state of one cache, for what must be on disk before the first row that needs it. */
public interface StateTable {

  /** The value, or null. */
  byte @Nullable [] get(String holder, byte[] key);

  /** Stores unless present; returns what was present, or null; durable when the call returns. */
  byte @Nullable [] putIfAbsent(String holder, byte[] key, byte[] value);

  /** Removes; true if it was there with this value. */
  boolean remove(String holder, byte[] key, byte[] value);

  /** A copy of all entries of a holder, in the order of the keys' bytes, by which the map compares them. */
  Map<byte[], byte[]> entries(String holder);
}
