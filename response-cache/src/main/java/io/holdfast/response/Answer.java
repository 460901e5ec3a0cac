package io.holdfast.response;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value and how it came about.
 *
 * @param value the answer
 * @param outcome how the call was answered
 * @param createdAtMillis when the answer was computed, Unix milliseconds
 * @param computeMillis how long that computation took, be it this call's or an earlier one
 * @param computeCost what that computation cost, or null if nobody said; a hit spends nothing
 * @param usage the tokens that computation used, or null if nobody said
 * @param match whose answer it is, if it is that to another question; null otherwise
 */
public record Answer<T>(
    T value,
    Outcome outcome,
    long createdAtMillis,
    long computeMillis,
    @Nullable Cost computeCost,
    @Nullable Usage usage,
    @Nullable SemanticMatch match) {

  /** An answer to this very question. */
  public Answer(
      T value,
      Outcome outcome,
      long createdAtMillis,
      long computeMillis,
      @Nullable Cost computeCost,
      @Nullable Usage usage) {
    this(value, outcome, createdAtMillis, computeMillis, computeCost, usage, null);
  }

  /** What that computation cost, be it this call's or an earlier one; empty if nobody said. */
  public Optional<Cost> cost() {
    return Optional.ofNullable(computeCost);
  }

  /** Whether this very call ran the computation. */
  public boolean isComputed() {
    return outcome.isComputed();
  }

  Answer<T> as(Outcome other) {
    return new Answer<>(value, other, createdAtMillis, computeMillis, computeCost, usage, match);
  }

  /** The same as the answer to a question in other words. */
  Answer<T> servedFor(SemanticMatch other) {
    return new Answer<>(
        value, Outcome.SEMANTIC, createdAtMillis, computeMillis, computeCost, usage, other);
  }
}
