package io.holdfast.soak;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import javax.cache.Cache;

/** A cache without limits: nothing acknowledged may be missing, and nothing removed may come back. */
final class EntryActivity implements Activity {
  private static final int BATCH = 8;

  private final Station station;
  private final Cache<Integer, String> cache;
  private final Ledger ledger;
  private final JudgedReads reads;
  private final Latencies latencies;

  EntryActivity(Station station) {
    this.station = station;
    this.cache = station.cache();
    this.ledger = station.ledger();
    this.latencies = station.latencies();
    this.reads = station.reads(JudgedReads.Absence.MUST_BE_EXPLAINED);
  }

  @Override
  public void step(SplittableRandom random) throws Exception {
    int own = station.someOwnKey(random);
    int dice = random.nextInt(1_000);
    if (dice < 550) {
      reads.get(station.someKey(random));
    } else if (dice < 600) {
      reads.getAll(someKeys(random));
    } else if (dice < 603) {
      reads.iterate();
    } else if (dice < 700) {
      station.put(Operation.PUT, own);
    } else if (dice < 750) {
      putAll(random);
    } else if (dice < 820) {
      invoke(own);
    } else if (dice < 900) {
      getAndReplace(own);
    } else {
      station.remove(own);
    }
  }

  private Set<Integer> someKeys(SplittableRandom random) {
    Set<Integer> keys = new HashSet<>();
    while (keys.size() < BATCH) {
      keys.add(station.someKey(random));
    }
    return keys;
  }

  private Window window(int key) {
    return new Window(ledger.acknowledged(key), ledger.started(key));
  }

  private void putAll(SplittableRandom random) throws Exception {
    Map<Integer, Long> sequences = new HashMap<>();
    Map<Integer, String> values = new HashMap<>();
    while (sequences.size() < BATCH) {
      int key = station.someOwnKey(random);
      if (!sequences.containsKey(key)) {
        long sequence = ledger.startPut(key);
        sequences.put(key, sequence);
        values.put(key, SoakValue.of(key, sequence));
      }
    }
    latencies.time(Operation.PUT_ALL, () -> {
      cache.putAll(values);
      return null;
    });
    sequences.forEach(ledger::acknowledge);
  }

  private void invoke(int key) throws Exception {
    Window before = window(key);
    long sequence = ledger.startPut(key);
    String replaced = latencies.time(
        Operation.INVOKE,
        () -> cache.invoke(key, (entry, arguments) -> {
          String old = entry.getValue();
          entry.setValue(SoakValue.of(key, sequence));
          return old;
        }));
    ledger.acknowledge(key, sequence);
    reads.judgeReplaced(key, before, replaced);
  }

  private void getAndReplace(int key) throws Exception {
    Window before = window(key);
    long sequence = ledger.startPut(key);
    String replaced = latencies.time(
        Operation.GET_AND_REPLACE, () -> cache.getAndReplace(key, SoakValue.of(key, sequence)));
    long outcome = sequence;
    if (replaced == null) {
      // Nothing was replaced: what is there now is what a removal would have left.
      outcome = sequence + 1;
      ledger.start(key, outcome);
    }
    ledger.acknowledge(key, outcome);
    reads.judgeReplaced(key, before, replaced);
  }
}
