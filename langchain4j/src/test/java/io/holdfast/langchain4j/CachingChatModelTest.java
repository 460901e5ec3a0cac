package io.holdfast.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageType;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.holdfast.response.Account;
import io.holdfast.response.AccountStatistics;
import io.holdfast.response.CallPolicy;
import io.holdfast.response.NotStoredReason;
import io.holdfast.response.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** LangChain4j's OpenAI client behind the cache, over HTTP. */
@Timeout(60)
class CachingChatModelTest {

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

  private static ChatRequest.Builder ask(String question) {
    return ChatRequest.builder().messages(UserMessage.from(question));
  }

  @Test
  void chat_again_isTheSameResponseWithoutACall() {
    ChatModel model = fixture.model();
    ChatResponse first = model.chat(ask("why").build());
    ChatResponse second = model.chat(ask("why").build());

    assertThat(fixture.server.calls()).isEqualTo(1);
    assertThat(second.aiMessage()).isEqualTo(first.aiMessage());
    assertThat(second.aiMessage().text()).isEqualTo("because");
    assertThat(second.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(second.tokenUsage()).isEqualTo(first.tokenUsage());
    var metadata = (OpenAiChatResponseMetadata) second.metadata();
    assertThat(metadata.id()).isEqualTo("chatcmpl-1");
    assertThat(metadata.modelName()).isEqualTo("m-1-2026");
    assertThat(metadata.created()).isEqualTo(1_700_000_000L);
    assertThat(metadata.serviceTier()).isEqualTo("default");
    assertThat(metadata.systemFingerprint()).isEqualTo("fp_1");
    assertThat(metadata.tokenUsage().inputTokensDetails().cachedTokens()).isEqualTo(3);
    assertThat(metadata.tokenUsage().outputTokensDetails().reasoningTokens()).isEqualTo(2);
  }

  @Test
  void chat_hit_isToldToListenersLikeACall() {
    ChatModel model = fixture.model();
    model.chat("why");
    List<String> ofACall = List.copyOf(fixture.listener.events);
    fixture.listener.events.clear();
    model.chat("why");
    assertThat(ofACall).containsExactly("request m-1", "response 18");
    assertThat(fixture.listener.events).isEqualTo(ofACall);
  }

  @Test
  void chat_toolCall_comesBackFromTheCache() {
    fixture.server.callsTool = true;
    ChatModel model = fixture.model();
    var request = ask("which")
        .toolSpecifications(ToolSpecification.builder()
            .name("lookup")
            .parameters(JsonObjectSchema.builder().addIntegerProperty("id").build())
            .build())
        .build();
    ChatResponse first = model.chat(request);
    ChatResponse second = model.chat(request);
    assertThat(fixture.server.calls()).isEqualTo(1);
    assertThat(second.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
    assertThat(second.aiMessage().toolExecutionRequests())
        .isEqualTo(first.aiMessage().toolExecutionRequests())
        .singleElement()
        .satisfies(call -> {
          assertThat(call.name()).isEqualTo("lookup");
          assertThat(call.arguments()).isEqualTo("{\"id\": 7}");
        });
  }

  @Test
  void chat_tooManyRequests_isThrownAsItIsAndNotStored() {
    fixture.server.status = 429;
    ChatModel model = fixture.model();
    assertThatExceptionOfType(RateLimitException.class).isThrownBy(() -> model.chat("why"));
    assertThat(fixture.listener.events).containsExactly("request m-1", "error");
    fixture.server.status = 200;
    assertThat(model.chat("why")).isEqualTo("because");
  }

  @Test
  void chat_cutShortOrFilteredOrEmpty_isNotStored() {
    ChatModel model = fixture.model();
    fixture.server.finishReason = "length";
    model.chat("one");
    fixture.server.finishReason = "content_filter";
    model.chat("two");
    fixture.server.finishReason = "stop";
    fixture.server.pieces = List.of("");
    model.chat("three");
    assertThat(fixture.cache).isEmpty();
    assertThat(fixture.responses.statistics().notStored())
        .containsEntry(NotStoredReason.REFUSED, 3L);
  }

  /** Everything that can change the answer: model, messages, parameters, those of the provider, tools. */
  @Test
  void chat_anyChangeOfTheRequest_isACallOfItsOwn() {
    ChatModel model = fixture.model();
    var requests = new ArrayList<ChatRequest>();
    requests.add(ask("why").build());
    requests.add(ask("why?").build());
    requests.add(ChatRequest.builder()
        .messages(SystemMessage.from("Be brief."), UserMessage.from("why"))
        .build());
    requests.add(ChatRequest.builder()
        .messages(UserMessage.from("why"), AiMessage.from("because"), UserMessage.from("why"))
        .build());
    requests.add(ChatRequest.builder().messages(UserMessage.from("Ann", "why")).build());
    requests.add(ask("why").modelName("m-2").build());
    requests.add(ask("why").temperature(0.1).build());
    requests.add(ask("why").topP(0.5).build());
    requests.add(ask("why").maxOutputTokens(10).build());
    requests.add(ask("why").stopSequences(List.of("END")).build());
    requests.add(ask("why")
        .toolSpecifications(ToolSpecification.builder().name("a").build())
        .build());
    requests.add(ask("why")
        .toolSpecifications(
            ToolSpecification.builder().name("a").description("b").build())
        .build());
    requests.add(ask("why")
        .responseFormat(dev.langchain4j.model.chat.request.ResponseFormat.JSON)
        .build());
    requests.add(parameters(OpenAiChatRequestParameters.builder().seed(1)));
    requests.add(parameters(OpenAiChatRequestParameters.builder().seed(2)));
    requests.add(parameters(OpenAiChatRequestParameters.builder().reasoningEffort("low")));
    requests.add(
        parameters(OpenAiChatRequestParameters.builder().customParameters(Map.of("style", "dry"))));
    requests.forEach(model::chat);
    assertThat(fixture.server.calls()).isEqualTo(requests.size());
    requests.forEach(model::chat);
    assertThat(fixture.server.calls()).isEqualTo(requests.size());
  }

  private static ChatRequest parameters(OpenAiChatRequestParameters.Builder parameters) {
    return ChatRequest.builder()
        .messages(UserMessage.from("why"))
        .parameters(parameters.build())
        .build();
  }

  @Test
  void chat_requestWithoutCanonicalForm_isCalledAndNotStored() {
    ChatModel model = fixture.model();
    var strange = parameters(OpenAiChatRequestParameters.builder()
        .customParameters(Map.of("when", java.time.Instant.EPOCH.toString(), "x", new int[] {1})));
    model.chat(strange);
    model.chat(strange);
    assertThat(fixture.server.calls()).isEqualTo(2);
    assertThat(fixture.responses.statistics().notStored())
        .containsEntry(NotStoredReason.KEY_NOT_CACHEABLE, 2L);
  }

  @Test
  void chat_manyAtOnce_isOneCall() throws Exception {
    var gate = new CountDownLatch(1);
    fixture.server.gate = gate;
    ChatModel model = fixture.model();
    var executor = Executors.newFixedThreadPool(10);
    try {
      var asked = new ArrayList<Future<String>>();
      for (int i = 0; i < 10; i++) {
        asked.add(executor.submit(() -> model.chat("why")));
      }
      while (fixture.server.calls() == 0) {
        Thread.onSpinWait();
      }
      gate.countDown();
      for (Future<String> answer : asked) {
        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("because");
      }
      assertThat(fixture.server.calls()).isEqualTo(1);
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void chat_policyOfAView_counts() {
    fixture.model().chat("why");
    fixture.server.pieces = List.of("anew");
    var fresh = CachingChatModel.of(
        fixture.openAi().build(), fixture.responses.with(CallPolicy.DEFAULT.withNoCache()), "test");
    assertThat(fresh.chat("why")).isEqualTo("anew");
    assertThat(fixture.model().chat("why")).isEqualTo("anew");
    assertThat(fixture.server.calls()).isEqualTo(2);
  }

  @Test
  void chat_otherService_doesNotShareItsAnswers() {
    fixture.model().chat("why");
    CachingChatModel.of(fixture.openAi().build(), fixture.responses, "other").chat("why");
    assertThat(fixture.server.calls()).isEqualTo(2);
  }

  @Test
  void chat_hit_savesTheTokensThatTheServiceTold() {
    fixture.model().chat("why");
    fixture.model().chat("why");
    AccountStatistics counts =
        fixture.responses.statistics().accounts().get(new Account("test", "m-1-2026"));
    assertThat(counts.spentTokens()).isEqualTo(new Tokens(11, 3, 7));
    assertThat(counts.savedTokens()).isEqualTo(new Tokens(11, 3, 7));
  }

  @Test
  void chat_keepQuestions_storesWhatTheUserSaidLast() {
    try (var keeping = ChatResponses.over(fixture.cache).keepQuestions().build()) {
      CachingChatModel.of(fixture.openAi().build(), keeping, "test")
          .chat(SystemMessage.from("Be brief."), UserMessage.from("why"));
    }
    fixture.cache.forEach(entry -> assertThat(entry.getValue().question()).isEqualTo("why"));
    assertThat(fixture.cache).hasSize(1);
  }

  /** A model that knows nothing but chat, as people write them. */
  private static final class Plain implements ChatModel {
    private int calls;

    @Override
    public ChatResponse chat(ChatRequest request) {
      calls++;
      return ChatResponse.builder()
          .aiMessage(AiMessage.builder().text("plain").thinking("hm").build())
          .tokenUsage(new TokenUsage(1, null, 3))
          .build();
    }
  }

  @Test
  void chat_modelThatOverridesChatOnly_isCachedToo() {
    var plain = new Plain();
    ChatModel model = CachingChatModel.of(plain, fixture.responses, "plain");
    ChatResponse first = model.chat(ask("why").build());
    assertThat(model.chat(ask("why").build())).isEqualTo(first);
    assertThat(plain.calls).isEqualTo(1);
  }

  /** A model that answers with futures, as LangChain4j has had them since 1.20. */
  private static final class Asynchronous implements ChatModel {
    private int calls;

    @Override
    public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
      calls++;
      return CompletableFuture.completedFuture(
          ChatResponse.builder().aiMessage(AiMessage.from("later")).build());
    }
  }

  @Test
  void chatAsync_again_isOneCall() throws Exception {
    var delegate = new Asynchronous();
    ChatModel model = CachingChatModel.of(delegate, fixture.responses, "async");
    ChatResponse first = model.chatAsync(ask("why").build()).get(30, TimeUnit.SECONDS);
    assertThat(first.aiMessage().text()).isEqualTo("later");
    assertThat(model.chatAsync(ask("why").build()).get(30, TimeUnit.SECONDS)).isEqualTo(first);
    assertThat(delegate.calls).isEqualTo(1);
  }

  /** Parameters that show not all they hold. */
  private static final class Secretive extends DefaultChatRequestParameters {
    @SuppressWarnings({"unused", "UnusedVariable"}) // what it is for
    private final String secret = "style";

    Secretive() {
      super(ChatRequestParameters.builder().temperature(0.0));
    }
  }

  @Test
  void chat_parametersThatHideSomething_areNotCacheable() {
    var plain = new Plain();
    ChatModel model = CachingChatModel.of(plain, fixture.responses, "plain");
    var request = ChatRequest.builder()
        .messages(UserMessage.from("why"))
        .parameters(new Secretive())
        .build();
    // Not chat, which would merge the parameters into a class of its own.
    model.doChat(request);
    model.doChat(request);
    assertThat(plain.calls).isEqualTo(2);
  }

  /** A message of a kind that LangChain4j's own JSON does not know must not be guessed at. */
  @Test
  void chat_unknownMessage_isNotCacheable() {
    ChatMessage unknown = () -> ChatMessageType.USER;
    var plain = new Plain();
    ChatModel model = CachingChatModel.of(plain, fixture.responses, "plain");
    var request = ChatRequest.builder().messages(List.of(unknown)).build();
    model.chat(request);
    model.chat(request);
    assertThat(plain.calls).isEqualTo(2);
  }
}
