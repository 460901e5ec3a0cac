package io.holdfast.soak;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import javax.cache.Cache;

/** Reads that are held against the board. */
final class JudgedReads {

  /** Whether a key may be absent though nobody removed it. */
  enum Absence {
    MUST_BE_EXPLAINED,
    MAY_HAPPEN
  }

  private final Cache<Integer, String> cache;
  private final Ledger ledger;
  private final Absence absence;
  private final View view;
  private final Latencies latencies;
  private final Findings findings;

  JudgedReads(
      Cache<Integer, String> cache,
      Ledger ledger,
      Absence absence,
      View view,
      Latencies latencies,
      Findings findings) {
    this.cache = cache;
    this.ledger = ledger;
    this.absence = absence;
    this.view = view;
    this.latencies = latencies;
    this.findings = findings;
  }

  /** What the board said before a read. */
  private record Before(long acknowledged, long cleared) {}

  private Before before(int key) {
    return new Before(ledger.acknowledged(key), ledger.cleared(key));
  }

  void get(int key) throws Exception {
    Before before = before(key);
    String value = latencies.time(Operation.GET, () -> cache.get(key));
    judge(key, before, value);
  }

  void getAll(Set<Integer> keys) throws Exception {
    Map<Integer, Before> before = new HashMap<>();
    keys.forEach(key -> before.put(key, before(key)));
    Map<Integer, String> values = latencies.time(Operation.GET_ALL, () -> cache.getAll(keys));
    for (int key : keys) {
      judge(key, before.get(key), values.get(key));
    }
  }

  /** Every entry that comes up must be one that may be there. */
  void iterate() throws Exception {
    Map<Integer, Before> before = new HashMap<>();
    for (int key = 0; key < ledger.area().keys; key++) {
      before.put(key, before(key));
    }
    Map<Integer, String> seen = new HashMap<>();
    latencies.time(Operation.ITERATE, () -> {
      cache.forEach(entry -> {
        if (seen.put(entry.getKey(), entry.getValue()) != null) {
          findings.report(name(entry.getKey()) + " came up twice in one iteration");
        }
      });
      return seen;
    });
    for (Map.Entry<Integer, String> entry : seen.entrySet()) {
      judge(entry.getKey(), before.get(entry.getKey()), entry.getValue());
    }
  }

  private void judge(int key, Before before, String firstValue) throws Exception {
    String value = firstValue;
    long startNanos = System.nanoTime();
    boolean isBehind = false;
    while (true) {
      OptionalLong sequence = SoakValue.sequenceOf(key, value);
      String objection = objection(before, sequence, ledger.started(key));
      if (objection == null) {
        break;
      }
      if (!mayLag(key, before, sequence) || System.nanoTime() - startNanos > View.MAX_LAG_NANOS) {
        findings.report(name(key) + ": " + objection);
        break;
      }
      isBehind = true;
      Thread.sleep(1);
      value = cache.get(key);
    }
    if (isBehind) {
      latencies.recordSince(Operation.CATCH_UP, startNanos);
    }
  }

  /** Of an own key a process knows every write, but a clear may have been another one's. */
  private boolean mayLag(int key, Before before, OptionalLong sequence) {
    return view.mayLag(key)
        || (isBack(before, sequence) && view.mayLagBehind(ClearedActivity.CLEARER.process()));
  }

  private static boolean isBack(Before before, OptionalLong sequence) {
    return sequence.isPresent() && sequence.getAsLong() <= before.cleared();
  }

  /** Null if it may be as it is. */
  private String objection(Before before, OptionalLong sequence, long started) {
    Window window = new Window(before.acknowledged(), started);
    if (isBack(before, sequence)) {
      return "write " + sequence.getAsLong() + " is back, a clear had removed it";
    }
    if (window.admits(sequence) || (sequence.isEmpty() && absence == Absence.MAY_HAPPEN)) {
      return null;
    }
    return (sequence.isPresent() ? "write " + sequence.getAsLong() : "nothing") + " is there, "
        + window.acknowledged() + " was acknowledged, " + window.started() + " begun";
  }

  /** Judges what a write of the key's owner says was there before it. */
  void judgeReplaced(int key, Window before, String replaced) {
    OptionalLong sequence = SoakValue.sequenceOf(key, replaced);
    if (!before.admits(sequence)) {
      findings.report(name(key) + ": a write replaced "
          + (sequence.isPresent() ? "write " + sequence.getAsLong() : "nothing") + ", but "
          + before.acknowledged() + " was acknowledged, " + before.started() + " begun");
    }
  }

  private String name(int key) {
    return "key " + key + " of " + ledger.area().cacheName;
  }
}
