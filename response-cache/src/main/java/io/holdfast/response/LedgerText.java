package io.holdfast.response;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An entry of a ledger as a line of JSON. Fields that are not known are passed over. */
final class LedgerText {

  private static final JsonMapper MAPPER = new JsonMapper();

  private LedgerText() {}

  static String line(LedgerEntry entry) {
    AccountStatistics counts = entry.counts();
    ObjectNode json = MAPPER
        .createObjectNode()
        .put("fromMillis", entry.fromMillis())
        .put("toMillis", entry.toMillis())
        .put("cache", entry.cache())
        .put("namespace", entry.account().namespace())
        .put("model", entry.account().model());
    ObjectNode calls = json.putObject("calls");
    new TreeMap<>(counts.calls()).forEach((outcome, count) -> calls.put(outcome.name(), count));
    json.put("failures", counts.failures())
        .put("computeMillis", counts.computeMillis())
        .put("savedMillis", counts.savedMillis());
    putTokens(json.putObject("spentTokens"), counts.spentTokens());
    putTokens(json.putObject("savedTokens"), counts.savedTokens());
    putMoney(json.putObject("spent"), counts.spent());
    putMoney(json.putObject("saved"), counts.saved());
    json.put("withoutCost", counts.withoutCost());
    return json.toString();
  }

  private static void putTokens(ObjectNode json, Tokens tokens) {
    json.put("input", tokens.input())
        .put("cachedInput", tokens.cachedInput())
        .put("output", tokens.output());
  }

  // As text: many readers of JSON make a double of a number.
  private static void putMoney(ObjectNode json, Map<String, BigDecimal> amounts) {
    new TreeMap<>(amounts)
        .forEach((unit, amount) -> json.put(unit, amount.stripTrailingZeros().toPlainString()));
  }

  /** Empty if the line is no entry: torn by the end of a process, or somebody else's. */
  static Optional<LedgerEntry> parse(String line) {
    try {
      JsonNode json = MAPPER.readTree(line);
      return json.path("toMillis").isIntegralNumber() && json.path("calls").isObject()
          ? Optional.of(entry(json))
          : Optional.empty();
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static LedgerEntry entry(JsonNode json) {
    var calls = new EnumMap<Outcome, Long>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      calls.put(outcome, json.path("calls").path(outcome.name()).asLong());
    }
    return new LedgerEntry(
        json.path("fromMillis").asLong(),
        json.path("toMillis").asLong(),
        json.path("cache").asText(),
        new Account(json.path("namespace").asText(), json.path("model").asText()),
        new AccountStatistics(
            calls,
            json.path("failures").asLong(),
            json.path("computeMillis").asLong(),
            json.path("savedMillis").asLong(),
            tokens(json.path("spentTokens")),
            tokens(json.path("savedTokens")),
            money(json.path("spent")),
            money(json.path("saved")),
            json.path("withoutCost").asLong()));
  }

  private static Tokens tokens(JsonNode json) {
    return new Tokens(
        json.path("input").asLong(),
        json.path("cachedInput").asLong(),
        json.path("output").asLong());
  }

  private static Map<String, BigDecimal> money(JsonNode json) {
    var amounts = new TreeMap<String, BigDecimal>();
    json.properties()
        .forEach(
            unit -> amounts.put(unit.getKey(), new BigDecimal(unit.getValue().asText())));
    return amounts;
  }
}
