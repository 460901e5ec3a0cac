package io.holdfast.schema;

/**
 * How closely a database is watched, and what stood in the way. Counters run since it is watched.
 *
 * @param mode how changes by others are noticed
 * @param stalenessBoundMillis how long a change by others, once committed, may stay unnoticed at most:
 *     the interval of looking and the longest wait for an answer, after which everything is in doubt;
 *     -1 if nobody looks
 * @param auditIntervalMillis in mode {@link Mode#PUSH}, how long a change may stay unnoticed that the
 *     server does not write down; else -1, since the bound above holds for all
 * @param verifications look-ups that asked the server first
 * @param hidingStatements statements that named a function or a table whose trigger may run DDL
 * @param blindSpotProbes probes made because a statement or an unwrapped connection may have run DDL unheard
 * @param implausibleReadings readings that were not believed, such as one without most of the tables
 * @param tablesRead structures read, one for each table and time
 * @param tablesLocked tables that the last reading could not read, since somebody holds them locked
 */
public record WatchState(
    Mode mode,
    long stalenessBoundMillis,
    long auditIntervalMillis,
    long verifications,
    long hidingStatements,
    long blindSpotProbes,
    long implausibleReadings,
    long tablesRead,
    int tablesLocked) {

  /** Of a database that is not watched. */
  public static final WatchState NONE = new WatchState(Mode.ON_REQUEST, -1, -1, 0, 0, 0, 0, 0, 0);

  /** How changes by others are noticed. */
  public enum Mode {
    /** A probe in intervals. */
    POLL,
    /** The server writes down that something changed; a probe reads that in intervals. */
    PUSH,
    /** Only when somebody asks. */
    ON_REQUEST
  }
}
