package io.holdfast.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.holdfast.response.CachedResponse;
import io.holdfast.response.ResponseCache;
import io.holdfast.response.ResponseCacheBuilder;
import io.holdfast.response.ResponseCodec;
import io.holdfast.response.Tokens;
import io.holdfast.response.Usage;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** Makes response caches for chat models. */
public final class ChatResponses {

  private ChatResponses() {}

  /**
   * A response cache of chat responses over this cache. It stores complete answers only; call {@link
   * ResponseCacheBuilder#storeIf} to store less, or {@link #codec} yourself to store more. It counts tokens;
   * {@link ResponseCacheBuilder#prices} tells what they cost.
   */
  public static ResponseCacheBuilder<ChatResponse> over(Cache<String, CachedResponse> cache) {
    return ResponseCache.over(cache)
        .codec(codec())
        .storeIf(ChatResponses::isComplete)
        .usageOf(ChatResponses::usage);
  }

  /**
   * Chat responses as JSON: the message with its tool calls and thinking, identifier, model name, finish
   * reason, token usage, and what OpenAI's client adds to those, but for the raw HTTP exchange. A response
   * with metadata of another class, or with log probabilities, is not stored.
   */
  public static ResponseCodec<ChatResponse> codec() {
    return ChatResponseCodec.INSTANCE;
  }

  /** Whether the model said something, and ended of its own accord or to call tools. */
  public static boolean isComplete(ChatResponse response) {
    AiMessage message = response.aiMessage();
    boolean isEmpty = !message.hasToolExecutionRequests()
        && (message.text() == null || message.text().isEmpty());
    FinishReason reason = response.finishReason();
    return !isEmpty && reason != FinishReason.LENGTH && reason != FinishReason.CONTENT_FILTER;
  }

  /** What the service says that the response took; null if it does not say. */
  public static @Nullable Usage usage(ChatResponse response) {
    TokenUsage usage = response.tokenUsage();
    if (usage == null) {
      return null;
    }
    String model = response.modelName();
    int input = orZero(usage.inputTokenCount());
    int cached = OpenAiMetadata.isOne(response.metadata())
        ? OpenAiMetadata.cachedInputTokens(response.metadata())
        : 0;
    return new Usage(
        model == null ? "" : model,
        new Tokens(input, Math.min(input, cached), orZero(usage.outputTokenCount())));
  }

  private static int orZero(@Nullable Integer count) {
    return count == null ? 0 : count;
  }
}
