package io.holdfast.response;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** One Java type as JSON. Strict on reading: an unknown or missing property means another shape. */
final class JsonResponseCodec<T> implements ResponseCodec<T> {

  private static final ObjectMapper MAPPER = JsonMapper.builder()
      .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
      .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private final Class<T> type;
  private final String format;

  JsonResponseCodec(Class<T> type) {
    this.type = type;
    this.format = "json:" + type.getSimpleName() + ":" + TypeShape.of(type).hash();
  }

  @Override
  public String format() {
    return format;
  }

  @Override
  public String encode(T value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw unreadable("cannot be written as JSON", e);
    }
  }

  @Override
  public T decode(String payload) {
    try {
      T value = MAPPER.readValue(payload, type);
      if (value == null) {
        throw new ResponseFormatException("JSON null is not a " + type.getName());
      }
      return value;
    } catch (JsonProcessingException e) {
      throw unreadable("cannot be read from the stored JSON", e);
    }
  }

  // Without the cause: Jackson's messages quote the value.
  private ResponseFormatException unreadable(String what, JsonProcessingException e) {
    return new ResponseFormatException(
        type.getName() + " " + what + ": " + e.getClass().getSimpleName());
  }
}
