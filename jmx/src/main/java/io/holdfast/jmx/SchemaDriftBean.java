package io.holdfast.jmx;

import io.holdfast.schema.DriftStatistics;
import io.holdfast.schema.JournalEntry;
import io.holdfast.schema.StructureHash;
import io.holdfast.schema.TableName;
import io.holdfast.schema.WatchState;
import io.holdfast.schema.WatchedDatabase;
import java.lang.ref.WeakReference;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.management.ObjectName;

/** Reads what is known of a watched database, and sends a notification for each drift. */
final class SchemaDriftBean implements SchemaDriftMXBean, Registry.Bean {

  private static final DriftStatistics NOTHING = new DriftStatistics(
      0, false, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, List.of(), WatchState.NONE);

  private final String databaseId;
  private final InstantSource clock;
  private final WeakReference<WatchedDatabase> database;
  private final Reading<WatchedDatabase, DriftStatistics> statistics;
  private final DriftNotifier drifts;

  private final Acting<WatchedDatabase> acting;
  private final Permissions permissions;

  SchemaDriftBean(WatchedDatabase database, InstantSource clock, Permissions permissions) {
    this.permissions = permissions;
    this.acting = new Acting<>(database, database.identity().id());
    this.databaseId = database.identity().id();
    this.clock = clock;
    this.database = new WeakReference<>(database);
    this.statistics = new Reading<>(database, WatchedDatabase::statistics, NOTHING);
    this.drifts = new DriftNotifier(databaseId);
    database.addListener(drifts);
  }

  @Override
  public Object mbean() {
    return new DocumentedBean(this, SchemaDriftMXBean.class, permissions, drifts.notifier());
  }

  @Override
  public void registeredAs(ObjectName name) {
    drifts.notifier().sendAs(name);
  }

  @Override
  public void release() {
    WatchedDatabase alive = database.get();
    if (alive != null) {
      alive.removeListener(drifts);
    }
    drifts.notifier().close();
  }

  @Override
  public String getDatabaseId() {
    return databaseId;
  }

  @Override
  public long getDriftCount() {
    return statistics.now().drifts();
  }

  @Override
  public long getOutOfBandDriftCount() {
    return statistics.now().outsideDrifts();
  }

  @Override
  public long getLastDriftTimeMillis() {
    return statistics.now().recent().stream()
        .mapToLong(drift -> drift.observedAtMillis())
        .findFirst()
        .orElse(0);
  }

  @Override
  public String getLastDriftSummary() {
    return statistics.now().recent().stream()
        .findFirst()
        .map(RecentDrift::of)
        .map(drift -> drift.summary() + ", " + drift.observedAt())
        .orElse("");
  }

  @Override
  public List<RecentDrift> getRecentDrift() {
    return statistics.now().recent().stream().map(RecentDrift::of).toList();
  }

  @Override
  public Map<Integer, RecentDrift> getJournal() {
    WatchedDatabase alive = database.get();
    var numbered = new TreeMap<Integer, RecentDrift>();
    if (alive != null) {
      alive.journal().forEach(entry -> numbered.put(numbered.size(), RecentDrift.of(entry)));
    }
    return numbered;
  }

  @Override
  public long getDdlSeenCertainCount() {
    return statistics.now().ddlCertain();
  }

  @Override
  public long getDdlSeenMaybeCount() {
    return statistics.now().ddlMaybe();
  }

  @Override
  public long getDdlRolledBackCount() {
    return statistics.now().ddlRolledBack();
  }

  @Override
  public long getBlindSpotCount() {
    return statistics.now().blindSpots();
  }

  @Override
  public String getSchemaFingerprint() {
    StructureHash hash = statistics.now().schemaFingerprint();
    return hash == null ? "" : hash.value();
  }

  @Override
  public String getSchemaFingerprintShort() {
    StructureHash hash = statistics.now().schemaFingerprint();
    return hash == null ? "" : hash.abbreviated();
  }

  @Override
  public long getFingerprintAgeMillis() {
    long validatedAtMillis = statistics.now().lastValidatedAtMillis();
    return validatedAtMillis == 0 ? -1 : Math.max(0, clock.millis() - validatedAtMillis);
  }

  @Override
  public long getFingerprintDurationMillis() {
    return statistics.now().lastReadingMillis();
  }

  @Override
  public long getTablesWatched() {
    return statistics.now().tablesWatched();
  }

  @Override
  public long getTablesInDoubt() {
    return statistics.now().inDoubt();
  }

  @Override
  public boolean isReady() {
    return statistics.now().ready();
  }

  @Override
  public long getProbeCount() {
    return statistics.now().probes();
  }

  @Override
  public long getReadingCount() {
    return statistics.now().readings();
  }

  @Override
  public long getReadingFailureCount() {
    return statistics.now().readingFailures();
  }

  @Override
  public long getImplausibleReadingCount() {
    return statistics.now().state().implausibleReadings();
  }

  @Override
  public long getTableReadCount() {
    return statistics.now().state().tablesRead();
  }

  @Override
  public long getTablesLocked() {
    return statistics.now().state().tablesLocked();
  }

  @Override
  public String getWatchMode() {
    return statistics.now().state().mode().name();
  }

  @Override
  public long getStalenessBoundMillis() {
    return statistics.now().state().stalenessBoundMillis();
  }

  @Override
  public long getAuditIntervalMillis() {
    return statistics.now().state().auditIntervalMillis();
  }

  @Override
  public long getVerifiedLookUpCount() {
    return statistics.now().state().verifications();
  }

  @Override
  public long getHiddenDdlSuspectedCount() {
    return statistics.now().state().hidingStatements();
  }

  @Override
  public long getBlindSpotProbeCount() {
    return statistics.now().state().blindSpotProbes();
  }

  @Override
  public long getListenerFailureCount() {
    return statistics.now().listenerFailures();
  }

  @Override
  public long getNotificationDroppedCount() {
    return drifts.notifier().dropped();
  }

  @Override
  public String tableFingerprint(String schema, String table) {
    WatchedDatabase alive = database.get();
    return alive == null
        ? ""
        : alive.hash(new TableName(schema, table)).map(StructureHash::value).orElse("");
  }

  @Override
  public String exportJournal(int last) {
    if (last < 0) {
      throw new IllegalArgumentException("last must not be negative: " + last);
    }
    return acting.run("export the journal", alive -> {
      List<JournalEntry> kept = alive.journal();
      int first = last == 0 ? 0 : Math.max(0, kept.size() - last);
      return kept.subList(first, kept.size()).stream()
          .map(entry -> entry.toJson() + "\n")
          .collect(Collectors.joining());
    });
  }

  @Override
  public boolean refreshFingerprints() {
    return acting.run("read the catalog", WatchedDatabase::refresh);
  }
}
