package io.holdfast.docs.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads a streamed chat completion: server-sent events, each with a piece of JSON. Confined to one
 * thread.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent events</a>
 */
final class EventStream {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATA = "data:";
  private static final String END = "[DONE]";

  private final Consumer<String> words;
  private final StringBuilder text = new StringBuilder();
  private String finishReason = "";
  private JsonNode usage = MissingNode.getInstance();

  private EventStream(Consumer<String> words) {
    this.words = words;
  }

  /**
   * Reads to the end, and tells each piece of the text as it comes.
   *
   * @throws EOFException if the stream ends before the answer does
   * @throws IOException if the connection breaks, or what comes is not JSON
   */
  static StreamedAnswer read(InputStream body, Consumer<String> words) throws IOException {
    var events = new EventStream(words);
    var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(DATA)) {
        String data = line.substring(DATA.length()).strip();
        if (data.equals(END)) {
          return events.answer();
        }
        events.accept(JSON.readTree(data));
      }
    }
    // Some servers leave the last line out; a reason for the end is as good.
    if (events.finishReason.isEmpty()) {
      throw new EOFException("the stream ends before the answer");
    }
    return events.answer();
  }

  private void accept(JsonNode event) throws IOException {
    if (event.has("error")) {
      throw new IOException("the server reports an error");
    }
    // Most events have none, or null.
    usage = event.path("usage").isObject() ? event.path("usage") : usage;
    JsonNode choice = event.path("choices").path(0);
    String piece = choice.path("delta").path("content").asText("");
    if (!piece.isEmpty()) {
      text.append(piece);
      words.accept(piece);
    }
    finishReason = choice.path("finish_reason").asText(finishReason);
  }

  private StreamedAnswer answer() {
    return StreamedAnswer.of(text.toString(), usage, finishReason.equals("length"));
  }
}
