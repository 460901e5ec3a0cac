package io.holdfast.soak;

import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Puts that are acknowledged before they are in the file: in their own process they count at once, a kill
 * may cost the last of them, and nothing older.
 */
final class RelaxedActivity implements Activity {
  /** The documented bound is 100 ms and the scheduling of one thread; a loaded machine takes its time for that. */
  static final long MAX_LOSS_MILLIS = 3_000;

  private final Station station;
  private final JudgedReads reads;

  RelaxedActivity(Station station) {
    this.station = station;
    this.reads = station.reads(JudgedReads.Absence.MUST_BE_EXPLAINED);
  }

  /**
   * Judges what a process before this one has left of its writes, and begins anew with it; before anybody
   * else in this process works.
   *
   * @param killedAtMillis when that one was killed at the earliest, 0 if none was
   */
  void begin(long killedAtMillis) throws Exception {
    Area area = station.ledger().area();
    for (int key = station.owner().firstKey(); key < area.keys; key += Owner.OWNERS) {
      begin(key, killedAtMillis);
    }
  }

  private void begin(int key, long killedAtMillis) throws Exception {
    Ledger ledger = station.ledger();
    long acknowledged = ledger.acknowledged(key);
    long ageMillis = killedAtMillis - ledger.acknowledgedAtMillis(key);
    long atLeast = ageMillis > MAX_LOSS_MILLIS ? acknowledged : ledger.settled(key);
    OptionalLong found = SoakValue.sequenceOf(key, station.cache().get(key));
    if (!new Window(atLeast, ledger.started(key)).admits(found)) {
      station
          .findings()
          .report(station.name(key) + ": after a kill "
              + (found.isPresent() ? "write " + found.getAsLong() : "nothing") + " is there, "
              + atLeast + " was in the file for long");
    }
    if (!new Window(acknowledged, ledger.started(key)).admits(found)) {
      station
          .latencies()
          .record(Operation.LOST_BY_KILL, TimeUnit.MILLISECONDS.toMicros(Math.max(0, ageMillis)));
    }
    if (acknowledged > 0) {
      station.remove(key);
    }
  }

  @Override
  public void step(SplittableRandom random) throws Exception {
    if (random.nextBoolean()) {
      put(station.someOwnKey(random));
    } else {
      read(station.someKey(random));
    }
  }

  private void put(int key) throws Exception {
    Ledger ledger = station.ledger();
    if (System.currentTimeMillis() - ledger.acknowledgedAtMillis(key) > MAX_LOSS_MILLIS) {
      ledger.settle(key, ledger.acknowledged(key));
    }
    station.put(Operation.PUT_RELAXED, key);
  }

  /** Another process may hold back what it has written; then anything that was ever put will do. */
  private void read(int key) throws Exception {
    if (Owner.processOf(key) == station.owner().process()) {
      reads.get(key);
      return;
    }
    String value = station.latencies().time(Operation.GET, () -> station.cache().get(key));
    OptionalLong found = SoakValue.sequenceOf(key, value);
    if (found.isPresent() && found.getAsLong() > station.ledger().started(key)) {
      station
          .findings()
          .report(station.name(key) + ": write " + found.getAsLong()
              + " is there, which nobody has begun");
    }
  }
}
