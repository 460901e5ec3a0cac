package io.holdfast.response;

import io.holdfast.response.Flight.Landing;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The way of a call whose answer arrives in pieces: as {@link AsyncCalls}, with the pieces before. */
final class StreamCalls<T> {

  private final Calls<T> calls;
  private final Computing<T> computing;
  private final Counters counters;
  private final ResponseCodec<T> codec;
  private final Executor executor;
  private final double pace;
  private final OnceLog log;

  StreamCalls(
      ResponseCacheBuilder<T> settings,
      Calls<T> calls,
      Computing<T> computing,
      Counters counters,
      OnceLog log) {
    this.calls = calls;
    this.computing = computing;
    this.counters = counters;
    this.codec = settings.codec;
    this.executor = settings.streamExecutor;
    this.pace = settings.replayPace;
    this.log = log;
  }

  /** Calls, and asks and tells nobody. */
  StreamHandle uncached(
      String namespace,
      StreamSource<T> source,
      StreamListener<T> listener,
      NotStoredReason reason) {
    var asked =
        new Asked(new Call("", namespace, CallPolicy.DEFAULT, true, null, null), source, listener);
    asked.feed(null, reason);
    return asked;
  }

  StreamHandle stream(Call call, StreamSource<T> source, StreamListener<T> listener) {
    var asked = new Asked(call, source, listener);
    asked.attempt();
    return asked;
  }

  /** One listener, until it has heard the end. */
  private final class Asked implements StreamHandle {
    private final Call call;
    private final StreamSource<T> source;
    private final Delivery<T> delivery;
    private final long startNanos = computing.startNanos();
    private final AtomicReference<Runnable> leave = new AtomicReference<>(() -> {});

    Asked(Call call, StreamSource<T> source, StreamListener<T> listener) {
      this.call = call;
      this.source = source;
      this.delivery = new Delivery<>(listener, this::cancel, log);
    }

    @Override
    public void cancel() {
      delivery.stop();
      leave.getAndSet(() -> {}).run();
    }

    /** What cancelling means from now on. */
    private void onLeave(Runnable action) {
      leave.set(action);
      if (delivery.isOver()) {
        leave.getAndSet(() -> {}).run();
      }
    }

    void attempt() {
      try {
        Attempt<T> attempt = calls.begin(call);
        if (attempt instanceof Attempt.Settled<T> settled) {
          settle(settled.landing());
        } else if (attempt instanceof Attempt.Joined<T> joined) {
          follow(joined.flight());
        } else if (attempt instanceof Attempt.Leading<T> leading) {
          claim(leading.lead());
        }
      } catch (RuntimeException failure) {
        delivery.fail(failure);
      }
    }

    /** Delivers what is there already. */
    private void settle(Landing<T> landing) {
      Answer<T> answer;
      List<Chunk> chunks;
      try {
        answer = calls.settle(call, landing, startNanos);
        if (answer == null) {
          attempt();
          return;
        }
        chunks = chunksOf(landing, answer.value());
      } catch (Throwable failure) {
        delivery.fail(failure);
        return;
      }
      new Replay<>(chunks, answer, delivery, pace, executor).start();
    }

    private List<Chunk> chunksOf(Landing<T> landing, T value) {
      List<Chunk> stored =
          landing instanceof Landing.Answered<T> answered ? answered.chunks() : List.of();
      return stored.isEmpty()
          ? codec.chunks(value).stream().map(text -> new Chunk(text, 0)).toList()
          : stored;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // each of these ends the delivery
    private void follow(Flight<T> flight) {
      onLeave(flight::leave);
      LiveStream live = flight.stream();
      if (live == null) {
        flight.landing(null).whenComplete((landing, none) -> settle(calls.shared(landing)));
        return;
      }
      var end = new AtomicReference<@Nullable StreamFollower<T>>();
      var follower =
          new StreamFollower<>(live, delivery, executor, landing -> ended(landing, end.get()));
      end.set(follower);
      follower.start();
      flight.landing(null).whenComplete((landing, none) -> follower.landed(landing));
    }

    /** A stream that this one followed has ended. */
    private void ended(Landing<T> landing, @Nullable StreamFollower<T> follower) {
      try {
        Answer<T> answer = calls.settle(call, calls.shared(landing), startNanos);
        if (answer != null) {
          delivery.complete(answer);
        } else if (follower != null && follower.hasDelivered()) {
          // Half of another answer cannot be put right.
          delivery.fail(
              new CancellationException("the call that this stream followed was cancelled"));
        } else if (!delivery.isOver()) {
          attempt();
        }
      } catch (Throwable failure) {
        delivery.fail(failure);
      }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // both ends are handled
    private void claim(Lead<T> lead) {
      lead.flight().leaveThread();
      onLeave(lead.flight()::leave);
      calls.elsewhere().whenClear(lead).whenComplete((cleared, failure) -> {
        if (failure != null) {
          lead.failed(failure, /* cancelled= */ true);
          delivery.fail(failure);
        } else if (cleared.elsewhere() != null) {
          lead.settled(cleared.elsewhere());
          settle(cleared.elsewhere());
        } else {
          feed(lead, NotStoredReason.BYPASSED);
        }
      });
    }

    /** Starts the call. */
    void feed(@Nullable Lead<T> lead, NotStoredReason reason) {
      var sink = new Feeding(lead, reason);
      if (lead == null) {
        onLeave(sink::deserted);
      } else {
        lead.flight().onDeserted(sink::deserted);
      }
      try {
        source.start(sink);
      } catch (Throwable failure) {
        sink.fail(failure);
      }
    }

    /** What the call tells. */
    private final class Feeding implements StreamSink<T> {
      private final @Nullable Lead<T> lead;
      private final NotStoredReason reason;
      private final long callNanos = computing.startNanos();
      private final AtomicBoolean ended = new AtomicBoolean();
      private final AtomicReference<@Nullable Runnable> stop = new AtomicReference<>();
      private volatile boolean cancelled;
      private long lastMillis; // of the one thread that tells

      Feeding(@Nullable Lead<T> lead, NotStoredReason reason) {
        this.lead = lead;
        this.reason = reason;
      }

      @Override
      public void chunk(String text) {
        if (ended.get()) {
          return;
        }
        if (lead != null) {
          long nowMillis = computing.millisSince(callNanos);
          lead.flight().requireStream().add(new Chunk(text, nowMillis - lastMillis));
          lastMillis = nowMillis;
        }
        delivery.chunk(text);
      }

      @Override
      public void complete(T value) {
        complete(value, /* stored= */ true);
      }

      @Override
      public void completeUnstored(T value) {
        complete(value, /* stored= */ false);
      }

      private void complete(T value, boolean stored) {
        if (!ended.compareAndSet(false, true)) {
          return;
        }
        Outcome outcome = lead == null ? Outcome.BYPASSED : lead.outcome();
        Answer<T> answer =
            computing.computed(call.namespace(), value, outcome, computing.millisSince(callNanos));
        if (lead == null) {
          counters.notStored(reason);
        } else if (stored) {
          lead.answered(answer, lead.flight().requireStream().arrived());
        } else {
          lead.answeredUnstored(answer, lead.flight().requireStream().arrived());
        }
        delivery.complete(answer);
      }

      @Override
      public void fail(Throwable failure) {
        if (!ended.compareAndSet(false, true)) {
          return;
        }
        computing.failed(call.namespace());
        if (lead != null) {
          lead.failed(failure, Lead.isCancelled(failure));
        }
        delivery.fail(failure);
      }

      /** Nobody listens or waits any more. */
      void deserted() {
        if (!ended.compareAndSet(false, true)) {
          return;
        }
        if (lead != null) {
          lead.failed(new CancellationException(), /* cancelled= */ true);
        }
        cancelled = true;
        runStop();
      }

      @Override
      public boolean isCancelled() {
        return cancelled;
      }

      @Override
      public void onCancel(Runnable action) {
        stop.set(action);
        if (cancelled) {
          runStop();
        }
      }

      private void runStop() {
        Runnable action = stop.getAndSet(null);
        if (action != null) {
          action.run();
        }
      }
    }
  }
}
