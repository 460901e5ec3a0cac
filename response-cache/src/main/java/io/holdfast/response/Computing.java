package io.holdfast.response;

import io.holdfast.response.Counters.Event;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs a call and says how long it took and what it cost. */
final class Computing<T> {

  private static final String NULL_ANSWER = "a computation must not answer null";

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
  <X extends Exception> Answer<T> compute(
      String namespace, Computation<? extends T, X> computation, Outcome outcome) throws X {
    long startNanos = startNanos();
    T value;
    boolean succeeded = false;
    try {
      value = Objects.requireNonNull(computation.compute(), NULL_ANSWER);
      succeeded = true;
    } finally {
      if (!succeeded) {
        failed();
      }
    }
    return computed(namespace, value, outcome, millisSince(startNanos));
  }

  /** Starts it on this thread; the future ends as the call does. */
  CompletableFuture<Answer<T>> start(
      String namespace, AsyncComputation<? extends T> computation, Outcome outcome) {
    long startNanos = startNanos();
    CompletionStage<? extends T> stage;
    try {
      stage = Objects.requireNonNull(computation.start(), "a computation must start a stage");
    } catch (Throwable e) {
      stage = CompletableFuture.failedStage(e);
    }
    var answer = new CompletableFuture<Answer<T>>();
    stage.whenComplete((value, failure) -> {
      try {
        if (failure == null) {
          Objects.requireNonNull(value, NULL_ANSWER);
          answer.complete(computed(namespace, value, outcome, millisSince(startNanos)));
          return;
        }
      } catch (RuntimeException e) {
        failure = e;
      }
      failed();
      answer.completeExceptionally(failure);
    });
    return answer;
  }

  /** A call brought this, and counts. */
  Answer<T> computed(String namespace, T value, Outcome outcome, long millis) {
    var answer = new Answer<T>(value, outcome, clock.millis(), millis, costOf(value));
    counters.computed(namespace, answer);
    return answer;
  }

  /** A call brought nothing, and counts. */
  void failed() {
    counters.count(Event.COMPUTE_FAILURE);
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
