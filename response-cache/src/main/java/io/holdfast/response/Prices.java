package io.holdfast.response;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What tokens cost.
 *
 * @param currency such as {@code USD}
 * @param perMillionTokens by name of the model; a name that ends with {@code *} stands for all that begin so,
 *     as services answer with dated names. The exact name counts first, then the longest beginning
 */
public record Prices(String currency, Map<String, Price> perMillionTokens) {

  private static final JsonMapper MAPPER = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .build();

  /**
   * Of one model, for a million tokens each.
   *
   * @param input tokens that are read
   * @param cachedInput those of them that the service has in a cache of its own
   * @param output tokens that are written
   */
  public record Price(BigDecimal input, BigDecimal cachedInput, BigDecimal output) {

    public Price {
      if (input.signum() < 0 || cachedInput.signum() < 0 || output.signum() < 0) {
        throw new IllegalArgumentException("a price must not be negative");
      }
    }

    private BigDecimal of(Tokens tokens) {
      return input
          .multiply(BigDecimal.valueOf(tokens.input() - tokens.cachedInput()))
          .add(cachedInput.multiply(BigDecimal.valueOf(tokens.cachedInput())))
          .add(output.multiply(BigDecimal.valueOf(tokens.output())))
          .movePointLeft(6);
    }
  }

  public Prices {
    // Checks it as a unit of cost.
    Cost.of(0, currency);
    perMillionTokens = Map.copyOf(perMillionTokens);
  }

  /** What these tokens cost; null if the model has no price. */
  public @Nullable Cost costOf(Usage usage) {
    Price price = find(usage.model());
    return price == null ? null : new Cost(price.of(usage.tokens()), currency);
  }

  private @Nullable Price find(String model) {
    Price exact = perMillionTokens.get(model);
    if (exact != null) {
      return exact;
    }
    String longest = null;
    for (String name : perMillionTokens.keySet()) {
      boolean fits = name.endsWith("*") && model.startsWith(name.substring(0, name.length() - 1));
      if (fits && (longest == null || name.length() > longest.length())) {
        longest = name;
      }
    }
    return longest == null ? null : perMillionTokens.get(longest);
  }

  /**
   * Reads a price table:
   *
   * <pre>
   * {"currency": "USD",
   *  "perMillionTokens": {"gpt-x*": {"input": 2.50, "cachedInput": 0.25, "output": 10}}}
   * </pre>
   *
   * <p>Without {@code cachedInput} it costs as {@code input}.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it is no price table; the message names the file and what is wrong
   */
  public static Prices read(Path file) throws IOException {
    JsonNode root;
    try {
      root = MAPPER.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw wrong(file, "it is not JSON: " + e.getOriginalMessage());
    }
    String currency = root.path("currency").asText();
    if (currency.isBlank() || !root.path("perMillionTokens").isObject()) {
      throw wrong(file, "it needs currency and perMillionTokens");
    }
    var prices = new TreeMap<String, Price>();
    Iterator<Map.Entry<String, JsonNode>> models =
        root.get("perMillionTokens").properties().iterator();
    while (models.hasNext()) {
      Map.Entry<String, JsonNode> model = models.next();
      prices.put(model.getKey(), price(file, model.getKey(), model.getValue()));
    }
    return new Prices(currency, prices);
  }

  private static Price price(Path file, String model, JsonNode json) {
    BigDecimal input = amount(file, model, json, "input");
    return new Price(
        input,
        json.has("cachedInput") ? amount(file, model, json, "cachedInput") : input,
        amount(file, model, json, "output"));
  }

  private static BigDecimal amount(Path file, String model, JsonNode json, String name) {
    JsonNode amount = json.path(name);
    if (!amount.isNumber() || amount.decimalValue().signum() < 0) {
      throw wrong(file, name + " of " + model + " is not a price");
    }
    return amount.decimalValue();
  }

  private static IllegalArgumentException wrong(Path file, String what) {
    return new IllegalArgumentException("The price table " + file + " cannot be used: " + what);
  }
}
