package io.holdfast.docs.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.store.Cell;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A column's value for a person. */
final class CellText {
  // What is not JSON to its end is shown as it is, not cut.
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final int MAX_HEX_BYTES = 4_096;

  private CellText() {}

  static String of(Cell cell) {
    if (cell instanceof Cell.Text text) {
      return text.value();
    }
    if (cell instanceof Cell.Whole whole) {
      return Long.toString(whole.value());
    }
    if (cell instanceof Cell.Real real) {
      return Double.toString(real.value());
    }
    byte[] bytes = ((Cell.Blob) cell).value();
    int shown = Math.min(bytes.length, MAX_HEX_BYTES);
    return HexFormat.of().formatHex(bytes, 0, shown)
        + (shown < bytes.length ? "… (" + bytes.length + " bytes)" : "");
  }

  static long bytes(Cell cell) {
    if (cell instanceof Cell.Blob blob) {
      return blob.value().length;
    }
    return cell instanceof Cell.Text text
        ? text.value().getBytes(StandardCharsets.UTF_8).length
        : Long.BYTES;
  }

  /** JSON is laid out, any other text is shown as it is. */
  static String readable(Cell cell) {
    String text = of(cell);
    if (!text.startsWith("{")) {
      return text;
    }
    try {
      return JSON.readTree(text).toPrettyString();
    } catch (JsonProcessingException e) {
      return text;
    }
  }
}
