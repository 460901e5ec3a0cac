package io.holdfast.response;

import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts one account. Safe from any thread. */
final class AccountCounters {

  private final EnumCounters<Outcome> calls = new EnumCounters<>(Outcome.class);
  private final LongAdder failures = new LongAdder();
  private final LongAdder computeMillis = new LongAdder();
  private final LongAdder savedMillis = new LongAdder();
  private final LongAdder withoutCost = new LongAdder();
  private final TokenCounters spentTokens = new TokenCounters();
  private final TokenCounters savedTokens = new TokenCounters();
  private final Map<String, BigDecimal> spent = new ConcurrentHashMap<>();
  private final Map<String, BigDecimal> saved = new ConcurrentHashMap<>();

  void computed(Answer<?> answer) {
    calls.count(answer.outcome());
    computeMillis.add(answer.computeMillis());
    spentTokens.add(answer.usage());
    Cost cost = answer.computeCost();
    if (cost == null) {
      withoutCost.increment();
    } else {
      spent.merge(cost.unit(), cost.amount(), BigDecimal::add);
    }
  }

  void served(Answer<?> answer, long millisSaved) {
    calls.count(answer.outcome());
    savedMillis.add(millisSaved);
    savedTokens.add(answer.usage());
    answer.cost().ifPresent(cost -> saved.merge(cost.unit(), cost.amount(), BigDecimal::add));
  }

  void failed() {
    failures.increment();
  }

  AccountStatistics snapshot() {
    return new AccountStatistics(
        calls.sums(),
        failures.sum(),
        computeMillis.sum(),
        savedMillis.sum(),
        spentTokens.sum(),
        savedTokens.sum(),
        spent,
        saved,
        withoutCost.sum());
  }
}
