package io.holdfast.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.holdfast.response.Answer;
import io.holdfast.response.StreamHandle;
import io.holdfast.response.StreamListener;
import org.jspecify.annotations.Nullable;

/** Tells a handler what a stream brings, live or replayed, until it cancels. */
final class Hearing implements StreamListener<ChatResponse>, StreamingHandle {

  private final StreamingChatResponseHandler handler;
  private volatile boolean cancelled;
  private volatile @Nullable StreamHandle handle;

  Hearing(StreamingChatResponseHandler handler) {
    this.handler = handler;
  }

  /** This part in the stream; known only after the first chunks may have been heard. */
  void handle(StreamHandle part) {
    handle = part;
    if (cancelled) {
      part.cancel();
    }
  }

  @Override
  public void onChunk(String chunk) {
    if (!cancelled) {
      try {
        StreamEvent.tell(chunk, handler, this);
      } catch (RuntimeException e) {
        // As LangChain4j's own clients do; nothing more is told after that.
        cancel();
        handler.onError(e);
      }
    }
  }

  @Override
  public void onComplete(Answer<ChatResponse> answer) {
    if (!cancelled) {
      handler.onCompleteResponse(answer.value());
    }
  }

  @Override
  public void onError(Throwable failure) {
    if (!cancelled) {
      handler.onError(failure);
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    StreamHandle part = handle;
    if (part != null) {
      part.cancel();
    }
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }
}
