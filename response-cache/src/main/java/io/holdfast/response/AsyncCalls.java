package io.holdfast.response;

import io.holdfast.response.Flight.Landing;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** The way of a call whose answer is a future: as {@link Calls}, and nobody blocks but for the cache. */
@SuppressWarnings(
    "FutureReturnValueIgnored") // every callback ends the caller's future, failing or not
final class AsyncCalls<T> {

  private final Calls<T> calls;
  private final Computing<T> computing;
  private final Counters counters;

  AsyncCalls(Calls<T> calls, Computing<T> computing, Counters counters) {
    this.calls = calls;
    this.computing = computing;
    this.counters = counters;
  }

  /** Calls, and asks and tells nobody. */
  CompletableFuture<Answer<T>> uncached(
      String namespace,
      AsyncComputation<? extends T> computation,
      IntSupplier sharers,
      NotStoredReason reason) {
    var result = new CompletableFuture<Answer<T>>();
    computing
        .start(namespace, computation, sharers, Outcome.BYPASSED)
        .whenComplete((answer, failure) -> {
          if (failure == null) {
            counters.notStored(reason);
          }
          complete(result, answer, failure);
        });
    return result;
  }

  /**
   * The stored answer, or the one that somebody is computing, or a new one.
   *
   * @param sharers among how many answers the time of the call is split
   */
  CompletableFuture<Answer<T>> answer(
      Call call, AsyncComputation<? extends T> computation, IntSupplier sharers) {
    var asked = new Asked(call, computation, sharers, computing.startNanos());
    asked.attempt();
    return asked.result;
  }

  private static <A> void complete(
      CompletableFuture<A> result, @Nullable A answer, @Nullable Throwable failure) {
    if (failure == null) {
      result.complete(answer);
    } else {
      result.completeExceptionally(Lead.cause(failure));
    }
  }

  /** One caller, until it has its answer. */
  private final class Asked {
    private final Call call;
    private final AsyncComputation<? extends T> computation;
    private final IntSupplier sharers;
    private final long startNanos;
    private final CompletableFuture<Answer<T>> result = new CompletableFuture<>();

    Asked(
        Call call,
        AsyncComputation<? extends T> computation,
        IntSupplier sharers,
        long startNanos) {
      this.call = call;
      this.computation = computation;
      this.sharers = sharers;
      this.startNanos = startNanos;
    }

    void attempt() {
      if (result.isDone()) {
        return; // cancelled while another call was under way
      }
      try {
        Attempt<T> attempt = calls.begin(call);
        if (attempt instanceof Attempt.Settled<T> settled) {
          settle(settled.landing());
        } else if (attempt instanceof Attempt.Joined<T> joined) {
          follow(joined.flight());
        } else if (attempt instanceof Attempt.Leading<T> leading) {
          claim(leading.lead());
        }
      } catch (Throwable failure) {
        result.completeExceptionally(failure);
      }
    }

    private void follow(Flight<T> other) {
      other.landing(calls.maxWait()).whenComplete((landing, failure) -> {
        if (failure == null) {
          settle(calls.shared(landing));
        } else {
          result.completeExceptionally(waitedTooLong(failure));
        }
      });
    }

    private Throwable waitedTooLong(Throwable failure) {
      return Lead.cause(failure) instanceof TimeoutException timeout
          ? CoalescedWaitException.tooLong(calls.maxWait(), timeout)
          : failure;
    }

    private void settle(Landing<T> landing) {
      try {
        Answer<T> answer = calls.settle(call, landing, startNanos);
        if (answer == null) {
          attempt();
        } else {
          result.complete(answer);
        }
      } catch (Throwable failure) {
        result.completeExceptionally(failure);
      }
    }

    private void claim(Lead<T> lead) {
      CompletableFuture<Claims.Clearance<T>> clearance = calls.elsewhere().whenClear(lead);
      if (!clearance.isDone()) {
        lead.flight().leaveThread();
      }
      clearance.whenComplete((cleared, failure) -> {
        if (failure != null) {
          lead.failed(failure, /* cancelled= */ true);
          result.completeExceptionally(failure);
        } else if (cleared.elsewhere() != null) {
          lead.settled(cleared.elsewhere());
          settle(cleared.elsewhere());
        } else {
          lead(lead);
        }
      });
    }

    private void lead(Lead<T> lead) {
      CompletableFuture<Answer<T>> computed =
          computing.start(call.namespace(), computation, sharers, lead.outcome());
      lead.flight().leaveThread();
      computed.whenComplete((answer, failure) -> {
        try {
          if (failure == null) {
            lead.answered(answer);
          } else {
            lead.failed(Lead.cause(failure), Lead.isCancelled(failure));
          }
        } finally {
          complete(result, answer, failure);
        }
      });
    }
  }
}
