package io.holdfast.docs.savings;

import io.holdfast.response.Account;
import io.holdfast.response.AccountStatistics;
import io.holdfast.response.Cost;
import io.holdfast.response.LedgerEntry;
import io.holdfast.response.Prices;
import io.holdfast.response.Tokens;
import io.holdfast.response.Usage;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The sum of some ledger entries.
 *
 * @param fromMillis since when, Unix milliseconds; 0 without entries
 * @param toMillis until when
 * @param accounts what each account has, sorted by namespace and model
 * @param total all accounts together
 */
public record Bill(
    long fromMillis,
    long toMillis,
    Map<Account, AccountStatistics> accounts,
    AccountStatistics total) {

  private static final Comparator<Account> ORDER =
      Comparator.comparing(Account::namespace).thenComparing(Account::model);

  /**
   * Adds entries up.
   *
   * @param prices what tokens cost, instead of what was noted on the day; null leaves that
   */
  public static Bill of(List<LedgerEntry> entries, @Nullable Prices prices) {
    var accounts = new TreeMap<Account, AccountStatistics>(ORDER);
    for (LedgerEntry entry : entries) {
      accounts.merge(entry.account(), entry.counts(), AccountStatistics::plus);
    }
    if (prices != null) {
      accounts.replaceAll((account, counts) -> priced(account.model(), counts, prices));
    }
    return new Bill(
        entries.stream().mapToLong(LedgerEntry::fromMillis).min().orElse(0),
        entries.stream().mapToLong(LedgerEntry::toMillis).max().orElse(0),
        accounts,
        accounts.values().stream().reduce(AccountStatistics.NONE, AccountStatistics::plus));
  }

  private static AccountStatistics priced(String model, AccountStatistics counts, Prices prices) {
    Cost spent = prices.costOf(new Usage(model, counts.spentTokens()));
    return new AccountStatistics(
        counts.calls(),
        counts.failures(),
        counts.computeMillis(),
        counts.savedMillis(),
        counts.spentTokens(),
        counts.savedTokens(),
        money(spent),
        money(prices.costOf(new Usage(model, counts.savedTokens()))),
        // Calls of the service that told no tokens cannot be told from cheap ones here.
        spent == null || counts.spentTokens().equals(Tokens.NONE) ? counts.computed() : 0);
  }

  private static Map<String, BigDecimal> money(@Nullable Cost cost) {
    return cost == null ? Map.of() : Map.of(cost.unit(), cost.amount());
  }

  /** The currencies and other units of cost. */
  public Set<String> units() {
    var units = new TreeSet<>(total.spent().keySet());
    units.addAll(total.saved().keySet());
    return units;
  }

  /** What was paid. */
  public BigDecimal spent(String unit) {
    return total.spent().getOrDefault(unit, BigDecimal.ZERO);
  }

  /** What was not. */
  public BigDecimal saved(String unit) {
    return total.saved().getOrDefault(unit, BigDecimal.ZERO);
  }

  /** Of 100 calls that were answered, those that needed no call to the service; 0 if there were none. */
  public double servedPercentage() {
    long answered = total.answered();
    return answered == 0 ? 0 : 100.0 * (answered - total.computed()) / answered;
  }
}
