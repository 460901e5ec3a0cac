package io.holdfast.schema;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** Counts, remembers the last drifts, and tells the listeners. */
final class DriftJournal {

  private static final Logger LOGGER = System.getLogger(DriftJournal.class.getName());
  private static final int RECENT = 32;

  private final CopyOnWriteArrayList<SchemaDriftListener> listeners = new CopyOnWriteArrayList<>();
  private final Deque<SchemaDrift> recent = new ArrayDeque<>();
  private final Map<WatchedDatabase.Event, LongAdder> events =
      new EnumMap<>(WatchedDatabase.Event.class);
  final LongAdder drifts = new LongAdder();
  final LongAdder outsideDrifts = new LongAdder();
  final LongAdder probes = new LongAdder();
  final LongAdder readings = new LongAdder();
  final LongAdder readingFailures = new LongAdder();
  final LongAdder listenerFailures = new LongAdder();
  final LongAdder tablesRead = new LongAdder();
  final LongAdder implausible = new LongAdder();
  final LongAdder verifications = new LongAdder();
  final LongAdder blindSpotProbes = new LongAdder();

  DriftJournal() {
    for (WatchedDatabase.Event event : WatchedDatabase.Event.values()) {
      events.put(event, new LongAdder());
    }
  }

  void addListener(SchemaDriftListener listener) {
    listeners.addIfAbsent(listener);
  }

  void removeListener(SchemaDriftListener listener) {
    listeners.remove(listener);
  }

  void count(WatchedDatabase.Event event) {
    adder(event).increment();
  }

  long counted(WatchedDatabase.Event event) {
    return adder(event).sum();
  }

  private LongAdder adder(WatchedDatabase.Event event) {
    return Objects.requireNonNull(events.get(event), "event");
  }

  /** Remembers and counts; the structures are visible already. */
  void record(List<SchemaDrift> published) {
    synchronized (recent) {
      for (SchemaDrift drift : published) {
        recent.addFirst(drift);
        if (recent.size() > RECENT) {
          recent.removeLast();
        }
      }
    }
    drifts.add(published.size());
    outsideDrifts.add(published.stream()
        .filter(drift -> drift.origin() == SchemaDrift.Origin.OTHER_SESSION)
        .count());
  }

  /** Calls the listeners; to be called without a lock. */
  void announce(List<SchemaDrift> published) {
    for (SchemaDrift drift : published) {
      for (SchemaDriftListener listener : listeners) {
        try {
          listener.drifted(drift);
        } catch (Throwable e) { // whatever it is, the statement that drifted has succeeded
          listenerFailures.increment();
          LOGGER.log(
              Level.WARNING,
              () -> "a listener failed on the drift of " + drift.table() + "; continuing: "
                  + listener.getClass().getName(),
              e);
        }
      }
    }
  }

  /** The last drifts, newest first. */
  List<SchemaDrift> recent() {
    synchronized (recent) {
      return List.copyOf(recent);
    }
  }
}
