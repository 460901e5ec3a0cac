package io.holdfast.docs.serve;

import io.holdfast.docs.llm.ChatEndpoint;
import io.holdfast.response.Prices;
import io.holdfast.response.spi.SemanticStage;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who answers the chat, and the books that are kept of it.
 *
 * @param endpoint who answers
 * @param prices what its tokens cost, or null if nobody says
 * @param ledger where what was spent and saved is written, or null for nowhere
 * @param otherWords finds answers to the same question in other words, or null not to
 */
public record ChatModel(
    ChatEndpoint endpoint,
    @Nullable Prices prices,
    @Nullable Path ledger,
    @Nullable SemanticStage otherWords) {

  /** The name of the chat's response cache. */
  public static final String CACHE = "chat-answers";

  /** What {@code otherWords} learns for. */
  public static final String NAMESPACE = "chat";
}
