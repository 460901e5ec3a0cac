package io.holdfast.springai;

import io.holdfast.response.Answer;
import io.holdfast.response.ResponseKey;
import io.holdfast.response.Responses;
import io.holdfast.response.StreamHandle;
import io.holdfast.response.StreamListener;
import io.holdfast.response.StreamSink;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.core.Ordered;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.scheduler.Schedulers;

/**
 * An advisor that answers from a cache. It comes last before the model, so the key holds what the other
 * advisors made of the prompt, and they see a hit as they see any response. Equal prompts at the same time are one call;
 * a stream is delivered as it comes, stored when complete, and replayed in its pieces. Prompts with tools go past
 * the cache: Spring AI runs the tools inside the call, and what they do is not to be left out.
 *
 * <p>What the model throws is thrown here, and is not stored. Safe from any thread if the chain is.
 */
public final class CachingAdvisor implements CallAdvisor, StreamAdvisor {

  private final Responses<ChatResponse> responses;
  private final ChatKeys keys;

  private CachingAdvisor(Responses<ChatResponse> responses, String service) {
    this.responses = responses;
    this.keys = new ChatKeys(service);
  }

  /**
   * An advisor over this cache.
   *
   * @param responses of {@link ChatResponses#over}, or a view of it for another policy
   * @param service names what answers, as it is configured: base URL, account, and whatever prompts do not
   *     say. Clients of one name share their answers
   */
  public static CachingAdvisor of(Responses<ChatResponse> responses, String service) {
    return new CachingAdvisor(responses, service);
  }

  @Override
  public String getName() {
    return "holdfast-cache";
  }

  /** Last before the model. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE - 1;
  }

  @Override
  public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
    var called = new AtomicReference<@Nullable Map<String, Object>>();
    ChatResponse response = responses.get(keys.of(request), () -> {
      ChatClientResponse answered = chain.nextCall(request);
      called.set(answered.context());
      return answered.chatResponse();
    });
    Map<String, Object> context = called.get();
    return new ChatClientResponse(
        response, new HashMap<>(context == null ? request.context() : context));
  }

  /** Looks into the cache when it is subscribed to, on a thread that may block. */
  @Override
  public Flux<ChatClientResponse> adviseStream(
      ChatClientRequest request, StreamAdvisorChain chain) {
    ResponseKey key = keys.of(request);
    return Flux.<ChatClientResponse>create(subscriber -> {
          StreamHandle part = responses.stream(
              key, sink -> call(request, chain, sink, subscriber), new Relay(request, subscriber));
          subscriber.onDispose(part::cancel);
        })
        .subscribeOn(Schedulers.boundedElastic());
  }

  private static void call(
      ChatClientRequest request,
      StreamAdvisorChain chain,
      StreamSink<ChatResponse> sink,
      FluxSink<ChatClientResponse> subscriber) {
    var whole = new WholeResponse();
    Disposable call = chain
        .nextStream(request)
        .contextWrite(subscriber.contextView())
        .subscribe(
            piece -> {
              whole.add(piece.chatResponse());
              sink.chunk(ChatResponseCodec.INSTANCE.encode(piece.chatResponse()));
            },
            sink::fail,
            () -> whole.tell(sink));
    sink.onCancel(call::dispose);
  }

  /** Tells a subscriber what the stream brings, live or replayed. */
  private record Relay(ChatClientRequest request, FluxSink<ChatClientResponse> subscriber)
      implements StreamListener<ChatResponse> {

    @Override
    public void onChunk(String chunk) {
      subscriber.next(new ChatClientResponse(
          ChatResponseCodec.INSTANCE.decode(chunk), new HashMap<>(request.context())));
    }

    @Override
    public void onComplete(Answer<ChatResponse> answer) {
      subscriber.complete();
    }

    @Override
    public void onError(Throwable failure) {
      subscriber.error(failure);
    }
  }
}
