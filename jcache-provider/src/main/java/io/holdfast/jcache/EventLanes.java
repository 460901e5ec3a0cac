package io.holdfast.jcache;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Calls synchronous listeners per key in the order of the changes, in a thread that changes the entry,
 * and with no lock held that an operation of the cache needs.
 *
 * <p>The store reports a change while it still guards the order of changes, so the report only enters
 * the lane of its key. The operation empties the lanes of its keys after it has released its locks,
 * and returns when every listener has been called. A listener may use the cache: what it changes is
 * delivered by the same thread as soon as that listener returns, never inside it, so listeners that
 * change each other's keys cannot wait for one another.
 */
final class EventLanes {
  private static final Logger logger = System.getLogger(EventLanes.class.getName());

  /** The operations that this thread is in, of whatever cache; null when in none. */
  private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

  private final ConcurrentHashMap<Integer, Lane> lanes = new ConcurrentHashMap<>();
  private final ListenerQueue background;

  /**
   * Lanes of one cache.
   *
   * @param threads empty lanes for changes that no operation made, such as a sweep of dead entries; one
   *     at a time
   */
  EventLanes(Executor threads) {
    this.background = new ListenerQueue(threads);
  }

  /** Opens the scope of one operation, to be closed when its locks are released. */
  Scope open() {
    Scope scope = new Scope(this, CURRENT.get());
    CURRENT.set(scope);
    return scope;
  }

  /** Appends a delivery to the lane of a key. Never blocks. */
  void add(int keyHash, Runnable delivery) {
    lanes.compute(keyHash, (hash, existing) -> {
      Lane lane = existing == null ? new Lane() : existing;
      lane.deliveries.add(delivery);
      return lane;
    });
    Scope scope = CURRENT.get();
    if (scope != null) {
      scope.pending.add(new Pending(this, keyHash));
    } else {
      background.add(() -> drainQuietly(keyHash));
    }
  }

  private void drainQuietly(int keyHash) {
    Scope scope = open();
    scope.includeHash(keyHash);
    try {
      scope.close();
    } catch (RuntimeException e) {
      logger.log(Level.WARNING, () -> "A cache entry listener failed; continuing", e);
    }
  }

  /** Empties one lane; waits while another thread is doing so. */
  private @Nullable RuntimeException drain(int keyHash) {
    Lane lane = lanes.get(keyHash);
    if (lane == null) {
      return null;
    }
    RuntimeException failure = null;
    lane.turn.lock();
    try {
      for (Runnable next = lane.deliveries.poll(); next != null; next = lane.deliveries.poll()) {
        try {
          next.run();
        } catch (RuntimeException e) {
          if (failure == null) {
            failure = e;
          } else {
            failure.addSuppressed(e);
          }
        }
      }
      lanes.computeIfPresent(
          keyHash, (hash, at) -> at.equals(lane) && at.deliveries.isEmpty() ? null : at);
    } finally {
      lane.turn.unlock();
    }
    return failure;
  }

  private static final class Lane {
    private final ReentrantLock turn = new ReentrantLock();
    private final Queue<Runnable> deliveries = new ConcurrentLinkedQueue<>();
  }

  private record Pending(EventLanes lanes, int keyHash) {}

  /** One operation; closing it calls the listeners of its changes. */
  static class Scope implements AutoCloseable {
    /** For a cache without listeners. */
    static final Scope NONE = new Scope(null, null) {
      @Override
      void include(Object key) {}

      @Override
      void includeAll(Collection<?> keys) {}

      @Override
      public void close() {}
    };

    private final @Nullable EventLanes lanes;
    private final @Nullable Scope outer;
    private final Deque<Pending> pending = new ArrayDeque<>();

    private Scope(@Nullable EventLanes lanes, @Nullable Scope outer) {
      this.lanes = lanes;
      this.outer = outer;
    }

    /** Waits for the deliveries of this key too, in case another thread reported its change. */
    void include(Object key) {
      includeHash(key.hashCode());
    }

    void includeAll(Collection<?> keys) {
      keys.forEach(this::include);
    }

    private void includeHash(int keyHash) {
      if (lanes != null) {
        pending.add(new Pending(lanes, keyHash));
      }
    }

    @Override
    public void close() {
      if (outer != null) {
        // Inside a listener, a loader or an entry processor: the outermost operation delivers.
        outer.pending.addAll(pending);
        CURRENT.set(outer);
        return;
      }
      RuntimeException failure = null;
      try {
        for (Pending next = pending.poll(); next != null; next = pending.poll()) {
          RuntimeException thrown = next.lanes.drain(next.keyHash);
          if (failure == null) {
            failure = thrown;
          } else if (thrown != null) {
            failure.addSuppressed(thrown);
          }
        }
      } finally {
        CURRENT.remove();
      }
      if (failure != null) {
        throw failure;
      }
    }
  }
}
