package io.holdfast.tier;

import io.holdfast.store.EntryTable;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.ehcache.core.spi.store.Store;
import org.ehcache.core.spi.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** What does the work of one {@link SqliteTier}, put together once. */
record TierParts<K, V>(
    Rows<K, V> rows,
    HeapLink<K, V> heap,
    AtomicRows<K, V> atomic,
    Decisions<K, V> decisions,
    SingleReads<K, V> singleReads,
    BulkReads<K, V> bulkReads,
    BulkWrites<K, V> bulkWrites,
    ExpirySweep<K, V> sweep) {

  /** What these parts and their tier have in common. */
  record Shared<K, V>(
      EntryTable table,
      TimeSource clock,
      TierEvents<K, V> events,
      TierCounters counters,
      TierObservers observers) {}

  /**
   * Puts them together, and has the table report what it evicts by itself.
   *
   * @param file named in messages
   */
  static <K, V> TierParts<K, V> of(
      Store.Configuration<K, V> configuration,
      TierConfiguration<K, V> tierConfiguration,
      Shared<K, V> shared,
      Path file,
      Executor eventRelay,
      @Nullable HeapCopies<K> copies) {
    EntryTable table = shared.table();
    TimeSource clock = shared.clock();
    TierCounters counters = shared.counters();
    var pending = new PendingExpiries<K>();
    var afterUnlock = new AfterUnlock(eventRelay);
    var writes = new WriteCounters();
    var maxIdle = new MaxIdle(tierConfiguration.maxIdleMillis());
    var rows = new Rows<K, V>(
        table,
        tierConfiguration.keyCodec(),
        tierConfiguration.valueCodec(),
        ValueColumn.of(tierConfiguration, table.definition().name(), counters),
        pending,
        maxIdle);
    var heap = new HeapLink<K, V>(table, pending, maxIdle, afterUnlock, copies);
    var expiry = new ExpiryRules<K, V>(configuration.getExpiry());
    var parts = new Turn.Parts<>(rows, expiry, shared.events(), counters, shared.observers());
    var atomic = new AtomicRows<K, V>(parts, heap, writes, afterUnlock, clock, file);
    var decisions = new Decisions<K, V>(configuration.getValueType());
    var singleReads = new SingleReads<K, V>(atomic, heap, parts, afterUnlock, clock);
    var evictions = new EvictionReports(eventRelay, atomic::evictedInBackground);
    table.onEvictionInBackground(evictions::add);
    return new TierParts<>(
        rows,
        heap,
        atomic,
        decisions,
        singleReads,
        new BulkReads<>(atomic, rows, heap, writes, singleReads, counters, clock),
        new BulkWrites<>(atomic, decisions),
        new ExpirySweep<>(rows, atomic, heap, pending, clock));
  }
}
