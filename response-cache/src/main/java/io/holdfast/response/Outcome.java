package io.holdfast.response;

/** How a call was answered. */
public enum Outcome {
  /** From the cache. */
  HIT,
  /** From the cache, with the answer to the same question in other words. */
  SEMANTIC,
  /** By calling, as the cache had no answer. */
  MISS,
  /** By another thread's call for the same key, which was under way. */
  COALESCED,
  /** By calling, without asking the cache: the key is not cacheable, or the cache is failing. */
  BYPASSED;

  /** Whether the call itself was made. */
  public boolean isComputed() {
    return this == MISS || this == BYPASSED;
  }
}
