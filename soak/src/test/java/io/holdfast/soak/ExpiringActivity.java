package io.holdfast.soak;

import java.util.OptionalLong;
import java.util.SplittableRandom;

/** A cache whose entries live for a while after their creation: neither shorter nor longer. */
final class ExpiringActivity implements Activity {
  /** Of the cache that this is about. */
  static final long LIFETIME_MILLIS = 300;

  private final Station station;
  private final Ledger ledger;

  ExpiringActivity(Station station) {
    this.station = station;
    this.ledger = station.ledger();
  }

  @Override
  public void step(SplittableRandom random) throws Exception {
    int own = station.someOwnKey(random);
    if (isLongDead(own)) {
      write(own);
    } else {
      read(random.nextInt(2) == 0 ? own : station.someKey(random));
    }
  }

  /** An entry is left alone for as long again as it lived: so it is read alive and dead however fast we are. */
  private boolean isLongDead(int key) {
    return System.currentTimeMillis() > ledger.acknowledgedAtMillis(key) + 2 * LIFETIME_MILLIS;
  }

  /** Removed first, so that the put creates: an update keeps the old time. */
  private void write(int key) throws Exception {
    station.remove(key);
    station.put(Operation.PUT, key);
  }

  private void read(int key) throws Exception {
    long acknowledged = ledger.acknowledged(key);
    boolean isQuiet = ledger.started(key) == acknowledged;
    long earliestMillis = ledger.startedAtMillis(key) + LIFETIME_MILLIS;
    long latestMillis = ledger.acknowledgedAtMillis(key) + LIFETIME_MILLIS;
    long beganMillis = System.currentTimeMillis();
    String value = station.latencies().time(Operation.GET, () -> station.cache().get(key));
    long endedMillis = System.currentTimeMillis();
    OptionalLong sequence = SoakValue.sequenceOf(key, value);
    boolean isJudged = isQuiet
        && acknowledged > 0
        && acknowledged % 2 == 0
        && !station.view().mayLag(key)
        && ledger.started(key) == acknowledged;
    if (isJudged) {
      judge(key, sequence, acknowledged, beganMillis > latestMillis, endedMillis < earliestMillis);
    }
  }

  private void judge(
      int key, OptionalLong sequence, long acknowledged, boolean isDead, boolean isAlive) {
    String name = station.name(key);
    if (sequence.isPresent() && sequence.getAsLong() != acknowledged) {
      station
          .findings()
          .report(name + ": write " + sequence.getAsLong() + " is there, " + acknowledged
              + " was acknowledged");
    } else if (sequence.isPresent() && isDead) {
      station.findings().report(name + " was served after it had expired");
    } else if (sequence.isEmpty() && isAlive) {
      station.findings().report(name + " was gone before it expired");
    }
  }
}
