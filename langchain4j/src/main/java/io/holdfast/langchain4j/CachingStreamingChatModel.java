package io.holdfast.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.holdfast.response.ResponseKey;
import io.holdfast.response.Responses;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Flow;

/**
 * A streaming chat model that answers from a cache. The handler hears the model live; a complete answer is
 * stored with its pieces, and a hit replays text, thinking and tool calls in the pieces they came in, on the
 * caller's thread. A stream that breaks, is cancelled or ends without a finish reason stores nothing. Handlers that join a running stream
 * hear what has come so far and then the rest. Raw events of the provider reach the first handler only.
 *
 * <p>Shares its answers with a {@link CachingChatModel} of the same service. Safe from any thread if the
 * model is.
 */
public final class CachingStreamingChatModel implements StreamingChatModel {

  private final StreamingChatModel delegate;
  private final Responses<ChatResponse> responses;
  private final ChatKeys keys;
  private final boolean overridesDoChat;
  private final boolean onlyPublishes;

  private CachingStreamingChatModel(
      StreamingChatModel delegate, Responses<ChatResponse> responses, String service) {
    this.delegate = delegate;
    this.responses = responses;
    this.keys = new ChatKeys(service, delegate.provider());
    this.overridesDoChat = Overrides.any(
        delegate,
        StreamingChatModel.class,
        "doChat",
        ChatRequest.class,
        StreamingChatResponseHandler.class);
    this.onlyPublishes = !overridesDoChat
        && Overrides.any(delegate, StreamingChatModel.class, "doChat", ChatRequest.class);
  }

  /** As {@link CachingChatModel#of}. */
  public static CachingStreamingChatModel of(
      StreamingChatModel delegate, Responses<ChatResponse> responses, String service) {
    return new CachingStreamingChatModel(delegate, responses, service);
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    ask(request, handler);
  }

  /**
   * The same as a publisher, also of a model that knows handlers only. Each subscriber asks anew: the cache
   * is looked into when it subscribes, on its thread. It gets what it has requested, and what came meanwhile
   * is kept for it. Cancelling ends its part in the stream.
   */
  @Override
  public Flow.Publisher<ChatModelStreamingEvent> doChat(ChatRequest request) {
    return new EventPublisher(handler -> ask(request, handler));
  }

  private StreamingHandle ask(ChatRequest request, StreamingChatResponseHandler handler) {
    ResponseKey key = keys.of(request);
    var hearing = new Hearing(handler);
    hearing.handle(responses.stream(
        key, sink -> call(request, new Recording(sink, handler, hearing)), hearing));
    return hearing;
  }

  private void call(ChatRequest request, StreamingChatResponseHandler handler) {
    if (overridesDoChat) {
      delegate.doChat(request, handler);
    } else if (onlyPublishes) {
      delegate.doChat(request).subscribe(new EventSource(handler));
    } else {
      delegate.chat(request, handler);
    }
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    return delegate.defaultRequestParameters();
  }

  /** Those of the model; none if it tells them itself, as it then does of calls only, not of hits. */
  @Override
  public List<ChatModelListener> listeners() {
    return overridesDoChat || onlyPublishes ? delegate.listeners() : List.of();
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
