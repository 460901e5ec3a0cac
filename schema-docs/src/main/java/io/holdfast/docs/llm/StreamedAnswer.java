package io.holdfast.docs.llm;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.response.Tokens;
import io.holdfast.response.Usage;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer of a model, be it that it came in pieces or at once.
 *
 * @param text all pieces
 * @param inputTokens of the prompt, as the server counts; 0 if it does not say
 * @param cachedInputTokens of these, those that the server had kept from an earlier call
 * @param outputTokens of the answer
 * @param cutOff whether the answer ended at the limit of tokens instead of by itself
 */
public record StreamedAnswer(
    String text, long inputTokens, long cachedInputTokens, long outputTokens, boolean cutOff) {

  /** With what the server says in {@code usage}; that may be missing, or wrong. */
  static StreamedAnswer of(String text, JsonNode usage, boolean cutOff) {
    long input = Math.max(0, usage.path("prompt_tokens").asLong(0));
    long cached = usage.path("prompt_tokens_details").path("cached_tokens").asLong(0);
    return new StreamedAnswer(
        text,
        input,
        Math.max(0, Math.min(input, cached)),
        Math.max(0, usage.path("completion_tokens").asLong(0)),
        cutOff);
  }

  /** What it took of this model; null if the server does not say. */
  public @Nullable Usage usageOf(String model) {
    return inputTokens + outputTokens == 0
        ? null
        : new Usage(model, new Tokens(inputTokens, cachedInputTokens, outputTokens));
  }
}
