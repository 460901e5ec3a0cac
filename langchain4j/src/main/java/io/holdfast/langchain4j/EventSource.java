package io.holdfast.langchain4j;

import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.CompleteResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.RawStreamingEvent;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Tells a handler what a model publishes, for models that know publishers only. */
final class EventSource implements Flow.Subscriber<ChatModelStreamingEvent>, StreamingHandle {

  private final StreamingChatResponseHandler handler;
  private volatile boolean isCancelled;
  private volatile Flow.@Nullable Subscription subscription;
  private boolean isComplete;

  EventSource(StreamingChatResponseHandler handler) {
    this.handler = handler;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (isCancelled) {
      given.cancel();
    } else {
      given.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(ChatModelStreamingEvent event) {
    if (event instanceof PartialResponse part) {
      handler.onPartialResponse(part, new PartialResponseContext(this));
    } else if (event instanceof PartialThinking part) {
      handler.onPartialThinking(part, new PartialThinkingContext(this));
    } else if (event instanceof PartialToolCall part) {
      handler.onPartialToolCall(part, new PartialToolCallContext(this));
    } else if (event instanceof CompleteToolCall call) {
      handler.onCompleteToolCall(call);
    } else if (event instanceof RawStreamingEvent raw) {
      handler.onUnmappedRawEvent(raw.rawEvent());
    } else if (event instanceof CompleteResponse complete) {
      isComplete = true;
      handler.onCompleteResponse(complete.chatResponse());
    }
  }

  @Override
  public void onError(Throwable failure) {
    handler.onError(failure);
  }

  /** A stream that ends without a response has failed. */
  @Override
  public void onComplete() {
    if (!isComplete) {
      handler.onError(new IllegalStateException("the model's stream ended without a response"));
    }
  }

  @Override
  public void cancel() {
    isCancelled = true;
    Flow.Subscription given = subscription;
    if (given != null) {
      given.cancel();
    }
  }

  @Override
  public boolean isCancelled() {
    return isCancelled;
  }
}
