package io.holdfast.response;

import io.holdfast.response.Counters.Event;
import io.holdfast.response.Flight.Landing;
import io.holdfast.response.spi.MonitoredResponseCache;
import io.holdfast.schema.SchemaDrift;
import io.holdfast.schema.SchemaDriftListener;
import io.holdfast.schema.SchemaKey;
import io.holdfast.schema.WatchedDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.cache.Cache;
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
  private final ResponseCodec<T> codec;
  private final ResponseCacheBuilder<T> settings;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final @Nullable Duration maxWait;

  private final Counters counters = new Counters();
  private final OnceLog log = new OnceLog();
  private final Flights<T> flights = new Flights<>();
  private final GuardedCache cache;
  private final DriftPurge purge;
  private final @Nullable ExecutorService ownExecutor;
  private final Monitors monitors;
  private final MonitoredResponseCache monitored;

  // Guarded by this.
  private final Set<WatchedDatabase> watched = new HashSet<>();

  private volatile boolean closed;

  private ResponseCache(ResponseCacheBuilder<T> settings) {
    this.settings = settings;
    this.name = settings.name;
    this.codec = settings.codec;
    this.clock = settings.clock;
    this.nanoTime = settings.nanoTime;
    this.maxWait = settings.maxWait;
    var circuit = new Circuit(clock, settings.circuitFailures, settings.circuitPause.toMillis());
    this.cache = new GuardedCache(settings.cache, name, circuit, counters, log);
    Executor purgeExecutor = settings.purgeExecutor;
    if (purgeExecutor == null) {
      ownExecutor = PurgeThread.create(name);
      purgeExecutor = ownExecutor;
    } else {
      ownExecutor = null;
    }
    this.purge = new DriftPurge(cache, purgeExecutor, clock, settings.keepHistory, log);
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
      return uncached(computation, NotStoredReason.KEY_NOT_CACHEABLE);
    }
    if (closed) {
      return uncached(computation, NotStoredReason.BYPASSED);
    }
    return cached(text, computation);
  }

  private <X extends Exception> Answer<T> cached(
      String key, Computation<? extends T, X> computation) throws X {
    long startNanos = nanoTime.getAsLong();
    while (true) {
      long ended = flights.ended();
      boolean bypass = !cache.admits();
      Answer<T> hit = bypass ? null : find(key);
      if (hit == null) {
        var mine = new Flight<T>(key);
        Flight<T> other = flights.join(mine);
        if (other != null) {
          Answer<T> shared = follow(other, startNanos);
          if (shared != null) {
            return shared;
          }
          continue;
        }
        // Between the look-up and the start another flight may have ended and left the answer.
        hit = bypass || flights.ended() == ended ? null : findAsLeader(key, mine);
        if (hit == null) {
          return lead(mine, computation, bypass);
        }
      }
      counters.served(hit, millisSince(startNanos));
      return hit;
    }
  }

  private @Nullable Answer<T> findAsLeader(String key, Flight<T> mine) {
    Answer<T> hit = null;
    try {
      hit = find(key);
      return hit;
    } finally {
      if (hit != null) {
        mine.land(new Landing.Answered<>(hit));
        flights.end(mine);
      }
    }
  }

  /** The stored answer, or null. */
  private @Nullable Answer<T> find(String key) {
    CachedResponse response = cache.find(key);
    if (response == null || purge.isSuperseded(key, response)) {
      return null;
    }
    if (response.isExpired(clock.millis())) {
      counters.count(Event.EXPIRED);
      return null;
    }
    if (!response.codec().equals(codec.format())) {
      return null;
    }
    try {
      if (response.isIntact()) {
        return new Answer<>(
            codec.decode(response.payload()),
            Outcome.HIT,
            response.createdAtMillis(),
            response.computeMillis(),
            response.cost());
      }
      corrupt("wrong checksum or unknown version");
    } catch (RuntimeException e) {
      // Without the exception: a parser's message may quote the answer.
      corrupt(e.getClass().getName());
    }
    cache.remove(key);
    return null;
  }

  private void corrupt(String why) {
    counters.count(Event.CORRUPT);
    log.warn(
        "corrupt",
        () -> "response cache " + name + ": an unreadable entry is a miss: " + why,
        null);
  }

  /** Waits for another thread's answer; null if that thread was cancelled. */
  private @Nullable Answer<T> follow(Flight<T> other, long startNanos) {
    Landing<T> landing = other.await(maxWait);
    if (landing instanceof Landing.Answered<T> answered) {
      Answer<T> shared = answered.answer().as(Outcome.COALESCED);
      counters.served(shared, millisSince(startNanos));
      return shared;
    }
    if (landing instanceof Landing.Failed<T> failed) {
      throw Throwing.<RuntimeException>unchanged(failed.failure());
    }
    return null;
  }

  private <X extends Exception> Answer<T> lead(
      Flight<T> flight, Computation<? extends T, X> computation, boolean bypass) throws X {
    // Whatever happens below, those who wait are let go.
    Landing<T> landing = new Landing.Abandoned<>();
    try {
      Answer<T> answer = compute(computation, bypass ? Outcome.BYPASSED : Outcome.MISS);
      landing = new Landing.Answered<>(answer);
      flight.land(landing);
      if (bypass) {
        counters.notStored(NotStoredReason.BYPASSED);
      } else {
        store(flight, answer);
      }
      return answer;
    } catch (Throwable failure) {
      if (!isCancellation(failure)) {
        landing = new Landing.Failed<>(failure);
      }
      throw failure;
    } finally {
      // Not before the answer is visible: a late caller finds the flight or the stored answer.
      flights.end(flight);
      flight.land(landing);
    }
  }

  private static boolean isCancellation(Throwable failure) {
    return failure instanceof InterruptedException
        || failure instanceof CancellationException
        || failure instanceof CoalescedWaitException
        || Thread.currentThread().isInterrupted();
  }

  private <X extends Exception> Answer<T> uncached(
      Computation<? extends T, X> computation, NotStoredReason reason) throws X {
    Answer<T> answer = compute(computation, Outcome.BYPASSED);
    counters.notStored(reason);
    return answer;
  }

  private <X extends Exception> Answer<T> compute(
      Computation<? extends T, X> computation, Outcome outcome) throws X {
    long startNanos = nanoTime.getAsLong();
    T value;
    boolean succeeded = false;
    try {
      value = Objects.requireNonNull(computation.compute(), "a computation must not answer null");
      succeeded = true;
    } finally {
      if (!succeeded) {
        counters.count(Event.COMPUTE_FAILURE);
      }
    }
    var answer =
        new Answer<T>(value, outcome, clock.millis(), millisSince(startNanos), costOf(value));
    counters.computed(answer);
    return answer;
  }

  private @Nullable Cost costOf(T value) {
    try {
      return settings.costOf.apply(value);
    } catch (RuntimeException e) {
      log.warn("cost", () -> "response cache " + name + ": costOf failed; the cost is unknown", e);
      return null;
    }
  }

  private void store(Flight<T> flight, Answer<T> answer) {
    CachedResponse response = encode(answer);
    if (response == null) {
      return;
    }
    if (flight.isSuperseded()) {
      counters.notStored(NotStoredReason.SUPERSEDED);
      return;
    }
    if (!cache.put(flight.key(), response)) {
      counters.notStored(NotStoredReason.CACHE_FAILURE);
      return;
    }
    // A drift marks the flight before it walks: what the walk passed too early is removed here.
    if (flight.isSuperseded()) {
      cache.remove(flight.key(), response);
      counters.notStored(NotStoredReason.SUPERSEDED);
      return;
    }
    counters.count(Event.STORED);
  }

  private @Nullable CachedResponse encode(Answer<T> answer) {
    try {
      if (!settings.storeIf.test(answer.value())) {
        counters.notStored(NotStoredReason.REFUSED);
        return null;
      }
      return CachedResponse.of(
          codec.format(),
          codec.encode(answer.value()),
          answer.createdAtMillis(),
          expiresAtMillis(answer.createdAtMillis()),
          answer.computeMillis(),
          answer.computeCost());
    } catch (RuntimeException e) {
      counters.notStored(NotStoredReason.NOT_ENCODABLE);
      // Without the exception, whose message may quote the answer.
      log.warn(
          "encode",
          () -> "response cache " + name + ": an answer cannot be stored: "
              + e.getClass().getName(),
          null);
      return null;
    }
  }

  private long expiresAtMillis(long createdAtMillis) {
    Duration timeToLive = settings.timeToLive;
    if (timeToLive == null || timeToLive.toDays() > 365_000) {
      return Long.MAX_VALUE;
    }
    return createdAtMillis + timeToLive.toMillis();
  }

  private long millisSince(long startNanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - startNanos);
  }

  /**
   * Hears of this database's drifts until {@link #close}: superseded answers are removed, and calls
   * under way for a table that changes are not stored.
   */
  public void watch(WatchedDatabase database) {
    synchronized (this) {
      if (closed || !watched.add(database)) {
        return;
      }
    }
    database.addListener(this);
    if (closed) {
      // Closed in between: close() may have come too early to see the listener.
      database.removeListener(this);
    }
  }

  /**
   * A table is not what it was. Returns at once: calls under way for it will not be stored or joined,
   * answers about a replaced or truncated table are not served any more, and a walk over the cache
   * (O(entries), on the purge executor) removes what is superseded.
   */
  @Override
  public void drifted(SchemaDrift drift) {
    if (closed) {
      return;
    }
    flights.supersede(SchemaKeyText.tablePrefix(drift.database().id(), drift.table()));
    purge.drifted(drift);
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
    Set<WatchedDatabase> databases;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      databases = Set.copyOf(watched);
      watched.clear();
    }
    databases.forEach(database -> database.removeListener(this));
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
