package io.holdfast.tier;

import org.jspecify.annotations.Nullable;

/** Added to the configuration of a cache: names the heap tier that was made above it. */
public interface HeapAbove {

  /** The heap tier, which Ehcache makes before the tier below; null if it made another. */
  @Nullable
  HeapCopies<?> copies();
}
