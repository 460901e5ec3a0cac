package io.holdfast.schema;

import io.holdfast.schema.catalog.CatalogReader;
import io.holdfast.schema.catalog.Reading;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is true of a database now: the structures of the last reading that was believed, and the doubts.
 * A reading replaces all of it or nothing.
 *
 * <p>The lock guards the ledger of doubts and is held for memory operations only. Look-ups take none:
 * they read one volatile {@link View}.
 */
final class Truth {

  private final DatabaseIdentity identity;
  private final String databaseId;
  private final CatalogReader reader;
  private final DriftJournal journal;
  private final ReentrantLock lock = new ReentrantLock();
  private final DoubtLedger ledger = new DoubtLedger();
  // Tables that the first reading found but could not read: reading them later is no creation.
  private final Set<TableName> neverRead = new HashSet<>();
  private volatile View view = View.NOTHING;

  /**
   * What a reading has to look at.
   *
   * @param suspects those of the cause, and what earlier readings could not settle
   * @param mark what is settled if the reading succeeds
   */
  record Owed(Suspects suspects, long mark) {}

  Truth(DatabaseIdentity identity, CatalogReader reader, DriftJournal journal) {
    this.identity = identity;
    this.databaseId = identity.id();
    this.reader = reader;
    this.journal = journal;
  }

  View view() {
    return view;
  }

  void suspect(Suspects suspects) {
    lock.lock();
    try {
      ledger.suspect(suspects);
      show(view.known());
    } finally {
      lock.unlock();
    }
  }

  void doubtEverything() {
    lock.lock();
    try {
      ledger.unvalidated(true);
      show(view.known());
    } finally {
      lock.unlock();
    }
  }

  Owed owed(Cause cause) {
    lock.lock();
    try {
      return new Owed(cause.suspects().plus(ledger.unsettled()), ledger.unsettledMark());
    } finally {
      lock.unlock();
    }
  }

  /** No reading, or none to be believed: what it was to settle stays in doubt. */
  void giveUp(Cause cause) {
    lock.lock();
    try {
      ledger.release(cause.suspects());
      if (cause.suspects().isEmpty()) {
        ledger.unvalidated(true);
      } else {
        ledger.unsettled(cause.suspects());
      }
      show(view.known());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Publishes a reading as a whole.
   *
   * @param valid whether the reading is recent enough to vouch for what it did not find changed
   * @return what drifted, visible already
   */
  List<SchemaDrift> publish(
      Known before, Survey.Result result, Cause cause, Owed owed, boolean valid) {
    Reading after = result.reading();
    List<SchemaDrift> drifts = List.of();
    lock.lock();
    try {
      ledger.release(cause.suspects());
      ledger.settledSince(owed.mark());
      ledger.unreadable(result.unreadable());
      ledger.unvalidated(!valid);
      Known next = before;
      // The first reading counts even if it finds no table: what comes next is then a creation.
      if (before.fingerprint == null) {
        neverRead.addAll(result.unreadable());
        next = before.with(after, identity, databaseId);
      } else if (!cause.suspects().isEmpty() || !after.equals(before.reading)) {
        Reading visible = DriftSearch.withoutSuspected(before, after, ledger.suspected());
        next = before.with(visible, identity, databaseId);
        drifts =
            DriftSearch.between(before, next, cause, owed.suspects(), reader, identity).stream()
                .filter(drift -> !neverRead.contains(drift.table()))
                .toList();
        neverRead.removeAll(next.entries.keySet());
      }
      show(next);
      journal.record(drifts);
    } finally {
      lock.unlock();
    }
    return drifts;
  }

  /** Makes the structures and the doubts visible together. Called under the lock. */
  private void show(Known known) {
    view = view.next(known, ledger.everythingInDoubt(), ledger.tablesInDoubt(known.names));
  }
}
