package io.holdfast.jmx;

import java.util.List;
import java.util.Map;

/** One watched database: does it still look as it did? Counters run since it is watched. */
@Doc(
    "One watched database: what has changed in its structure, and how well it is known. Counters run since it is watched.")
public interface SchemaDriftMXBean {

  @Doc("Engine, database and a hash of host, port, filter, user and server; never a password")
  String getDatabaseId();

  @Doc("Tables found different from before, whoever changed them")
  @Unit("{drift}")
  long getDriftCount();

  @Doc("Of these, changed by other sessions and found by a probe")
  @Unit("{drift}")
  long getOutOfBandDriftCount();

  @Doc("When the last drift was seen, Unix time; 0 if there was none")
  @Unit("ms")
  long getLastDriftTimeMillis();

  @Doc("The last drift in one line: table, what changed, when (UTC); empty if there was none")
  String getLastDriftSummary();

  @Doc("The last drifts, newest first, at most 32")
  List<RecentDrift> getRecentDrift();

  @Doc(
      "The journal, at most 1000 drifts, numbered from the oldest; with a file for it also from before a restart")
  Map<Integer, RecentDrift> getJournal();

  @Doc("Statements through this driver that are DDL")
  @Unit("{statement}")
  long getDdlSeenCertainCount();

  @Doc("Statements through this driver that might be DDL, such as calls of procedures")
  @Unit("{statement}")
  long getDdlSeenMaybeCount();

  @Doc("DDL statements without effect because of a rollback")
  @Unit("{statement}")
  long getDdlRolledBackCount();

  @Doc("Connections used past the driver (unwrapped and the like), where only a probe sees DDL")
  @Unit("{connection}")
  long getBlindSpotCount();

  @Doc("Hash over the structures of all tables; empty before the first reading")
  String getSchemaFingerprint();

  @Doc("The first twelve digits of it")
  String getSchemaFingerprintShort();

  @Doc("Time since the structures were last validated by a probe or a reading; -1 if never")
  @Unit("ms")
  long getFingerprintAgeMillis();

  @Doc("How long the last full reading of the catalog took")
  @Unit("ms")
  long getFingerprintDurationMillis();

  @Doc("Tables and views known now")
  @Unit("{table}")
  long getTablesWatched();

  @Doc("Tables whose structure is not known for certain now; nothing is served for them")
  @Unit("{table}")
  long getTablesInDoubt();

  @Doc("Whether a first full reading has succeeded")
  boolean isReady();

  @Doc("Cheap probes for changes by others")
  @Unit("{probe}")
  long getProbeCount();

  @Doc("Catalog readings done, whole or by table")
  @Unit("{reading}")
  long getReadingCount();

  @Doc("Catalog readings that failed")
  @Unit("{failure}")
  long getReadingFailureCount();

  @Doc("Readings that were not believed, such as one in which most tables are missing")
  @Unit("{reading}")
  long getImplausibleReadingCount();

  @Doc("Structures read from the catalog, one for each table and time")
  @Unit("{table}")
  long getTableReadCount();

  @Doc("Tables that the last reading could not read, since somebody holds them locked")
  @Unit("{table}")
  long getTablesLocked();

  @Doc("How changes by others are noticed: POLL, PUSH or ON_REQUEST")
  String getWatchMode();

  @Doc("How long a committed change by others may stay unnoticed at most; -1 without a bound")
  @Unit("ms")
  long getStalenessBoundMillis();

  @Doc(
      "In mode PUSH, how long a change may stay unnoticed that the server does not write down; else -1")
  @Unit("ms")
  long getAuditIntervalMillis();

  @Doc("Look-ups that asked the database first")
  @Unit("{look-up}")
  long getVerifiedLookUpCount();

  @Doc("Statements that named a function, or a table with a trigger, which may run DDL")
  @Unit("{statement}")
  long getHiddenDdlSuspectedCount();

  @Doc("Probes made because a statement or a connection may have hidden DDL")
  @Unit("{probe}")
  long getBlindSpotProbeCount();

  @Doc("Drift listeners that threw")
  @Unit("{failure}")
  long getListenerFailureCount();

  @Doc("Notifications not sent because subscribers were too slow")
  @Unit("{notification}")
  long getNotificationDroppedCount();

  @Doc("The fingerprint of one table, from memory; empty if unknown or in doubt")
  @Operation(Effect.READS)
  String tableFingerprint(
      @ParameterName("schema") @Doc("The table's schema as the catalog spells it; 'main' on SQLite")
          String schema,
      @ParameterName("table") @Doc("The table's name as the catalog spells it") String table);

  @Doc(
      "The journal as text, oldest first, a JSON object a line as in the file of journal=FILE; from memory, nothing is written")
  @Operation(Effect.READS)
  String exportJournal(
      @ParameterName("last") @Doc("How many of the last drifts, 1 to 1000; 0 for all that are kept")
          int last);

  @Doc(
      "Reads the whole catalog anew, tells of what differs, and says whether it could be read; blocks for the server")
  @Operation(Effect.MAINTAINS)
  boolean refreshFingerprints();
}
