package io.holdfast.tier;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an operation must do with nothing locked: fire events, tell the heap to forget keys.
 *
 * <p>It waits until the outermost operation of the thread has unlocked, because user code that runs
 * under a key lock may call a cache again. It also waits until a listener that is being called has
 * returned: with ordered events Ehcache lets a release wait for all earlier events, and the one being
 * fired is among them. Releases happen in the order in which their events entered Ehcache's queues, in
 * each thread; so threads never wait for each other in a circle.
 *
 * <p>An operation that the heap calls while it holds the monitor of a fault hands its events to another
 * thread, because a listener may want the value of that very fault.
 */
final class AfterUnlock {
  /** Of all tiers: user code under a key lock of one cache may call another. */
  private static final ThreadLocal<@Nullable Scope> SCOPES = new ThreadLocal<>();

  private final Executor relay;

  AfterUnlock(Executor relay) {
    this.relay = relay;
  }

  private static final class Scope {
    // Reads have none.
    private @Nullable Deque<Action> actions;
    private int depth;
    private int heapFaults;
    private boolean isDraining;

    void add(Action action) {
      Deque<Action> waiting = actions;
      if (waiting == null) {
        waiting = new ArrayDeque<>();
        actions = waiting;
      }
      waiting.add(action);
    }

    @Nullable
    Action poll() {
      Deque<Action> waiting = actions;
      return waiting == null ? null : waiting.poll();
    }

    boolean isIdle() {
      return depth == 0 && heapFaults == 0 && !isDraining;
    }
  }

  /**
   * Something to do.
   *
   * @param relay where to do it inside a fault of the heap; null for right here
   */
  private record Action(Runnable task, @Nullable Executor relay) {}

  private static Scope scope() {
    Scope scope = SCOPES.get();
    if (scope == null) {
      scope = new Scope();
      SCOPES.set(scope);
    }
    return scope;
  }

  /** Opens an operation on this thread; each needs its {@link #exit}, after unlocking. */
  void enter() {
    scope().depth++;
  }

  /** Whether this thread is inside an operation, so that it may hold a key lock. */
  boolean isInside() {
    Scope scope = SCOPES.get();
    return scope != null && scope.depth > 0;
  }

  /** Runs the task at the outermost {@link #exit}, in the order of the calls. */
  void later(Runnable task) {
    scope().add(new Action(task, null));
  }

  /** As {@link #later}, for a task that calls listeners. */
  void laterCallListeners(Runnable task) {
    scope().add(new Action(task, relay));
  }

  /** Closes an operation; the outermost does what is to be done, all of it, then throws what failed first. */
  void exit() {
    Scope scope = scope();
    scope.depth--;
    if (scope.depth > 0 || scope.isDraining) {
      return;
    }
    scope.isDraining = true;
    try {
      drain(scope);
    } finally {
      scope.isDraining = false;
      removeIfIdle(scope);
    }
  }

  /** Runs what the heap calls while it holds the monitor of a fault. */
  <R> R insideHeapFault(Supplier<R> operation) {
    Scope scope = scope();
    scope.heapFaults++;
    try {
      return operation.get();
    } finally {
      scope.heapFaults--;
      removeIfIdle(scope);
    }
  }

  private static void removeIfIdle(Scope scope) {
    if (scope.isIdle()) {
      SCOPES.remove();
    }
  }

  private static void drain(Scope scope) {
    RuntimeException failure = null;
    for (Action action = scope.poll(); action != null; action = scope.poll()) {
      try {
        if (action.relay() != null && scope.heapFaults > 0) {
          action.relay().execute(action.task());
        } else {
          action.task().run();
        }
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
