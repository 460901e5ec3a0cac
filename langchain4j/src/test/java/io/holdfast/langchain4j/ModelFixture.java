package io.holdfast.langchain4j;

import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.holdfast.response.CachedResponse;
import io.holdfast.response.ResponseCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

/** LangChain4j's real OpenAI clients, a server for them, and a cache in a file. */
final class ModelFixture implements AutoCloseable {

  final FakeOpenAi server = new FakeOpenAi();
  final Listening listener = new Listening();
  final ResponseCache<ChatResponse> responses;
  final Cache<String, CachedResponse> cache;
  private final CacheManager manager;

  ModelFixture(Path directory) throws IOException {
    manager = Caching.getCachingProvider()
        .getCacheManager(directory.resolve("chat.db").toUri(), getClass().getClassLoader());
    cache = manager.createCache(
        "chat",
        new MutableConfiguration<String, CachedResponse>()
            .setTypes(String.class, CachedResponse.class));
    responses = ChatResponses.over(cache).name("chat").build();
  }

  OpenAiChatModel.OpenAiChatModelBuilder openAi() {
    return OpenAiChatModel.builder()
        .baseUrl(server.baseUrl())
        .apiKey("none")
        .modelName("m-1")
        .temperature(0.0)
        .maxRetries(0)
        .listeners(List.of(listener));
  }

  CachingChatModel model() {
    return CachingChatModel.of(openAi().build(), responses, "test");
  }

  CachingStreamingChatModel streamingModel() {
    return CachingStreamingChatModel.of(openAiStreaming(), responses, "test");
  }

  OpenAiStreamingChatModel openAiStreaming() {
    return OpenAiStreamingChatModel.builder()
        .baseUrl(server.baseUrl())
        .apiKey("none")
        .modelName("m-1")
        .temperature(0.0)
        .listeners(List.of(listener))
        .build();
  }

  @Override
  public void close() {
    responses.close();
    manager.close();
    server.close();
  }

  /** Remembers what it is told. */
  static final class Listening implements ChatModelListener {
    final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void onRequest(ChatModelRequestContext context) {
      events.add("request " + context.chatRequest().modelName());
    }

    @Override
    public void onResponse(ChatModelResponseContext context) {
      events.add("response " + context.chatResponse().tokenUsage().totalTokenCount());
    }

    @Override
    public void onError(ChatModelErrorContext context) {
      events.add("error");
    }
  }
}
