package io.holdfast.response;

import io.holdfast.response.Counters.Event;
import io.holdfast.response.Flight.Landing;
import java.time.Duration;
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
  private final Claims<T> claims;
  private final Elsewhere<T> elsewhere;
  private final Computing<T> computing;
  private final Counters counters;

  Calls(
      @Nullable Duration maxWait,
      GuardedCache cache,
      Flights<T> flights,
      AnswerReader<T> reader,
      AnswerWriter<T> writer,
      Claims<T> claims,
      Elsewhere<T> elsewhere,
      Computing<T> computing,
      Counters counters) {
    this.maxWait = maxWait;
    this.cache = cache;
    this.flights = flights;
    this.reader = reader;
    this.writer = writer;
    this.claims = claims;
    this.elsewhere = elsewhere;
    this.computing = computing;
    this.counters = counters;
  }

  Elsewhere<T> elsewhere() {
    return elsewhere;
  }

  @Nullable
  Duration maxWait() {
    return maxWait;
  }

  /** Calls, and asks and tells nobody. */
  <X extends Exception> Answer<T> uncached(
      String namespace, Computation<? extends T, X> computation, NotStoredReason reason) throws X {
    Answer<T> answer = computing.compute(namespace, computation, Outcome.BYPASSED);
    counters.notStored(reason);
    return answer;
  }

  /** {@link Responses#answer(ResponseKey, Computation)}. */
  <X extends Exception> Answer<T> answer(Call call, Computation<? extends T, X> computation)
      throws X {
    long startNanos = computing.startNanos();
    while (true) {
      Attempt<T> attempt = begin(call);
      Landing<T> landing;
      if (attempt instanceof Attempt.Leading<T> leading) {
        landing = awaitClaim(leading.lead());
        if (landing == null) {
          return lead(leading.lead(), computation);
        }
      } else {
        landing = await(attempt);
      }
      Answer<T> answer = settle(call, landing, startNanos);
      if (answer != null) {
        return answer;
      }
    }
  }

  /** Only what is stored. */
  @Nullable
  Answer<T> find(Call call) {
    long startNanos = computing.startNanos();
    Landing<T> landing = cache.admits() ? reader.find(call) : null;
    return landing instanceof Landing.Answered ? settle(call, landing, startNanos) : null;
  }

  /**
   * Looks the answer up, and joins or starts a flight if there is none.
   *
   * @throws NotCachedException if there is none and the policy allows no call
   */
  Attempt<T> begin(Call call) {
    long ended = flights.ended();
    boolean bypass = !cache.admits();
    Landing<T> stored = bypass ? null : reader.find(call);
    return stored == null ? depart(call, ended, bypass) : new Attempt.Settled<>(stored);
  }

  /**
   * Joins or starts a flight for what was not found. A caller who must not call looks for other words here.
   *
   * @param ended {@link Flights#ended} before the look-up
   */
  Attempt<T> depart(Call call, long ended, boolean bypass) {
    if (call.policy().onlyIfCached()) {
      Landing<T> found = bypass ? null : elsewhere.find(call);
      if (found == null) {
        throw new NotCachedException();
      }
      return new Attempt.Settled<>(found);
    }
    var mine = new Flight<T>(call);
    Flight<T> other = flights.join(mine);
    if (other != null) {
      other.enter();
      return new Attempt.Joined<>(other);
    }
    var lead = new Lead<>(mine, bypass, flights, writer, claims);
    if (bypass || flights.ended() == ended) {
      return new Attempt.Leading<>(lead);
    }
    Landing<T> stored;
    try {
      stored = reader.findAgain(call);
    } catch (Throwable e) {
      lead.failed(e, /* cancelled= */ true);
      throw e;
    }
    if (stored == null) {
      return new Attempt.Leading<>(lead);
    }
    lead.settled(stored);
    return new Attempt.Settled<>(stored);
  }

  private Landing<T> await(Attempt<T> attempt) {
    return attempt instanceof Attempt.Joined<T> joined
        ? shared(joined.flight().await(maxWait))
        : ((Attempt.Settled<T>) attempt).landing();
  }

  /** As those see it who waited. */
  Landing<T> shared(Landing<T> landing) {
    return landing instanceof Landing.Answered<T> answered
        ? new Landing.Answered<>(answered.answer().as(Outcome.COALESCED), answered.chunks())
        : landing;
  }

  /** The answer; null if whoever should have brought it was cancelled. */
  @Nullable
  Answer<T> settle(Call call, Landing<T> landing, long startNanos) {
    if (landing instanceof Landing.Answered<T> answered) {
      counters.served(call.namespace(), answered.answer(), computing.millisSince(startNanos));
      return answered.answer();
    }
    if (landing instanceof Landing.Failed<T> failed) {
      if (failed.failure() instanceof RememberedFailureException) {
        counters.count(Event.FAILURE_SERVED);
      }
      throw Throwing.<RuntimeException>unchanged(failed.failure());
    }
    return null;
  }

  private @Nullable Landing<T> awaitClaim(Lead<T> lead) {
    Landing<T> found;
    try {
      found = elsewhere.await(lead);
    } catch (Throwable e) {
      lead.failed(e, /* cancelled= */ true);
      throw e;
    }
    if (found != null) {
      lead.settled(found);
    }
    return found;
  }

  private <X extends Exception> Answer<T> lead(
      Lead<T> lead, Computation<? extends T, X> computation) throws X {
    Answer<T> answer;
    try {
      answer = computing.compute(lead.call().namespace(), computation, lead.outcome());
    } catch (Throwable failure) {
      lead.failed(failure, Lead.isCancellation(failure));
      throw failure;
    }
    lead.answered(answer);
    return answer;
  }
}
