package io.holdfast.response;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a streamed answer.
 *
 * @param text the piece
 * @param afterMillis how long it came after the one before, or after the start
 */
record Chunk(String text, long afterMillis) {

  /**
   * All of them as one text: lengths and times, {@code 5@120,7@31}, and after a line feed the texts, unless
   * these make up the payload.
   */
  static String write(List<Chunk> chunks, String payload) {
    var lengths = new StringBuilder();
    var texts = new StringBuilder();
    for (Chunk chunk : chunks) {
      lengths
          .append(lengths.isEmpty() ? "" : ",")
          .append(chunk.text.length())
          .append('@')
          .append(chunk.afterMillis);
      texts.append(chunk.text);
    }
    return payload.contentEquals(texts) ? lengths.toString() : lengths + "\n" + texts;
  }

  /** Whether there are texts in it, and not only lengths. */
  static boolean hasTexts(String written) {
    return written.indexOf('\n') >= 0;
  }

  /**
   * Reads them back.
   *
   * @param written null for an answer that was not streamed
   * @return empty for none
   * @throws ResponseFormatException if the text is no such list
   */
  static List<Chunk> read(@Nullable String written, String payload) {
    if (written == null || written.isEmpty()) {
      return List.of();
    }
    int lineEnd = written.indexOf('\n');
    String lengths = lineEnd < 0 ? written : written.substring(0, lineEnd);
    String texts = lineEnd < 0 ? payload : written.substring(lineEnd + 1);
    var chunks = new ArrayList<Chunk>();
    int start = 0;
    try {
      for (String each : lengths.split(",", -1)) {
        int at = each.indexOf('@');
        int end = start + Integer.parseInt(each, 0, at, 10);
        chunks.add(new Chunk(
            texts.substring(start, end), Long.parseLong(each, at + 1, each.length(), 10)));
        start = end;
      }
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new ResponseFormatException("the list of chunks does not fit");
    }
    if (start != texts.length()) {
      throw new ResponseFormatException("the list of chunks does not fit");
    }
    return chunks;
  }
}
