package io.holdfast.response;

import io.holdfast.response.spi.SemanticIndex;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Fills the index from the cache, once, when somebody first asks. What this process stores meanwhile and later
 * is added as it is stored; what others store is found by the walk of the next process that opens the cache.
 */
final class SemanticWalk {

  private enum State {
    NOT_BEGUN,
    UNDER_WAY,
    COMPLETE
  }

  private final SemanticIndex index;
  private final GuardedCache cache;
  private final Executor executor;
  private final AtomicReference<State> state = new AtomicReference<>(State.NOT_BEGUN);

  SemanticWalk(SemanticIndex index, GuardedCache cache, Executor executor) {
    this.index = index;
    this.cache = cache;
    this.executor = executor;
  }

  /** Whether all is in the index; begins the walk if nobody has. */
  boolean isComplete() {
    if (state.compareAndSet(State.NOT_BEGUN, State.UNDER_WAY)) {
      try {
        executor.execute(this::walk);
      } catch (RejectedExecutionException e) {
        state.set(State.NOT_BEGUN); // the response cache is closing
      }
    }
    return state.get() == State.COMPLETE;
  }

  private void walk() {
    boolean reachedEnd = false;
    try {
      reachedEnd = cache.walk(this::add);
    } finally {
      state.set(reachedEnd ? State.COMPLETE : State.NOT_BEGUN);
    }
  }

  private void add(String key, CachedResponse response) {
    Meaning meaning = response.meaning();
    Place place = meaning == null ? null : Place.of(key, meaning);
    if (meaning != null && place != null) {
      index.add(place.partition(), place.member(), meaning.vector());
    }
  }
}
