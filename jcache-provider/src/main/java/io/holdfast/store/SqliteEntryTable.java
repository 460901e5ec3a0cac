package io.holdfast.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The rows of one cache in SQLite: reads on pooled readers, writes in the writer's transactions. */
final class SqliteEntryTable implements EntryTable {
  private final CacheAccess access;
  private final KeyLookup lookup;
  private final FileQuota quota;
  private final LongSupplier clockMillis;
  private final EntryWriter rows;
  private final EntryReader reader;
  private final Tally tally;
  private final CommitWatch watch;
  private final Eviction eviction;
  private final IdleRows idleRows;
  private final ExpiredRows expiredRows;
  private final Runnable accessBatchIsDue;
  private final AccessBuffer accesses = new AccessBuffer();
  private final AccessWriter accessWriter;
  private final VersionBlocks versions = new VersionBlocks(this::reserveVersions);
  private volatile CacheDefinition definition;
  private final TableTotals totals;
  private volatile boolean wasReset;
  private volatile Consumer<List<StoredEntry>> evictionListener = entries -> {};

  SqliteEntryTable(
      Parts parts,
      CacheDefinition definition,
      boolean wasReset,
      EntryWriter rows,
      EntryReader reader,
      Tally tally,
      Tally.Totals totals) {
    this.access = parts.accessTo(definition.name());
    this.lookup = new KeyLookup(parts.hasher(), access, reader);
    this.quota = parts.quota();
    this.clockMillis = parts.clockMillis();
    this.accessBatchIsDue = parts.accessBatchIsDue();
    this.watch = parts.watch();
    this.definition = definition;
    this.wasReset = wasReset;
    this.rows = rows;
    this.reader = reader;
    this.tally = tally;
    this.totals = new TableTotals(access, tally, clockMillis, totals);
    this.eviction = new Eviction(rows, accesses);
    this.accessWriter = new AccessWriter(access, rows, accesses);
    this.expiredRows = new ExpiredRows(access, reader);
    this.idleRows = new IdleRows(new EntrySql(tally.cacheId()), reader, accesses);
  }

  /** What all tables of a file share. */
  record Parts(
      Path file,
      Writer writer,
      Readers readers,
      KeyHasher hasher,
      LongSupplier clockMillis,
      Runnable accessBatchIsDue,
      CommitWatch watch,
      FileQuota quota) {

    CacheAccess accessTo(String cacheName) {
      return new CacheAccess(file, writer, readers, cacheName);
    }
  }

  @Override
  public CacheDefinition definition() {
    return definition;
  }

  /** Takes over the limits of a later opening. */
  void redefine(CacheDefinition wanted) {
    definition = wanted;
    wasReset = false;
  }

  @Override
  public boolean wasReset() {
    return wasReset;
  }

  @Override
  public @Nullable StoredEntry find(StoredKey key) {
    Bucket bucket = lookup.bucketOf(key);
    return chosen(key, access.read("read an entry", session -> candidates(session, key, bucket)));
  }

  private @Nullable StoredEntry chosen(StoredKey key, List<StoredEntry> candidates) {
    if (key instanceof StoredKey.Opaque opaque) {
      return same(opaque, candidates);
    }
    return candidates.isEmpty() ? null : withAccess(candidates.get(0));
  }

  // Which row is that of an opaque key only its class can tell, which must not run under a lock.
  private @Nullable StoredEntry same(StoredKey.Opaque key, List<StoredEntry> candidates) {
    for (StoredEntry candidate : candidates) {
      if (key.sameKey().test(candidate.key())) {
        return withAccess(candidate);
      }
    }
    return null;
  }

  @Override
  public @Nullable StoredEntry[] findAll(List<? extends StoredKey> keys) {
    List<List<StoredEntry>> candidates = access.read(
        "read entries",
        session -> session.inSnapshot(snapshot -> {
          var read = new ArrayList<List<StoredEntry>>(keys.size());
          for (StoredKey key : keys) {
            read.add(candidates(snapshot, key, lookup.bucketOf(key)));
          }
          return read;
        }));
    @Nullable StoredEntry[] found = new StoredEntry[keys.size()];
    Arrays.setAll(found, i -> chosen(keys.get(i), candidates.get(i)));
    return found;
  }

  private List<StoredEntry> candidates(ReadSession session, StoredKey key, Bucket bucket)
      throws SQLException {
    if (key instanceof StoredKey.Opaque) {
      return reader.all(session, bucket);
    }
    StoredEntry entry = reader.find(session, bucket, key.column(), definition.limitsIdleTime());
    return entry == null ? List.of() : List.of(entry);
  }

  @Override
  public Outcome apply(List<? extends Change> changes) {
    access.requireThere();
    if (changes.isEmpty()) {
      return new Outcome(true, List.of());
    }
    quota.makeRoomFor(changes);
    List<WriteBatch.Step> steps = lookup.stepsFor(changes);
    while (true) {
      lookup.learnOpaqueKeys(steps);
      var attempt = new Attempt(steps);
      Applied applied = access.transactTogether("write entries", attempt::run, this::committed);
      if (applied != null) {
        afterCommit(applied);
        quota.settle();
        return new Outcome(true, applied.evicted());
      }
      if (attempt.result == WriteBatch.Result.EXPECTATION_FAILED) {
        return new Outcome(false, List.of());
      }
      // Another writer stored a key with our hash since we looked: ask the
      // class about it, try again.
    }
  }

  /** What a committed batch did. */
  private record Applied(WriteBatch batch, Tally.Totals totals, List<StoredEntry> evicted) {}

  /** One try in one transaction. */
  private final class Attempt {
    private final List<WriteBatch.Step> steps;
    private WriteBatch.Result result = WriteBatch.Result.DONE;

    Attempt(List<WriteBatch.Step> steps) {
      this.steps = steps;
    }

    @Nullable
    Applied run() throws java.sql.SQLException {
      CacheDefinition limits = definition;
      WriteBatch batch =
          new WriteBatch(rows, Math.min(limits.maxBytes(), quota.limits().largestKeptBytes()));
      result = batch.run(steps);
      if (result != WriteBatch.Result.DONE) {
        return null;
      }
      long nowMillis = clockMillis.getAsLong();
      Tally.Totals after =
          tally.add(totals.committed(), batch.entriesAdded(), batch.payloadBytesAdded(), nowMillis);
      List<StoredEntry> evicted = new ArrayList<>(eviction.evict(
          after, limits.maxEntries(), limits.maxBytes(), batch.written(), nowMillis));
      if (!evicted.isEmpty()) {
        after = tally.add(after, -evicted.size(), -Columns.payloadBytes(evicted), nowMillis);
      }
      if (limits.limitsIdleTime()) {
        // A kill must not make a row that was just written look unused.
        for (long rowId : batch.rewritten()) {
          rows.noteAccess(new AccessBuffer.Access(rowId, nowMillis, 0));
        }
      }
      evicted.addAll(batch.tooLarge());
      return new Applied(batch, after, evicted);
    }
  }

  private void committed(Applied applied) {
    Tally.Totals before = totals.committed();
    Tally.Totals after = applied.totals();
    totals.committed(after);
    quota.grown(after.entries() - before.entries(), after.payloadBytes() - before.payloadBytes());
  }

  private void afterCommit(Applied applied) {
    applied.batch().deleted().forEach(accesses::forget);
    for (StoredEntry entry : applied.evicted()) {
      accesses.forget(entry.rowId());
    }
    if (isLimited()) {
      // A new value makes its row young again, though nobody has read it.
      long nowMillis = clockMillis.getAsLong();
      for (long rowId : applied.batch().rewritten()) {
        accesses.note(rowId, /* hitCount= */ 0, nowMillis);
      }
      writeIfDue();
    }
  }

  private boolean isLimited() {
    CacheDefinition limits = definition;
    return limits.maxEntries() != Long.MAX_VALUE
        || limits.maxBytes() != Long.MAX_VALUE
        || limits.limitsIdleTime()
        || !quota.isUnlimited();
  }

  @Override
  public List<StoredEntry> page(long afterRowId, int limit) {
    return allAccessed(
        access.read("read a page of entries", session -> reader.page(session, afterRowId, limit)));
  }

  @Override
  public List<StoredEntry> created(long sinceMillis, long afterRowId, int limit) {
    return access.read(
        "read new entries", session -> reader.created(session, sinceMillis, afterRowId, limit));
  }

  @Override
  public List<StoredEntry> expired(long nowMillis, @Nullable StoredEntry after, int limit) {
    return allAccessed(expiredRows.page(nowMillis, after, limit));
  }

  @Override
  public IdlePage idle(long unusedSinceMillis, long afterRowId, int limit) {
    return access.read(
        "read idle entries",
        session -> session.inSnapshot(
            snapshot -> idleRows.page(snapshot, unusedSinceMillis, afterRowId, limit)));
  }

  @Override
  public void clear() {
    access.transact(
        "clear a cache",
        () -> {
          rows.clear();
          tally.reset(clockMillis.getAsLong());
          return Tally.Totals.NONE;
        },
        none -> {
          totals.committed(none);
          accesses.clear();
        });
  }

  @Override
  public long nextVersion() {
    access.requireThere();
    return versions.next();
  }

  /** No version above this one was given out here. */
  long highestVersion() {
    return versions.highest();
  }

  private long reserveVersions(long count) {
    return Objects.requireNonNull(
        access.transact("reserve versions", () -> tally.reserveVersions((int) count), last -> {}));
  }

  @Override
  public void recordAccess(long rowId, long atMillis) {
    if (definition.limitsIdleTime()) {
      // An entry that is in use must not die, so no access is passed over.
      accesses.note(rowId, /* hitCount= */ 1, atMillis);
    } else {
      accesses.sample(rowId, atMillis);
    }
    writeIfDue();
  }

  private void writeIfDue() {
    if (accesses.isDue()) {
      accessBatchIsDue.run();
    }
  }

  void flushAccesses() {
    accessWriter.writeAll();
  }

  @Override
  public long entryCount() {
    return totals.inFile().entries();
  }

  @Override
  public long payloadBytes() {
    return totals.inFile().payloadBytes();
  }

  @Override
  public TableSize recentSize() {
    return totals.recent();
  }

  @Override
  public long bufferedAccesses() {
    return accesses.rows();
  }

  @Override
  public Hearing hear(ForeignChanges listener) {
    return watch.listen(tally.cacheId(), listener);
  }

  @Override
  public void spare(LongPredicate heldAbove) {
    eviction.spare(heldAbove);
  }

  @Override
  public void onEvictionInBackground(Consumer<List<StoredEntry>> listener) {
    evictionListener = listener;
  }

  /** Rows went to keep the limits of the file; under the writer's lock. */
  void tookAway(List<StoredEntry> entries, Tally.Totals after) {
    totals.committed(after);
    entries.forEach(entry -> accesses.forget(entry.rowId()));
  }

  void reportEvicted(List<StoredEntry> entries) {
    evictionListener.accept(entries);
  }

  /** The number in the names of its tables. */
  long cacheId() {
    return tally.cacheId();
  }

  Eviction eviction() {
    return eviction;
  }

  Tally tally() {
    return tally;
  }

  /** Makes every further use fail: the tables are gone. */
  void markDropped() {
    access.markDropped();
    accesses.clear();
  }

  /** Where the row of this key is, or will be unless another key has the same hash. */
  long likelyRowId(StoredKey key) {
    return lookup.bucketOf(key).first();
  }

  void requireThere() {
    access.requireThere();
  }

  // Nobody else asks one entry when it was last accessed, and asking costs as much as noting it.
  private @Nullable StoredEntry withAccess(@Nullable StoredEntry entry) {
    return entry == null || !definition.limitsIdleTime() ? entry : accessed(entry);
  }

  private List<StoredEntry> allAccessed(List<StoredEntry> entries) {
    return entries.stream().map(this::accessed).toList();
  }

  private StoredEntry accessed(StoredEntry entry) {
    long atMillis = accesses.lastAccessAtMillis(entry.rowId(), entry.lastAccessAtMillis());
    return atMillis == entry.lastAccessAtMillis() ? entry : entry.accessedAt(atMillis);
  }
}
