package io.holdfast.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.ContentType;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import dev.langchain4j.model.embedding.request.EmbeddingInput;
import dev.langchain4j.model.embedding.request.EmbeddingParameter;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.request.EmbeddingRequestParameters;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.embedding.response.EmbeddingResponseMetadata;
import dev.langchain4j.model.output.TokenUsage;
import io.holdfast.response.Answer;
import io.holdfast.response.CachedResponse;
import io.holdfast.response.ResponseCache;
import io.holdfast.response.ResponseCacheBuilder;
import io.holdfast.response.ResponseKey;
import io.holdfast.response.Responses;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * An embedding model that embeds each text once. Of many texts those that are missing go into one call of
 * the model. A text counts as it is; the metadata of its segment does not.
 *
 * <p>The token usage is that of the call for what was missing, or zero if nothing was. Parameters of a
 * request count; a request with anything but texts goes past the cache. Callers that share a call share its
 * vectors: do not {@link Embedding#normalize} them in place. Safe from any thread if the model is.
 */
public final class CachingEmbeddingModel implements EmbeddingModel {

  private final EmbeddingModel delegate;
  private final Responses<Embedding> responses;
  private final String service;

  private CachingEmbeddingModel(
      EmbeddingModel delegate, Responses<Embedding> responses, String service) {
    this.delegate = delegate;
    this.responses = responses;
    this.service = service;
  }

  /** A response cache of embeddings over this cache. */
  public static ResponseCacheBuilder<Embedding> responsesOver(Cache<String, CachedResponse> cache) {
    return ResponseCache.over(cache).codec(EmbeddingCodec.INSTANCE);
  }

  /**
   * Decorates a model.
   *
   * @param responses of {@link #responsesOver}, or a view of it
   * @param service names the model as it is configured; models of one name share their vectors
   */
  public static CachingEmbeddingModel of(
      EmbeddingModel delegate, Responses<Embedding> responses, String service) {
    return new CachingEmbeddingModel(delegate, responses, service);
  }

  @Override
  public EmbeddingResponse doEmbed(EmbeddingRequest request) {
    if (!isOfTexts(request)) {
      return delegate.doEmbed(request);
    }
    var call = new AtomicReference<@Nullable EmbeddingResponse>();
    Map<String, Answer<Embedding>> answers =
        responses.answerAll(texts(request), text -> key(text, request.parameters()), missing -> {
          EmbeddingResponse response = delegate.doEmbed(requestOf(missing, request));
          call.set(response);
          return byText(missing, response);
        });
    return response(request, answers, call.get());
  }

  /** As {@link #doEmbed}, where the model itself can answer so; what is known needs no model. */
  @Override
  public CompletableFuture<EmbeddingResponse> doEmbedAsync(EmbeddingRequest request) {
    if (!isOfTexts(request)) {
      return delegate.doEmbedAsync(request);
    }
    var call = new AtomicReference<@Nullable EmbeddingResponse>();
    return responses
        .answerAllAsync(
            texts(request),
            text -> key(text, request.parameters()),
            missing -> delegate.doEmbedAsync(requestOf(missing, request)).thenApply(response -> {
              call.set(response);
              return byText(missing, response);
            }))
        .thenApply(answers -> response(request, answers, call.get()));
  }

  private static boolean isOfTexts(EmbeddingRequest request) {
    return request.inputs().stream().allMatch(CachingEmbeddingModel::isText);
  }

  private static List<String> texts(EmbeddingRequest request) {
    return request.inputs().stream().map(EmbeddingInput::text).toList();
  }

  private static boolean isText(EmbeddingInput input) {
    return input.contents().size() == 1 && input.contents().get(0) instanceof TextContent;
  }

  private ResponseKey key(String text, EmbeddingRequestParameters parameters) {
    var values = new HashMap<String, Object>();
    for (EmbeddingParameter<?> parameter : parameters.presentParameters()) {
      values.put(parameter.name(), parameters.parameter(parameter));
    }
    return ResponseKey.builder(service)
        .part("provider", delegate.provider())
        .model(delegate.modelName())
        // Nothing is drawn by chance.
        .temperature(0)
        .parameters(values)
        .part("text", text)
        .build();
  }

  private static EmbeddingRequest requestOf(List<String> texts, EmbeddingRequest request) {
    return EmbeddingRequest.builder()
        .inputs(texts.stream().map(EmbeddingInput::from).toList())
        .parameters(request.parameters())
        .build();
  }

  private static Map<String, Embedding> byText(List<String> texts, EmbeddingResponse response) {
    var embeddings = new HashMap<String, Embedding>();
    for (int i = 0; i < texts.size(); i++) {
      embeddings.put(texts.get(i), response.embeddings().get(i));
    }
    return embeddings;
  }

  private EmbeddingResponse response(
      EmbeddingRequest request,
      Map<String, Answer<Embedding>> answers,
      @Nullable EmbeddingResponse call) {
    return EmbeddingResponse.builder()
        .embeddings(texts(request).stream()
            .map(text -> requireNonNull(answers.get(text)).value())
            .toList())
        .metadata(metadata(call, request))
        .build();
  }

  private EmbeddingResponseMetadata metadata(
      @Nullable EmbeddingResponse call, EmbeddingRequest request) {
    if (call != null) {
      return call.metadata();
    }
    String modelName = request.modelName();
    return EmbeddingResponseMetadata.builder()
        .modelName(modelName == null ? delegate.modelName() : modelName)
        .tokenUsage(new TokenUsage(0, 0, 0))
        .build();
  }

  @Override
  public List<EmbeddingModelListener> listeners() {
    return delegate.listeners();
  }

  @Override
  public ModelProvider provider() {
    return delegate.provider();
  }

  @Override
  public EmbeddingRequestParameters defaultRequestParameters() {
    return delegate.defaultRequestParameters();
  }

  @Override
  public Set<EmbeddingParameter<?>> supportedParameters() {
    return delegate.supportedParameters();
  }

  @Override
  public Set<ContentType> supportedContentTypes() {
    return delegate.supportedContentTypes();
  }

  @Override
  public int dimension() {
    return delegate.dimension();
  }

  @Override
  public String modelName() {
    return delegate.modelName();
  }
}
