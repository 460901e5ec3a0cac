package io.holdfast.springai;

import io.holdfast.response.CachedResponse;
import io.holdfast.response.ResponseCache;
import io.holdfast.response.ResponseCacheBuilder;
import io.holdfast.response.Tokens;
import io.holdfast.response.Usage;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/** Makes response caches for {@link CachingAdvisor}. */
public final class ChatResponses {

  private static final Set<String> CUT_OFF = Set.of("LENGTH", "CONTENT_FILTER");

  private ChatResponses() {}

  /**
   * A response cache of chat responses over this cache. It stores complete answers only; call {@link
   * ResponseCacheBuilder#storeIf} to store less. It counts tokens; {@link ResponseCacheBuilder#prices} tells
   * what they cost.
   */
  public static ResponseCacheBuilder<ChatResponse> over(Cache<String, CachedResponse> cache) {
    return ResponseCache.over(cache)
        .codec(ChatResponseCodec.INSTANCE)
        .storeIf(ChatResponses::isComplete)
        .usageOf(ChatResponses::usage);
  }

  /** Whether every answer in it has words, calls no tool, and was neither cut off nor filtered. */
  public static boolean isComplete(ChatResponse response) {
    List<Generation> answers = response.getResults();
    return !answers.isEmpty() && answers.stream().allMatch(ChatResponses::isComplete);
  }

  private static boolean isComplete(Generation answer) {
    String text = answer.getOutput().getText();
    String reason = answer.getMetadata().getFinishReason();
    return text != null
        && !text.isEmpty()
        && !answer.getOutput().hasToolCalls()
        && (reason == null || !CUT_OFF.contains(reason.toUpperCase(Locale.ROOT)));
  }

  /** What the service says that the response took; null if it does not say. */
  public static @Nullable Usage usage(ChatResponse response) {
    org.springframework.ai.chat.metadata.Usage usage = response.getMetadata().getUsage();
    int input = usage == null ? 0 : orZero(usage.getPromptTokens());
    int output = usage == null ? 0 : orZero(usage.getCompletionTokens());
    String model = response.getMetadata().getModel();
    return input + output == 0
        ? null
        : new Usage(model == null ? "" : model, new Tokens(input, 0, output));
  }

  private static int orZero(@Nullable Integer count) {
    return count == null ? 0 : count;
  }
}
