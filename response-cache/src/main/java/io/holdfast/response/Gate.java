package io.holdfast.response;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Says which keys have to go past the cache. */
final class Gate {

  private final String name;
  private final SampledAnswers sampled;
  private final BooleanSupplier isClosed;
  private final OnceLog log;

  Gate(String name, SampledAnswers sampled, BooleanSupplier isClosed, OnceLog log) {
    this.name = name;
    this.sampled = sampled;
    this.isClosed = isClosed;
    this.log = log;
  }

  /** Why this key goes past the cache; null if it does not. */
  @Nullable
  NotStoredReason refusal(ResponseKey key) {
    if (!key.isCacheable()) {
      log.warn(
          "key " + key.obstacle(),
          () -> "response cache " + name + ": calls with such a key are not cached: "
              + key.obstacle(),
          null);
      return NotStoredReason.KEY_NOT_CACHEABLE;
    }
    if (key.isSampled() && sampled == SampledAnswers.NOT_CACHED) {
      return NotStoredReason.SAMPLED;
    }
    return isClosed.getAsBoolean() ? NotStoredReason.BYPASSED : null;
  }
}
