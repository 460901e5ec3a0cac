package io.holdfast.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams as publishers, over LangChain4j's OpenAI client, which knows handlers only. */
@Timeout(60)
class PublishedEventsTest {

  @TempDir
  Path directory;

  private ModelFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new ModelFixture(directory);
    fixture.server.pieces = List.of("be", "ca", "use");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static class Subscriber implements Flow.Subscriber<ChatModelStreamingEvent> {
    final List<ChatModelStreamingEvent> events = new CopyOnWriteArrayList<>();
    final CountDownLatch end = new CountDownLatch(1);
    private final long atFirst;
    volatile Flow.@Nullable Subscription subscription;
    volatile @Nullable Throwable failure;

    Subscriber(long atFirst) {
      this.atFirst = atFirst;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      if (atFirst > 0) {
        given.request(atFirst);
      }
    }

    @Override
    public void onNext(ChatModelStreamingEvent event) {
      events.add(event);
    }

    @Override
    public void onError(Throwable error) {
      failure = error;
      end.countDown();
    }

    @Override
    public void onComplete() {
      end.countDown();
    }

    Subscriber awaitEnd() throws InterruptedException {
      assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
      return this;
    }

    List<String> texts() {
      return events.stream()
          .filter(PartialResponse.class::isInstance)
          .map(event -> ((PartialResponse) event).text())
          .toList();
    }

    ChatResponse response() {
      assertThat(failure).isNull();
      return ((CompleteResponse) events.get(events.size() - 1)).chatResponse();
    }
  }

  private static Subscriber subscribe(StreamingChatModel model, Subscriber subscriber) {
    model
        .chat(ChatRequest.builder().messages(UserMessage.from("why")).build())
        .subscribe(subscriber);
    return subscriber;
  }

  private static Subscriber hear(StreamingChatModel model) throws InterruptedException {
    return subscribe(model, new Subscriber(Long.MAX_VALUE)).awaitEnd();
  }

  @Test
  void chat_again_publishesTheOriginalEventsWithUsage() throws Exception {
    Subscriber first = hear(fixture.streamingModel());
    Subscriber second = hear(fixture.streamingModel());
    assertThat(fixture.server.calls()).isEqualTo(1);
    assertThat(first.texts()).containsExactly("be", "ca", "use");
    assertThat(second.texts()).isEqualTo(first.texts());
    assertThat(second.response().aiMessage()).isEqualTo(first.response().aiMessage());
    assertThat(second.response().tokenUsage().totalTokenCount()).isEqualTo(18);
    assertThat(fixture.listener.events)
        .containsExactly("request m-1", "response 18", "request m-1", "response 18");
  }

  @Test
  void chat_publishedPlainAndHandled_shareTheirAnswers() throws Exception {
    hear(fixture.streamingModel());
    assertThat(fixture.model().chat("why")).isEqualTo("because");
    fixture.cache.clear();
    fixture.model().chat("why");
    assertThat(hear(fixture.streamingModel()).texts()).containsExactly("because");
    assertThat(fixture.server.calls()).isEqualTo(2);
  }

  @Test
  void chat_toolCalls_arePublishedAgain() throws Exception {
    fixture.server.callsTool = true;
    Subscriber first = hear(fixture.streamingModel());
    Subscriber second = hear(fixture.streamingModel());
    assertThat(fixture.server.calls()).isEqualTo(1);
    // Raw events of the provider reach the first one only.
    assertThat(first.events).containsAll(second.events.subList(0, second.events.size() - 1));
    assertThat(second.response().aiMessage().toolExecutionRequests()).hasSize(1);
  }

  @Test
  void chat_slowSubscriber_getsNoMoreThanItRequested_andHoldsUpNobody() throws Exception {
    var model = fixture.streamingModel();
    Subscriber slow = subscribe(model, new Subscriber(0));
    assertThat(hear(model).texts()).hasSize(3);
    assertThat(slow.events).isEmpty();
    slow.subscription.request(2);
    assertThat(slow.texts()).containsExactly("be", "ca");
    assertThat(slow.events).hasSize(2);
    slow.subscription.request(Long.MAX_VALUE);
    assertThat(slow.awaitEnd().texts()).containsExactly("be", "ca", "use");
    assertThat(slow.response().aiMessage().text()).isEqualTo("because");
    assertThat(fixture.server.calls()).isEqualTo(1);
  }

  @Test
  void chat_subscriberCancels_hearsNothingMoreAndNothingIsStored() throws Exception {
    var gate = new CountDownLatch(1);
    fixture.server.streamGate = gate;
    Subscriber subscriber = subscribe(fixture.streamingModel(), new Subscriber(Long.MAX_VALUE));
    while (subscriber.events.isEmpty()) {
      Thread.onSpinWait();
    }
    subscriber.subscription.cancel();
    while (fixture.responses.statistics().inFlight() > 0) {
      Thread.onSpinWait();
    }
    gate.countDown();
    assertThat(subscriber.texts()).containsExactly("be");
    assertThat(subscriber.end.getCount()).isEqualTo(1);
    assertThat(fixture.cache).isEmpty();
  }

  /** Asked for by the subscriber while it is told, as operators do. */
  @Test
  void chat_requestsOneByOneFromWithin_getsAll() throws Exception {
    var subscriber = new Subscriber(1) {
      @Override
      public void onNext(ChatModelStreamingEvent event) {
        super.onNext(event);
        subscription.request(1);
      }
    };
    assertThat(subscribe(fixture.streamingModel(), subscriber).awaitEnd().texts())
        .hasSize(3);
    assertThat(hear(fixture.streamingModel()).texts()).hasSize(3);
  }

  @Test
  void chat_requestsNothing_isRefused() throws Exception {
    Subscriber subscriber = subscribe(fixture.streamingModel(), new Subscriber(0));
    subscriber.subscription.request(0);
    assertThat(subscriber.awaitEnd().failure).isInstanceOf(IllegalArgumentException.class);
    assertThat(subscriber.events).isEmpty();
  }

  @Test
  void chat_subscriberThrows_isToldNothingMore() throws Exception {
    var subscriber = new Subscriber(Long.MAX_VALUE) {
      @Override
      public void onNext(ChatModelStreamingEvent event) {
        super.onNext(event);
        throw new IllegalStateException("the browser is gone");
      }
    };
    subscribe(fixture.streamingModel(), subscriber);
    while (subscriber.events.isEmpty() || fixture.responses.statistics().inFlight() > 0) {
      Thread.onSpinWait();
    }
    assertThat(subscriber.texts()).containsExactly("be");
    assertThat(fixture.cache).isEmpty();
  }

  @Test
  void chat_tooManyRequests_isTold() throws Exception {
    fixture.server.status = 429;
    assertThat(hear(fixture.streamingModel()).failure).isInstanceOf(RateLimitException.class);
    assertThat(fixture.cache).isEmpty();
  }

  @Test
  void chat_streamBreaks_tellsSoAndStoresNothing() throws Exception {
    fixture.server.breaksAfter = 1;
    assertThat(hear(fixture.streamingModel()).failure).isNotNull();
    assertThat(fixture.cache).isEmpty();
  }

  /** A model of the kind that later versions bring: it publishes, and knows no handlers. */
  private record Publishing(StreamingChatModel openAi) implements StreamingChatModel {
    @Override
    public Flow.Publisher<ChatModelStreamingEvent> doChat(ChatRequest request) {
      return new EventPublisher(handler -> {
        openAi.doChat(request, handler);
        return new Unstoppable();
      });
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
      return openAi.defaultRequestParameters();
    }
  }

  private static final class Unstoppable implements StreamingHandle {
    @Override
    public void cancel() {}

    @Override
    public boolean isCancelled() {
      return false;
    }
  }

  @Test
  void chat_modelThatOnlyPublishes_isCachedForPublishersAndHandlers() throws Exception {
    StreamingChatModel model = CachingStreamingChatModel.of(
        new Publishing(fixture.openAiStreaming()), fixture.responses, "publishing");
    Subscriber first = hear(model);
    assertThat(first.texts()).containsExactly("be", "ca", "use");
    assertThat(hear(model).response().aiMessage()).isEqualTo(first.response().aiMessage());
    assertThat(fixture.server.calls()).isEqualTo(1);
  }
}
