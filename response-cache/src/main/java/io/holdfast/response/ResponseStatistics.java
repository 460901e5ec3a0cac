package io.holdfast.response;

import java.math.BigDecimal;
import java.util.Map;

/**
 * Counters of one response cache since it was built.
 *
 * @param hits calls answered from the cache under their own key
 * @param misses calls that found no answer and computed one
 * @param coalesced calls answered by another thread's computation
 * @param bypassed calls that computed without asking the cache
 * @param stored answers written
 * @param notStored answers computed and not written, by reason; every reason is present
 * @param computeFailures computations that threw
 * @param readFailures look-ups in the cache that threw
 * @param writeFailures writes and removals in the cache that threw
 * @param corrupt entries found unreadable
 * @param expired entries found past their time
 * @param purged entries removed because they were superseded by a drift, erased, or too many
 * @param inFlight computations under way now that others may join
 * @param circuitOpen whether the cache is left alone now because it failed repeatedly
 * @param computeMillis time spent in computations that succeeded
 * @param savedMillis time that hits and coalesced calls would have computed, less the time they took
 * @param spent cost of the computations, by unit
 * @param saved cost that hits and coalesced calls did not cause, by unit
 * @param accounts the same by kind of answer and model, with tokens
 * @param semantic of the answers to the same question in other words
 */
public record ResponseStatistics(
    long hits,
    long misses,
    long coalesced,
    long bypassed,
    long stored,
    Map<NotStoredReason, Long> notStored,
    long computeFailures,
    long readFailures,
    long writeFailures,
    long corrupt,
    long expired,
    long purged,
    int inFlight,
    boolean circuitOpen,
    long computeMillis,
    long savedMillis,
    Map<String, BigDecimal> spent,
    Map<String, BigDecimal> saved,
    Map<Account, AccountStatistics> accounts,
    SemanticStatistics semantic) {

  public ResponseStatistics {
    notStored = Map.copyOf(notStored);
    spent = Map.copyOf(spent);
    saved = Map.copyOf(saved);
    accounts = Map.copyOf(accounts);
  }

  /** One kind of answer, of all models. */
  public AccountStatistics namespace(String namespace) {
    return accounts.entrySet().stream()
        .filter(entry -> entry.getKey().namespace().equals(namespace))
        .map(Map.Entry::getValue)
        .reduce(AccountStatistics.NONE, AccountStatistics::plus);
  }

  /** All computed answers that were not written. */
  public long notStoredTotal() {
    return notStored.values().stream().mapToLong(Long::longValue).sum();
  }
}
