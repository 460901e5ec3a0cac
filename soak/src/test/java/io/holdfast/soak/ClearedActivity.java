package io.holdfast.soak;

import java.util.SplittableRandom;
import javax.cache.Cache;

/** A cache that one thread clears now and then: nothing of before comes back. */
final class ClearedActivity implements Activity {
  /** Who clears, and nobody else. */
  static final Owner CLEARER = new Owner(0, 0);

  private final Owner owner;
  private final Cache<Integer, String> cache;
  private final Ledger ledger;
  private final JudgedReads reads;
  private final Latencies latencies;

  ClearedActivity(
      Owner owner,
      Cache<Integer, String> cache,
      Ledger ledger,
      View view,
      Latencies latencies,
      Findings findings) {
    this.owner = owner;
    this.cache = cache;
    this.ledger = ledger;
    this.latencies = latencies;
    this.reads =
        new JudgedReads(cache, ledger, JudgedReads.Absence.MAY_HAPPEN, view, latencies, findings);
  }

  @Override
  public void step(SplittableRandom random) throws Exception {
    int dice = random.nextInt(100);
    if (dice < 3 && owner.equals(CLEARER)) {
      clear();
    } else if (dice < 60) {
      reads.get(random.nextInt(ledger.area().keys));
    } else {
      put(owner.someOwnKey(ledger.area(), random));
    }
  }

  private void put(int key) throws Exception {
    long sequence = ledger.startPut(key);
    latencies.time(Operation.PUT, () -> {
      cache.put(key, SoakValue.of(key, sequence));
      return null;
    });
    ledger.acknowledge(key, sequence);
  }

  private void clear() throws Exception {
    long[] acknowledged = new long[ledger.area().keys];
    for (int key = 0; key < acknowledged.length; key++) {
      acknowledged[key] = ledger.acknowledged(key);
    }
    latencies.time(Operation.CLEAR, () -> {
      cache.clear();
      return null;
    });
    for (int key = 0; key < acknowledged.length; key++) {
      ledger.acknowledgeClear(key, acknowledged[key]);
    }
  }
}
