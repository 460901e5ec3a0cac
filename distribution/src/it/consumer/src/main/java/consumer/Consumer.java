package consumer;

import java.nio.file.Path;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

/** Prints the answer it finds in a cache file, and leaves another one there: {@code FILE ANSWER}. */
public final class Consumer {
  private Consumer() {}

  public static void main(String[] arguments) {
    Path file = Path.of(arguments[0]);
    try (CacheManager manager = Caching.getCachingProvider()
        .getCacheManager(file.toUri(), Consumer.class.getClassLoader())) {
      Cache<String, String> answers = manager.createCache(
          "answers", new MutableConfiguration<String, String>().setTypes(String.class, String.class));
      System.out.println("found: " + answers.getAndPut("question", arguments[1]));
    }
  }
}
