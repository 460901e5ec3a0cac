package io.holdfast.docs.serve;

import io.holdfast.docs.llm.ChatEndpoint;
import io.holdfast.docs.run.Books;
import io.holdfast.response.spi.SemanticStage;
import org.jspecify.annotations.Nullable;

/**
 * Who answers the chat, and the books that are kept of it.
 *
 * @param endpoint who answers
 * @param books what its tokens cost, and where it is written what they did
 * @param otherWords finds answers to the same question in other words, or null not to
 */
public record ChatModel(
    ChatEndpoint endpoint, Books books, @Nullable SemanticStage otherWords) {

  /** The name of the chat's response cache. */
  public static final String CACHE = "chat-answers";

  /** What {@code otherWords} learns for. */
  public static final String NAMESPACE = "chat";
}
