package io.holdfast.response;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What a response cache counts. Safe from any thread. */
final class Counters {

  /** Plain counts. */
  enum Event {
    HIT,
    MISS,
    COALESCED,
    BYPASSED,
    STORED,
    COMPUTE_FAILURE,
    FAILURE_SERVED,
    READ_FAILURE,
    WRITE_FAILURE,
    LEASE_FAILURE,
    CORRUPT,
    EXPIRED,
    PURGED
  }

  private final Map<Event, LongAdder> events = new EnumMap<>(Event.class);
  private final Map<NotStoredReason, LongAdder> notStored = new EnumMap<>(NotStoredReason.class);
  private final LongAdder computeMillis = new LongAdder();
  private final LongAdder savedMillis = new LongAdder();
  private final Map<String, BigDecimal> spent = new ConcurrentHashMap<>();
  private final Map<String, BigDecimal> saved = new ConcurrentHashMap<>();

  Counters() {
    for (Event event : Event.values()) {
      events.put(event, new LongAdder());
    }
    for (NotStoredReason reason : NotStoredReason.values()) {
      notStored.put(reason, new LongAdder());
    }
  }

  void count(Event event) {
    adder(events, event).increment();
  }

  void notStored(NotStoredReason reason) {
    adder(notStored, reason).increment();
  }

  /** This call computed an answer. */
  void computed(String namespace, Answer<?> answer) {
    count(answer.outcome() == Outcome.BYPASSED ? Event.BYPASSED : Event.MISS);
    computeMillis.add(answer.computeMillis());
    answer.cost().ifPresent(cost -> spent.merge(cost.unit(), cost.amount(), BigDecimal::add));
  }

  /** This call did not have to compute, and took so long. */
  void served(String namespace, Answer<?> answer, long tookMillis) {
    count(answer.outcome() == Outcome.HIT ? Event.HIT : Event.COALESCED);
    savedMillis.add(Math.max(0, answer.computeMillis() - tookMillis));
    answer.cost().ifPresent(cost -> saved.merge(cost.unit(), cost.amount(), BigDecimal::add));
  }

  ResponseStatistics snapshot(int inFlight, boolean circuitOpen) {
    var reasons = new EnumMap<NotStoredReason, Long>(NotStoredReason.class);
    notStored.forEach((reason, adder) -> reasons.put(reason, adder.sum()));
    return new ResponseStatistics(
        sum(Event.HIT),
        sum(Event.MISS),
        sum(Event.COALESCED),
        sum(Event.BYPASSED),
        sum(Event.STORED),
        reasons,
        sum(Event.COMPUTE_FAILURE),
        sum(Event.READ_FAILURE),
        sum(Event.WRITE_FAILURE),
        sum(Event.CORRUPT),
        sum(Event.EXPIRED),
        sum(Event.PURGED),
        inFlight,
        circuitOpen,
        computeMillis.sum(),
        savedMillis.sum(),
        spent,
        saved);
  }

  private long sum(Event event) {
    return adder(events, event).sum();
  }

  private static <K> LongAdder adder(Map<K, LongAdder> adders, K key) {
    LongAdder adder = adders.get(key);
    if (adder == null) {
      throw new IllegalStateException("every constant has its adder: " + key);
    }
    return adder;
  }
}
