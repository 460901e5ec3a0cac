package io.holdfast.tier;

import io.holdfast.store.StoredEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Passes on what was evicted for no call of a tier, away from the thread that evicted it, which may hold
 * locks of another tier. One task at a time, however many evictions there are.
 */
final class EvictionReports {
  private final Executor relay;
  private final Consumer<List<StoredEntry>> listener;
  private final Queue<StoredEntry> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isUnderWay = new AtomicBoolean();

  EvictionReports(Executor relay, Consumer<List<StoredEntry>> listener) {
    this.relay = relay;
    this.listener = listener;
  }

  /** Never waits. */
  void add(List<StoredEntry> evicted) {
    waiting.addAll(evicted);
    startIfIdle();
  }

  private void startIfIdle() {
    if (!waiting.isEmpty() && isUnderWay.compareAndSet(false, true)) {
      relay.execute(this::pass);
    }
  }

  private void pass() {
    try {
      var evicted = new ArrayList<StoredEntry>();
      for (StoredEntry entry = waiting.poll(); entry != null; entry = waiting.poll()) {
        evicted.add(entry);
      }
      listener.accept(evicted);
    } finally {
      isUnderWay.set(false);
      startIfIdle();
    }
  }
}
