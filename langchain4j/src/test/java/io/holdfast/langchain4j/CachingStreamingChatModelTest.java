package io.holdfast.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.holdfast.response.NotStoredReason;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** LangChain4j's streaming OpenAI client behind the cache, over HTTP and SSE. */
@Timeout(60)
class CachingStreamingChatModelTest {

  @TempDir
  Path directory;

  private ModelFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new ModelFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static class Ear implements StreamingChatResponseHandler {
    final List<String> heard = new CopyOnWriteArrayList<>();
    final CountDownLatch end = new CountDownLatch(1);
    volatile @Nullable ChatResponse response;
    volatile @Nullable Throwable failure;

    @Override
    public void onPartialResponse(String text) {
      heard.add(text);
    }

    @Override
    public void onPartialToolCall(PartialToolCall part) {
      heard.add("part " + part.partialArguments());
    }

    @Override
    public void onCompleteToolCall(CompleteToolCall call) {
      heard.add("call " + call.toolExecutionRequest().arguments());
    }

    @Override
    public void onCompleteResponse(ChatResponse complete) {
      response = complete;
      end.countDown();
    }

    @Override
    public void onError(Throwable error) {
      failure = error;
      end.countDown();
    }

    Ear awaitEnd() throws InterruptedException {
      assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
      return this;
    }

    ChatResponse response() {
      ChatResponse complete = response;
      assertThat(complete).as("failure: %s", failure).isNotNull();
      return complete;
    }
  }

  private static Ear hear(StreamingChatModel model) throws InterruptedException {
    var ear = new Ear();
    model.chat("why", ear);
    return ear.awaitEnd();
  }

  @Test
  void chat_again_replaysTheOriginalPiecesWithUsageAndMetadata() throws Exception {
    fixture.server.pieces = List.of("be", "ca", "use");
    var model = fixture.streamingModel();
    Ear first = hear(model);
    Ear second = hear(model);
    assertThat(fixture.server.calls()).isEqualTo(1);
    assertThat(first.heard).containsExactly("be", "ca", "use");
    assertThat(second.heard).isEqualTo(first.heard);
    assertThat(second.response().aiMessage()).isEqualTo(first.response().aiMessage());
    assertThat(second.response().tokenUsage()).isEqualTo(first.response().tokenUsage());
    assertThat(second.response().finishReason()).isEqualTo(first.response().finishReason());
    assertThat(second.response().id()).isEqualTo("chatcmpl-1");
    assertThat(fixture.listener.events)
        .containsExactly("request m-1", "response 18", "request m-1", "response 18");
  }

  @Test
  void chat_toolCalls_areReplayedInTheirPieces() throws Exception {
    fixture.server.callsTool = true;
    var model = fixture.streamingModel();
    Ear first = hear(model);
    Ear second = hear(model);
    assertThat(fixture.server.calls()).isEqualTo(1);
    assertThat(first.heard).contains("call {\"id\": 7}");
    assertThat(second.heard).isEqualTo(first.heard);
    assertThat(second.response().aiMessage().toolExecutionRequests()).hasSize(1);
  }

  @Test
  void chat_plainAndStreamed_shareTheirAnswers() throws Exception {
    hear(fixture.streamingModel());
    assertThat(fixture.model().chat("why")).isEqualTo("because");
    assertThat(fixture.server.calls()).isEqualTo(1);
    fixture.cache.clear();
    fixture.model().chat("why");
    assertThat(hear(fixture.streamingModel()).heard).containsExactly("because");
    assertThat(fixture.server.calls()).isEqualTo(2);
  }

  @Test
  void chat_streamBreaks_tellsSoAndStoresNothing() throws Exception {
    fixture.server.breaksAfter = 1;
    Ear broken = hear(fixture.streamingModel());
    assertThat(broken.failure).isNotNull();
    assertThat(broken.response).isNull();
    assertThat(fixture.cache).isEmpty();
    fixture.server.breaksAfter = Integer.MAX_VALUE;
    assertThat(hear(fixture.streamingModel()).response().aiMessage().text()).isEqualTo("because");
  }

  /** The client calls this a complete response; the one who waits is told so, and nobody else. */
  @Test
  void chat_streamEndsTooEarly_storesNothing() throws Exception {
    fixture.server.endsAfter = 1;
    Ear cutShort = hear(fixture.streamingModel());
    assertThat(cutShort.response().aiMessage().text()).isEqualTo("be");
    assertThat(fixture.cache).isEmpty();
    assertThat(fixture.responses.statistics().notStored())
        .containsEntry(NotStoredReason.REFUSED, 1L);
    fixture.server.endsAfter = Integer.MAX_VALUE;
    assertThat(hear(fixture.streamingModel()).response().aiMessage().text()).isEqualTo("because");
  }

  @Test
  void chat_tooManyRequests_isTold() throws Exception {
    fixture.server.status = 429;
    assertThat(hear(fixture.streamingModel()).failure).isNotNull();
    assertThat(fixture.cache).isEmpty();
  }

  @Test
  void chat_twoAtOnce_isOneCallAndBothHearAllOfIt() throws Exception {
    var gate = new CountDownLatch(1);
    fixture.server.streamGate = gate;
    var model = fixture.streamingModel();
    var first = new Ear();
    var second = new Ear();
    model.chat("why", first);
    while (first.heard.isEmpty()) {
      Thread.onSpinWait();
    }
    model.chat("why", second);
    gate.countDown();
    assertThat(second.awaitEnd().heard).isEqualTo(first.awaitEnd().heard);
    assertThat(second.response().aiMessage().text()).isEqualTo("because");
    assertThat(fixture.server.calls()).isEqualTo(1);
  }

  @Test
  void chat_handlerCancels_hearsNothingMoreAndNothingIsStored() throws Exception {
    var gate = new CountDownLatch(1);
    fixture.server.streamGate = gate;
    var ear = new Ear() {
      @Override
      public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
        super.onPartialResponse(part.text());
        context.streamingHandle().cancel();
        assertThat(context.streamingHandle().isCancelled()).isTrue();
      }
    };
    fixture.streamingModel().chat("why", ear);
    while (fixture.responses.statistics().inFlight() > 0) {
      Thread.onSpinWait();
    }
    gate.countDown();
    assertThat(ear.heard).containsExactly("be");
    assertThat(ear.response).isNull();
    assertThat(fixture.cache).isEmpty();
  }

  @Test
  void chat_replayIsCancelled_stops() throws Exception {
    hear(fixture.streamingModel());
    var ear = new Ear() {
      @Override
      public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
        super.onPartialResponse(part.text());
        context.streamingHandle().cancel();
      }
    };
    fixture.streamingModel().chat("why", ear);
    assertThat(ear.heard).containsExactly("be");
    assertThat(ear.response).isNull();
  }

  @Test
  void chat_handlerThrows_isToldOnceAndNothingIsStored() throws Exception {
    var ear = new Ear() {
      @Override
      public void onPartialResponse(String text) {
        super.onPartialResponse(text);
        throw new IllegalStateException("the browser is gone");
      }
    };
    fixture.streamingModel().chat("why", ear);
    assertThat(ear.awaitEnd().failure).hasMessage("the browser is gone");
    while (fixture.responses.statistics().inFlight() > 0) {
      Thread.onSpinWait();
    }
    assertThat(ear.heard).containsExactly("be");
    assertThat(fixture.cache).isEmpty();
  }
}
