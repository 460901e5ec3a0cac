package io.holdfast.response;

import io.holdfast.response.spi.SemanticIndex;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Fills the index from the cache when somebody first asks. What this process stores meanwhile and later is added as it
 * is stored. What others store is found by looking for new entries from time to time, where the cache can show them;
 * elsewhere by the walk of the next process that opens the cache.
 */
final class SemanticWalk {

  // Between the time that is noted in an entry and its commit: a busy file, or a clock that was set
  // back a little.
  private static final long MARGIN_MILLIS = 60_000;
  // Of one processor, at the most, go into looking for new entries: one part in so many.
  private static final long SHARE = 50;

  private enum State {
    NOT_BEGUN,
    UNDER_WAY,
    COMPLETE
  }

  private final SemanticIndex index;
  private final GuardedCache cache;
  private final Executor executor;
  private final long pauseNanos;
  private final AtomicReference<State> state = new AtomicReference<>(State.NOT_BEGUN);
  private volatile boolean closed;

  SemanticWalk(SemanticIndex index, GuardedCache cache, Executor executor, Duration pause) {
    this.index = index;
    this.cache = cache;
    this.executor = executor;
    this.pauseNanos = pause.toNanos();
  }

  /** Whether all is in the index that was in the cache when the walk began; begins it if nobody has. */
  boolean isComplete() {
    if (!closed && state.compareAndSet(State.NOT_BEGUN, State.UNDER_WAY)) {
      try {
        executor.execute(() -> walk(Long.MIN_VALUE));
      } catch (RejectedExecutionException e) {
        state.set(State.NOT_BEGUN); // the response cache is closing
      }
    }
    return state.get() == State.COMPLETE;
  }

  /** Looks for new entries no more. */
  void close() {
    closed = true;
  }

  private void walk(long sinceMillis) {
    long startMillis =
        System.currentTimeMillis(); // as the cache underneath notes it in its entries
    long startNanos = System.nanoTime();
    boolean reachedEnd = false;
    try {
      reachedEnd = cache.walk(sinceMillis, this::add);
    } finally {
      state.set(reachedEnd ? State.COMPLETE : State.NOT_BEGUN);
    }
    if (reachedEnd && cache.showsNewEntries()) {
      long tookNanos = System.nanoTime() - startNanos;
      continueLater(startMillis - MARGIN_MILLIS, Math.max(pauseNanos, SHARE * tookNanos));
    }
  }

  // Weakly, so that a response cache that nobody closed is not kept by the timer.
  private void continueLater(long sinceMillis, long delayNanos) {
    var walk = new WeakReference<>(this);
    CompletableFuture.delayedExecutor(delayNanos, TimeUnit.NANOSECONDS, executor)
        .execute(() -> {
          SemanticWalk mine = walk.get();
          if (mine != null && !mine.closed) {
            mine.walk(sinceMillis);
          }
        });
  }

  private void add(String key, CachedResponse response) {
    Meaning meaning = response.meaning();
    Place place = meaning == null ? null : Place.of(key, meaning);
    if (meaning != null && place != null) {
      index.add(place.partition(), place.member(), meaning.vector());
    }
  }
}
