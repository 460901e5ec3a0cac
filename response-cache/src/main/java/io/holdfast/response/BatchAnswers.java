package io.holdfast.response;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one call brought for many questions. */
final class BatchAnswers {

  private BatchAnswers() {}

  /**
   * Returns the answer to a question.
   *
   * @throws IllegalStateException if there is none
   */
  static <Q, T> T require(@Nullable Map<Q, ? extends T> brought, Q question) {
    T answer = brought == null ? null : brought.get(question);
    if (answer == null) {
      throw new IllegalStateException("a batch computation must answer every question; it answered "
          + (brought == null ? 0 : brought.size()));
    }
    return answer;
  }
}
