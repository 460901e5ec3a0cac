package io.holdfast.schema;

import io.holdfast.schema.ReadingQueue.Outcome;
import io.holdfast.schema.catalog.CatalogReader;
import io.holdfast.schema.catalog.SchemaFilter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server and publishes what it says: all of it, or nothing. Used by the reading thread only;
 * what others read of it is volatile.
 */
final class Refresh {

  private static final Logger LOGGER = System.getLogger(Refresh.class.getName());

  private final String databaseId;
  private final CatalogReader reader;
  private final Survey survey;
  private final ChangeLog log;
  private final CatalogPool pool;
  private final Truth truth;
  private final DriftJournal journal;
  private final Plausibility plausibility;
  private final BooleanSupplier mayVouch;
  // An older answer of the server is published, but ends no doubt.
  private final long vouchesForMillis;
  private @Nullable String lastFailure;
  private volatile long lastReadingMillis;
  private volatile long lastTakeMillis;
  private volatile long lastValidatedAtMillis;
  private volatile Set<TableName> unreadable = Set.of();
  private volatile HidingPlaces hidingPlaces = HidingPlaces.NONE;

  /** A catalog that says something else than can be believed. */
  private static final class ImplausibleException extends SQLException {
    private static final long serialVersionUID = 1L;

    ImplausibleException(String reason) {
      super(reason);
    }
  }

  /**
   * A refresh of one database.
   *
   * @param mayVouch false while everything is to stay in doubt whatever is read
   */
  Refresh(
      DatabaseIdentity identity,
      WatchSettings settings,
      CatalogReader reader,
      CatalogPool pool,
      Truth truth,
      DriftJournal journal,
      BooleanSupplier mayVouch) {
    this.databaseId = identity.id();
    this.reader = reader;
    this.log = new ChangeLog(identity.dialect(), settings);
    this.survey = new Survey(reader, SchemaFilter.parse(settings.schemaFilter()), log);
    this.pool = pool;
    this.truth = truth;
    this.journal = journal;
    this.plausibility = new Plausibility(reader.seesEverything());
    this.mayVouch = mayVouch;
    this.vouchesForMillis = settings.maxWait().toMillis();
  }

  long lastReadingMillis() {
    return lastReadingMillis;
  }

  long lastValidatedAtMillis() {
    return lastValidatedAtMillis;
  }

  /** Tables that somebody held locked during the last reading. */
  Set<TableName> unreadable() {
    return unreadable;
  }

  /** Whether the server writes down its DDL. */
  boolean isPushed() {
    return log.isKept();
  }

  HidingPlaces hidingPlaces() {
    return hidingPlaces;
  }

  /** How long a look may take before something must be wrong. */
  long patienceMillis() {
    return Math.max(vouchesForMillis, 4 * Math.max(lastReadingMillis, lastTakeMillis));
  }

  /**
   * Reads and publishes. A failure is counted and logged, and leaves in doubt what the cause suspects,
   * or everything if the cause was to look. Never throws.
   */
  Outcome run(Cause cause) {
    Truth.Owed owed = truth.owed(cause);
    Known before = truth.view().known();
    Survey.Result result;
    try {
      if (isVerified(cause.onlyTable(), owed.suspects())) {
        return Outcome.of(List.of());
      }
      result = pool.call(connection -> read(connection, before, cause, owed.suspects()));
    } catch (SQLException | RuntimeException | LinkageError e) {
      failed(e);
      truth.giveUp(cause);
      return Outcome.FAILED;
    }
    lastFailure = null;
    unreadable = result.unreadable();
    boolean recent =
        System.nanoTime() - result.trueAtNanos() <= TimeUnit.MILLISECONDS.toNanos(patienceMillis());
    boolean valid = recent && mayVouch.getAsBoolean();
    List<SchemaDrift> drifts = truth.publish(before, result, cause, owed, valid);
    if (recent) {
      lastValidatedAtMillis = System.currentTimeMillis()
          - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - result.trueAtNanos());
    }
    return Outcome.of(drifts);
  }

  /** Whether one table is as it is known, told without a look at most others; not if it is in doubt. */
  private boolean isVerified(@Nullable TableName table, Suspects owed) throws SQLException {
    View view = truth.view();
    Known.Entry entry = table == null || !owed.isEmpty() ? null : view.find(table);
    if (table == null || entry == null) {
      return false;
    }
    Map<TableName, String> stamps = view.known().reading.stamps();
    // Its foreign keys and its body name other tables, and follow their renaming.
    var shown = new LinkedHashSet<TableName>(entry.observed().reads());
    entry.observed().structure().foreignKeys().forEach(key -> shown.add(key.references()));
    shown.add(table);
    return stamps.keySet().containsAll(shown)
        && pool.call(connection -> {
          journal.probes.increment();
          for (TableName name : shown) {
            if (!reader.stamp(connection, name).equals(Optional.ofNullable(stamps.get(name)))) {
              return false;
            }
          }
          return true;
        });
  }

  private Survey.Result read(Connection connection, Known before, Cause cause, Suspects owed)
      throws SQLException {
    journal.probes.increment();
    boolean looksOnly = !cause.anew() && owed.isEmpty() && before.fingerprint != null;
    if (looksOnly) {
      Optional<Survey.Result> unchanged =
          survey.ifUnchanged(connection, before.reading, /* strictly= */ cause.onlyTable() != null);
      if (unchanged.isPresent()) {
        return unchanged.get();
      }
    }
    long startNanos = System.nanoTime();
    Set<TableName> insist = cause.anew()
        ? before.reading.tables().keySet()
        : owed.everything() ? Set.of() : before.names.resolve(owed);
    Survey.Result after = survey.take(connection, before.reading, insist);
    journal.readings.increment();
    journal.tablesRead.add(after.tablesRead());
    lastTakeMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    if (cause.anew() || before.fingerprint == null) {
      lastReadingMillis = lastTakeMillis;
    }
    requirePlausible(connection, before, after, owed);
    lookForHidingPlaces(connection);
    return after;
  }

  private void lookForHidingPlaces(Connection connection) throws SQLException {
    Set<String> names = reader.hidingPlaces(connection);
    if (!hidingPlaces.isSame(names)) {
      hidingPlaces = names.isEmpty() ? HidingPlaces.NONE : new HidingPlaces(names);
    }
  }

  private void requirePlausible(
      Connection connection, Known before, Survey.Result after, Suspects owed) throws SQLException {
    String doubt = plausibility.doubt(
        before.entries.keySet(),
        after.reading().tables().keySet(),
        owed.isEmpty() ? Set.of() : before.names.resolve(owed),
        reader.sight(connection),
        System.nanoTime());
    if (doubt != null) {
      journal.implausible.increment();
      pool.renew();
      throw new ImplausibleException(doubt);
    }
  }

  private void failed(Throwable e) {
    journal.readingFailures.increment();
    String reason = String.valueOf(e.getMessage());
    boolean surprising =
        lastFailure == null || (e instanceof ImplausibleException && !reason.equals(lastFailure));
    lastFailure = reason;
    LOGGER.log(
        surprising ? Level.WARNING : Level.DEBUG,
        () -> "cannot read the catalog of " + databaseId
            + "; what it may have changed stays in doubt, trying again: " + reason,
        e);
  }
}
