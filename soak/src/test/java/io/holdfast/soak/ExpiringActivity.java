package io.holdfast.soak;

import java.util.OptionalLong;
import java.util.SplittableRandom;
import javax.cache.Cache;

/** A cache whose entries live for a while after their creation: neither shorter nor longer. */
final class ExpiringActivity implements Activity {
  /** Of the cache that this is about. */
  static final long LIFETIME_MILLIS = 300;

  private final Owner owner;
  private final Cache<Integer, String> cache;
  private final Ledger ledger;
  private final View view;
  private final Latencies latencies;
  private final Findings findings;

  ExpiringActivity(
      Owner owner,
      Cache<Integer, String> cache,
      Ledger ledger,
      View view,
      Latencies latencies,
      Findings findings) {
    this.owner = owner;
    this.cache = cache;
    this.ledger = ledger;
    this.view = view;
    this.latencies = latencies;
    this.findings = findings;
  }

  @Override
  public void step(SplittableRandom random) throws Exception {
    int own = owner.someOwnKey(ledger.area(), random);
    if (isLongDead(own)) {
      write(own);
    } else {
      read(random.nextInt(2) == 0 ? own : random.nextInt(ledger.area().keys));
    }
  }

  /** An entry is left alone for as long again as it lived: so it is read alive and dead however fast we are. */
  private boolean isLongDead(int key) {
    return System.currentTimeMillis() > ledger.acknowledgedAtMillis(key) + 2 * LIFETIME_MILLIS;
  }

  /** Removed first, so that the put creates: an update keeps the old time. */
  private void write(int key) throws Exception {
    long removal = ledger.startRemoval(key);
    latencies.time(Operation.REMOVE, () -> cache.remove(key));
    ledger.acknowledge(key, removal);
    long sequence = ledger.startPut(key);
    latencies.time(Operation.PUT, () -> {
      cache.put(key, SoakValue.of(key, sequence));
      return null;
    });
    ledger.acknowledge(key, sequence);
  }

  private void read(int key) throws Exception {
    long acknowledged = ledger.acknowledged(key);
    boolean isQuiet = ledger.started(key) == acknowledged;
    long earliestMillis = ledger.startedAtMillis(key) + LIFETIME_MILLIS;
    long latestMillis = ledger.acknowledgedAtMillis(key) + LIFETIME_MILLIS;
    long beganMillis = System.currentTimeMillis();
    String value = latencies.time(Operation.GET, () -> cache.get(key));
    long endedMillis = System.currentTimeMillis();
    OptionalLong sequence = SoakValue.sequenceOf(key, value);
    boolean isJudged = isQuiet
        && acknowledged > 0
        && acknowledged % 2 == 0
        && !view.mayLag(key)
        && ledger.started(key) == acknowledged;
    if (isJudged) {
      judge(key, sequence, acknowledged, beganMillis > latestMillis, endedMillis < earliestMillis);
    }
  }

  private void judge(
      int key, OptionalLong sequence, long acknowledged, boolean isDead, boolean isAlive) {
    String name = "key " + key + " of " + ledger.area().cacheName;
    if (sequence.isPresent() && sequence.getAsLong() != acknowledged) {
      findings.report(name + ": write " + sequence.getAsLong() + " is there, " + acknowledged
          + " was acknowledged");
    } else if (sequence.isPresent() && isDead) {
      findings.report(name + " was served after it had expired");
    } else if (sequence.isEmpty() && isAlive) {
      findings.report(name + " was gone before it expired");
    }
  }
}
