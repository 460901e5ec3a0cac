package io.holdfast.tier;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What an operation must do with nothing locked: fire events, tell the heap to forget keys. Waits
 * until the outermost operation of the thread has unlocked, because user code that runs under a key
 * lock may call the cache again.
 */
final class AfterUnlock {
  /** Of all tiers: user code under a key lock of one cache may call another. */
  private static final ThreadLocal<@Nullable Scope> SCOPES = new ThreadLocal<>();

  /** Opens a scope on this thread; each needs its {@link #exit}, after unlocking. */
  void enter() {
    Scope scope = SCOPES.get();
    if (scope == null) {
      scope = new Scope();
      SCOPES.set(scope);
    }
    scope.depth++;
  }

  /** Whether this thread is inside an operation, so that it may hold a key lock. */
  boolean isInside() {
    return SCOPES.get() != null;
  }

  /** Runs the action at the outermost {@link #exit}, in the order of the calls. */
  void later(Runnable action) {
    Scope scope = SCOPES.get();
    if (scope == null) {
      throw new IllegalStateException("no operation is running on this thread");
    }
    scope.actions.add(action);
  }

  /** Closes the scope; the outermost runs the actions, all of them, then throws what the first threw. */
  void exit() {
    Scope scope = SCOPES.get();
    if (scope == null) {
      throw new IllegalStateException("no operation is running on this thread");
    }
    scope.depth--;
    if (scope.depth > 0) {
      return;
    }
    SCOPES.remove();
    RuntimeException failure = null;
    for (Runnable action : scope.actions) {
      try {
        action.run();
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

  private static final class Scope {
    private final Deque<Runnable> actions = new ArrayDeque<>();
    private int depth;
  }
}
