package io.holdfast.response;

import io.holdfast.response.spi.MonitoredResponseCache;
import io.holdfast.schema.SchemaDrift;
import io.holdfast.schema.SchemaDriftListener;
import io.holdfast.schema.WatchedDatabase;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
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
 * inside no cache operation. All of this holds within one process and one response cache; over a cache
 * with leases, as Holdfast's own in a file has, of all its processes one computes a key at a time.
 *
 * <p>Safe from any thread. Callers that waited for another thread's call share its answer, the same
 * object: {@code T} should be immutable. The cache underneath stays its owner's.
 *
 * @param <T> the type of the answers
 */
public final class ResponseCache<T> implements Responses<T>, SchemaDriftListener, AutoCloseable {

  private static final Duration LONGEST_WAIT_FOR_OTHER_PROCESSES = Duration.ofMinutes(5);

  private final String name;
  private final Counters counters = new Counters();
  private final OnceLog log = new OnceLog();
  private final Flights<T> flights = new Flights<>();
  private final Watches watches = new Watches(this);
  private final GuardedCache cache;
  private final SemanticHits<T> semantic;
  private final PolicyResponses<T> responses;
  private final DriftPurge purge;
  private final @Nullable ExecutorService ownExecutor;
  private final @Nullable LedgerWriter ledger;
  private final Monitors monitors;
  private final MonitoredResponseCache monitored;

  private ResponseCache(ResponseCacheBuilder<T> settings) {
    this.name = settings.name;
    var circuit =
        new Circuit(settings.clock, settings.circuitFailures, settings.circuitPause.toMillis());
    this.cache = new GuardedCache(
        settings.cache,
        settings.stage == null ? null : ProviderExtras.entriesOf(settings.cache, log),
        name,
        circuit,
        counters,
        log);
    Executor purgeExecutor = settings.purgeExecutor;
    if (purgeExecutor == null) {
      ownExecutor = PurgeThread.create(name);
      purgeExecutor = ownExecutor;
    } else {
      ownExecutor = null;
    }
    this.purge = new DriftPurge(cache, purgeExecutor, settings.clock, settings.keepHistory, log);
    var reader = new AnswerReader<>(settings, cache, purge, counters, log);
    this.semantic = new SemanticHits<>(
        settings,
        settings.stage == null ? NoStage.INSTANCE : settings.stage.open(name),
        cache,
        reader,
        purgeExecutor,
        counters,
        log);
    this.responses = responses(
        settings,
        reader,
        settings.maxAnswers == null
            ? null
            : new AnswerLimit(settings.maxAnswers, cache, purgeExecutor, settings.clock, log));
    this.ledger = settings.ledger == null
        ? null
        : new LedgerWriter(
            settings.ledger, settings.ledgerInterval, name, counters, settings.clock, log);
    this.monitors = Monitors.present(log);
    this.monitored = new Monitored(name, counters, flights, cache, semantic);
  }

  private PolicyResponses<T> responses(
      ResponseCacheBuilder<T> settings, AnswerReader<T> reader, @Nullable AnswerLimit limit) {
    var writer = new AnswerWriter<>(settings, cache, counters, log, limit, semantic);
    var computing = new Computing<>(settings, counters, log);
    var claims = new Claims<>(
        settings.leaseTime == null ? null : ProviderExtras.leasesOf(settings.cache, log),
        settings.leaseTime == null ? Duration.ZERO : settings.leaseTime,
        settings.maxWait == null ? LONGEST_WAIT_FOR_OTHER_PROCESSES : settings.maxWait,
        cache,
        reader);
    var calls = new Calls<>(
        settings.maxWait,
        cache,
        flights,
        reader,
        writer,
        claims,
        new Elsewhere<>(semantic, claims),
        computing,
        counters);
    return new PolicyResponses<>(
        new Gate(name, settings.sampled, watches::isClosed, log),
        semantic,
        calls,
        new AsyncCalls<>(calls, computing, counters),
        new BatchCalls<>(cache, flights, reader, calls, computing, counters),
        new StreamCalls<>(settings, calls, computing, counters, log),
        CallPolicy.DEFAULT);
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

  @Override
  public <X extends Exception> Answer<T> answer(
      ResponseKey key, Computation<? extends T, X> computation) throws X {
    return responses.answer(key, computation);
  }

  @Override
  public CompletableFuture<Answer<T>> answerAsync(
      ResponseKey key, AsyncComputation<? extends T> computation) {
    return responses.answerAsync(key, computation);
  }

  @Override
  public <Q, X extends Exception> Map<Q, Answer<T>> answerAll(
      Collection<? extends Q> questions,
      Function<? super Q, ResponseKey> keyOf,
      BatchComputation<Q, T, X> computation)
      throws X {
    return responses.answerAll(questions, keyOf, computation);
  }

  @Override
  public <Q> CompletableFuture<Map<Q, Answer<T>>> answerAllAsync(
      Collection<? extends Q> questions,
      Function<? super Q, ResponseKey> keyOf,
      AsyncBatchComputation<Q, T> computation) {
    return responses.answerAllAsync(questions, keyOf, computation);
  }

  @Override
  public StreamHandle stream(ResponseKey key, StreamSource<T> source, StreamListener<T> listener) {
    return responses.stream(key, source, listener);
  }

  @Override
  public Optional<Answer<T>> find(ResponseKey key) {
    return responses.find(key);
  }

  /** A view that asks under this policy; cheap, and shares everything with this cache. */
  public Responses<T> with(CallPolicy policy) {
    return responses.with(policy);
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
    semantic.erase(mark);
    if (removed < 0) {
      throw new CacheException("response cache " + name
          + ": cannot erase a tenant's answers, some may be left; " + "the log has the cause");
    }
    return removed;
  }

  /**
   * Somebody says that an answer to the same question in other words was none to his. Removes it, and counts
   * against its namespace, where from now on fewer such answers may be served, or none.
   *
   * @param match {@link Answer#match}
   * @return whether the answer was still there
   */
  public boolean reportWrong(SemanticMatch match) {
    return semantic.reportWrong(match);
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
    semantic.close();
    if (ownExecutor != null) {
      ownExecutor.shutdown();
    }
    if (ledger != null) {
      ledger.close();
    }
    monitors.closed(monitored);
  }

  /** What monitors see: not this object, so that nobody closes it from there. */
  private record Monitored(
      String name,
      Counters counters,
      Flights<?> flights,
      GuardedCache cache,
      SemanticHits<?> semantic)
      implements MonitoredResponseCache {

    @Override
    public ResponseStatistics statistics() {
      return counters.snapshot(flights.size(), cache.isCircuitOpen(), semantic.statistics());
    }
  }
}
