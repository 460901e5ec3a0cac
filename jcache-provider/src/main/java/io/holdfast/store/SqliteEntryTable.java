package io.holdfast.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The rows of one cache in SQLite: reads on pooled readers, writes in the writer's transactions. */
final class SqliteEntryTable implements EntryTable {
  private final CacheAccess access;
  private final KeyHasher hasher;
  private final LongSupplier clockMillis;
  private final EntryWriter rows;
  private final EntryReader reader;
  private final Tally tally;
  private final CommitWatch watch;
  private final Eviction eviction;
  private final Runnable accessBatchIsDue;
  private final AccessBuffer accesses = new AccessBuffer();
  private final VersionBlocks versions = new VersionBlocks(this::reserveVersions);
  private volatile CacheDefinition definition;
  private volatile Tally.Totals totals;
  private volatile boolean wasReset;

  SqliteEntryTable(
      Parts parts,
      CacheDefinition definition,
      boolean wasReset,
      EntryWriter rows,
      EntryReader reader,
      Tally tally,
      Tally.Totals totals) {
    this.access = parts.accessTo(definition.name());
    this.hasher = parts.hasher();
    this.clockMillis = parts.clockMillis();
    this.accessBatchIsDue = parts.accessBatchIsDue();
    this.watch = parts.watch();
    this.definition = definition;
    this.wasReset = wasReset;
    this.rows = rows;
    this.reader = reader;
    this.tally = tally;
    this.totals = totals;
    this.eviction = new Eviction(rows, accesses);
  }

  /** What all tables of a file share. */
  record Parts(
      Path file,
      Writer writer,
      Readers readers,
      KeyHasher hasher,
      LongSupplier clockMillis,
      Runnable accessBatchIsDue,
      CommitWatch watch) {

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
    Bucket bucket = bucketOf(key);
    if (key instanceof StoredKey.Opaque opaque) {
      return same(opaque, access.read("read an entry", session -> reader.all(session, bucket)));
    }
    return withAccess(access
        .read("read an entry", session -> new Found(reader.find(session, bucket, key.column())))
        .entry());
  }

  private record Found(@Nullable StoredEntry entry) {}

  private @Nullable StoredEntry same(StoredKey.Opaque key, List<StoredEntry> candidates) {
    for (StoredEntry candidate : candidates) {
      if (key.sameKey().test(candidate.key())) {
        return withAccess(candidate);
      }
    }
    return null;
  }

  @Override
  public Map<StoredKey, StoredEntry> findAll(Collection<? extends StoredKey> keys) {
    List<KeyMatch> wanted = keys.stream().map(this::matchFor).toList();
    List<List<StoredEntry>> candidates = access.read(
        "read entries",
        session -> session.inSnapshot(snapshot -> {
          var found = new ArrayList<List<StoredEntry>>(wanted.size());
          for (KeyMatch match : wanted) {
            found.add(reader.all(snapshot, match.bucket()));
          }
          return found;
        }));
    var result = new LinkedHashMap<StoredKey, StoredEntry>();
    for (int i = 0; i < wanted.size(); i++) {
      KeyMatch match = wanted.get(i);
      for (StoredEntry candidate : candidates.get(i)) {
        match.learn(List.of(candidate.key()));
        if (match.compare(candidate.key()) == KeyMatch.Answer.SAME) {
          result.put(match.key(), withAccess(candidate));
          break;
        }
      }
    }
    return result;
  }

  @Override
  public Outcome apply(List<? extends Change> changes) {
    access.requireThere();
    if (changes.isEmpty()) {
      return new Outcome(true, List.of());
    }
    List<WriteBatch.Step> steps = stepsFor(changes);
    while (true) {
      learnOpaqueKeys(steps);
      var attempt = new Attempt(steps);
      Applied applied =
          access.transactTogether("write entries", attempt::run, done -> totals = done.totals());
      if (applied != null) {
        afterCommit(applied);
        return new Outcome(true, applied.evicted());
      }
      if (attempt.result == WriteBatch.Result.EXPECTATION_FAILED) {
        return new Outcome(false, List.of());
      }
      // Another writer stored a key with our hash since we looked: ask the class about it, try
      // again.
    }
  }

  // In the order of the file; changes of one key keep the order they were given in.
  private List<WriteBatch.Step> stepsFor(List<? extends Change> changes) {
    var steps = new ArrayList<WriteBatch.Step>(changes.size());
    for (Change change : changes) {
      steps.add(new WriteBatch.Step(change, matchFor(change.key())));
    }
    if (steps.size() > 1) {
      steps.sort(Comparator.comparing(step -> step.match().bucket()));
    }
    return steps;
  }

  private void learnOpaqueKeys(List<WriteBatch.Step> steps) {
    Map<Bucket, List<Cell>> columns = new LinkedHashMap<>();
    for (WriteBatch.Step step : steps) {
      if (step.match().isOpaque()) {
        // What this batch itself may store counts too.
        columns
            .computeIfAbsent(step.match().bucket(), bucket -> new ArrayList<>())
            .add(step.change().key().column());
      }
    }
    if (columns.isEmpty()) {
      return;
    }
    access.read("read keys", session -> {
      for (Map.Entry<Bucket, List<Cell>> bucket : columns.entrySet()) {
        bucket.getValue().addAll(reader.keys(session, bucket.getKey()));
      }
      return columns;
    });
    for (WriteBatch.Step step : steps) {
      step.match().learn(columns.getOrDefault(step.match().bucket(), List.of()));
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
      WriteBatch batch = new WriteBatch(rows, limits.maxBytes());
      result = batch.run(steps);
      if (result != WriteBatch.Result.DONE) {
        return null;
      }
      long nowMillis = clockMillis.getAsLong();
      Tally.Totals after =
          tally.add(totals, batch.entriesAdded(), batch.payloadBytesAdded(), nowMillis);
      List<StoredEntry> evicted = new ArrayList<>(eviction.evict(
          after, limits.maxEntries(), limits.maxBytes(), batch.written(), nowMillis));
      if (!evicted.isEmpty()) {
        after = tally.add(after, -evicted.size(), -payloadBytes(evicted), nowMillis);
      }
      evicted.addAll(batch.tooLarge());
      return new Applied(batch, after, evicted);
    }
  }

  private static long payloadBytes(List<StoredEntry> entries) {
    long bytes = 0;
    for (StoredEntry entry : entries) {
      bytes += Columns.payloadBytes(entry.key()) + Columns.payloadBytes(entry.value());
    }
    return bytes;
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
        note(rowId, /* hits= */ 0, nowMillis);
      }
    }
  }

  private boolean isLimited() {
    CacheDefinition limits = definition;
    return limits.maxEntries() != Long.MAX_VALUE || limits.maxBytes() != Long.MAX_VALUE;
  }

  @Override
  public List<StoredEntry> page(long afterRowId, int limit) {
    return access
        .read("read a page of entries", session -> reader.page(session, afterRowId, limit))
        .stream()
        .map(this::accessed)
        .toList();
  }

  @Override
  public List<StoredEntry> expired(long nowMillis, int limit) {
    return access
        .read("read expired entries", session -> reader.expired(session, nowMillis, limit))
        .stream()
        .map(this::accessed)
        .toList();
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
          totals = none;
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
    note(rowId, /* hits= */ 1, atMillis);
  }

  private void note(long rowId, long hits, long atMillis) {
    accesses.note(rowId, hits, atMillis);
    if (accesses.isBatchDue()) {
      accessBatchIsDue.run();
    }
  }

  /** Writes the buffered accesses in one transaction. */
  void flushAccesses() {
    if (access.isGone() || accesses.isEmpty()) {
      return;
    }
    access.transact(
        "write access times",
        () -> {
          List<AccessBuffer.Access> batch = accesses.pending();
          for (AccessBuffer.Access access : batch) {
            rows.noteAccess(access);
          }
          return batch;
        },
        accesses::written);
  }

  @Override
  public long entryCount() {
    return totalsInFile().entries();
  }

  @Override
  public long payloadBytes() {
    return totalsInFile().payloadBytes();
  }

  // What this process remembers may lack the writes of others.
  private Tally.Totals totalsInFile() {
    try {
      return access.read("read the counters of a cache", tally::read);
    } catch (StoreException | IllegalStateException outOfReach) {
      return totals;
    }
  }

  @Override
  public Hearing hear(ForeignChanges listener) {
    return watch.listen(tally.cacheId(), listener);
  }

  @Override
  public void spare(LongPredicate heldAbove) {
    eviction.spare(heldAbove);
  }

  /** The number in the names of its tables. */
  long cacheId() {
    return tally.cacheId();
  }

  /** Makes every further use fail: the tables are gone. */
  void markDropped() {
    access.markDropped();
    accesses.clear();
  }

  /** Where the row of this key is, or will be unless another key has the same hash. */
  long likelyRowId(StoredKey key) {
    return bucketOf(key).first();
  }

  void requireThere() {
    access.requireThere();
  }

  private KeyMatch matchFor(StoredKey key) {
    return new KeyMatch(key, bucketOf(key));
  }

  private Bucket bucketOf(StoredKey key) {
    return Bucket.of(hasher.hash(key));
  }

  private @Nullable StoredEntry withAccess(@Nullable StoredEntry entry) {
    return entry == null ? null : accessed(entry);
  }

  private StoredEntry accessed(StoredEntry entry) {
    long atMillis = accesses.lastAccessAtMillis(entry.rowId(), entry.lastAccessAtMillis());
    return atMillis == entry.lastAccessAtMillis() ? entry : entry.accessedAt(atMillis);
  }
}
