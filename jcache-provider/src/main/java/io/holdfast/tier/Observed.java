package io.holdfast.tier;

import java.util.function.Function;
import org.ehcache.core.statistics.OperationObserver;
import org.jspecify.annotations.Nullable;

/**
 * One operation as Ehcache's statistics see it: when it begins, and what its result counts as.
 *
 * @param <R> what a result must be for its outcome to be told
 */
final class Observed<R extends @Nullable Object, O extends Enum<O>> {
  private final OperationObserver<O> observer;
  private final Function<R, O> outcomes;

  Observed(OperationObserver<O> observer, Function<R, O> outcomes) {
    this.observer = observer;
    this.outcomes = outcomes;
  }

  void begin() {
    observer.begin();
  }

  /** Counts the result, and returns it. */
  <T extends R> T end(T result) {
    observer.end(outcomes.apply(result));
    return result;
  }
}
