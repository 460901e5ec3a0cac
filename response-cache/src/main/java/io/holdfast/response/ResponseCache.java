package io.holdfast.response;

import io.holdfast.response.spi.MonitoredResponseCache;
import io.holdfast.schema.SchemaDrift;
import io.holdfast.schema.SchemaDriftListener;
import io.holdfast.schema.SchemaKey;
import io.holdfast.schema.WatchedDatabase;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Answers of expensive calls, kept in any JSR-107 cache.
 *
 * <p>However many threads ask for one key at once, one of them computes and the others wait for its
 * answer. What it throws reaches all of them, the same instance, and is not stored. If the computing
 * thread is cancelled (it ends with an {@link InterruptedException}, a {@link CancellationException}
 * or its interrupt flag set), one of those who wait takes over.
 *
 * <p>A cache that fails never fails a call: a failing look-up is a miss, a failing write is not
 * stored, and a cache that keeps failing is left alone for a while. A call runs under no lock and
 * inside no cache operation. All of this holds within one process and one response cache; two
 * processes may compute the same key at the same time.
 *
 * <p>Safe from any thread. Callers that waited for another thread's call share its answer, the same
 * object: {@code T} should be immutable. The cache underneath stays its owner's.
 *
 * @param <T> the type of the answers
 */
public final class ResponseCache<T> implements SchemaDriftListener, AutoCloseable {

  private final String name;
  private final SampledAnswers sampled;
  private final Counters counters = new Counters();
  private final OnceLog log = new OnceLog();
  private final Flights<T> flights = new Flights<>();
  private final Watches watches = new Watches(this);
  private final GuardedCache cache;
  private final Calls<T> calls;
  private final DriftPurge purge;
  private final @Nullable ExecutorService ownExecutor;
  private final Monitors monitors;
  private final MonitoredResponseCache monitored;

  private ResponseCache(ResponseCacheBuilder<T> settings) {
    this.name = settings.name;
    this.sampled = settings.sampled;
    var circuit =
        new Circuit(settings.clock, settings.circuitFailures, settings.circuitPause.toMillis());
    this.cache = new GuardedCache(settings.cache, name, circuit, counters, log);
    Executor purgeExecutor = settings.purgeExecutor;
    if (purgeExecutor == null) {
      ownExecutor = PurgeThread.create(name);
      purgeExecutor = ownExecutor;
    } else {
      ownExecutor = null;
    }
    this.purge = new DriftPurge(cache, purgeExecutor, settings.clock, settings.keepHistory, log);
    this.calls = new Calls<>(
        settings.maxWait,
        cache,
        flights,
        new AnswerReader<>(settings, cache, purge, counters, log),
        new AnswerWriter<>(settings, cache, counters, log),
        new Computing<>(settings, counters, log),
        counters);
    this.monitors = Monitors.present(log);
    this.monitored = new Monitored(name, counters, flights, cache);
  }

  static <T> ResponseCache<T> open(ResponseCacheBuilder<T> settings) {
    var responses = new ResponseCache<>(settings);
    responses.monitors.opened(responses.monitored);
    return responses;
  }

  /** A response cache over this cache, for strings until another codec is set. */
  public static ResponseCacheBuilder<String> over(Cache<String, CachedResponse> cache) {
    return new ResponseCacheBuilder<>(cache, ResponseCodec.text());
  }

  /** {@link #answer(ResponseKey, Computation)}, the value only. */
  public <X extends Exception> T get(ResponseKey key, Computation<? extends T, X> computation)
      throws X {
    return answer(key, computation).value();
  }

  /** {@link #answer(ResponseKey, Computation)}, the value only. */
  public <X extends Exception> T get(SchemaKey key, Computation<? extends T, X> computation)
      throws X {
    return answer(ResponseKey.of(key), computation).value();
  }

  /** {@link #answer(ResponseKey, Computation)} for an answer about one table. */
  public <X extends Exception> Answer<T> answer(
      SchemaKey key, Computation<? extends T, X> computation) throws X {
    return answer(ResponseKey.of(key), computation);
  }

  /**
   * The stored answer, or the one that another thread is computing, or a new one.
   *
   * <p>A hit costs one look-up in the cache and one decoding. A miss costs the call and one write; the
   * answer is handed to those who wait before it is written, and is in the cache when this returns,
   * unless it could not be stored.
   *
   * @param key everything that can change the answer
   * @param computation the call; callers of one key are expected to bring the same one
   * @throws X what the computation threw, in this thread or in the one this one waited for
   * @throws CoalescedWaitException if this thread waited for another one's call and was interrupted or
   *     out of time; that call goes on
   * @throws IllegalStateException if a computation asks, directly or through others, for its own key
   */
  public <X extends Exception> Answer<T> answer(
      ResponseKey key, Computation<? extends T, X> computation) throws X {
    String text = key.text().orElse(null);
    if (text == null) {
      log.warn(
          "key " + key.obstacle(),
          () -> "response cache " + name + ": calls with such a key are not cached: "
              + key.obstacle(),
          null);
      return calls.uncached(computation, NotStoredReason.KEY_NOT_CACHEABLE);
    }
    if (key.isSampled() && sampled == SampledAnswers.NOT_CACHED) {
      return calls.uncached(computation, NotStoredReason.SAMPLED);
    }
    return watches.isClosed()
        ? calls.uncached(computation, NotStoredReason.BYPASSED)
        : calls.cached(text, computation);
  }

  /**
   * Hears of this database's drifts until {@link #close}: superseded answers are removed, and calls
   * under way for a table that changes are not stored.
   */
  public void watch(WatchedDatabase database) {
    watches.add(database);
  }

  /**
   * A table is not what it was. Returns at once: calls under way for it will not be stored or joined,
   * answers about a replaced or truncated table are not served any more, and a walk over the cache
   * (O(entries), on the purge executor) removes what is superseded.
   */
  @Override
  public void drifted(SchemaDrift drift) {
    if (watches.isClosed()) {
      return;
    }
    String prefix = SchemaKeyText.tablePrefix(drift.database().id(), drift.table());
    flights.supersede(key -> key.startsWith(prefix));
    purge.drifted(drift);
  }

  /**
   * Removes all answers of a tenant. Calls of his under way in this process are not stored; those in
   * other processes may be, so stop them first. Walks the whole cache: O(entries).
   *
   * @return how many answers were removed
   * @throws CacheException if the cache failed: some answers may be left, call it again
   */
  public int erase(String tenant) {
    String mark = TenantMark.of(tenant);
    flights.supersede(key -> TenantMark.isIn(key, mark));
    int removed = cache.removeIf((key, response) -> TenantMark.isIn(key, mark));
    if (removed < 0) {
      throw new CacheException("response cache " + name
          + ": cannot erase a tenant's answers, some may be left; " + "the log has the cause");
    }
    return removed;
  }

  /** The name it was built with. */
  public String name() {
    return name;
  }

  /** The counters at this moment; cheap, never asks the cache underneath. */
  public ResponseStatistics statistics() {
    return monitored.statistics();
  }

  /**
   * Ends it: no more drifts, monitors are told, a purge that has not begun is dropped. The cache
   * underneath stays open. Calls that come later still run, without the cache. Twice is quiet.
   */
  @Override
  public void close() {
    if (!watches.close()) {
      return;
    }
    if (ownExecutor != null) {
      ownExecutor.shutdown();
    }
    monitors.closed(monitored);
  }

  /** What monitors see: not this object, so that nobody closes it from there. */
  private record Monitored(String name, Counters counters, Flights<?> flights, GuardedCache cache)
      implements MonitoredResponseCache {

    @Override
    public ResponseStatistics statistics() {
      return counters.snapshot(flights.size(), cache.isCircuitOpen());
    }
  }
}
