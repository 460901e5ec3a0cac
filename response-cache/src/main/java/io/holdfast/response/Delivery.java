package io.holdfast.response;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * What one listener is told: chunks, then at most one end, and nothing after it has cancelled. What it
 * throws on a chunk cancels it; what it throws at its end is logged.
 */
final class Delivery<T> {

  private final StreamListener<T> listener;
  private final Runnable onFailure;
  private final OnceLog log;
  private final AtomicBoolean over = new AtomicBoolean();

  /**
   * For this listener.
   *
   * @param onFailure runs if the listener failed
   */
  Delivery(StreamListener<T> listener, Runnable onFailure, OnceLog log) {
    this.listener = listener;
    this.onFailure = onFailure;
    this.log = log;
  }

  /** Nothing more is told; false if that was so before. */
  boolean stop() {
    return over.compareAndSet(false, true);
  }

  boolean isOver() {
    return over.get();
  }

  void chunk(String text) {
    if (!over.get()) {
      tell(told -> told.onChunk(text));
    }
  }

  void complete(Answer<T> answer) {
    if (stop()) {
      tell(told -> told.onComplete(answer));
    }
  }

  void fail(Throwable failure) {
    if (stop()) {
      tell(told -> told.onError(failure));
    }
  }

  private void tell(Consumer<StreamListener<T>> message) {
    try {
      message.accept(listener);
    } catch (RuntimeException | LinkageError e) {
      log.warn(
          "listener " + listener.getClass().getName(),
          () -> "a listener to a streamed answer failed: " + listener.getClass().getName(),
          e);
      onFailure.run();
    }
  }
}
