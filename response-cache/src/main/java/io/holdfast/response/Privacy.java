package io.holdfast.response;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What of a call may be stored.
 *
 * @param redaction passes every text before it is stored; null leaves them as they are
 * @param keepsQuestions whether questions are stored beside their answers
 */
record Privacy(@Nullable UnaryOperator<String> redaction, boolean keepsQuestions) {

  static final Privacy DEFAULT = new Privacy(null, false);

  String redacted(String text) {
    return redaction == null ? text : redaction.apply(text);
  }

  /** The form of the chunks that may be stored beside this payload; null if none may. */
  @Nullable
  String chunks(List<Chunk> chunks, String payload, String redactedPayload) {
    if (chunks.isEmpty() || !payload.equals(redactedPayload)) {
      return null;
    }
    String written = Chunk.write(chunks, payload);
    // Texts of their own: what has to go may lie across two pieces, where no redaction finds it.
    return redaction != null && Chunk.hasTexts(written) ? null : written;
  }

  @Nullable
  String question(Call call) {
    boolean keeps = keepsQuestions || call.partition() != null;
    return call.question() == null || !keeps ? null : redacted(call.question());
  }

  /** Whether this may be stored as it is; what cannot be judged may not. */
  boolean isLeftAlone(String text) {
    try {
      return redacted(text).equals(text);
    } catch (RuntimeException e) {
      return false;
    }
  }
}
