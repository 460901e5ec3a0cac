package io.holdfast.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tokens cost, by the user's own table. */
class PricesTest {

  private static final Tokens MILLION = new Tokens(1_000_000, 0, 0);

  @TempDir
  Path directory;

  private Prices prices(String json) throws IOException {
    return Prices.read(Files.writeString(directory.resolve("prices.json"), json));
  }

  private static BigDecimal amount(Prices prices, String model, Tokens tokens) {
    Cost cost = prices.costOf(new Usage(model, tokens));
    return cost == null ? BigDecimal.ONE.negate() : cost.amount();
  }

  @Test
  void costOf_eachKindOfToken_hasItsPrice() throws IOException {
    Prices prices = prices("""
        {"currency": "USD",
         "perMillionTokens": {"gpt-x": {"input": 2.50, "cachedInput": 0.25, "output": 10}}}
        """);
    Cost cost = prices.costOf(new Usage("gpt-x", new Tokens(1100, 800, 300)));
    assertThat(cost).isNotNull();
    assertThat(cost.unit()).isEqualTo("USD");
    // 300 x 2.50 + 800 x 0.25 + 300 x 10, in millionths.
    assertThat(cost.amount()).isEqualByComparingTo("0.00395");
  }

  @Test
  void costOf_withoutAPriceOfCachedTokens_takesThatOfInput() throws IOException {
    Prices prices =
        prices("{\"currency\":\"EUR\",\"perMillionTokens\":{\"m\":{\"input\":2,\"output\":3}}}");
    assertThat(amount(prices, "m", new Tokens(1_000_000, 1_000_000, 0))).isEqualByComparingTo("2");
  }

  @Test
  void costOf_datedName_takesTheLongestBeginningAndTheExactNameFirst() throws IOException {
    Prices prices = prices("""
        {"currency": "USD", "perMillionTokens": {
          "gpt-x*": {"input": 1, "output": 1}, "gpt-x-mini*": {"input": 2, "output": 1},
          "gpt-x-mini-2": {"input": 3, "output": 1}}}
        """);
    assertThat(amount(prices, "gpt-x-2026-01-01", MILLION)).isEqualByComparingTo("1");
    assertThat(amount(prices, "gpt-x-mini-2026", MILLION)).isEqualByComparingTo("2");
    assertThat(amount(prices, "gpt-x-mini-2", MILLION)).isEqualByComparingTo("3");
    assertThat(prices.costOf(new Usage("other", MILLION))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not JSON",
        "{}",
        "{\"currency\":\" \",\"perMillionTokens\":{}}",
        "{\"currency\":\"USD\",\"perMillionTokens\":{\"m\":{\"input\":1}}}",
        "{\"currency\":\"USD\",\"perMillionTokens\":{\"m\":{\"input\":-1,\"output\":1}}}",
        "{\"currency\":\"USD\",\"perMillionTokens\":{\"m\":{\"input\":\"1\",\"output\":1}}}"
      })
  void read_noPriceTable_saysWhichFile(String json) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> prices(json))
        .withMessageContaining("prices.json");
  }

  @Test
  void prices_areACopy() {
    var table = new java.util.HashMap<String, Prices.Price>();
    var prices = new Prices("USD", table);
    table.put("m", new Prices.Price(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE));
    assertThat(prices.perMillionTokens()).isEqualTo(Map.of());
  }
}
