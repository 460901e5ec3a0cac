package io.holdfast.jcache;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets a thread that changes entries wait for listeners that do not keep up, at the end of its
 * outermost change: then it holds no lock of any cache that a listener may need.
 *
 * <p>A listener's own thread never waits, though it changes entries, or it would wait for itself. Nor
 * does the thread that sweeps expired entries, whose changes are nobody's call.
 */
final class Backpressure {
  /** The changes that this thread is in, of whatever cache; null when in none. */
  private static final ThreadLocal<@Nullable Changes> CURRENT = new ThreadLocal<>();

  private Backpressure() {}

  private static final class Changes {
    private final boolean mayWait;
    private final List<ListenerQueue> tooLong = new ArrayList<>(0);
    private int depth = 1;

    private Changes(boolean mayWait) {
      this.mayWait = mayWait;
    }
  }

  /** Begins a change; each needs its {@link #exit}, with its locks released. */
  static void enter() {
    enter(/* mayWait= */ true);
  }

  /** Begins what calls listeners; within it nothing waits. Needs its {@link #exit} too. */
  static void enterListener() {
    enter(/* mayWait= */ false);
  }

  private static void enter(boolean mayWait) {
    Changes outer = CURRENT.get();
    if (outer == null) {
      CURRENT.set(new Changes(mayWait));
    } else {
      outer.depth++;
    }
  }

  /** This queue is too long: the change that made it so will wait, if it is one that may. */
  static void isDueTo(ListenerQueue queue) {
    Changes changes = CURRENT.get();
    if (changes != null && changes.mayWait && !changes.tooLong.contains(queue)) {
      changes.tooLong.add(queue);
    }
  }

  /** Ends a change; the end of the outermost waits until the queues are short enough. */
  static void exit() {
    Changes changes = CURRENT.get();
    if (changes == null) {
      throw new IllegalStateException("exit() without enter()");
    }
    if (--changes.depth == 0) {
      CURRENT.remove();
      changes.tooLong.forEach(ListenerQueue::awaitRoom);
    }
  }
}
