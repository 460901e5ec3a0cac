package io.holdfast.tier;

import io.holdfast.store.EntryTable;
import io.holdfast.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ehcache.Cache;
import org.ehcache.core.CacheConfigurationChangeListener;
import org.ehcache.core.exceptions.StorePassThroughException;
import org.ehcache.core.spi.service.StatisticsService;
import org.ehcache.core.spi.store.events.StoreEventSource;
import org.ehcache.core.spi.store.tiering.AuthoritativeTier;
import org.ehcache.core.spi.time.TimeSource;
import org.ehcache.core.statistics.AuthoritativeTierOperationOutcomes.ComputeIfAbsentAndFaultOutcome;
import org.ehcache.core.statistics.AuthoritativeTierOperationOutcomes.FlushOutcome;
import org.ehcache.core.statistics.AuthoritativeTierOperationOutcomes.GetAndFaultOutcome;
import org.ehcache.core.statistics.OperationObserver;
import org.ehcache.core.statistics.StatisticType;
import org.ehcache.core.statistics.StoreOperationOutcomes.ComputeIfAbsentOutcome;
import org.ehcache.core.statistics.StoreOperationOutcomes.ComputeOutcome;
import org.ehcache.core.statistics.StoreOperationOutcomes.ConditionalRemoveOutcome;
import org.ehcache.core.statistics.StoreOperationOutcomes.ConditionalReplaceOutcome;
import org.ehcache.core.statistics.StoreOperationOutcomes.GetOutcome;
import org.ehcache.core.statistics.StoreOperationOutcomes.PutIfAbsentOutcome;
import org.ehcache.core.statistics.StoreOperationOutcomes.PutOutcome;
import org.ehcache.core.statistics.StoreOperationOutcomes.RemoveOutcome;
import org.ehcache.core.statistics.StoreOperationOutcomes.ReplaceOutcome;
import org.ehcache.impl.store.BaseStore;
import org.ehcache.spi.resilience.StoreAccessException;
import org.jspecify.annotations.Nullable;

/**
 * One cache in an SQLite file as Ehcache's authoritative tier: the truth, of which a heap tier above
 * may hold copies. Each method reads or writes as Ehcache's contract says, checks its arguments, counts,
 * and turns failures of the file into {@link StoreAccessException}; {@link AtomicRows} does the work.
 */
final class SqliteTier<K, V> extends BaseStore<K, V> implements AuthoritativeTier<K, V> {
  private static final Logger LOGGER = System.getLogger(SqliteTier.class.getName());

  /** Ehcache takes the tag that sorts first for the lowest tier: this sorts before "OffHeap" and "OnHeap". */
  private static final String STATISTICS_TAG = "DiskSqlite";

  private final EntryTable table;
  private final TimeSource clock;
  private final TierEvents<K, V> events;
  private final TierCounters counters = new TierCounters();
  private final TierObservers observers;
  private final Rows<K, V> rows;
  private final HeapLink<K, V> heap;
  private final AtomicRows<K, V> atomic;
  private final SingleReads<K, V> singleReads;
  private final BulkReads<K, V> bulkReads;
  private final BulkWrites<K, V> bulkWrites;
  private final Decisions<K, V> decisions;
  private final ExpirySweep<K, V> sweep;
  private final ReentrantLock sweeping = new ReentrantLock();
  private boolean isClosed;

  SqliteTier(
      Configuration<K, V> configuration,
      TierConfiguration<K, V> tierConfiguration,
      EntryTable table,
      Path file,
      TimeSource clock,
      Executor eventRelay,
      @Nullable HeapCopies<K> copies,
      @Nullable StatisticsService statistics) {
    super(configuration, statistics);
    this.table = table;
    this.clock = clock;
    this.events = new TierEvents<>(configuration.getDispatcherConcurrency());
    this.observers = new TierObservers(new TierObservers.Source() {
      @Override
      public <T extends Enum<T>> OperationObserver<T> create(
          String name, Class<T> outcomes, boolean canBeDisabled) {
        return createObserver(name, outcomes, canBeDisabled);
      }
    });
    var pending = new PendingExpiries<K>();
    var afterUnlock = new AfterUnlock(eventRelay);
    var writes = new WriteCounters();
    var maxIdle = new MaxIdle(tierConfiguration.maxIdleMillis());
    this.rows = new Rows<>(
        table,
        tierConfiguration.keyCodec(),
        tierConfiguration.valueCodec(),
        ValueColumn.of(tierConfiguration, table.definition().name(), counters),
        pending,
        maxIdle);
    this.heap = new HeapLink<>(table, pending, maxIdle, afterUnlock, copies);
    var expiry = new ExpiryRules<K, V>(configuration.getExpiry());
    var parts = new Turn.Parts<>(rows, expiry, events, counters, observers);
    this.atomic = new AtomicRows<>(parts, heap, writes, afterUnlock, clock, file);
    this.decisions = new Decisions<>(configuration.getValueType());
    this.singleReads = new SingleReads<>(atomic, heap, parts, afterUnlock, clock);
    this.bulkReads = new BulkReads<>(atomic, rows, heap, writes, singleReads, counters, clock);
    this.bulkWrites = new BulkWrites<>(atomic, decisions);
    this.sweep = new ExpirySweep<>(rows, atomic, heap, pending, clock);
    var evictions = new EvictionReports(eventRelay, atomic::evictedInBackground);
    table.onEvictionInBackground(evictions::add);
    registerGauge("mappings", table::entryCount);
    registerGauge("allocatedMemory", table::payloadBytes);
    registerGauge("occupiedMemory", table::payloadBytes);
  }

  private void registerGauge(String name, Supplier<Long> gauge) {
    registerStatistic(name, StatisticType.GAUGE, Set.of(STATISTICS_TAG, "tier"), gauge);
  }

  @Override
  protected String getStatisticsTag() {
    return STATISTICS_TAG;
  }

  TierStatistics statistics() {
    return counters.snapshot(table.entryCount(), table.payloadBytes());
  }

  /** Deletes expired rows; returns how many. Does nothing once closed. */
  int sweep() {
    heap.tick();
    sweeping.lock();
    try {
      return isClosed ? 0 : sweep.run();
    } finally {
      sweeping.unlock();
    }
  }

  /** Keeps the heap above from serving what other processes have changed. */
  void followOthers() {
    heap.followOthers();
  }

  /** The table's rows are in another file now: what the heap holds of the old ones is worth nothing. */
  void fileReplaced() {
    atomic.fileReplaced();
  }

  /**
   * Writes what is buffered. Quiet if accesses cannot be written, which are lost then.
   *
   * @throws StoreException if acknowledged writes could not be written; the open file tries again
   */
  void close() {
    sweeping.lock();
    try {
      isClosed = true;
      heap.stopFollowing();
      table.spare(rowId -> false);
      table.onEvictionInBackground(entries -> {});
      sweep.writePending();
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, () -> "The last accesses before closing a cache are lost", e);
    } finally {
      sweeping.unlock();
    }
    table.flush();
  }

  private <R> R guard(Supplier<R> operation) throws StoreAccessException {
    try {
      return operation.get();
    } catch (StoreException e) {
      counters.failures.increment();
      throw new StoreAccessException(e);
    } catch (RuntimeException e) {
      throw StorePassThroughException.handleException(e);
    }
  }

  @Override
  public @Nullable ValueHolder<V> get(K key) throws StoreAccessException {
    checkKey(key);
    observers.get.begin();
    ValueHolder<V> found = guard(() -> singleReads.get(key));
    counters.lookedUp(found != null);
    observers.get.end(found == null ? GetOutcome.MISS : GetOutcome.HIT);
    return found;
  }

  @Override
  public @Nullable ValueHolder<V> getAndFault(K key) throws StoreAccessException {
    checkKey(key);
    observers.getAndFault.begin();
    ValueHolder<V> found = guard(() -> singleReads.faultInHeap(key));
    counters.lookedUp(found != null);
    observers.getAndFault.end(found == null ? GetAndFaultOutcome.MISS : GetAndFaultOutcome.HIT);
    return found;
  }

  @Override
  public boolean containsKey(K key) throws StoreAccessException {
    checkKey(key);
    return guard(() -> singleReads.contains(key));
  }

  @Override
  public PutStatus put(K key, V value) throws StoreAccessException {
    checkKey(key);
    checkValue(value);
    observers.put.begin();
    boolean written = guard(() -> atomic.put(key, value));
    observers.put.end(written ? PutOutcome.PUT : PutOutcome.NOOP);
    return written ? PutStatus.PUT : PutStatus.NOOP;
  }

  @Override
  public @Nullable ValueHolder<V> putIfAbsent(K key, V value, Consumer<Boolean> put)
      throws StoreAccessException {
    checkKey(key);
    checkValue(value);
    observers.putIfAbsent.begin();
    ValueHolder<V> present = guard(() -> atomic.change(key, turn -> {
      Row<V> live = turn.live();
      turn.buryTheDead();
      if (live != null) {
        put.accept(false); // an attempt that another process overtook may have said otherwise
        return turn.touch(live);
      }
      put.accept(turn.create(value) != null);
      return null;
    }));
    observers.putIfAbsent.end(present == null ? PutIfAbsentOutcome.PUT : PutIfAbsentOutcome.HIT);
    return present;
  }

  @Override
  public boolean remove(K key) throws StoreAccessException {
    checkKey(key);
    observers.remove.begin();
    boolean removed = guard(() -> atomic.change(key, decisions::remove));
    observers.remove.end(removed ? RemoveOutcome.REMOVED : RemoveOutcome.MISS);
    return removed;
  }

  @Override
  public RemoveStatus remove(K key, V value) throws StoreAccessException {
    checkKey(key);
    checkValue(value);
    observers.conditionalRemove.begin();
    RemoveStatus status =
        guard(() -> atomic.change(key, turn -> decisions.removeIfEqual(turn, value)));
    observers.conditionalRemove.end(
        status == RemoveStatus.REMOVED
            ? ConditionalRemoveOutcome.REMOVED
            : ConditionalRemoveOutcome.MISS);
    return status;
  }

  @Override
  public @Nullable ValueHolder<V> replace(K key, V value) throws StoreAccessException {
    checkKey(key);
    checkValue(value);
    observers.replace.begin();
    ValueHolder<V> old = guard(() -> atomic.change(key, turn -> decisions.replace(turn, value)));
    observers.replace.end(old == null ? ReplaceOutcome.MISS : ReplaceOutcome.REPLACED);
    return old;
  }

  @Override
  public ReplaceStatus replace(K key, V oldValue, V newValue) throws StoreAccessException {
    checkKey(key);
    checkValue(oldValue);
    checkValue(newValue);
    observers.conditionalReplace.begin();
    ReplaceStatus status =
        guard(() -> atomic.change(key, turn -> decisions.replaceIfEqual(turn, oldValue, newValue)));
    observers.conditionalReplace.end(
        status == ReplaceStatus.HIT
            ? ConditionalReplaceOutcome.REPLACED
            : ConditionalReplaceOutcome.MISS);
    return status;
  }

  @Override
  public void clear() throws StoreAccessException {
    guard(() -> {
      atomic.clear();
      return Boolean.TRUE;
    });
  }

  @Override
  public @Nullable ValueHolder<V> getAndCompute(
      K key, BiFunction<? super K, ? super V, ? extends V> function) throws StoreAccessException {
    checkKey(key);
    observers.compute.begin();
    ValueHolder<V> before =
        guard(() -> atomic.change(key, turn -> decisions.getAndCompute(turn, function::apply)));
    observers.compute.end(before == null ? ComputeOutcome.MISS : ComputeOutcome.PUT);
    return before;
  }

  @Override
  public @Nullable ValueHolder<V> computeAndGet(
      K key,
      BiFunction<? super K, ? super V, ? extends V> function,
      Supplier<Boolean> replaceEqual,
      Supplier<Boolean> invokeWriter)
      throws StoreAccessException {
    checkKey(key);
    observers.compute.begin();
    ValueHolder<V> after = guard(() ->
        atomic.change(key, turn -> decisions.computeAndGet(turn, function::apply, replaceEqual)));
    observers.compute.end(after == null ? ComputeOutcome.MISS : ComputeOutcome.PUT);
    return after;
  }

  @Override
  public @Nullable ValueHolder<V> computeIfAbsent(K key, Function<? super K, ? extends V> function)
      throws StoreAccessException {
    checkKey(key);
    observers.computeIfAbsent.begin();
    boolean[] wasPresent = new boolean[1];
    ValueHolder<V> holder = guard(() -> atomic.change(key, turn -> {
      Row<V> live = turn.live();
      wasPresent[0] = live != null;
      turn.buryTheDead();
      return live == null ? decisions.load(turn, function) : turn.touch(live);
    }));
    counters.lookedUp(wasPresent[0]);
    observers.computeIfAbsent.end(
        wasPresent[0]
            ? ComputeIfAbsentOutcome.HIT
            : holder == null ? ComputeIfAbsentOutcome.NOOP : ComputeIfAbsentOutcome.PUT);
    return holder;
  }

  @Override
  public @Nullable ValueHolder<V> computeIfAbsentAndFault(
      K key, Function<? super K, ? extends V> function) throws StoreAccessException {
    checkKey(key);
    observers.computeIfAbsentAndFault.begin();
    boolean[] wasPresent = {true};
    ValueHolder<V> holder = guard(() -> {
      ValueHolder<V> present = singleReads.fault(key);
      if (present != null) {
        return present;
      }
      ValueHolder<V> loaded = atomic.change(key, turn -> {
        Row<V> live = turn.live();
        wasPresent[0] = live != null;
        turn.buryTheDead();
        return live == null ? decisions.load(turn, function) : live.holder();
      });
      return loaded == null ? null : singleReads.faultOr(key, loaded);
    });
    counters.lookedUp(wasPresent[0]);
    observers.computeIfAbsentAndFault.end(
        wasPresent[0]
            ? ComputeIfAbsentAndFaultOutcome.HIT
            : holder == null
                ? ComputeIfAbsentAndFaultOutcome.NOOP
                : ComputeIfAbsentAndFaultOutcome.PUT);
    return holder;
  }

  @Override
  public Map<K, ValueHolder<V>> bulkCompute(
      Set<? extends K> keys,
      Function<
              Iterable<? extends Map.Entry<? extends K, ? extends V>>,
              Iterable<? extends Map.Entry<? extends K, ? extends V>>>
          function)
      throws StoreAccessException {
    return bulkCompute(keys, function, () -> Boolean.TRUE);
  }

  @Override
  public Map<K, ValueHolder<V>> bulkCompute(
      Set<? extends K> keys,
      Function<
              Iterable<? extends Map.Entry<? extends K, ? extends V>>,
              Iterable<? extends Map.Entry<? extends K, ? extends V>>>
          function,
      Supplier<Boolean> replaceEqual)
      throws StoreAccessException {
    keys.forEach(this::checkKey);
    return guard(() -> bulkWrites.compute(keys, function, replaceEqual));
  }

  @Override
  public Map<K, ValueHolder<V>> bulkComputeIfAbsent(
      Set<? extends K> keys,
      Function<Iterable<? extends K>, Iterable<? extends Map.Entry<? extends K, ? extends V>>>
          function)
      throws StoreAccessException {
    keys.forEach(this::checkKey);
    return guard(() -> bulkReads.getAll(keys, BulkReads.loader(function)));
  }

  @Override
  public Iterable<? extends Map.Entry<? extends K, ? extends ValueHolder<V>>>
      bulkComputeIfAbsentAndFault(
          Iterable<? extends K> keys,
          Function<Iterable<? extends K>, Iterable<? extends Map.Entry<? extends K, ? extends V>>>
              function)
          throws StoreAccessException {
    keys.forEach(this::checkKey);
    return guard(() -> bulkReads.getAllAndFault(keys, BulkReads.loader(function)));
  }

  @Override
  public boolean flush(K key, ValueHolder<V> copy) {
    observers.flush.begin();
    boolean taken = heap.flush(key, copy, clock.getTimeMillis());
    observers.flush.end(taken ? FlushOutcome.HIT : FlushOutcome.MISS);
    return taken;
  }

  @Override
  public void setInvalidationValve(InvalidationValve valve) {
    heap.setValve(valve);
  }

  @Override
  public StoreEventSource<K, V> getStoreEventSource() {
    return events;
  }

  @Override
  public Iterator<Cache.Entry<K, ValueHolder<V>>> iterator() {
    return new RowIterator<>(rows, atomic, clock);
  }

  @Override
  public List<CacheConfigurationChangeListener> getConfigurationChangeListeners() {
    return List.of();
  }

  /** Ehcache's base class for providers is visible to stores only; this passes it on to ours. */
  abstract static class ProviderBase extends BaseStoreProvider {}
}
