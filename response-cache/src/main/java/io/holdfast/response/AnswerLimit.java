package io.holdfast.response;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the cache to so many answers, and lets cheap ones go before expensive ones. JSR-107 tells neither how
 * many entries there are nor which were used: so the whole cache is walked each time it may have grown by a
 * tenth.
 */
final class AnswerLimit {

  private final int maxAnswers;
  private final String unit;
  private final GuardedCache cache;
  private final Executor executor;
  private final InstantSource clock;
  private final OnceLog log;
  private final int slack;
  // Full at first: the cache may be, too.
  private final AtomicInteger storedSince;
  private final AtomicBoolean scheduled = new AtomicBoolean();

  AnswerLimit(
      ResponseCacheBuilder.MaxAnswers limit,
      GuardedCache cache,
      Executor executor,
      InstantSource clock,
      OnceLog log) {
    this.maxAnswers = limit.answers();
    this.unit = limit.unit();
    this.cache = cache;
    this.executor = executor;
    this.clock = clock;
    this.log = log;
    this.slack = Math.max(1, maxAnswers / 10);
    this.storedSince = new AtomicInteger(slack - 1);
  }

  /** An answer was stored. Returns at once: the walk runs on the executor. */
  void stored() {
    if (storedSince.incrementAndGet() >= slack && scheduled.compareAndSet(false, true)) {
      try {
        executor.execute(this::trim);
      } catch (RejectedExecutionException e) {
        scheduled.set(false);
        log.warn("limit", () -> "answers beyond the limit cannot be removed now", e);
      }
    }
  }

  private void trim() {
    // First, so that what is stored from here on counts for the next walk.
    storedSince.set(0);
    scheduled.set(false);
    cache.removeAll(entries -> victims(entries, clock.millis()));
  }

  private List<String> victims(
      Iterable<Cache.Entry<String, CachedResponse>> entries, long nowMillis) {
    var all = new ArrayList<Worth>();
    for (Cache.Entry<String, CachedResponse> entry : entries) {
      all.add(worth(entry.getKey(), entry.getValue(), nowMillis));
    }
    if (all.size() <= maxAnswers) {
      return List.of();
    }
    all.sort(Worth.LEAST_FIRST);
    return all.subList(0, all.size() - maxAnswers).stream().map(Worth::key).toList();
  }

  private Worth worth(String key, CachedResponse response, long nowMillis) {
    boolean isOfUse = !response.isExpired(nowMillis) && !RememberedFailures.isFailure(response);
    return new Worth(
        key,
        isOfUse,
        costOf(response.cost()),
        response.computeMillis(),
        response.createdAtMillis());
  }

  private BigDecimal costOf(@Nullable Cost cost) {
    return cost == null || !cost.unit().equals(unit) ? BigDecimal.ZERO : cost.amount();
  }

  /** What it would take to have this answer again. */
  private record Worth(
      String key, boolean isOfUse, BigDecimal cost, long computeMillis, long createdAtMillis) {

    static final Comparator<Worth> LEAST_FIRST = Comparator.comparing(Worth::isOfUse)
        .thenComparing(Worth::cost)
        .thenComparingLong(Worth::computeMillis)
        .thenComparingLong(Worth::createdAtMillis);
  }
}
