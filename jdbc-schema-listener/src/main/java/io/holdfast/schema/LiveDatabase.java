package io.holdfast.schema;

import io.holdfast.schema.catalog.CatalogReader;
import io.holdfast.schema.catalog.ObservedTable;
import io.holdfast.schema.catalog.Reading;
import io.holdfast.schema.catalog.SchemaFilter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The watched database itself: reads, publishes, answers.
 *
 * <p>Two locks, taken in this order. {@code readingLock} is held while the catalog is read, so readings
 * are published in the order they were taken. {@code stateLock} guards the ledger of doubts and is held
 * for memory operations only. Look-ups take neither: they read one volatile {@link View}. Listeners are
 * called with no lock held.
 */
final class LiveDatabase implements WatchedDatabase, WatchThread.Duties {

  private static final Logger LOGGER = System.getLogger(LiveDatabase.class.getName());

  /** What look-ups see; immutable. */
  private record View(
      Known known,
      boolean everythingInDoubt,
      Set<TableName> inDoubt,
      Map<TableName, TableStructure> structures) {

    Known.@Nullable Entry find(TableName table) {
      if (everythingInDoubt || (!inDoubt.isEmpty() && inDoubt.contains(table))) {
        return null;
      }
      return known.entries.get(table);
    }
  }

  /** Why a reading is taken, which is what its drifts are put down to. */
  private record Cause(Suspects suspects, @Nullable String statementKind) {
    static final Cause LOOKING = new Cause(Suspects.NONE, null);
  }

  private final DatabaseIdentity identity;
  private final String databaseId;
  private final CatalogReader reader;
  private final Survey survey;
  private final CatalogPool pool;
  private final DriftJournal journal = new DriftJournal();
  private final WatchThread thread;
  private final Runnable onLingerOver;
  private final CountDownLatch ready = new CountDownLatch(1);
  private final ReentrantLock readingLock = new ReentrantLock();
  private final ReentrantLock stateLock = new ReentrantLock();
  private final DoubtLedger ledger = new DoubtLedger();
  private volatile View view = new View(Known.NOTHING, true, Set.of(), Map.of());
  private volatile boolean closed;
  private volatile boolean dormant;
  private volatile long lastReadingMillis;
  private volatile long lastValidatedAtMillis;
  private boolean failing;

  LiveDatabase(
      DatabaseIdentity identity,
      WatchSettings settings,
      CatalogReader reader,
      CatalogPool pool,
      Runnable onLingerOver) {
    this.identity = identity;
    this.databaseId = identity.id();
    this.reader = reader;
    this.survey = new Survey(reader, SchemaFilter.parse(settings.schemaFilter()));
    this.pool = pool;
    this.onLingerOver = onLingerOver;
    this.thread = new WatchThread(
        "holdfast-watch " + databaseId, this, settings.pollInterval(), settings.linger());
  }

  void start() {
    thread.start();
  }

  /** Somebody has a lease, or nobody; {@code polls} says whether looking goes on without one. */
  void leased(boolean is, boolean polls) {
    dormant = !is && !polls;
    if (dormant) {
      doubtEverything();
    }
    thread.leased(is, polls);
  }

  void connector(CatalogConnector newer) {
    pool.connector(newer);
  }

  /** Ends the thread and the connections; everything is in doubt from now on. */
  void close() {
    closed = true;
    doubtEverything();
    thread.close();
    pool.close();
  }

  /** Whether it was read once and cannot be read now: then it may not be the same server any more. */
  boolean isLost() {
    return ready.getCount() == 0 && view.everythingInDoubt();
  }

  @Override
  public DatabaseIdentity identity() {
    return identity;
  }

  @Override
  public boolean awaitReady(long timeoutMillis) throws InterruptedException {
    return ready.await(timeoutMillis, TimeUnit.MILLISECONDS);
  }

  @Override
  public Map<TableName, TableStructure> structures() {
    return view.structures();
  }

  @Override
  public Optional<TableStructure> structure(TableName table) {
    Known.Entry entry = view.find(table);
    return entry == null ? Optional.empty() : entry.structure();
  }

  @Override
  public Optional<StructureHash> hash(TableName table) {
    Known.Entry entry = view.find(table);
    return entry == null ? Optional.empty() : entry.optionalHash();
  }

  @Override
  public Optional<SchemaKey> key(TableName table, String discriminator) {
    Known.Entry entry = view.find(table);
    return entry == null ? Optional.empty() : entry.key(discriminator);
  }

  @Override
  public boolean validate() {
    return read(Cause.LOOKING, /* anew= */ false);
  }

  @Override
  public boolean refresh() {
    return read(Cause.LOOKING, /* anew= */ true);
  }

  @Override
  public boolean look() {
    return validate();
  }

  @Override
  public void lingerOver() {
    onLingerOver.run();
  }

  @Override
  public void addListener(SchemaDriftListener listener) {
    journal.addListener(listener);
  }

  @Override
  public void removeListener(SchemaDriftListener listener) {
    journal.removeListener(listener);
  }

  @Override
  public void suspect(Suspects suspects) {
    stateLock.lock();
    try {
      ledger.suspect(suspects);
      show(view.known());
    } finally {
      stateLock.unlock();
    }
  }

  @Override
  public void settle(Suspects suspects, @Nullable String statementKind) {
    if (suspects.isEmpty()) {
      return;
    }
    if (!read(new Cause(suspects, statementKind), /* anew= */ false)) {
      thread.wake();
    }
  }

  @Override
  public void count(Event event) {
    journal.count(event);
  }

  @Override
  public DriftStatistics statistics() {
    View now = view;
    int tables = now.known().entries.size();
    return new DriftStatistics(
        tables,
        ready.getCount() == 0,
        journal.drifts.sum(),
        journal.outsideDrifts.sum(),
        journal.counted(Event.DDL_CERTAIN),
        journal.counted(Event.DDL_MAYBE),
        journal.counted(Event.DDL_ROLLED_BACK),
        journal.counted(Event.BLIND_SPOT),
        journal.probes.sum(),
        journal.readings.sum(),
        journal.readingFailures.sum(),
        journal.listenerFailures.sum(),
        now.everythingInDoubt() ? tables : now.inDoubt().size(),
        lastReadingMillis,
        lastValidatedAtMillis,
        now.known().fingerprint,
        journal.recent());
  }

  /**
   * Asks the server and publishes what it says. A failure is counted and logged, and leaves in doubt
   * what the cause suspects, or everything if the cause was to look.
   */
  private boolean read(Cause cause, boolean anew) {
    List<SchemaDrift> drifts;
    readingLock.lock();
    try {
      long mark;
      Suspects owed;
      stateLock.lock();
      try {
        mark = ledger.unsettledMark();
        owed = cause.suspects().plus(ledger.unsettled());
      } finally {
        stateLock.unlock();
      }
      Known before = view.known();
      Reading after = null;
      try {
        if (!closed) {
          after = reading(before, owed, cause, anew);
        }
      } catch (SQLException | RuntimeException | LinkageError e) {
        failed(e);
      }
      drifts = after == null ? giveUp(cause) : publish(before, after, cause, owed, mark);
      if (after == null) {
        return false;
      }
    } finally {
      readingLock.unlock();
    }
    journal.announce(drifts);
    return true;
  }

  private Reading reading(Known before, Suspects owed, Cause cause, boolean anew)
      throws SQLException {
    return pool.call(connection -> {
      journal.probes.increment();
      boolean looksOnly = !anew && owed.isEmpty() && before.fingerprint != null;
      if (looksOnly && survey.isUnchanged(connection, before.reading)) {
        return before.reading;
      }
      long startNanos = System.nanoTime();
      Set<TableName> insist = anew
          ? before.reading.tables().keySet()
          : owed.everything() ? Set.of() : before.names.resolve(owed);
      Reading after = survey.take(connection, before.reading, insist);
      journal.readings.increment();
      if (anew || before.fingerprint == null) {
        lastReadingMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
      }
      // What a failed settling owed may have been a drop; its kind is not kept.
      boolean dropSeen = owed.everything()
          || "DROP".equals(cause.statementKind())
          || !owed.equals(cause.suspects());
      if (!dropSeen
          && Comparison.isImplausible(
              before.reading.tables(), after.tables(), reader.seesEverything())) {
        throw new SQLException("implausible: of " + before.entries.size() + " tables "
            + after.tables().size() + " are left, and nobody was seen dropping them");
      }
      return after;
    });
  }

  private List<SchemaDrift> giveUp(Cause cause) {
    journal.readingFailures.increment();
    stateLock.lock();
    try {
      ledger.release(cause.suspects());
      if (cause.suspects().isEmpty()) {
        ledger.unvalidated(true);
      } else {
        ledger.unsettled(cause.suspects());
      }
      show(view.known());
    } finally {
      stateLock.unlock();
    }
    return List.of();
  }

  private void failed(Throwable e) {
    Level level = failing || closed ? Level.DEBUG : Level.WARNING;
    failing = true;
    LOGGER.log(
        level,
        () -> "cannot read the catalog of " + databaseId
            + "; what it may have changed stays in doubt, trying again: " + e.getMessage(),
        e);
  }

  private List<SchemaDrift> publish(
      Known before, Reading after, Cause cause, Suspects owed, long mark) {
    failing = false;
    lastValidatedAtMillis = System.currentTimeMillis();
    List<SchemaDrift> drifts = List.of();
    stateLock.lock();
    try {
      ledger.release(cause.suspects());
      ledger.settledSince(mark);
      ledger.unvalidated(closed || dormant);
      Known next = before;
      // The first reading counts even if it finds no table: what comes next is then a creation.
      if (before.fingerprint == null
          || !cause.suspects().isEmpty()
          || !after.equals(before.reading)) {
        next = before.with(without(before, after, ledger.suspected()), identity, databaseId);
        if (before.fingerprint != null) {
          drifts = drifts(before, next, cause, owed);
        }
      }
      show(next);
      journal.record(drifts);
    } finally {
      stateLock.unlock();
    }
    ready.countDown();
    return drifts;
  }

  /**
   * The reading, but what is suspected stays as it was: whoever commits that change will settle it,
   * and only then is it known whose change it is.
   */
  private static Reading without(Known before, Reading after, Suspects suspected) {
    if (suspected.isEmpty() || before.fingerprint == null) {
      return after;
    }
    if (suspected.everything()) {
      return before.reading;
    }
    var next = new NameIndex(after.tables());
    var kept = new HashSet<>(before.names.resolve(suspected));
    kept.addAll(next.resolve(suspected));
    Map<TableName, ObservedTable> tables = new HashMap<>(after.tables());
    Map<TableName, String> stamps = new HashMap<>(after.stamps());
    for (TableName table : kept) {
      tables.remove(table);
      stamps.remove(table);
      ObservedTable old = before.reading.tables().get(table);
      if (old != null) {
        tables.put(table, old);
        stamps.put(table, before.reading.stamps().getOrDefault(table, ""));
      }
    }
    // The old token: the next look must not take this mixture for what the server has.
    return new Reading(before.reading.token(), stamps, tables);
  }

  private List<SchemaDrift> drifts(Known before, Known after, Cause cause, Suspects owed) {
    Set<TableName> own = new HashSet<>(before.names.resolve(owed));
    own.addAll(after.names.resolve(owed));
    Map<TableName, List<StructureChange>> changes =
        Comparison.changes(before, after, reader, emptied(after, cause, reader));
    long now = System.currentTimeMillis();
    var drifts = new ArrayList<SchemaDrift>();
    changes.forEach((table, change) -> {
      boolean ours = own.contains(table);
      drifts.add(new SchemaDrift(
          identity,
          table,
          ours ? SchemaDrift.Origin.OWN_CONNECTION : SchemaDrift.Origin.OTHER_SESSION,
          ours ? cause.statementKind() : null,
          hash(before, table),
          hash(after, table),
          change,
          now));
    });
    return drifts;
  }

  /**
   * Tables that our own statement named and that are still there: emptied by TRUNCATE, or dropped and
   * created again. Some engines show no trace of either.
   */
  private static Set<TableName> emptied(Known after, Cause cause, CatalogReader reader) {
    String kind = cause.statementKind();
    if (reader.seesReplacement() || (!"TRUNCATE".equals(kind) && !"DROP".equals(kind))) {
      return Set.of();
    }
    var emptied = new HashSet<TableName>();
    cause.suspects().names().forEach(name -> emptied.addAll(after.names.tablesNamed(name)));
    return emptied;
  }

  private static @Nullable StructureHash hash(Known known, TableName table) {
    Known.Entry entry = known.entries.get(table);
    return entry == null ? null : entry.hash();
  }

  private void doubtEverything() {
    stateLock.lock();
    try {
      ledger.unvalidated(true);
      show(view.known());
    } finally {
      stateLock.unlock();
    }
  }

  /** Makes the structures and the doubts visible together. Called under {@code stateLock}. */
  private void show(Known known) {
    boolean everything = ledger.everythingInDoubt();
    Set<TableName> inDoubt = ledger.tablesInDoubt(known.names);
    View now = view;
    Map<TableName, TableStructure> structures;
    if (everything) {
      structures = Map.of();
    } else if (now.known() == known && !now.everythingInDoubt() && now.inDoubt().equals(inDoubt)) {
      structures = now.structures();
    } else {
      var visible = new HashMap<TableName, TableStructure>();
      known.reading.tables().forEach((table, observed) -> {
        if (!inDoubt.contains(table)) {
          visible.put(table, observed.structure());
        }
      });
      structures = Map.copyOf(visible);
    }
    view = new View(known, everything, inDoubt, structures);
  }
}
