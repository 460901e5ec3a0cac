package io.holdfast.soak;

import java.util.SplittableRandom;
import javax.cache.Cache;

/** Where a thread works: the cache of an area, and what it measures, notes and judges by. */
record Station(
    Owner owner,
    Cache<Integer, String> cache,
    Ledger ledger,
    View view,
    Latencies latencies,
    Findings findings) {

  int someKey(SplittableRandom random) {
    return random.nextInt(ledger.area().keys);
  }

  int someOwnKey(SplittableRandom random) {
    return owner.someOwnKey(ledger.area(), random);
  }

  JudgedReads reads(JudgedReads.Absence absence) {
    return new JudgedReads(cache, ledger, absence, view, latencies, findings);
  }

  /** Puts, noted on the board before and after; by the owner of the key. */
  void put(Operation operation, int key) throws Exception {
    long sequence = ledger.startPut(key);
    latencies.time(operation, () -> {
      cache.put(key, SoakValue.of(key, sequence));
      return null;
    });
    ledger.acknowledge(key, sequence);
  }

  /** Removes, noted on the board before and after; by the owner of the key. */
  void remove(int key) throws Exception {
    long sequence = ledger.startRemoval(key);
    latencies.time(Operation.REMOVE, () -> cache.remove(key));
    ledger.acknowledge(key, sequence);
  }

  String name(int key) {
    return "key " + key + " of " + ledger.area().cacheName;
  }
}
