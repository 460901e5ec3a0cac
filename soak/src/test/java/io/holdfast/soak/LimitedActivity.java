package io.holdfast.soak;

import java.util.SplittableRandom;
import javax.cache.Cache;

/** A cache that evicts all the time: entries may go, but what is there is the newest. */
final class LimitedActivity implements Activity {
  /** Of the cache that this is about. */
  static final int MAX_ENTRIES = 200;

  private final Owner owner;
  private final Cache<Integer, String> cache;
  private final Ledger ledger;
  private final JudgedReads reads;
  private final Latencies latencies;

  LimitedActivity(
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
    if (random.nextInt(2) == 0) {
      reads.get(random.nextInt(ledger.area().keys));
      return;
    }
    int key = owner.someOwnKey(ledger.area(), random);
    long sequence = ledger.startPut(key);
    latencies.time(Operation.PUT, () -> {
      cache.put(key, SoakValue.of(key, sequence));
      return null;
    });
    ledger.acknowledge(key, sequence);
  }
}
