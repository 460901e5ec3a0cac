package io.holdfast.response;

import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs a call and says how long it took and what it cost. */
final class Computing<T> {

  private static final String NULL_ANSWER = "a computation must not answer null";

  private final String name;
  private final Function<? super T, @Nullable Cost> costOf;
  private final Function<? super T, @Nullable Usage> usageOf;
  private final @Nullable Prices prices;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Counters counters;
  private final OnceLog log;

  Computing(ResponseCacheBuilder<T> settings, Counters counters, OnceLog log) {
    this.name = settings.name;
    this.costOf = settings.costOf;
    this.usageOf = settings.usageOf;
    this.prices = settings.prices;
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
        failed(namespace);
      }
    }
    return computed(namespace, value, outcome, millisSince(startNanos));
  }

  /**
   * Starts it on this thread; the future ends as the call does.
   *
   * @param sharers among how many answers the time of the call is split
   */
  CompletableFuture<Answer<T>> start(
      String namespace,
      AsyncComputation<? extends T> computation,
      IntSupplier sharers,
      Outcome outcome) {
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
          long millis = millisSince(startNanos) / sharers.getAsInt();
          answer.complete(computed(namespace, value, outcome, millis));
          return;
        }
      } catch (RuntimeException e) {
        failure = e;
      }
      failed(namespace);
      answer.completeExceptionally(failure);
    });
    return answer;
  }

  /** A call brought this, and counts. */
  Answer<T> computed(String namespace, T value, Outcome outcome, long millis) {
    Usage usage = told("usageOf", usageOf, value);
    Cost cost = told("costOf", costOf, value);
    if (cost == null && usage != null && prices != null) {
      cost = prices.costOf(usage);
    }
    var answer = new Answer<T>(value, outcome, clock.millis(), millis, cost, usage);
    counters.computed(namespace, answer);
    return answer;
  }

  /** A call brought nothing, and counts. */
  void failed(String namespace) {
    counters.failed(namespace);
  }

  long startNanos() {
    return nanoTime.getAsLong();
  }

  long millisSince(long startNanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - startNanos);
  }

  private <R> @Nullable R told(String setting, Function<? super T, @Nullable R> function, T value) {
    try {
      return function.apply(value);
    } catch (RuntimeException e) {
      log.warn(
          setting,
          () -> "response cache " + name + ": " + setting + " failed; what it tells is unknown",
          e);
      return null;
    }
  }
}
