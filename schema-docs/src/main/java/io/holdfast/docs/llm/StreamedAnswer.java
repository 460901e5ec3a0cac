package io.holdfast.docs.llm;

/**
 * A whole answer that came in pieces.
 *
 * @param text all pieces
 * @param inputTokens of the prompt, as the server counts; 0 if it does not say
 * @param cachedInputTokens of these, those that the server had kept from an earlier call
 * @param outputTokens of the answer
 * @param cutOff whether the answer ended at the limit of tokens instead of by itself
 */
public record StreamedAnswer(
    String text, long inputTokens, long cachedInputTokens, long outputTokens, boolean cutOff) {}
