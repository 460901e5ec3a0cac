package io.holdfast.store;

import io.holdfast.store.WriteLog.Kind;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Makes writes and says of each what {@link WriteLedger} has to know; safe from any thread. */
public final class LoggedWrites {
  private final WriteLog log = new WriteLog();
  // So that the log says whether a write came before a clear or after it.
  private final ReadWriteLock clearing = new ReentrantReadWriteLock();

  /** A write. */
  @FunctionalInterface
  public interface Write {
    /** Whether anything was written. */
    boolean run();
  }

  /** What is done again and again. */
  @FunctionalInterface
  public interface Step {
    void run() throws InterruptedException;
  }

  /** Repeats this in a thread of its own, until it fails. */
  public void repeat(Step step) {
    new Thread(() -> {
          try {
            while (true) {
              step.run();
            }
          } catch (Throwable e) {
            log.failed(e);
          }
        })
        .start();
  }

  /** Writes these states, beside others that write. */
  public void write(int writer, Kind kind, Collection<String> states, Write write) {
    besideOthers(() -> announced(writer, kind, states, write));
  }

  /** Clears while nobody else writes. */
  public void clear(int writer, Runnable clear) {
    clearing.writeLock().lock();
    try {
      announced(writer, Kind.CLEAR, List.of(), () -> {
        clear.run();
        return true;
      });
    } finally {
      clearing.writeLock().unlock();
    }
  }

  /** Deletes a state that is another writer's, if it is still there. */
  public void sweep(String state, Write delete) {
    besideOthers(() -> {
      log.maybeGone(state);
      if (delete.run()) {
        log.gone(state);
      }
    });
  }

  /** A state was evicted. */
  public void gone(String state) {
    log.gone(state);
  }

  private void besideOthers(Runnable write) {
    clearing.readLock().lock();
    try {
      write.run();
    } finally {
      clearing.readLock().unlock();
    }
  }

  private void announced(int writer, Kind kind, Collection<String> states, Write write) {
    log.announce(writer, kind, states);
    long beforeNanos = System.nanoTime();
    boolean applied = write.run();
    log.acknowledge(writer, applied, beforeNanos);
  }
}
