package io.holdfast.response;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * What one account used and did not have to use. A hit spends nothing: what its answer took when it was
 * computed counts as saved.
 *
 * @param calls calls that were answered, by how; every way is present
 * @param failures calls to the service that failed
 * @param computeMillis time spent in calls to the service that succeeded
 * @param savedMillis time that the other answers would have taken, less what they took
 * @param spentTokens tokens of calls to the service
 * @param savedTokens tokens that the other answers did not take
 * @param spent cost of calls to the service, by currency or unit
 * @param saved cost that the other answers did not cause, by currency or unit, at the prices of their day
 * @param withoutCost calls to the service of which nobody knows the cost
 */
public record AccountStatistics(
    Map<Outcome, Long> calls,
    long failures,
    long computeMillis,
    long savedMillis,
    Tokens spentTokens,
    Tokens savedTokens,
    Map<String, BigDecimal> spent,
    Map<String, BigDecimal> saved,
    long withoutCost) {

  /** Nothing happened. */
  public static final AccountStatistics NONE =
      new AccountStatistics(Map.of(), 0, 0, 0, Tokens.NONE, Tokens.NONE, Map.of(), Map.of(), 0);

  public AccountStatistics {
    var all = new EnumMap<Outcome, Long>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      all.put(outcome, calls.getOrDefault(outcome, 0L));
    }
    calls = Map.copyOf(all);
    spent = Map.copyOf(spent);
    saved = Map.copyOf(saved);
  }

  /** Calls answered in this way. */
  public long calls(Outcome outcome) {
    return calls.getOrDefault(outcome, 0L);
  }

  /** All calls that were answered. */
  public long answered() {
    return calls.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Calls answered by calling the service. */
  public long computed() {
    return calls.entrySet().stream()
        .filter(entry -> entry.getKey().isComputed())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Both together. */
  public AccountStatistics plus(AccountStatistics other) {
    return new AccountStatistics(
        merged(calls, other.calls, Long::sum),
        failures + other.failures,
        computeMillis + other.computeMillis,
        savedMillis + other.savedMillis,
        spentTokens.plus(other.spentTokens),
        savedTokens.plus(other.savedTokens),
        merged(spent, other.spent, BigDecimal::add),
        merged(saved, other.saved, BigDecimal::add),
        withoutCost + other.withoutCost);
  }

  /** What came after an earlier reading of the same counters. */
  AccountStatistics since(AccountStatistics earlier) {
    return new AccountStatistics(
        merged(calls, earlier.calls, (now, then) -> now - then),
        failures - earlier.failures,
        computeMillis - earlier.computeMillis,
        savedMillis - earlier.savedMillis,
        spentTokens.since(earlier.spentTokens),
        savedTokens.since(earlier.savedTokens),
        merged(spent, earlier.spent, BigDecimal::subtract),
        merged(saved, earlier.saved, BigDecimal::subtract),
        withoutCost - earlier.withoutCost);
  }

  private static <K, V> Map<K, V> merged(Map<K, V> mine, Map<K, V> others, BinaryOperator<V> both) {
    var all = new HashMap<K, V>(mine);
    others.forEach((key, value) -> all.merge(key, value, both));
    return all;
  }
}
