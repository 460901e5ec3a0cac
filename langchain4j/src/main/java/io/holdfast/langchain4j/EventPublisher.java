package io.holdfast.langchain4j;

import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.concurrent.Flow;
import java.util.function.Function;

/** The events of a handler as a publisher: each subscriber asks anew, as if it had called with a handler. */
record EventPublisher(Function<StreamingChatResponseHandler, StreamingHandle> asking)
    implements Flow.Publisher<ChatModelStreamingEvent> {

  @Override
  public void subscribe(Flow.Subscriber<? super ChatModelStreamingEvent> subscriber) {
    var events = new EventSubscription(subscriber);
    subscriber.onSubscribe(events);
    if (!events.isOver()) {
      events.stopBy(asking.apply(events));
    }
  }
}
