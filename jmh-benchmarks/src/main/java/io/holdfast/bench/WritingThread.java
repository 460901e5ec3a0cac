package io.holdfast.bench;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A thread that writes until it is told to stop. */
final class WritingThread implements AutoCloseable {
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicLong longestNanos = new AtomicLong();
  private final Thread thread;

  WritingThread(Runnable write) {
    thread = new Thread(() -> {
      while (!stop.get()) {
        long startNanos = System.nanoTime();
        write.run();
        longestNanos.accumulateAndGet(System.nanoTime() - startNanos, Math::max);
      }
    });
    thread.start();
  }

  /** The longest of the writes that ended since the last call. */
  double longestMillis() {
    return longestNanos.getAndSet(0) / 1e6;
  }

  /** Returns when it writes no more; an interrupt stays set. */
  @Override
  public void close() {
    stop.set(true);
    boolean wasInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
