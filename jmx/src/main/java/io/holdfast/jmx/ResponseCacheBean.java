package io.holdfast.jmx;

import io.holdfast.response.ResponseStatistics;
import io.holdfast.response.SemanticStatistics;
import io.holdfast.response.spi.MonitoredResponseCache;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import javax.management.ObjectName;

/** Reads a response cache's counters. */
final class ResponseCacheBean implements ResponseCacheMXBean, Registry.Bean {

  private static final ResponseStatistics NOTHING = new ResponseStatistics(
      0,
      0,
      0,
      0,
      0,
      Map.of(),
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      false,
      0,
      0,
      Map.of(),
      Map.of(),
      Map.of(),
      SemanticStatistics.NONE);

  private final Reading<MonitoredResponseCache, ResponseStatistics> statistics;

  private final Permissions permissions;
  private final ResponseNotices notices;

  ResponseCacheBean(
      MonitoredResponseCache cache, Permissions permissions, InstantSource clock, Sampler sampler) {
    this.permissions = permissions;
    this.statistics = new Reading<>(cache, MonitoredResponseCache::statistics, NOTHING);
    this.notices = new ResponseNotices(cache.name(), statistics::now, clock, sampler);
  }

  @Override
  public Object mbean() {
    return new DocumentedBean(this, ResponseCacheMXBean.class, permissions, notices.notifier());
  }

  @Override
  public void registeredAs(ObjectName name) {
    notices.notifier().sendAs(name);
  }

  @Override
  public void release() {
    notices.notifier().close();
  }

  @Override
  public long getHitCount() {
    return statistics.now().hits();
  }

  @Override
  public long getSemanticHitCount() {
    return statistics.now().semantic().hits();
  }

  @Override
  public long getSemanticRefusedCount() {
    return statistics.now().semantic().refused();
  }

  @Override
  public long getSemanticJudgedCount() {
    return statistics.now().semantic().judged();
  }

  @Override
  public long getSemanticFailureCount() {
    return statistics.now().semantic().failures();
  }

  @Override
  public long getSemanticQuestionCount() {
    return statistics.now().semantic().questions();
  }

  @Override
  public Map<String, SemanticPoint> getSemanticPoints() {
    var points = new TreeMap<String, SemanticPoint>();
    statistics
        .now()
        .semantic()
        .scopes()
        .forEach(scope -> points.put(scope.namespace(), SemanticPoint.of(scope)));
    return points;
  }

  @Override
  public double getHitPercentage() {
    ResponseStatistics now = statistics.now();
    long served = now.hits() + now.semantic().hits() + now.coalesced();
    return Percentage.of(served, served + now.misses() + now.bypassed());
  }

  @Override
  public long getMissCount() {
    return statistics.now().misses();
  }

  @Override
  public long getCoalescedCount() {
    return statistics.now().coalesced();
  }

  @Override
  public long getBypassedCount() {
    return statistics.now().bypassed();
  }

  @Override
  public long getStoredCount() {
    return statistics.now().stored();
  }

  @Override
  public long getNotStoredCount() {
    return statistics.now().notStoredTotal();
  }

  @Override
  public Map<String, Long> getNotStoredByReason() {
    var byReason = new TreeMap<String, Long>();
    statistics.now().notStored().forEach((reason, count) -> byReason.put(reason.name(), count));
    return byReason;
  }

  @Override
  public long getComputeFailureCount() {
    return statistics.now().computeFailures();
  }

  @Override
  public long getReadFailureCount() {
    return statistics.now().readFailures();
  }

  @Override
  public long getWriteFailureCount() {
    return statistics.now().writeFailures();
  }

  @Override
  public long getCorruptCount() {
    return statistics.now().corrupt();
  }

  @Override
  public long getExpiredCount() {
    return statistics.now().expired();
  }

  @Override
  public long getPurgedCount() {
    return statistics.now().purged();
  }

  @Override
  public long getInFlightCount() {
    return statistics.now().inFlight();
  }

  @Override
  public boolean isCircuitOpen() {
    return statistics.now().circuitOpen();
  }

  @Override
  public long getComputeMillis() {
    return statistics.now().computeMillis();
  }

  @Override
  public long getSavedMillis() {
    return statistics.now().savedMillis();
  }

  @Override
  public Map<String, BigDecimal> getSpentByUnit() {
    return new TreeMap<>(statistics.now().spent());
  }

  @Override
  public Map<String, BigDecimal> getSavedByUnit() {
    return new TreeMap<>(statistics.now().saved());
  }
}
