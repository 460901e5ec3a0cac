package io.holdfast.springai;

import io.holdfast.response.StreamSink;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/** Puts the pieces of a stream together. Of one thread at a time. */
final class WholeResponse {

  private final StringBuilder text = new StringBuilder();
  private String id = "";
  private String model = "";
  private @Nullable String finishReason;
  private @Nullable Usage usage;
  private boolean isPlain = true;

  void add(ChatResponse piece) {
    ChatResponseMetadata metadata = piece.getMetadata();
    id = nonEmpty(metadata.getId(), id);
    model = nonEmpty(metadata.getModel(), model);
    Usage told = metadata.getUsage();
    if (told != null && told.getTotalTokens() != null && told.getTotalTokens() > 0) {
      usage = told;
    }
    // Several answers to one prompt, or calls of tools: passed on, but not put together here.
    isPlain &= piece.getResults().size() <= 1 && !piece.hasToolCalls();
    for (Generation generation : piece.getResults()) {
      String words = generation.getOutput().getText();
      text.append(words == null ? "" : words);
      String reason = generation.getMetadata().getFinishReason();
      finishReason = reason == null || reason.isEmpty() ? finishReason : reason;
    }
  }

  private static String nonEmpty(@Nullable String told, String before) {
    return told == null || told.isEmpty() ? before : told;
  }

  /** A stream without a reason for its end may have been cut off. */
  void tell(StreamSink<ChatResponse> sink) {
    if (isPlain && finishReason != null) {
      sink.complete(response());
    } else {
      sink.completeUnstored(response());
    }
  }

  private ChatResponse response() {
    ChatGenerationMetadata ending = finishReason == null
        ? ChatGenerationMetadata.NULL
        : ChatGenerationMetadata.builder().finishReason(finishReason).build();
    var metadata = ChatResponseMetadata.builder().id(id).model(model);
    if (usage != null) {
      metadata.usage(usage);
    }
    return new ChatResponse(
        List.of(new Generation(new AssistantMessage(text.toString()), ending)), metadata.build());
  }
}
