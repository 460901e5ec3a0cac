package io.holdfast.jcache;

import org.jspecify.annotations.Nullable;

/** Closes many things: all of them, whatever fails; later failures are suppressed by the first. */
final class Closing {
  private @Nullable RuntimeException failure;

  void attempt(Runnable close) {
    try {
      close.run();
    } catch (RuntimeException e) {
      if (failure == null) {
        failure = e;
      } else {
        failure.addSuppressed(e);
      }
    }
  }

  void throwIfFailed() {
    if (failure != null) {
      throw failure;
    }
  }
}
