package io.holdfast.response;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A {@link CachedResponse} as one line of JSON, for caches that store text a person can read. Field
 * by field rather than by reflection: this is a file format, and renaming a component must not change
 * it.
 */
public final class ResponseJson {

  /** Names this form, for a cache that asks for the format of its values. */
  public static final String FORMAT = "response-json:1";

  // Amounts keep their digits: a cost of 0.10 is not 0.1 in a record's equals.
  private static final ObjectMapper MAPPER = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private ResponseJson() {}

  /** The text. */
  public static String encode(CachedResponse response) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("v", response.formatVersion());
    node.put("codec", response.codec());
    node.put("createdAtMillis", response.createdAtMillis());
    if (response.expiresAtMillis() != Long.MAX_VALUE) {
      node.put("expiresAtMillis", response.expiresAtMillis());
    }
    node.put("computeMillis", response.computeMillis());
    Cost cost = response.cost();
    if (cost != null) {
      // As text: a JSON number may lose trailing zeros on the way through other tools.
      node.putObject("cost").put("amount", cost.amount().toString()).put("unit", cost.unit());
    }
    node.put("payloadCrc32c", response.payloadCrc32c());
    node.put("payload", response.payload());
    return node.toString();
  }

  /**
   * The response.
   *
   * @throws ResponseFormatException if the text is no such JSON; a response of an unknown version is
   *     returned as far as it can be read, {@link CachedResponse#isIntact} tells
   */
  public static CachedResponse decode(String json) {
    JsonNode node;
    try {
      node = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      // Without the cause: Jackson's messages quote the text.
      throw new ResponseFormatException("not JSON: " + e.getClass().getSimpleName());
    }
    return new CachedResponse(
        version(node),
        text(node, "codec"),
        text(node, "payload"),
        number(node, "payloadCrc32c"),
        number(node, "createdAtMillis"),
        node.has("expiresAtMillis") ? number(node, "expiresAtMillis") : Long.MAX_VALUE,
        number(node, "computeMillis"),
        cost(node.get("cost")));
  }

  private static @Nullable Cost cost(@Nullable JsonNode node) {
    if (node == null) {
      return null;
    }
    try {
      return new Cost(new BigDecimal(text(node, "amount")), text(node, "unit"));
    } catch (IllegalArgumentException e) {
      throw new ResponseFormatException("field cost is not an amount of a unit");
    }
  }

  private static int version(JsonNode node) {
    long version = number(node, "v");
    if (version != (int) version) {
      throw new ResponseFormatException("field v is not a version");
    }
    return (int) version;
  }

  private static long number(JsonNode node, String field) {
    JsonNode value = node.get(field);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new ResponseFormatException("field " + field + " is not an integer");
    }
    return value.longValue();
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.get(field);
    if (value == null || !value.isTextual()) {
      throw new ResponseFormatException("field " + field + " is not a string");
    }
    return value.textValue();
  }
}
