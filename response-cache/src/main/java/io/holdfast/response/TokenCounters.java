package io.holdfast.response;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Adds tokens up, so that a reading holds whole calls. Safe from any thread. */
final class TokenCounters {

  private final AtomicReference<Tokens> sum = new AtomicReference<>(Tokens.NONE);

  void add(@Nullable Usage usage) {
    if (usage != null) {
      sum.accumulateAndGet(usage.tokens(), Tokens::plus);
    }
  }

  Tokens sum() {
    return Objects.requireNonNull(sum.get());
  }
}
