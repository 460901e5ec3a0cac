package io.holdfast.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.holdfast.response.Answer;
import io.holdfast.response.Responses;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A chat model that answers from a cache. A hit has the message, tool calls, token usage, finish reason and
 * metadata of the call that made it, and listeners hear of it as of any response. Equal requests at the
 * same time are one call. What the model throws is thrown here, and is not stored.
 *
 * <p>Safe from any thread if the model is.
 */
public final class CachingChatModel implements ChatModel {

  private final ChatModel delegate;
  private final Responses<ChatResponse> responses;
  private final ChatKeys keys;
  private final boolean overridesDoChat;

  private CachingChatModel(ChatModel delegate, Responses<ChatResponse> responses, String service) {
    this.delegate = delegate;
    this.responses = responses;
    this.keys = new ChatKeys(service, delegate.provider());
    this.overridesDoChat = Overrides.any(delegate, ChatModel.class, "doChat", ChatRequest.class);
  }

  /**
   * Decorates a model.
   *
   * @param responses for example of {@link ChatResponses#over}; a {@linkplain
   *     io.holdfast.response.ResponseCache#with view} of it for another policy
   * @param service names what answers, as it is configured: base URL, account, and whatever requests do
   *     not say. Models of one name share their answers, so equal requests to them must be worth the same
   */
  public static CachingChatModel of(
      ChatModel delegate, Responses<ChatResponse> responses, String service) {
    return new CachingChatModel(delegate, responses, service);
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    return responses.get(keys.of(request), () -> call(request));
  }

  private ChatResponse call(ChatRequest request) {
    // Not chat: listeners would hear twice.
    return overridesDoChat ? delegate.doChat(request) : delegate.chat(request);
  }

  @Override
  public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
    return responses
        .answerAsync(keys.of(request), () -> delegate.doChatAsync(request))
        .thenApply(Answer::value);
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    return delegate.defaultRequestParameters();
  }

  /** Those of the model; none if it tells them itself, as it then does of calls only, not of hits. */
  @Override
  public List<ChatModelListener> listeners() {
    return overridesDoChat ? delegate.listeners() : List.of();
  }

  @Override
  public ModelProvider provider() {
    return delegate.provider();
  }

  @Override
  public Set<Capability> supportedCapabilities() {
    return delegate.supportedCapabilities();
  }
}
