package io.holdfast.soak;

import java.util.SplittableRandom;
import javax.cache.Cache;
import javax.cache.integration.CacheLoader;

/** A cache that loads what is missing: it always answers, and with what the loader says. */
final class ReadThroughActivity implements Activity {
  private static final int KEYS = 512;
  private static final long SEQUENCE = 2;

  private final Cache<Integer, String> cache;
  private final Latencies latencies;
  private final Findings findings;

  ReadThroughActivity(Cache<Integer, String> cache, Latencies latencies, Findings findings) {
    this.cache = cache;
    this.latencies = latencies;
    this.findings = findings;
  }

  /** What the cache is to be configured with. */
  static final class Loader implements CacheLoader<Integer, String> {
    @Override
    public String load(Integer key) {
      return SoakValue.of(key, SEQUENCE);
    }

    @Override
    public java.util.Map<Integer, String> loadAll(Iterable<? extends Integer> keys) {
      java.util.Map<Integer, String> loaded = new java.util.HashMap<>();
      keys.forEach(key -> loaded.put(key, load(key)));
      return loaded;
    }
  }

  @Override
  public void step(SplittableRandom random) throws Exception {
    int key = random.nextInt(KEYS);
    if (random.nextInt(10) == 0) {
      latencies.time(Operation.REMOVE, () -> cache.remove(key));
    } else {
      String value = latencies.time(Operation.READ_THROUGH, () -> cache.get(key));
      if (!SoakValue.of(key, SEQUENCE).equals(value)) {
        findings.report("key " + key + " of loaded is not what the loader says");
      }
    }
  }
}
