package io.holdfast.response;

import io.holdfast.response.Flight.Landing;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The duty of whoever computes: to end the flight, exactly once, whatever happens, so that those who
 * wait are let go.
 */
final class Lead<T> {

  private final Flight<T> flight;
  private final boolean bypass;
  private final Flights<T> flights;
  private final AnswerWriter<T> writer;
  private final Claims<T> claims;

  Lead(
      Flight<T> flight,
      boolean bypass,
      Flights<T> flights,
      AnswerWriter<T> writer,
      Claims<T> claims) {
    this.flight = flight;
    this.bypass = bypass;
    this.flights = flights;
    this.writer = writer;
    this.claims = claims;
  }

  Flight<T> flight() {
    return flight;
  }

  Call call() {
    return flight.call();
  }

  /** Whether the cache is left alone, and with it the other processes. */
  boolean isBypassing() {
    return bypass;
  }

  Outcome outcome() {
    return bypass || call().policy().noCache() ? Outcome.BYPASSED : Outcome.MISS;
  }

  /** Hands the answer out and stores it. */
  void answered(Answer<T> answer) {
    answered(answer, List.of());
  }

  /** The same of one that came in pieces. */
  void answered(Answer<T> answer, List<Chunk> chunks) {
    answered(answer, chunks, bypass ? NotStoredReason.BYPASSED : null);
  }

  /** Hands it out only. */
  void answeredUnstored(Answer<T> answer, List<Chunk> chunks) {
    answered(answer, chunks, bypass ? NotStoredReason.BYPASSED : NotStoredReason.REFUSED);
  }

  private void answered(
      Answer<T> answer, List<Chunk> chunks, @Nullable NotStoredReason againstStoring) {
    try {
      flight.land(new Landing.Answered<>(answer, chunks));
      if (againstStoring == null) {
        writer.store(flight, answer, chunks);
      } else {
        writer.refused(againstStoring);
      }
    } finally {
      // Not before the answer is visible: a late caller finds the flight or the stored answer.
      end(new Landing.Abandoned<>());
    }
  }

  /** The call failed, or was cancelled: then somebody else may take over. */
  void failed(Throwable failure, boolean cancelled) {
    Landing<T> landing = new Landing.Abandoned<>();
    try {
      if (!cancelled) {
        landing = new Landing.Failed<>(failure);
        if (!bypass) {
          writer.storeFailure(flight, failure);
        }
      }
    } finally {
      end(landing);
    }
  }

  /** The answer turned up elsewhere. */
  void settled(Landing<T> landing) {
    end(landing);
  }

  private void end(Landing<T> landing) {
    claims.release(flight);
    flights.end(flight);
    flight.land(landing);
  }

  /** Whether a computation on this thread ended because the thread, or its work, was cancelled. */
  static boolean isCancellation(Throwable failure) {
    return isCancelled(failure) || Thread.currentThread().isInterrupted();
  }

  /** Whether a future ended because it was cancelled. */
  static boolean isCancelled(Throwable failure) {
    Throwable cause = cause(failure);
    return cause instanceof InterruptedException
        || cause instanceof CancellationException
        || cause instanceof CoalescedWaitException;
  }

  /** What a future failed with, out of the wrapping that dependent futures add. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
    return cause == null ? failure : cause;
  }
}
