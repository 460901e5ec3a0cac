package io.holdfast.schema;

import io.holdfast.schema.WatchSettings.JournalFile;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts, remembers the last drifts, keeps the journal, and tells the listeners. */
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

  private final Deque<JournalEntry> kept = new ArrayDeque<>();
  private final @Nullable SchemaJournal file;
  private final boolean definitions;

  /** Keeps what is in the file already, as far as it is about this database. */
  DriftJournal(String databaseId, @Nullable JournalFile journal) {
    this.definitions = journal != null && journal.keepsDefinitions();
    Path path = journal == null ? null : journal.path();
    this.file = path == null ? null : new SchemaJournal(path);
    if (path != null && Files.exists(path)) {
      try {
        SchemaJournal.read(path).stream()
            .filter(entry -> entry.databaseId().equals(databaseId))
            .forEach(this::keep);
      } catch (IOException e) {
        LOGGER.log(Level.WARNING, () -> "cannot read the journal " + path + "; beginning anew", e);
      }
    }
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
    if (FlightRecording.mayBeOn()) {
      SchemaDriftEvent.record(published);
    }
    synchronized (recent) {
      for (SchemaDrift drift : published) {
        keep(JournalEntry.of(drift, definitions));
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

  private void keep(JournalEntry entry) {
    kept.addLast(entry);
    if (kept.size() > SchemaJournal.MAX_ENTRIES) {
      kept.removeFirst();
    }
  }

  /** The journal's entries about this database, oldest first. */
  List<JournalEntry> entries() {
    synchronized (recent) {
      return List.copyOf(kept);
    }
  }

  private void write(List<SchemaDrift> published) {
    if (file == null || published.isEmpty()) {
      return;
    }
    try {
      file.append(
          published.stream().map(drift -> JournalEntry.of(drift, definitions)).toList());
    } catch (IOException | RuntimeException e) { // whatever it is, the statement has succeeded
      LOGGER.log(
          Level.WARNING,
          () -> "cannot write " + published.size()
              + " drifts into the journal; they are in memory only",
          e);
    }
  }

  /** Writes the journal and calls the listeners; to be called without a lock. */
  void announce(List<SchemaDrift> published) {
    write(published);
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
