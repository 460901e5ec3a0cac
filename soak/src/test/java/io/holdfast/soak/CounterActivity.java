package io.holdfast.soak;

import java.util.SplittableRandom;
import javax.cache.Cache;

/** Everybody increments the same few counters: none of the increments may be lost or made twice. */
final class CounterActivity implements Activity {
  private final Cache<Integer, Long> cache;
  private final Ledger ledger;
  private final Latencies latencies;
  private final Findings findings;

  CounterActivity(
      Cache<Integer, Long> cache, Ledger ledger, Latencies latencies, Findings findings) {
    this.cache = cache;
    this.ledger = ledger;
    this.latencies = latencies;
    this.findings = findings;
  }

  @Override
  public void step(SplittableRandom random) throws Exception {
    int key = random.nextInt(ledger.area().keys);
    long acknowledged = ledger.acknowledged(key);
    ledger.startIncrement(key);
    long result = latencies.time(
        Operation.INVOKE,
        () -> cache.invoke(key, (entry, arguments) -> {
          long next = entry.exists() ? entry.getValue() + 1 : 1;
          entry.setValue(next);
          return next;
        }));
    ledger.acknowledgeIncrement(key);
    if (result <= acknowledged || result > ledger.started(key)) {
      findings.report("counter " + key + " became " + result + " after " + acknowledged
          + " acknowledged increments, with " + ledger.started(key) + " begun");
    }
  }
}
