package io.holdfast.soak;

import java.util.SplittableRandom;

/** A cache that one thread clears now and then: nothing of before comes back. */
final class ClearedActivity implements Activity {
  /** Who clears, and nobody else. */
  static final Owner CLEARER = new Owner(0, 0);

  private final Station station;
  private final Ledger ledger;
  private final JudgedReads reads;

  ClearedActivity(Station station) {
    this.station = station;
    this.ledger = station.ledger();
    this.reads = station.reads(JudgedReads.Absence.MAY_HAPPEN);
  }

  @Override
  public void step(SplittableRandom random) throws Exception {
    int dice = random.nextInt(100);
    if (dice < 3 && station.owner().equals(CLEARER)) {
      clear();
    } else if (dice < 60) {
      reads.get(station.someKey(random));
    } else {
      station.put(Operation.PUT, station.someOwnKey(random));
    }
  }

  private void clear() throws Exception {
    long[] acknowledged = new long[ledger.area().keys];
    for (int key = 0; key < acknowledged.length; key++) {
      acknowledged[key] = ledger.acknowledged(key);
    }
    station.latencies().time(Operation.CLEAR, () -> {
      station.cache().clear();
      return null;
    });
    for (int key = 0; key < acknowledged.length; key++) {
      ledger.acknowledgeClear(key, acknowledged[key]);
    }
  }
}
