package io.holdfast.schema;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a reading that lost many tables is to be believed. Used by the reading thread only.
 *
 * <p>Not at once if more than half of at least four tables, or all of several, are gone and no
 * statement of ours explains it: a half-restored database, a wrong server behind a proxy and lost
 * privileges all look like that. A real mass drop is believed when a later reading, over a connection
 * opened since, misses the same tables: after a second where the catalog shows everything, after a
 * minute where a missing table may merely have become invisible. Where the server tells what the user
 * may see, tables that are missing since that changed are never taken for dropped.
 */
final class Plausibility {

  /** Where a missing table is gone. */
  static final Duration CONFIRMED_AFTER = Duration.ofSeconds(1);

  /** Where a missing table may be invisible, and the server does not tell. */
  static final Duration CONFIRMED_LATE_AFTER = Duration.ofMinutes(1);

  private static final int FEW_TABLES = 4;

  private final boolean seesEverything;
  private @Nullable Suspicion open;
  private Optional<String> sight = Optional.empty();

  private record Suspicion(Set<TableName> missing, long sinceNanos) {}

  Plausibility(boolean seesEverything) {
    this.seesEverything = seesEverything;
  }

  /**
   * Judges a reading; a reading that is believed ends the suspicion.
   *
   * @param before tables known
   * @param after tables read
   * @param explained tables that statements of ours may have dropped
   * @param nowSight what the server says the user may see, if it does
   * @return why it is not to be believed now, or null
   */
  @Nullable
  String doubt(
      Set<TableName> before,
      Set<TableName> after,
      Set<TableName> explained,
      Optional<String> nowSight,
      long nowNanos) {
    var missing = new HashSet<>(before);
    missing.removeAll(after);
    missing.removeAll(explained);
    boolean sightChanged =
        !seesEverything && sight.isPresent() && nowSight.isPresent() && !sight.equals(nowSight);
    if (!missing.isEmpty() && sightChanged) {
      return missing.size() + " of " + before.size()
          + " tables cannot be seen any more since the user's privileges changed";
    }
    if (isMass(missing.size(), before.size(), after.isEmpty())
        && !isConfirmed(missing, nowSight.isPresent(), nowNanos)) {
      return "implausible: " + missing.size() + " of " + before.size()
          + " tables are gone, and nobody was seen dropping them";
    }
    open = null;
    sight = nowSight;
    return null;
  }

  private static boolean isMass(int missing, int before, boolean allGone) {
    return allGone ? missing > 1 : before >= FEW_TABLES && missing * 2 > before;
  }

  private boolean isConfirmed(Set<TableName> missing, boolean sightTold, long nowNanos) {
    Suspicion earlier = open;
    if (earlier == null || !earlier.missing().equals(missing)) {
      open = new Suspicion(Set.copyOf(missing), nowNanos);
      return false;
    }
    Duration wait = seesEverything || sightTold ? CONFIRMED_AFTER : CONFIRMED_LATE_AFTER;
    return nowNanos - earlier.sinceNanos() >= wait.toNanos();
  }
}
