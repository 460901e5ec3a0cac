package io.holdfast.response;

import io.holdfast.response.Flight.Landing;
import io.holdfast.response.spi.ResponseLeases;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Agrees with the other processes on who computes, where the cache underneath has leases.
 *
 * <p>Whoever gets the lease looks once more, for the last holder may have stored the answer; the others
 * look every few milliseconds for the answer and for the lease. If that takes too long, or the leases
 * fail, the call is made without one: two calls are better than none.
 */
final class Claims<T> {

  private static final long POLL_MILLIS = 20;

  private final @Nullable ResponseLeases leases;
  private final Duration leaseTime;
  private final long patienceNanos;
  private final GuardedCache cache;
  private final AnswerReader<T> reader;
  private final Executor afterPoll =
      CompletableFuture.delayedExecutor(POLL_MILLIS, TimeUnit.MILLISECONDS);

  Claims(
      @Nullable ResponseLeases leases,
      Duration leaseTime,
      Duration patience,
      GuardedCache cache,
      AnswerReader<T> reader) {
    this.leases = leases;
    this.leaseTime = leaseTime;
    this.patienceNanos = patience.toNanos();
    this.cache = cache;
    this.reader = reader;
  }

  /**
   * The end of waiting.
   *
   * @param elsewhere the answer that another process brought; null if the call may be made
   */
  record Clearance<T>(@Nullable Landing<T> elsewhere) {}

  /** What one look at the lease and the cache tells. */
  sealed interface Look<T> {
    record Compute<T>() implements Look<T> {}

    record Found<T>(Landing<T> landing) implements Look<T> {}

    record Wait<T>() implements Look<T> {}
  }

  /**
   * Waits until the call may be made.
   *
   * @return null if it may; else the answer, which another process brought
   * @throws CoalescedWaitException if interrupted
   */
  @Nullable
  Landing<T> await(Lead<T> lead) {
    long startNanos = System.nanoTime();
    Look<T> look = look(lead, startNanos);
    while (look instanceof Look.Wait) {
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw CoalescedWaitException.interrupted(e);
      }
      look = look(lead, startNanos);
    }
    return found(look);
  }

  /** The same without a thread. */
  CompletableFuture<Clearance<T>> whenClear(Lead<T> lead) {
    var clear = new CompletableFuture<Clearance<T>>();
    tryClear(lead, System.nanoTime(), clear);
    return clear;
  }

  private void tryClear(Lead<T> lead, long startNanos, CompletableFuture<Clearance<T>> clear) {
    try {
      Look<T> look = look(lead, startNanos);
      if (look instanceof Look.Wait) {
        afterPoll.execute(() -> tryClear(lead, startNanos, clear));
      } else {
        clear.complete(new Clearance<>(found(look)));
      }
    } catch (Throwable e) {
      clear.completeExceptionally(e);
    }
  }

  private static <T> @Nullable Landing<T> found(Look<T> look) {
    return look instanceof Look.Found<T> found ? found.landing() : null;
  }

  /** Looks once. */
  Look<T> look(Lead<T> lead) {
    return look(lead, System.nanoTime());
  }

  private Look<T> look(Lead<T> lead, long startNanos) {
    ResponseLeases all = leases;
    if (all == null || lead.isBypassing() || !lead.call().policy().isShared()) {
      return new Look.Compute<>();
    }
    String key = lead.call().key();
    GuardedCache.LeaseAttempt attempt = cache.lease(() -> all.tryAcquire(key, leaseTime));
    if (attempt.failed()) {
      return new Look.Compute<>();
    }
    Optional<ResponseLeases.Held> taken = attempt.taken();
    Landing<T> present = reader.findAgain(lead.call());
    if (present != null) {
      taken.ifPresent(cache::close);
      return new Look.Found<>(present);
    }
    taken.ifPresent(lead.flight()::lease);
    boolean clear = taken.isPresent() || System.nanoTime() - startNanos > patienceNanos;
    return clear ? new Look.Compute<>() : new Look.Wait<>();
  }

  void release(Flight<T> flight) {
    ResponseLeases.Held held = flight.lease();
    if (held != null) {
      flight.lease(null);
      cache.close(held);
    }
  }
}
