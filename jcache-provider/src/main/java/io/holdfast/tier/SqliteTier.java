package io.holdfast.tier;

import io.holdfast.store.EntryTable;
import io.holdfast.store.StoreException;
import io.holdfast.store.TableSize;
import io.holdfast.tier.Decisions.Loaded;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
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
import org.ehcache.core.statistics.OperationObserver;
import org.ehcache.core.statistics.StatisticType;
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
    var shared = new TierParts.Shared<>(table, clock, events, counters, observers);
    TierParts<K, V> parts =
        TierParts.of(configuration, tierConfiguration, shared, file, eventRelay, copies);
    this.rows = parts.rows();
    this.heap = parts.heap();
    this.atomic = parts.atomic();
    this.decisions = parts.decisions();
    this.singleReads = parts.singleReads();
    this.bulkReads = parts.bulkReads();
    this.bulkWrites = parts.bulkWrites();
    this.sweep = parts.sweep();
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

  /** {@link SqliteFileService#showCreated}. */
  void showCreated(long sinceMillis, BiConsumer<? super K, ? super V> visitor) {
    new RowScan<>(rows, clock).show(sinceMillis, visitor);
  }

  TierStatistics statistics() {
    TableSize size = table.recentSize();
    return counters.snapshot(size.entries(), size.payloadBytes());
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
    return observers.get.end(found);
  }

  @Override
  public @Nullable ValueHolder<V> getAndFault(K key) throws StoreAccessException {
    checkKey(key);
    observers.getAndFault.begin();
    ValueHolder<V> found = guard(() -> singleReads.faultInHeap(key));
    counters.lookedUp(found != null);
    return observers.getAndFault.end(found);
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
    boolean written = observers.put.end(guard(() -> atomic.put(key, value)));
    return written ? PutStatus.PUT : PutStatus.NOOP;
  }

  @Override
  public @Nullable ValueHolder<V> putIfAbsent(K key, V value, Consumer<Boolean> put)
      throws StoreAccessException {
    checkKey(key);
    checkValue(value);
    observers.putIfAbsent.begin();
    return observers.putIfAbsent.end(
        guard(() -> atomic.change(key, turn -> decisions.putIfAbsent(turn, value, put))));
  }

  @Override
  public boolean remove(K key) throws StoreAccessException {
    checkKey(key);
    observers.remove.begin();
    return observers.remove.end(guard(() -> atomic.change(key, decisions::remove)));
  }

  @Override
  public RemoveStatus remove(K key, V value) throws StoreAccessException {
    checkKey(key);
    checkValue(value);
    observers.conditionalRemove.begin();
    return observers.conditionalRemove.end(
        guard(() -> atomic.change(key, turn -> decisions.removeIfEqual(turn, value))));
  }

  @Override
  public @Nullable ValueHolder<V> replace(K key, V value) throws StoreAccessException {
    checkKey(key);
    checkValue(value);
    observers.replace.begin();
    return observers.replace.end(
        guard(() -> atomic.change(key, turn -> decisions.replace(turn, value))));
  }

  @Override
  public ReplaceStatus replace(K key, V oldValue, V newValue) throws StoreAccessException {
    checkKey(key);
    checkValue(oldValue);
    checkValue(newValue);
    observers.conditionalReplace.begin();
    return observers.conditionalReplace.end(guard(
        () -> atomic.change(key, turn -> decisions.replaceIfEqual(turn, oldValue, newValue))));
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
    return observers.compute.end(guard(
        () -> atomic.change(key, turn -> decisions.getAndCompute(turn, function::apply))));
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
    return observers.compute.end(guard(() ->
        atomic.change(key, turn -> decisions.computeAndGet(turn, function::apply, replaceEqual))));
  }

  @Override
  public @Nullable ValueHolder<V> computeIfAbsent(K key, Function<? super K, ? extends V> function)
      throws StoreAccessException {
    checkKey(key);
    observers.computeIfAbsent.begin();
    Loaded<V> found = guard(
        () -> atomic.change(key, turn -> decisions.loadIfAbsent(turn, function, turn::touch)));
    counters.lookedUp(found.wasPresent());
    return observers.computeIfAbsent.end(found).holder();
  }

  @Override
  public @Nullable ValueHolder<V> computeIfAbsentAndFault(
      K key, Function<? super K, ? extends V> function) throws StoreAccessException {
    checkKey(key);
    observers.computeIfAbsentAndFault.begin();
    Loaded<V> found = guard(() -> {
      ValueHolder<V> present = singleReads.fault(key);
      return present == null ? loadAndFault(key, function) : new Loaded<>(present, true);
    });
    counters.lookedUp(found.wasPresent());
    return observers.computeIfAbsentAndFault.end(found).holder();
  }

  private Loaded<V> loadAndFault(K key, Function<? super K, ? extends V> function) {
    Loaded<V> found =
        atomic.change(key, turn -> decisions.loadIfAbsent(turn, function, Row::holder));
    ValueHolder<V> holder = found.holder();
    return holder == null
        ? found
        : new Loaded<>(singleReads.faultOr(key, holder), found.wasPresent());
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
    return observers.flush.end(heap.flush(key, copy, clock.getTimeMillis()));
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
