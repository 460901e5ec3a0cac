package io.holdfast.response;

import io.holdfast.response.Counters.Event;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs a call and says how long it took and what it cost. */
final class Computing<T> {

  private final String name;
  private final Function<? super T, @Nullable Cost> costOf;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Counters counters;
  private final OnceLog log;

  Computing(ResponseCacheBuilder<T> settings, Counters counters, OnceLog log) {
    this.name = settings.name;
    this.costOf = settings.costOf;
    this.clock = settings.clock;
    this.nanoTime = settings.nanoTime;
    this.counters = counters;
    this.log = log;
  }

  /** Runs it on this thread. */
  <X extends Exception> Answer<T> compute(Computation<? extends T, X> computation, Outcome outcome)
      throws X {
    long startNanos = startNanos();
    T value;
    boolean succeeded = false;
    try {
      value = Objects.requireNonNull(computation.compute(), "a computation must not answer null");
      succeeded = true;
    } finally {
      if (!succeeded) {
        counters.count(Event.COMPUTE_FAILURE);
      }
    }
    var answer =
        new Answer<T>(value, outcome, clock.millis(), millisSince(startNanos), costOf(value));
    counters.computed(answer);
    return answer;
  }

  long startNanos() {
    return nanoTime.getAsLong();
  }

  long millisSince(long startNanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - startNanos);
  }

  private @Nullable Cost costOf(T value) {
    try {
      return costOf.apply(value);
    } catch (RuntimeException e) {
      log.warn("cost", () -> "response cache " + name + ": costOf failed; the cost is unknown", e);
      return null;
    }
  }
}
