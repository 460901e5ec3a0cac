package io.holdfast.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.holdfast.response.CachedResponse;
import io.holdfast.response.ResponseCache;
import io.holdfast.response.ResponseCacheBuilder;
import io.holdfast.response.ResponseCodec;
import javax.cache.Cache;

/** Makes response caches for chat models. */
public final class ChatResponses {

  private ChatResponses() {}

  /**
   * A response cache of chat responses over this cache. It stores complete answers only; call {@link
   * ResponseCacheBuilder#storeIf} to store less, or {@link #codec} yourself to store more.
   */
  public static ResponseCacheBuilder<ChatResponse> over(Cache<String, CachedResponse> cache) {
    return ResponseCache.over(cache).codec(codec()).storeIf(ChatResponses::isComplete);
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
}
