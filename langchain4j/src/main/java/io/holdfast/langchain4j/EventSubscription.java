package io.holdfast.langchain4j;

import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.ChatResponse;
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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the events of one stream until the subscriber asks for them; so a slow one holds up nobody who
 * shares the stream. Events are told by whoever brings or asks for them, one at a time.
 *
 * @see <a href="https://github.com/reactive-streams/reactive-streams-jvm">The rules of reactive streams</a>
 */
final class EventSubscription implements Flow.Subscription, StreamingChatResponseHandler {

  private final Flow.Subscriber<? super ChatModelStreamingEvent> subscriber;
  private final Queue<ChatModelStreamingEvent> events = new ConcurrentLinkedQueue<>();
  private final AtomicLong demand = new AtomicLong();
  private final AtomicInteger missed = new AtomicInteger();
  private volatile @Nullable End end;
  private volatile boolean isOver;
  private volatile @Nullable StreamingHandle handle;

  /** What comes after the last event, or instead of those that are left: a failure, or nothing. */
  private record End(@Nullable Throwable failure, boolean atOnce) {}

  EventSubscription(Flow.Subscriber<? super ChatModelStreamingEvent> subscriber) {
    this.subscriber = subscriber;
  }

  /** Whether nothing more will be told. */
  boolean isOver() {
    return isOver;
  }

  /** What ends this part of the stream; known only after the first events may have come. */
  void stopBy(StreamingHandle part) {
    handle = part;
    if (isOver) {
      part.cancel();
    }
  }

  @Override
  public void request(long count) {
    if (count <= 0) {
      end = new End(
          new IllegalArgumentException("must request at least one event: " + count),
          /* atOnce= */ true);
      stop();
    } else {
      demand.accumulateAndGet(
          count, (before, more) -> before > Long.MAX_VALUE - more ? Long.MAX_VALUE : before + more);
    }
    tell();
  }

  @Override
  public void cancel() {
    isOver = true;
    events.clear();
    stop();
  }

  private void stop() {
    StreamingHandle part = handle;
    if (part != null) {
      part.cancel();
    }
  }

  private void add(ChatModelStreamingEvent event) {
    if (!isOver && end == null) {
      events.add(event);
      tell();
    }
  }

  private void end(@Nullable Throwable failure) {
    if (end == null) {
      end = new End(failure, /* atOnce= */ false);
      tell();
    }
  }

  // Whoever finds nobody telling does; the others leave their work to that one.
  private void tell() {
    if (missed.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      tellRequested();
      seen = missed.addAndGet(-seen);
    } while (seen != 0);
  }

  private void tellRequested() {
    while (!isOver) {
      // Before the events: those that came before the end are told before it.
      End last = end;
      if (last != null && (last.atOnce || events.isEmpty())) {
        isOver = true;
        events.clear();
        tell(last);
        return;
      }
      ChatModelStreamingEvent event = demand.get() > 0 ? events.poll() : null;
      if (event == null) {
        return;
      }
      demand.updateAndGet(left -> left == Long.MAX_VALUE ? left : left - 1);
      tell(event);
    }
  }

  // Who throws is taken to have cancelled: rule 2.13.
  private void tell(ChatModelStreamingEvent event) {
    try {
      subscriber.onNext(event);
    } catch (RuntimeException e) {
      cancel();
      throw e;
    }
  }

  private void tell(End last) {
    if (last.failure == null) {
      subscriber.onComplete();
    } else {
      subscriber.onError(last.failure);
    }
  }

  @Override
  public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
    add(part);
  }

  @Override
  public void onPartialThinking(PartialThinking part, PartialThinkingContext context) {
    add(part);
  }

  @Override
  public void onPartialToolCall(PartialToolCall part, PartialToolCallContext context) {
    add(part);
  }

  @Override
  public void onCompleteToolCall(CompleteToolCall call) {
    add(call);
  }

  @Override
  public void onUnmappedRawEvent(Object event) {
    add(RawStreamingEvent.of(event));
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    add(new CompleteResponse(response));
    end(null);
  }

  @Override
  public void onError(Throwable failure) {
    end(failure);
  }
}
