package io.holdfast.soak;

import java.util.SplittableRandom;

/** Puts and gets in equal parts: what is there is the newest. */
final class PuttingActivity implements Activity {
  private final Station station;
  private final Operation put;
  private final JudgedReads reads;

  PuttingActivity(Station station, Operation put, JudgedReads.Absence absence) {
    this.station = station;
    this.put = put;
    this.reads = station.reads(absence);
  }

  @Override
  public void step(SplittableRandom random) throws Exception {
    if (random.nextBoolean()) {
      reads.get(station.someKey(random));
    } else {
      station.put(put, station.someOwnKey(random));
    }
  }
}
