package io.holdfast.schema;

import io.holdfast.schema.catalog.CatalogReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The watched database itself: answers from what is known, and has it read anew.
 *
 * <p>Reading is done by one thread, in the order it was asked for; everybody else waits for it, and no
 * longer than {@link WatchSettings#maxWait()}. Look-ups wait for nothing. Listeners are called with no
 * lock held, and never by the reading thread.
 */
final class LiveDatabase implements WatchedDatabase, WatchThread.Duties {

  private static final long END_MILLIS = 5_000;
  private static final long REFRESH_MILLIS = 60_000;
  private static final long VALIDATE_MILLIS = 10_000;
  // A reading that takes so long is not slow any more.
  private static final long HANGS_MILLIS = 5_000;

  private final DatabaseIdentity identity;
  private final WatchSettings settings;
  private final CatalogPool pool;
  private final DriftJournal journal;
  private final Truth truth;
  private final Refresh refresh;
  private final ReadingQueue readings;
  private final WatchThread thread;
  private final Runnable onLingerOver;
  private final long maxWaitMillis;
  private final CountDownLatch ready = new CountDownLatch(1);
  private volatile boolean closed;
  private volatile boolean dormant;

  LiveDatabase(
      DatabaseIdentity identity,
      WatchSettings settings,
      CatalogReader reader,
      CatalogPool pool,
      Runnable onLingerOver) {
    this.identity = identity;
    this.settings = settings;
    this.journal = new DriftJournal(identity.id(), settings.journal());
    this.pool = pool;
    this.onLingerOver = onLingerOver;
    this.maxWaitMillis = settings.maxWait().toMillis();
    this.truth = new Truth(identity, reader, journal);
    this.refresh =
        new Refresh(identity, settings, reader, pool, truth, journal, () -> !closed && !dormant);
    this.readings =
        new ReadingQueue("holdfast-catalog " + identity.id(), this::read, journal::announce);
    this.thread = new WatchThread(
        "holdfast-watch " + identity.id(), this, settings.pollInterval(), settings.linger());
  }

  void start() {
    thread.start();
  }

  /** Somebody has a lease, or nobody; {@code polls} says whether looking goes on without one. */
  void leased(boolean is, boolean polls) {
    dormant = !is && !polls;
    if (dormant) {
      truth.doubtEverything();
    }
    thread.leased(is, polls);
  }

  void connector(CatalogConnector newer) {
    pool.connector(newer);
  }

  /** Ends the threads and the connections; everything is in doubt from now on. */
  void close() {
    closed = true;
    truth.doubtEverything();
    thread.close();
    readings.close();
    // First the reading, so that its connection is back and is closed with the pool.
    if (!readings.awaitEnd(END_MILLIS)) {
      pool.abort();
      readings.awaitEnd(END_MILLIS);
    }
    pool.close();
  }

  /** Whether it was read once and cannot be read now: then it may not be the same server any more. */
  boolean isLost() {
    return ready.getCount() == 0 && truth.view().everythingInDoubt();
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
    return truth.view().structures();
  }

  @Override
  public Optional<TableStructure> structure(TableName table) {
    Known.Entry entry = truth.view().find(table);
    return entry == null ? Optional.empty() : entry.structure();
  }

  @Override
  public Optional<StructureHash> hash(TableName table) {
    Known.Entry entry = truth.view().find(table);
    return entry == null ? Optional.empty() : entry.optionalHash();
  }

  @Override
  public Optional<SchemaKey> key(TableName table, String discriminator) {
    Known.Entry entry = truth.view().find(table);
    return entry == null ? Optional.empty() : entry.key(discriminator);
  }

  @Override
  public Optional<SchemaKey> verifiedKey(TableName table, String discriminator) {
    journal.verifications.increment();
    return orLookSoon(readings.await(Cause.verifying(table), maxWaitMillis))
        ? key(table, discriminator)
        : Optional.empty();
  }

  @Override
  public boolean validate() {
    return orLookSoon(
        readings.await(Cause.LOOKING, Math.max(VALIDATE_MILLIS, refresh.patienceMillis())));
  }

  // The watch is who ends a reading that hangs.
  private boolean orLookSoon(boolean succeeded) {
    if (!succeeded && readings.isOverdue(maxWaitMillis)) {
      thread.wake();
    }
    return succeeded;
  }

  @Override
  public boolean refresh() {
    return orLookSoon(readings.await(Cause.ANEW, REFRESH_MILLIS));
  }

  @Override
  public boolean look() {
    long patienceMillis = refresh.patienceMillis();
    if (readings.await(Cause.LOOKING, patienceMillis)) {
      return refresh.unreadable().isEmpty();
    }
    // Failed, or not over: what cannot be asked for is not known any more.
    truth.doubtEverything();
    if (readings.isOverdue(Math.max(HANGS_MILLIS, 2 * patienceMillis))) {
      pool.abort();
    }
    return false;
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
  public List<JournalEntry> journal() {
    return journal.entries();
  }

  @Override
  public void suspect(Suspects suspects) {
    truth.suspect(suspects);
  }

  @Override
  public void settle(Suspects suspects, @Nullable String statementKind) {
    if (suspects.isEmpty()) {
      return;
    }
    if (!readings.await(Cause.settling(suspects, statementKind), maxWaitMillis)) {
      thread.wake();
    }
  }

  @Override
  public boolean mayHideDdl(String sql) {
    return refresh.hidingPlaces().mayHideDdl(sql);
  }

  @Override
  public void probeBlindSpot() {
    journal.blindSpotProbes.increment();
    orLookSoon(readings.await(Cause.LOOKING, maxWaitMillis));
  }

  @Override
  public void count(Event event) {
    journal.count(event);
    if (FlightRecording.mayBeOn()) {
      DdlHeardEvent.record(identity(), event);
    }
  }

  @Override
  public DriftStatistics statistics() {
    View now = truth.view();
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
        refresh.lastReadingMillis(),
        refresh.lastValidatedAtMillis(),
        now.known().fingerprint,
        journal.recent(),
        state());
  }

  private WatchState state() {
    return new WatchState(
        mode(),
        stalenessBoundMillis(),
        refresh.isPushed() ? settings.audit().toMillis() : -1,
        journal.verifications.sum(),
        journal.counted(Event.MAY_HIDE_DDL),
        journal.blindSpotProbes.sum(),
        journal.implausible.sum(),
        journal.tablesRead.sum(),
        refresh.unreadable().size());
  }

  private WatchState.Mode mode() {
    if (settings.pollInterval().isZero()) {
      return WatchState.Mode.ON_REQUEST;
    }
    return refresh.isPushed() ? WatchState.Mode.PUSH : WatchState.Mode.POLL;
  }

  private long stalenessBoundMillis() {
    return settings.pollInterval().isZero()
        ? -1
        : settings.pollInterval().toMillis() + refresh.patienceMillis();
  }

  private ReadingQueue.Outcome read(Cause cause) {
    if (closed) {
      truth.giveUp(cause);
      return ReadingQueue.Outcome.FAILED;
    }
    ReadingQueue.Outcome outcome = refresh.run(cause);
    if (outcome.succeeded()) {
      ready.countDown();
    }
    return outcome;
  }
}
