package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How good the choice of what to evict is: a table of 300 rows under recorded traces, beside an exact
 * LRU list and a random choice of the same size.
 */
final class HitRatioTest {
  private static final int LIMIT = 300;
  private static final int KEYS = 3_000;
  private static final int LENGTH = 8_000;

  @TempDir
  Path directory;

  @Test
  void evict_zipfTrace_hitsAtLeastAsOftenAsExactLru() {
    int[] trace = zipf();

    double ours = table(trace);

    assertThat(ours).isGreaterThan(exactLru(trace) - 0.01).isGreaterThan(random(trace) + 0.02);
  }

  @Test
  void evict_zipfTraceBetweenScans_hitsMoreOftenThanExactLru() {
    int[] trace = withScans(zipf());

    double ours = table(trace);

    assertThat(ours).isGreaterThan(exactLru(trace) + 0.02).isGreaterThan(random(trace) + 0.02);
  }

  /** What was famous once must not stay for ever: the popular keys are others in each quarter. */
  @Test
  void evict_popularityThatMoves_hitsNearlyAsOftenAsExactLru() {
    int[] trace = zipf();
    for (int i = 0; i < trace.length; i++) {
      trace[i] = (trace[i] + i / (LENGTH / 4) * (KEYS / 4)) % KEYS;
    }

    assertThat(table(trace)).isGreaterThan(exactLru(trace) - 0.03);
  }

  /**
   * So many rows are read between two writes of accesses that a quarter or an eighth of the table is looked
   * at at a time.
   */
  @Test
  void evict_zipfTraceOfWhichAPartIsNoted_hitsAtLeastAsOftenAsExactLru() {
    int[] trace = zipf();
    var accesses = new AccessBuffer(/* wantedRows= */ 10);

    double ours = new NotedInPart(accesses).run(trace);

    assertThat(ours).isGreaterThan(exactLru(trace) - 0.002).isGreaterThan(random(trace) + 0.02);
  }

  /** A table in memory that evicts as ours does, with what a buffer knows of the accesses. */
  private static final class NotedInPart {
    private static final int FLUSHED_EACH = 100;

    private final AccessBuffer accesses;
    private final Map<Long, AccessBuffer.Access> rows = new HashMap<>();
    private final Random random = new Random(3);
    private int partsSeen; // summed over the turns

    NotedInPart(AccessBuffer accesses) {
      this.accesses = accesses;
    }

    double run(int[] trace) {
      Random hashes = new Random(5);
      long[] rowIds = hashes.longs(KEYS, 0, Long.MAX_VALUE).toArray();
      int hits = 0;
      for (int now = 0; now < trace.length; now++) {
        long rowId = rowIds[trace[now]];
        if (rows.containsKey(rowId)) {
          hits++;
          accesses.sample(rowId, now);
        } else {
          rows.put(rowId, new AccessBuffer.Access(rowId, now, 0));
          evict(rowId, now);
        }
        if (now % FLUSHED_EACH == 0) {
          flush();
        }
      }
      assertThat(partsSeen).isGreaterThan(trace.length / FLUSHED_EACH * 2);
      return (double) hits / trace.length;
    }

    private void flush() {
      for (List<AccessBuffer.Access> batch : accesses.pending()) {
        batch.forEach(noted -> rows.computeIfPresent(noted.rowId(), (rowId, row) -> known(row)));
        accesses.written(batch);
      }
      partsSeen += accesses.parts();
    }

    private AccessBuffer.Access known(AccessBuffer.Access row) {
      return new AccessBuffer.Access(
          row.rowId(),
          accesses.lastAccessAtMillis(row.rowId(), row.lastAccessAtMillis()),
          accesses.hits(row.rowId(), row.hits()));
    }

    private void evict(long spared, long now) {
      while (rows.size() > LIMIT) {
        List<Long> sample = new ArrayList<>(rows.keySet());
        Collections.shuffle(sample, random);
        sample.subList(0, 64).stream()
            .filter(rowId -> rowId != spared)
            .map(rowId -> known(rows.get(rowId)))
            .sorted(Comparator.comparingDouble(
                row -> Eviction.worth(now - row.lastAccessAtMillis(), row.hits())))
            .limit(6) // a table of this size evicts six at a time
            .forEach(row -> {
              rows.remove(row.rowId());
              accesses.forget(row.rowId());
            });
      }
    }
  }

  private double table(int[] trace) {
    int hits = 0;
    try (var store = new StoreFixture(directory, StoreFixture.definition(LIMIT, Long.MAX_VALUE))) {
      for (int key : trace) {
        store.advance(1);
        StoredEntry found = store.table().find(StoreFixture.key("key " + key));
        if (found == null) {
          store.store("key " + key, "value");
        } else {
          hits++;
          store.table().recordAccess(found.rowId(), store.nowMillis());
        }
      }
      assertThat(store.table().entryCount()).isLessThanOrEqualTo(LIMIT);
    }
    return (double) hits / trace.length;
  }

  private static double exactLru(int[] trace) {
    int hits = 0;
    Map<Integer, Boolean> lru = new LinkedHashMap<>(LIMIT, 0.75f, /* accessOrder= */ true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<Integer, Boolean> eldest) {
        return size() > LIMIT;
      }
    };
    for (int key : trace) {
      if (lru.get(key) == null) {
        lru.put(key, true);
      } else {
        hits++;
      }
    }
    return (double) hits / trace.length;
  }

  private static double random(int[] trace) {
    Random random = new Random(3);
    int hits = 0;
    Map<Integer, Integer> placeOf = new HashMap<>();
    List<Integer> kept = new ArrayList<>();
    for (int key : trace) {
      if (placeOf.containsKey(key)) {
        hits++;
      } else if (kept.size() < LIMIT) {
        placeOf.put(key, kept.size());
        kept.add(key);
      } else {
        int place = random.nextInt(LIMIT);
        placeOf.remove(kept.set(place, key));
        placeOf.put(key, place);
      }
    }
    return (double) hits / trace.length;
  }

  private static int[] zipf() {
    double[] cumulated = new double[KEYS];
    double sum = 0;
    for (int i = 0; i < KEYS; i++) {
      sum += 1 / Math.pow(i + 1, 0.9);
      cumulated[i] = sum;
    }
    Random random = new Random(7);
    int[] trace = new int[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      int place = Arrays.binarySearch(cumulated, random.nextDouble() * sum);
      trace[i] = place < 0 ? -place - 1 : place;
    }
    return trace;
  }

  /** After each thousand accesses, as many keys as the table holds that nobody asks for again. */
  private static int[] withScans(int[] trace) {
    List<Integer> polluted = new ArrayList<>();
    int scanned = KEYS;
    for (int i = 0; i < trace.length; i++) {
      polluted.add(trace[i]);
      if (i % 1_000 == 999) {
        for (int j = 0; j < LIMIT; j++) {
          polluted.add(scanned++);
        }
      }
    }
    return polluted.stream().mapToInt(Integer::intValue).toArray();
  }
}
