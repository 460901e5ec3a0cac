package io.holdfast.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One database under watch: the structures that are true now, and everybody who wants to hear of
 * drift. Safe from any thread.
 *
 * <p>A table is <em>known</em> or <em>in doubt</em>; a table in doubt has no key, so nothing is served
 * or stored for it until it has been read again.
 */
public interface WatchedDatabase {

  /** Which database. */
  DatabaseIdentity identity();

  /**
   * Waits until the first full reading is done.
   *
   * @return false if it failed or did not finish within the time
   */
  boolean awaitReady(long timeoutMillis) throws InterruptedException;

  /** The tables and views known now, with their structures; a snapshot in memory, no I/O. */
  Map<TableName, TableStructure> structures();

  /** One structure, empty if unknown or in doubt; no I/O. */
  Optional<TableStructure> structure(TableName table);

  /** The fingerprint of one table, empty if unknown or in doubt; no I/O. */
  Optional<StructureHash> hash(TableName table);

  /** The key for an answer about this table, empty if unknown or in doubt; no I/O, tens of nanoseconds. */
  Optional<SchemaKey> key(TableName table, String discriminator);

  /**
   * The key for an answer about this table, after the server has been asked whether it still holds:
   * never stale, whoever changed the table, if the change was committed before this call. Blocks for
   * one probe, which callers at the same time share, and for reading what changed; at most for {@link
   * WatchSettings#maxWait()}.
   *
   * @return empty if the table is unknown or in doubt, or the server did not answer in time
   */
  Optional<SchemaKey> verifiedKey(TableName table, String discriminator);

  /**
   * Asks the server whether anything changed (a cheap probe) and reads what did. Blocks for the
   * server, but not for one that hangs.
   *
   * @return true if the known structures are validated; false if the server could not be asked, or
   *     did not answer in time, in which case everything is in doubt
   */
  boolean validate();

  /**
   * Reads everything anew, publishes what differs. Blocks, at most for a minute; one reading runs at a
   * time.
   *
   * @return false if it failed, was not to be believed, or is not over yet
   */
  boolean refresh();

  /** Adds a listener; adding twice is quiet. */
  void addListener(SchemaDriftListener listener);

  /** Removes a listener. */
  void removeListener(SchemaDriftListener listener);

  /** Counters and state; cheap, no I/O. */
  DriftStatistics statistics();

  /**
   * The drifts kept of this database, oldest first, at most {@value SchemaJournal#MAX_ENTRIES}: since it is
   * watched, and with a file for the journal also those from before. From memory, no I/O.
   */
  default List<JournalEntry> journal() {
    return List.of();
  }

  // What the wrapper driver reports.

  /**
   * From now on these tables are in doubt for everybody: a commit that may change them is under way.
   * Each call is matched by one {@link #settle}.
   */
  void suspect(Suspects suspects);

  /**
   * Reads the suspects, publishes what differs, and ends the doubt that {@link #suspect} began. A
   * failure to read leaves them in doubt and is tried again by the watch. Never throws.
   *
   * @param statementKind the first word of the statement, or null if unknown
   */
  void settle(Suspects suspects, @Nullable String statementKind);

  /**
   * Whether running a text may change structure without showing it: it names a function or a table
   * whose trigger runs DDL, as far as the catalog tells. No I/O.
   */
  boolean mayHideDdl(String sql);

  /**
   * Something may have changed structure without having been heard, and has ended: looks now. Returns
   * when the look is over, or after {@link WatchSettings#maxWait()}; it then goes on by itself. Never
   * throws.
   */
  void probeBlindSpot();

  /** Counts. */
  void count(Event event);

  /** What the wrapper driver counts. */
  enum Event {
    DDL_CERTAIN,
    DDL_MAYBE,
    DDL_ROLLED_BACK,
    BLIND_SPOT,
    /** A statement that may have run DDL which its text does not show. */
    MAY_HIDE_DDL
  }
}
