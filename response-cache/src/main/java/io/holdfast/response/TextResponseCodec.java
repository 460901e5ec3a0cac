package io.holdfast.response;

import java.util.List;

/** Strings as they are. */
enum TextResponseCodec implements ResponseCodec<String> {
  INSTANCE;

  @Override
  public String format() {
    return "text";
  }

  @Override
  public String encode(String value) {
    return value;
  }

  @Override
  public String decode(String payload) {
    return payload;
  }

  @Override
  public List<String> chunks(String value) {
    return List.of(value);
  }
}
