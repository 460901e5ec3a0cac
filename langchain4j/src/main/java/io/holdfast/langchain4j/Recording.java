package io.holdfast.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.holdfast.response.StreamSink;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Hears the model, and passes its events on as chunks. A client may call the one-argument form of an event
 * or the other one; the interface leads the latter to the former, so each event is recorded once.
 */
final class Recording implements StreamingChatResponseHandler {

  private final StreamSink<ChatResponse> sink;
  private final StreamingChatResponseHandler first;
  private final Hearing hearing;
  private final AtomicBoolean stoppable = new AtomicBoolean();

  /**
   * Of this call.
   *
   * @param first the handler that caused it, for raw events
   */
  Recording(StreamSink<ChatResponse> sink, StreamingChatResponseHandler first, Hearing hearing) {
    this.sink = sink;
    this.first = first;
    this.hearing = hearing;
  }

  private void stopBy(@Nullable StreamingHandle handle) {
    if (handle != null && stoppable.compareAndSet(false, true)) {
      sink.onCancel(handle::cancel);
    }
  }

  @Override
  public void onPartialResponse(String text) {
    sink.chunk(StreamEvent.text(text));
  }

  @Override
  public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
    stopBy(context.streamingHandle());
    onPartialResponse(part.text());
  }

  @Override
  public void onPartialThinking(PartialThinking part) {
    sink.chunk(StreamEvent.thinking(part.text()));
  }

  @Override
  public void onPartialThinking(PartialThinking part, PartialThinkingContext context) {
    stopBy(context.streamingHandle());
    onPartialThinking(part);
  }

  @Override
  public void onPartialToolCall(PartialToolCall part) {
    sink.chunk(StreamEvent.partOfToolCall(part));
  }

  @Override
  public void onPartialToolCall(PartialToolCall part, PartialToolCallContext context) {
    stopBy(context.streamingHandle());
    onPartialToolCall(part);
  }

  @Override
  public void onCompleteToolCall(CompleteToolCall call) {
    sink.chunk(StreamEvent.toolCall(call.index(), call.toolExecutionRequest()));
  }

  @Override
  public void onUnmappedRawEvent(Object event) {
    if (!hearing.isCancelled()) {
      first.onUnmappedRawEvent(event);
    }
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    // OpenAI's client calls a stream complete whose server went away between two events.
    if (response.finishReason() == null) {
      sink.completeUnstored(response);
    } else {
      sink.complete(response);
    }
  }

  @Override
  public void onError(Throwable failure) {
    sink.fail(failure);
  }
}
