package io.holdfast.schema;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Why tables are in doubt. Guarded by the owner's state lock.
 *
 * <p>Four reasons, each enough: somebody is committing a change right now (suspected, counted by
 * name), somebody did and nobody could read what came of it (unsettled), somebody holds the table
 * locked so that it could not be read (unreadable), or the server could not be asked at all
 * (unvalidated).
 */
final class DoubtLedger {

  private int everythingSuspected;
  private final Map<SqlName, Integer> suspected = new HashMap<>();
  private Suspects unsettled = Suspects.NONE;
  private long unsettledChanges;
  private Set<TableName> unreadable = Set.of();
  private boolean unvalidated = true;

  void suspect(Suspects suspects) {
    if (suspects.everything()) {
      everythingSuspected++;
    }
    suspects.names().forEach(name -> suspected.merge(name, 1, Integer::sum));
  }

  /** Ends one {@link #suspect}; quiet if there was none. */
  void release(Suspects suspects) {
    if (suspects.everything() && everythingSuspected > 0) {
      everythingSuspected--;
    }
    for (SqlName name : suspects.names()) {
      suspected.computeIfPresent(name, (key, count) -> count > 1 ? count - 1 : null);
    }
  }

  void unsettled(Suspects suspects) {
    unsettled = unsettled.plus(suspects);
    unsettledChanges++;
  }

  Suspects unsettled() {
    return unsettled;
  }

  /** Identifies the state of {@link #unsettled} for {@link #settledSince}. */
  long unsettledMark() {
    return unsettledChanges;
  }

  /** A reading that began at the mark succeeded: what was unsettled then is settled. */
  void settledSince(long mark) {
    if (unsettledChanges == mark) {
      unsettled = Suspects.NONE;
    }
  }

  /** The tables that the last reading found and could not read; they stay as they were, in doubt. */
  void unreadable(Set<TableName> tables) {
    unreadable = tables;
  }

  void unvalidated(boolean is) {
    unvalidated = is;
  }

  /** Who is suspected right now: their structure is for the one who settles to publish. */
  Suspects suspected() {
    return everythingSuspected > 0 ? Suspects.ALL : Suspects.of(suspected.keySet());
  }

  boolean everythingInDoubt() {
    return unvalidated || everythingSuspected > 0 || unsettled.everything();
  }

  /** Tables in doubt by name, whatever {@link #everythingInDoubt} says. */
  Set<TableName> tablesInDoubt(NameIndex names) {
    if (suspected.isEmpty() && unsettled.isEmpty()) {
      return unreadable;
    }
    var inDoubt = new HashSet<>(names.resolve(Suspects.of(suspected.keySet()).plus(unsettled)));
    inDoubt.addAll(unreadable);
    return inDoubt;
  }
}
