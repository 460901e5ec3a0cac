package io.holdfast.response;

import io.holdfast.response.Flight.Landing;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * The way of a call: the stored answer, or the one that another thread is computing, or a new one.
 *
 * <p>A late caller falls into the gap between its look-up and the end of a flight; so whoever becomes
 * leader looks again if a flight has ended since, and a flight ends only after its answer is visible.
 */
final class Calls<T> {

  private final @Nullable Duration maxWait;
  private final GuardedCache cache;
  private final Flights<T> flights;
  private final AnswerReader<T> reader;
  private final AnswerWriter<T> writer;
  private final Computing<T> computing;
  private final Counters counters;

  Calls(
      @Nullable Duration maxWait,
      GuardedCache cache,
      Flights<T> flights,
      AnswerReader<T> reader,
      AnswerWriter<T> writer,
      Computing<T> computing,
      Counters counters) {
    this.maxWait = maxWait;
    this.cache = cache;
    this.flights = flights;
    this.reader = reader;
    this.writer = writer;
    this.computing = computing;
    this.counters = counters;
  }

  /** Calls, and asks and tells nobody. */
  <X extends Exception> Answer<T> uncached(
      Computation<? extends T, X> computation, NotStoredReason reason) throws X {
    Answer<T> answer = computing.compute(computation, Outcome.BYPASSED);
    counters.notStored(reason);
    return answer;
  }

  <X extends Exception> Answer<T> cached(String key, Computation<? extends T, X> computation)
      throws X {
    long startNanos = computing.startNanos();
    while (true) {
      long ended = flights.ended();
      boolean bypass = !cache.admits();
      Answer<T> hit = bypass ? null : reader.find(key);
      if (hit == null) {
        var mine = new Flight<T>(key);
        Flight<T> other = flights.join(mine);
        if (other != null) {
          Answer<T> shared = follow(other, startNanos);
          if (shared != null) {
            return shared;
          }
          continue;
        }
        hit = bypass || flights.ended() == ended ? null : findAsLeader(key, mine);
        if (hit == null) {
          return lead(mine, computation, bypass);
        }
      }
      counters.served(hit, computing.millisSince(startNanos));
      return hit;
    }
  }

  private @Nullable Answer<T> findAsLeader(String key, Flight<T> mine) {
    Answer<T> hit = null;
    try {
      hit = reader.find(key);
      return hit;
    } finally {
      if (hit != null) {
        mine.land(new Landing.Answered<>(hit));
        flights.end(mine);
      }
    }
  }

  /** Waits for another thread's answer; null if that thread was cancelled. */
  private @Nullable Answer<T> follow(Flight<T> other, long startNanos) {
    Landing<T> landing = other.await(maxWait);
    if (landing instanceof Landing.Answered<T> answered) {
      Answer<T> shared = answered.answer().as(Outcome.COALESCED);
      counters.served(shared, computing.millisSince(startNanos));
      return shared;
    }
    if (landing instanceof Landing.Failed<T> failed) {
      throw Throwing.<RuntimeException>unchanged(failed.failure());
    }
    return null;
  }

  private <X extends Exception> Answer<T> lead(
      Flight<T> flight, Computation<? extends T, X> computation, boolean bypass) throws X {
    // Whatever happens below, those who wait are let go.
    Landing<T> landing = new Landing.Abandoned<>();
    try {
      Answer<T> answer = computing.compute(computation, bypass ? Outcome.BYPASSED : Outcome.MISS);
      landing = new Landing.Answered<>(answer);
      flight.land(landing);
      if (bypass) {
        counters.notStored(NotStoredReason.BYPASSED);
      } else {
        writer.store(flight, answer);
      }
      return answer;
    } catch (Throwable failure) {
      if (!isCancellation(failure)) {
        landing = new Landing.Failed<>(failure);
      }
      throw failure;
    } finally {
      // Not before the answer is visible: a late caller finds the flight or the stored answer.
      flights.end(flight);
      flight.land(landing);
    }
  }

  private static boolean isCancellation(Throwable failure) {
    return failure instanceof InterruptedException
        || failure instanceof CancellationException
        || failure instanceof CoalescedWaitException
        || Thread.currentThread().isInterrupted();
  }
}
