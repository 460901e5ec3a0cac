package io.holdfast.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.response.CachedResponse;
import io.holdfast.response.ResponseCache;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.retry.support.RetryTemplate;
import reactor.core.Disposable;

/** Spring AI's chat client and its real OpenAI client behind the cache, over HTTP and SSE. */
@Timeout(120)
class CachingAdvisorTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir
  Path directory;

  private FakeOpenAi server;
  private CacheManager manager;
  private Cache<String, CachedResponse> cache;
  private ResponseCache<ChatResponse> responses;
  private ChatClient client;

  @BeforeEach
  void open() throws Exception {
    server = new FakeOpenAi();
    manager = Caching.getCachingProvider()
        .getCacheManager(directory.resolve("chat.db").toUri(), getClass().getClassLoader());
    cache = manager.createCache(
        "chat",
        new MutableConfiguration<String, CachedResponse>()
            .setTypes(String.class, CachedResponse.class));
    responses = ChatResponses.over(cache).name("chat").build();
    client = ChatClient.builder(openAi())
        .defaultAdvisors(CachingAdvisor.of(responses, "openai/test"))
        .build();
  }

  private OpenAiChatModel openAi() {
    return OpenAiChatModel.builder()
        .openAiApi(OpenAiApi.builder().baseUrl(server.baseUrl()).apiKey("none").build())
        .defaultOptions(OpenAiChatOptions.builder()
            .model("m-1")
            .temperature(0.0)
            .streamUsage(true)
            .build())
        .retryTemplate(RetryTemplate.builder().maxAttempts(1).build())
        .build();
  }

  @AfterEach
  void close() {
    responses.close();
    manager.close();
    server.close();
  }

  private ChatResponse ask(String question) {
    return client.prompt(question).call().chatResponse();
  }

  @Test
  void call_again_isAnsweredWithTheSameWordsUsageAndMetadata() {
    ChatResponse first = ask("why");
    ChatResponse second = ask("why");
    assertThat(server.calls()).isEqualTo(1);
    assertThat(second.getResult().getOutput().getText()).isEqualTo("because");
    assertThat(second.getResult().getMetadata().getFinishReason())
        .isEqualTo(first.getResult().getMetadata().getFinishReason())
        .isEqualTo("STOP");
    assertThat(second.getMetadata().getId()).isEqualTo("chatcmpl-1");
    assertThat(second.getMetadata().getModel()).isEqualTo("m-1-2026");
    assertThat(second.getMetadata().getUsage().getTotalTokens()).isEqualTo(18);
    assertThat(second.getMetadata().<Object>get("created"))
        .isEqualTo(first.getMetadata().<Object>get("created"));
    assertThat(responses.statistics().hits()).isEqualTo(1);
    assertThat(responses.statistics().accounts().values())
        .anyMatch(account -> account.savedTokens().output() == 7);
  }

  @Test
  void call_anythingThatCountsIsOther_isAnotherCall() {
    ask("why");
    ask("how");
    client.prompt("why").system("Answer in rhymes.").call().content();
    client
        .prompt("why")
        .options(OpenAiChatOptions.builder().model("m-2").temperature(0.0).build())
        .call()
        .content();
    client
        .prompt("why")
        .options(
            OpenAiChatOptions.builder().model("m-1").temperature(0.0).seed(7).build())
        .call()
        .content();
    client
        .prompt("why")
        .options(OpenAiChatOptions.builder()
            .model("m-1")
            .temperature(0.0)
            .httpHeaders(Map.of("OpenAI-Organization", "acme"))
            .build())
        .call()
        .content();
    assertThat(server.calls()).isEqualTo(6);
    ask("why");
    assertThat(server.calls()).isEqualTo(6);
  }

  record Reason(String reason) {}

  record Cause(String cause) {}

  /** The client adds the form of the answer behind all advisors; it counts all the same. */
  @Test
  void call_typed_isRestored_andAnotherTypeIsAnotherCall() {
    server.pieces = List.of("{\"reason\": \"so\", \"cause\": \"this\"}");
    assertThat(client.prompt("why").call().entity(Reason.class)).isEqualTo(new Reason("so"));
    assertThat(client.prompt("why").call().entity(Reason.class)).isEqualTo(new Reason("so"));
    assertThat(server.calls()).isEqualTo(1);
    assertThat(client.prompt("why").call().entity(Cause.class)).isEqualTo(new Cause("this"));
    assertThat(server.calls()).isEqualTo(2);
  }

  @Test
  void call_context_isTheRequests() {
    ChatClientResponse first = advised();
    ChatClientResponse second = advised();
    assertThat(first.context()).containsEntry("conversation", "7");
    assertThat(second.context()).containsEntry("conversation", "7");
    assertThat(server.calls()).isEqualTo(1);
  }

  private ChatClientResponse advised() {
    return client
        .prompt("why")
        .advisors(advisors -> advisors.param("conversation", "7"))
        .call()
        .chatClientResponse();
  }

  static final class Clock {
    @Tool(description = "What time it is")
    String now() {
      return "noon";
    }
  }

  @Test
  void call_withTools_goesPastTheCache() {
    client.prompt("when").tools(new Clock()).call().content();
    client.prompt("when").tools(new Clock()).call().content();
    assertThat(server.calls()).isEqualTo(2);
    assertThat(cache).isEmpty();
  }

  @Test
  void call_cutOff_isNotStored() {
    server.finishReason = "length";
    ask("why");
    assertThat(cache).isEmpty();
  }

  @Test
  void call_tooManyRequests_isThrownAndNotStored() {
    server.status = 429;
    assertThatThrownBy(() -> ask("why")).hasMessageContaining("429");
    server.status = 200;
    assertThat(ask("why").getResult().getOutput().getText()).isEqualTo("because");
  }

  @Test
  void call_twoAtOnce_isOneCall() throws Exception {
    var gate = new CountDownLatch(1);
    server.gate = gate;
    var first = CompletableFuture.supplyAsync(() -> ask("why"));
    while (server.calls() == 0) {
      Thread.onSpinWait();
    }
    var second = CompletableFuture.supplyAsync(() -> ask("why"));
    gate.countDown();
    assertThat(first.get(30, TimeUnit.SECONDS).getResult().getOutput().getText())
        .isEqualTo(second.get(30, TimeUnit.SECONDS).getResult().getOutput().getText());
    assertThat(server.calls()).isEqualTo(1);
  }

  private List<String> stream() {
    return client.prompt("why").stream().content().collectList().block(PATIENCE);
  }

  @Test
  void stream_again_isReplayedInItsPieces() {
    assertThat(stream()).containsExactly("be", "ca", "use");
    assertThat(stream()).containsExactly("be", "ca", "use");
    assertThat(server.calls()).isEqualTo(1);
    List<ChatResponse> pieces =
        client.prompt("why").stream().chatResponse().collectList().block(PATIENCE);
    assertThat(pieces.get(pieces.size() - 1).getMetadata().getUsage().getTotalTokens())
        .isEqualTo(18);
    assertThat(server.calls()).isEqualTo(1);
  }

  @Test
  void stream_andCall_shareTheirAnswers() {
    stream();
    ChatResponse called = ask("why");
    assertThat(called.getResult().getOutput().getText()).isEqualTo("because");
    assertThat(called.getMetadata().getUsage().getTotalTokens()).isEqualTo(18);
    assertThat(called.getResult().getMetadata().getFinishReason()).isEqualTo("STOP");
    cache.clear();
    ask("why");
    assertThat(stream()).containsExactly("because");
    assertThat(server.calls()).isEqualTo(2);
  }

  @Test
  void stream_breaks_failsAndNothingIsStored() {
    server.breaksAfter = 1;
    assertThatThrownBy(this::stream).isNotNull();
    assertThat(cache).isEmpty();
    server.breaksAfter = Integer.MAX_VALUE;
    assertThat(stream()).containsExactly("be", "ca", "use");
  }

  @Test
  void stream_cancelled_nothingIsStored() {
    var gate = new CountDownLatch(1);
    server.gate = gate;
    var heard = new CountDownLatch(1);
    Disposable subscription =
        client.prompt("why").stream().content().subscribe(piece -> heard.countDown());
    while (heard.getCount() > 0) {
      Thread.onSpinWait();
    }
    subscription.dispose();
    while (responses.statistics().inFlight() > 0) {
      Thread.onSpinWait();
    }
    gate.countDown();
    assertThat(cache).isEmpty();
  }
}
