package io.holdfast.docs.cli;

import io.holdfast.docs.run.Books;
import io.holdfast.response.Prices;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which books are kept of what a model takes. */
final class BookOptions {

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "What the model's tokens cost, as JSON; see holdfast savings.")
  private @Nullable Path prices;

  @Option(
      names = "--ledger",
      paramLabel = "FILE",
      description = "Where to write what was spent and saved; see holdfast savings.")
  private @Nullable Path ledger;

  /**
   * As the options say.
   *
   * @throws UserError if there is no such price table
   */
  Books books() {
    return new Books(priceTable(), ledger);
  }

  private @Nullable Prices priceTable() {
    try {
      return prices == null ? null : Prices.read(prices);
    } catch (IOException e) {
      throw new UserError("Cannot read a price table " + prices + ".", e);
    } catch (IllegalArgumentException e) {
      throw new UserError(String.valueOf(e.getMessage()) + ".", e);
    }
  }
}
