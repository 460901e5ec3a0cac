package io.holdfast.response;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

/**
 * A process that asks for one answer over a cache file. It prints {@code calling} when it is on it to
 * make the call, then answers with the next line of its input, and prints the answer's outcome and value.
 */
final class AskingProcess {

  static final Duration LEASE = Duration.ofSeconds(1);

  private AskingProcess() {}

  public static void main(String[] arguments) throws Exception {
    var input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    try (CacheManager manager = open(Path.of(arguments[0]));
        var responses = ResponseCache.over(cache(manager)).lease(LEASE).build()) {
      Answer<String> answer = responses.answer(CacheFixture.KEY, () -> {
        System.out.println("calling");
        return input.readLine();
      });
      System.out.println(answer.outcome() + " " + answer.value());
    }
  }

  static CacheManager open(Path file) {
    return Caching.getCachingProvider("io.holdfast.jcache.HoldfastCachingProvider")
        .getCacheManager(file.toUri(), AskingProcess.class.getClassLoader());
  }

  static Cache<String, CachedResponse> cache(CacheManager manager) {
    return manager.createCache(
        "answers",
        new MutableConfiguration<String, CachedResponse>()
            .setTypes(String.class, CachedResponse.class));
  }
}
