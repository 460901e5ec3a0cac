package io.holdfast.docs.cli;

import io.holdfast.docs.savings.Bill;
import io.holdfast.docs.savings.Month;
import io.holdfast.response.AccountStatistics;
import io.holdfast.response.Outcome;
import io.holdfast.response.Tokens;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bill for people and for programs. */
final class SavingsText {

  private SavingsText() {}

  static String of(Bill bill, @Nullable Month month) {
    var text = new StringBuilder();
    line(text, "From %s to %s:", time(bill.fromMillis()), time(bill.toMillis()));
    text.append('\n').append(calls(bill)).append('\n').append(tokens(bill)).append('\n');
    line(
        text,
        "%,d of %,d calls (%.1f %%) needed no model, which saved %s of waiting.",
        bill.total().answered() - bill.total().computed(),
        bill.total().answered(),
        bill.servedPercentage(),
        Ages.text(bill.total().savedMillis()));
    for (String unit : bill.units()) {
      BigDecimal all = bill.spent(unit).add(bill.saved(unit));
      line(
          text,
          "The bill was %s %s instead of %s %s%s.",
          amount(bill.spent(unit)),
          unit,
          amount(all),
          unit,
          all.signum() == 0 ? "" : ": " + share(bill.spent(unit), all) + " of it");
    }
    if (bill.total().withoutCost() > 0) {
      line(
          text,
          "Of %,d calls to a model nobody knows the cost; they are not in it.",
          bill.total().withoutCost());
    }
    if (month != null) {
      text.append('\n').append(month(bill, month));
    }
    return text.toString();
  }

  private static String calls(Bill bill) {
    var titles = new ArrayList<>(List.of("namespace", "model"));
    for (Outcome outcome : Outcome.values()) {
      titles.add(">" + name(outcome));
    }
    titles.addAll(List.of(">failed", ">ms a call"));
    var table = new TextTable(titles.toArray(new String[0]));
    bill.accounts()
        .forEach((account, counts) -> table.row(row(account.namespace(), account.model(), counts)));
    return table.row(row("total", "", bill.total())).render();
  }

  private static String[] row(String namespace, String model, AccountStatistics counts) {
    var cells = new ArrayList<>(List.of(namespace, model));
    for (Outcome outcome : Outcome.values()) {
      cells.add(count(counts.calls(outcome)));
    }
    cells.add(count(counts.failures()));
    cells.add(counts.computed() == 0 ? "-" : count(counts.computeMillis() / counts.computed()));
    return cells.toArray(new String[0]);
  }

  private static String tokens(Bill bill) {
    var titles = new ArrayList<>(List.of("", ">input tokens", ">of them cached", ">output tokens"));
    bill.units().forEach(unit -> titles.add(">" + unit));
    var table = new TextTable(titles.toArray(new String[0]));
    row(table, bill, "spent", bill.total().spentTokens(), bill.total().spent());
    row(table, bill, "saved", bill.total().savedTokens(), bill.total().saved());
    return table.render();
  }

  private static void row(
      TextTable table, Bill bill, String name, Tokens tokens, Map<String, BigDecimal> money) {
    var cells = new ArrayList<>(
        List.of(name, count(tokens.input()), count(tokens.cachedInput()), count(tokens.output())));
    bill.units().forEach(unit -> cells.add(amount(money.getOrDefault(unit, BigDecimal.ZERO))));
    table.row(cells.toArray(new String[0]));
  }

  private static String month(Bill bill, Month month) {
    var text = new StringBuilder();
    line(
        text,
        "A month of %,d users with %,d calls each, %,d calls, if it goes like this:",
        month.users(),
        month.callsPerUser(),
        month.calls());
    for (String unit : bill.units()) {
      BigDecimal without = month.without(bill, unit);
      BigDecimal with = month.with(bill, unit);
      var table = new TextTable("", ">" + unit)
          .row("without the cache", amount(without))
          .row("with it", amount(with))
          .row("saved", amount(without.subtract(with)));
      text.append(table.render());
    }
    return text.toString();
  }

  /** The same for programs; amounts of money are texts, exact. */
  static Map<String, Object> facts(Bill bill, @Nullable Month month) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("from", Instant.ofEpochMilli(bill.fromMillis()).toString());
    facts.put("to", Instant.ofEpochMilli(bill.toMillis()).toString());
    var accounts = new ArrayList<Map<String, Object>>();
    bill.accounts().forEach((account, counts) -> {
      var each = new LinkedHashMap<String, Object>();
      each.put("namespace", account.namespace());
      each.put("model", account.model());
      each.putAll(facts(counts));
      accounts.add(each);
    });
    facts.put("accounts", accounts);
    facts.put("total", facts(bill.total()));
    if (month != null) {
      var ofMonth = new LinkedHashMap<String, Object>();
      ofMonth.put("users", month.users());
      ofMonth.put("callsPerUser", month.callsPerUser());
      var without = new LinkedHashMap<String, String>();
      var with = new LinkedHashMap<String, String>();
      for (String unit : bill.units()) {
        without.put(unit, month.without(bill, unit).toPlainString());
        with.put(unit, month.with(bill, unit).toPlainString());
      }
      ofMonth.put("without", without);
      ofMonth.put("with", with);
      facts.put("month", ofMonth);
    }
    return facts;
  }

  private static Map<String, Object> facts(AccountStatistics counts) {
    var facts = new LinkedHashMap<String, Object>();
    for (Outcome outcome : Outcome.values()) {
      facts.put(name(outcome), counts.calls(outcome));
    }
    facts.put("failed", counts.failures());
    facts.put("computeMillis", counts.computeMillis());
    facts.put("savedMillis", counts.savedMillis());
    facts.put("spentTokens", counts.spentTokens());
    facts.put("savedTokens", counts.savedTokens());
    facts.put("spent", plain(counts.spent()));
    facts.put("saved", plain(counts.saved()));
    facts.put("withoutCost", counts.withoutCost());
    return facts;
  }

  private static Map<String, String> plain(Map<String, BigDecimal> money) {
    var amounts = new LinkedHashMap<String, String>();
    money.forEach((unit, amount) -> amounts.put(unit, amount.toPlainString()));
    return amounts;
  }

  private static String name(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Cents; of less than one, six digits. */
  private static String amount(BigDecimal amount) {
    boolean isSmall = amount.signum() != 0 && amount.compareTo(new BigDecimal("0.01")) < 0;
    return String.format(Locale.ROOT, isSmall ? "%,.6f" : "%,.2f", amount);
  }

  private static String share(BigDecimal part, BigDecimal all) {
    return part.multiply(BigDecimal.valueOf(100)).divide(all, 1, RoundingMode.HALF_UP) + " %";
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
