package io.holdfast.semantic.stage;

import io.holdfast.response.CachedResponse;
import io.holdfast.response.ResponseKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

/** Answers and evidence in one real file. */
final class FileFixture implements AutoCloseable {
  private final CacheManager manager;
  final Cache<String, CachedResponse> answers;
  final Cache<String, String> evidence;

  FileFixture(Path file) {
    manager = Caching.getCachingProvider("io.holdfast.jcache.HoldfastCachingProvider")
        .getCacheManager(file.toUri(), FileFixture.class.getClassLoader());
    answers = manager.createCache(
        "answers",
        new MutableConfiguration<String, CachedResponse>()
            .setTypes(String.class, CachedResponse.class));
    evidence = manager.createCache(
        "evidence",
        new MutableConfiguration<String, String>().setTypes(String.class, String.class));
  }

  static ResponseKey key(String question) {
    return key("acme", question);
  }

  static ResponseKey key(String tenant, String question) {
    return ResponseKey.builder("chat")
        .tenant(tenant)
        .model("m")
        .temperature(0)
        .messages(List.of(Map.of("role", "user", "content", question)))
        .question(question)
        .build();
  }

  @Override
  public void close() {
    manager.close();
  }
}
