package io.holdfast.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import dev.langchain4j.model.embedding.listener.EmbeddingModelRequestContext;
import dev.langchain4j.model.embedding.listener.EmbeddingModelResponseContext;
import dev.langchain4j.model.embedding.request.EmbeddingInput;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.request.EmbeddingRequestParameters;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import io.holdfast.response.ResponseCache;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** LangChain4j's OpenAI embedding client behind the cache, over HTTP. */
@Timeout(60)
class CachingEmbeddingModelTest {

  @TempDir
  Path directory;

  private ModelFixture fixture;
  private ResponseCache<Embedding> responses;
  private EmbeddingModel openAi;
  private EmbeddingModel model;
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @BeforeEach
  void open() throws Exception {
    fixture = new ModelFixture(directory);
    responses = CachingEmbeddingModel.responsesOver(fixture.cache).build();
    openAi = OpenAiEmbeddingModel.builder()
        .baseUrl(fixture.server.baseUrl())
        .apiKey("none")
        .modelName("e-1")
        .maxRetries(0)
        .listeners(List.of(new Listening()))
        .build();
    model = CachingEmbeddingModel.of(openAi, responses, "test");
  }

  private final class Listening implements EmbeddingModelListener {
    @Override
    public void onRequest(EmbeddingModelRequestContext context) {
      heard.add("request " + context.embeddingRequest().inputs().size());
    }

    @Override
    public void onResponse(EmbeddingModelResponseContext context) {
      heard.add("response " + context.embeddingResponse().embeddings().size());
    }
  }

  @AfterEach
  void close() {
    responses.close();
    fixture.close();
  }

  private static List<TextSegment> segments(String... texts) {
    return List.of(texts).stream().map(TextSegment::from).toList();
  }

  @Test
  void embed_again_isTheSameVectorWithoutACall() {
    Embedding first = model.embed("orders").content();
    assertThat(first.vector()).containsExactly(6.5f, 'o');
    assertThat(model.embed("orders").content()).isEqualTo(first);
    assertThat(fixture.server.calls()).isEqualTo(1);
  }

  @Test
  void embedAll_someKnown_asksForTheOthersInOneCall() {
    model.embed("orders");
    var response = model.embedAll(segments("items", "orders", "users", "items"));
    assertThat(response.content())
        .extracting(embedding -> embedding.vector()[0])
        .containsExactly(5.5f, 6.5f, 5.5f, 5.5f);
    assertThat(fixture.server.requests).hasSize(2);
    assertThat(fixture.server.requests.get(1).get("input")).hasSize(2);
    assertThat(response.tokenUsage().totalTokenCount()).isEqualTo(4);
    assertThat(model.embedAll(segments("items", "users")).tokenUsage().totalTokenCount())
        .isZero();
  }

  /** Once each, hit, miss or both: the model behind the cache tells nobody itself. */
  @Test
  void embed_listeners_hearOfTheWholeRequestOnce() {
    model.embed("orders");
    model.embed("orders");
    model.embedAll(segments("orders", "items"));
    assertThat(heard)
        .containsExactly(
            "request 1", "response 1", "request 1", "response 1", "request 2", "response 2");
  }

  @Test
  void embed_otherDimensions_isAnotherVector() {
    model.embed(request("orders", 2));
    model.embed(request("orders", 3));
    model.embed(request("orders", 2));
    assertThat(fixture.server.requests)
        .extracting(request -> request.path("dimensions").intValue())
        .containsExactly(2, 3);
  }

  private static EmbeddingRequest request(String text, int dimensions) {
    return EmbeddingRequest.builder()
        .inputs(List.of(EmbeddingInput.from(text)))
        .parameters(EmbeddingRequestParameters.builder().dimensions(dimensions).build())
        .build();
  }

  @Test
  void embed_modelName_isToldOnHitsToo() {
    String first = model.embed(request("orders", 2)).modelName();
    assertThat(first).isEqualTo("e-1");
    assertThat(model.embed(request("orders", 2)).modelName()).isEqualTo(first);
  }

  @Test
  void embed_tooManyRequests_isThrownAndNotStored() {
    fixture.server.status = 429;
    assertThatExceptionOfType(RateLimitException.class).isThrownBy(() -> model.embed("orders"));
    fixture.server.status = 200;
    assertThat(model.embed("orders").content().vector()).hasSize(2);
  }

  /** The client's blocking call on another thread: what it has of futures until it has its own. */
  private record Asynchronous(EmbeddingModel openAi) implements EmbeddingModel {
    @Override
    public CompletableFuture<EmbeddingResponse> doEmbedAsync(EmbeddingRequest request) {
      return CompletableFuture.supplyAsync(() -> openAi.embed(request));
    }
  }

  private EmbeddingModel asynchronous() {
    return CachingEmbeddingModel.of(new Asynchronous(openAi), responses, "async");
  }

  private static EmbeddingRequest request(String... texts) {
    return EmbeddingRequest.builder()
        .inputs(Stream.of(texts).map(EmbeddingInput::from).toList())
        .build();
  }

  private static EmbeddingResponse get(CompletableFuture<EmbeddingResponse> asked)
      throws Exception {
    return asked.get(30, TimeUnit.SECONDS);
  }

  @Test
  void embedAsync_someKnown_asksForTheOthersInOneCall() throws Exception {
    EmbeddingModel async = asynchronous();
    get(async.embedAsync(request("orders")));
    EmbeddingResponse response =
        get(async.embedAsync(request("items", "orders", "users", "items")));
    assertThat(response.embeddings())
        .extracting(embedding -> embedding.vector()[0])
        .containsExactly(5.5f, 6.5f, 5.5f, 5.5f);
    assertThat(response.tokenUsage().totalTokenCount()).isEqualTo(4);
    assertThat(fixture.server.requests).hasSize(2);
    assertThat(fixture.server.requests.get(1).get("input")).hasSize(2);
    assertThat(get(async.embedAsync(request("items", "users"))).tokenUsage().totalTokenCount())
        .isZero();
    assertThat(fixture.server.requests).hasSize(2);
  }

  @Test
  void embedAsync_whileTheSameIsAsked_isOneCall() throws Exception {
    var gate = new CountDownLatch(1);
    fixture.server.gate = gate;
    EmbeddingModel async = asynchronous();
    CompletableFuture<EmbeddingResponse> first = async.embedAsync(request("orders", "items"));
    CompletableFuture<EmbeddingResponse> second = async.embedAsync(request("items", "orders"));
    gate.countDown();
    assertThat(get(second).embeddings().get(1))
        .isEqualTo(get(first).embeddings().get(0));
    assertThat(fixture.server.calls()).isEqualTo(1);
  }

  @Test
  void embedAsync_tooManyRequests_failsAndIsNotStored() throws Exception {
    fixture.server.status = 429;
    EmbeddingModel async = asynchronous();
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> get(async.embedAsync(request("orders"))))
        .withRootCauseInstanceOf(HttpException.class);
    fixture.server.status = 200;
    assertThat(get(async.embedAsync(request("orders"))).embeddings()).hasSize(1);
  }

  /** The client at hand cannot answer with futures; what is known needs no client. */
  @Test
  void embedAsync_modelCannot_hitsAreAnsweredAllTheSame() throws Exception {
    model.embed("orders");
    assertThat(get(model.embedAsync(request("orders"))).embeddings()).hasSize(1);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> get(model.embedAsync(request("items"))))
        .withMessageContaining("sync");
    assertThat(fixture.server.calls()).isEqualTo(1);
  }

  @Test
  void model_saysWhatTheRealOneDoes() {
    assertThat(model.modelName()).isEqualTo("e-1");
    assertThat(model.dimension()).isPositive();
  }
}
