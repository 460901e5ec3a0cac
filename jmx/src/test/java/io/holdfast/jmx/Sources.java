package io.holdfast.jmx;

import io.holdfast.jcache.spi.MonitoredCache;
import io.holdfast.jcache.spi.MonitoredFile;
import io.holdfast.response.NotStoredReason;
import io.holdfast.response.ResponseStatistics;
import io.holdfast.response.SemanticStatistics;
import io.holdfast.response.spi.MonitoredResponseCache;
import io.holdfast.response.spi.SemanticScope;
import io.holdfast.store.LatencyFigures;
import io.holdfast.store.SetAsides;
import io.holdfast.store.StoreStatistics;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Sources with known numbers, each number another one, so that no attribute can show its neighbour's. */
final class Sources {

  private Sources() {}

  static final class Cache implements MonitoredCache {
    private final String name;
    volatile boolean failing;
    int clears;

    Cache(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public URI managerUri() {
      return URI.create("file:///var/lib/app/cache.db");
    }

    @Override
    public CacheCounters counters() {
      if (failing) {
        throw new IllegalStateException("closed");
      }
      return new CacheCounters(20, 15, 5, 10, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40);
    }

    @Override
    public int evictExpired() {
      if (failing) {
        throw new IllegalStateException("the disk is full");
      }
      return 41;
    }

    @Override
    public void clear() {
      clears++;
    }
  }

  record File(Path path) implements MonitoredFile {
    @Override
    public StoreStatistics statistics() {
      return new StoreStatistics(
          1,
          2,
          3,
          4,
          5,
          6,
          7,
          8,
          9,
          14,
          10,
          11,
          12,
          13,
          new LatencyFigures(1_400, 1_500, 1_600),
          new LatencyFigures(1_740, 1_800, 1_900));
    }

    @Override
    public SetAsides setAsides() {
      return new SetAsides(9, Path.of("cache.db.corrupt-20261121T063000Z"), 10);
    }

    @Override
    public void checkpoint() {
      throw new AssertionError("nobody asked");
    }

    @Override
    public void backup(Path target) {
      throw new AssertionError("nobody asked: " + target);
    }
  }

  record Responses(String name) implements MonitoredResponseCache {
    @Override
    public ResponseStatistics statistics() {
      return new ResponseStatistics(
          6,
          2,
          1,
          1,
          5,
          Map.of(NotStoredReason.REFUSED, 3L, NotStoredReason.SUPERSEDED, 4L),
          8,
          9,
          10,
          11,
          12,
          13,
          14,
          true,
          15,
          16,
          Map.of("USD", new BigDecimal("1.70")),
          Map.of("USD", new BigDecimal("1.80")),
          Map.of(),
          new SemanticStatistics(
              17,
              18,
              21,
              19,
              20,
              List.of(new SemanticScope("chat", true, 2.5, 500, 400, 1, 368, 0.009, 0.01, 0.95))));
    }
  }
}
