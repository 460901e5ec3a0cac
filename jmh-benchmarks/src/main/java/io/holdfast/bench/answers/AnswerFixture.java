package io.holdfast.bench.answers;

import io.holdfast.bench.Scratch;
import io.holdfast.jcache.HoldfastConfiguration;
import io.holdfast.response.CachedResponse;
import io.holdfast.response.ResponseCache;
import java.io.IOException;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;

/**
 * Answers in a file of their own, with statistics, as an application would have them.
 *
 * @param scratch where the file is
 * @param manager of the cache
 * @param cache what is underneath
 * @param responses what is measured
 */
record AnswerFixture(
    Scratch scratch,
    CacheManager manager,
    Cache<String, CachedResponse> cache,
    ResponseCache<String> responses)
    implements AutoCloseable {

  static AnswerFixture open() throws IOException {
    Scratch scratch = Scratch.create("holdfast-bench");
    // By name: the peers bring providers of their own.
    CacheManager manager = Caching.getCachingProvider("io.holdfast.jcache.HoldfastCachingProvider")
        .getCacheManager(
            scratch.path().resolve("cache.db").toUri(),
            AnswerFixture.class.getClassLoader(),
            new Properties());
    Cache<String, CachedResponse> cache = manager.createCache(
        "answers",
        HoldfastConfiguration.builder(String.class, CachedResponse.class)
            .statistics(true)
            .build());
    return new AnswerFixture(scratch, manager, cache, ResponseCache.over(cache).build());
  }

  @Override
  public void close() throws IOException {
    responses.close();
    manager.close();
    scratch.close();
  }
}
