package io.holdfast.response;

import static io.holdfast.response.CacheFixture.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over Holdfast's own provider an answer outlives the cache that computed it. */
class PersistenceTest {

  @TempDir
  Path directory;

  private CacheManager manager() {
    return Caching.getCachingProvider("io.holdfast.jcache.HoldfastCachingProvider")
        .getCacheManager(directory.resolve("responses.db").toUri(), getClass().getClassLoader());
  }

  private static Cache<String, CachedResponse> cache(CacheManager manager) {
    return manager.createCache(
        "answers",
        new MutableConfiguration<String, CachedResponse>()
            .setTypes(String.class, CachedResponse.class));
  }

  @Test
  void answer_afterReopen_isAHitWithTimesAndCostOfTheFirstCall() {
    Answer<String> computed;
    try (CacheManager manager = manager();
        var responses = ResponseCache.over(cache(manager))
            .costOf(value -> new Cost(new BigDecimal("0.10"), "USD"))
            .usageOf(value -> new Usage("gpt-x", new Tokens(1100, 800, 300)))
            .build()) {
      computed = responses.answer(KEY, () -> "because");
      assertThat(computed.outcome()).isEqualTo(Outcome.MISS);
      assertThat(responses.statistics().stored()).isEqualTo(1);
    }
    try (CacheManager manager = manager();
        var responses = ResponseCache.over(cache(manager)).build()) {
      assertThat(responses.answer(KEY, () -> "computed again")).isEqualTo(computed.as(Outcome.HIT));
    }
  }
}
