package io.holdfast.docs.cli;

import io.holdfast.docs.savings.Bill;
import io.holdfast.docs.savings.Month;
import io.holdfast.response.Ledger;
import io.holdfast.response.LedgerEntry;
import io.holdfast.response.Prices;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast savings LEDGER}: what the response caches spent and saved. */
@Command(
    name = "savings",
    description = {
      "Tells what calls the response caches made and spared, with their tokens, time and money, from the"
          + " ledgers that they write (ResponseCacheBuilder.ledger).",
      "",
      "With --users and --calls-per-user it tells what a month of so many users costs with the cache and"
          + " without, if it goes as it went by the ledger."
    },
    exitCodeOnExecutionException = HoldfastCommand.WRONG)
final class SavingsCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "LEDGER", arity = "1..*", description = "The ledgers.")
  private List<Path> ledgers = List.of();

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "What tokens cost, as JSON, in place of the costs that were noted on the day.")
  private @Nullable Path prices;

  @Option(names = "--cache", paramLabel = "NAME", description = "Of this response cache only.")
  private @Nullable String cache;

  @Option(names = "--namespace", paramLabel = "NAME", description = "Of this kind of answer only.")
  private @Nullable String namespace;

  @Option(
      names = "--since",
      paramLabel = "DAY",
      description = "What began on this day or later, UTC, such as 2026-11-01.")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "DAY", description = "What ended before this day, UTC.")
  private @Nullable String until;

  @ArgGroup(exclusive = false, heading = "%nA month to calculate:%n")
  private @Nullable OfMonth month;

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  /** The options that belong together. */
  static final class OfMonth {
    @Option(names = "--users", required = true, paramLabel = "N", description = "How many users.")
    private long users;

    @Option(
        names = "--calls-per-user",
        required = true,
        paramLabel = "N",
        description = "How often each of them asks in the month.")
    private long callsPerUser;
  }

  @Override
  public Integer call() {
    Month asked = month();
    Bill bill = Bill.of(entries(), priceTable());
    PrintWriter print = spec.commandLine().getOut();
    print.print(
        json ? Json.pretty(SavingsText.facts(bill, asked)) + "\n" : SavingsText.of(bill, asked));
    print.flush();
    return 0;
  }

  private @Nullable Month month() {
    try {
      return month == null ? null : new Month(month.users, month.callsPerUser);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--users and --calls-per-user must be at least 1, and not more calls than can be counted.",
          e);
    }
  }

  private List<LedgerEntry> entries() {
    long fromMillis = since == null ? Long.MIN_VALUE : millis("--since", since);
    long untilMillis = until == null ? Long.MAX_VALUE : millis("--until", until);
    var entries = new ArrayList<LedgerEntry>();
    for (Path ledger : ledgers) {
      try {
        entries.addAll(Ledger.read(ledger));
      } catch (IOException e) {
        throw new UserError("Cannot read a ledger " + ledger + ".", e);
      }
    }
    entries.removeIf(entry -> entry.fromMillis() < fromMillis
        || entry.toMillis() >= untilMillis
        || (cache != null && !cache.equals(entry.cache()))
        || (namespace != null && !namespace.equals(entry.account().namespace())));
    if (entries.isEmpty()) {
      throw new UserError("Nothing of that is in " + ledgers.get(0)
          + (ledgers.size() == 1 ? "" : " and the others") + ".");
    }
    return entries;
  }

  private long millis(String option, String day) {
    try {
      Instant start = LocalDate.parse(day).atStartOfDay().toInstant(ZoneOffset.UTC);
      return start.toEpochMilli();
    } catch (DateTimeException e) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for " + option + ": a day such as 2026-11-01.", e);
    }
  }

  private @Nullable Prices priceTable() {
    if (prices == null) {
      return null;
    }
    try {
      return Prices.read(prices);
    } catch (IOException e) {
      throw new UserError("Cannot read a price table " + prices + ".", e);
    } catch (IllegalArgumentException e) {
      throw new UserError(String.valueOf(e.getMessage()) + ".", e);
    }
  }
}
