package io.holdfast.docs.serve;

import io.holdfast.docs.describe.DescriptionException;
import io.holdfast.response.Answer;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The lines of a chat's answer: each a JSON object, its {@code type} first. */
final class ChatLines {
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

  /** How it is going: {@code asking}, {@code waiting}. */
  ChatLines status(String status) {
    return add(Map.of("type", "status", "status", status));
  }

  /** What happened; whether it was the end. */
  boolean add(ChatEvent event) {
    if (event instanceof ChatEvent.Asking) {
      status("asking");
    } else if (event instanceof ChatEvent.Piece piece) {
      add(Map.of("type", "content", "content", piece.text()));
    } else if (event instanceof ChatEvent.Done done) {
      done(done.answer());
      return true;
    } else if (event instanceof ChatEvent.Broken broken) {
      error(sentence(broken.failure()));
      return true;
    }
    return false;
  }

  ChatLines error(String detail) {
    return add(Map.of("type", "error", "detail", detail));
  }

  private void done(Answer<?> answer) {
    var line = new LinkedHashMap<String, Object>();
    line.put("type", "done");
    line.put("outcome", answer.outcome().name().toLowerCase(Locale.ROOT));
    line.put("cached", !answer.isComputed());
    line.put("createdAt", Instant.ofEpochMilli(answer.createdAtMillis()).toString());
    line.put("computeMillis", answer.computeMillis());
    add(line);
  }

  private ChatLines add(Map<String, ?> line) {
    lines.writeBytes(Exchange.json(line));
    lines.write('\n');
    return this;
  }

  /** What was added since the last time. */
  byte[] take() {
    byte[] bytes = lines.toByteArray();
    lines.reset();
    return bytes;
  }

  // Only what was written for users: any other message might hold anything.
  private static String sentence(Throwable failure) {
    return failure instanceof DescriptionException known
        ? known.getMessage()
        : "The answer could not be had; the service's log says more.";
  }
}
