package io.holdfast.jcache;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;

/**
 * Contends with another process for the entries of one file, and tells what it got. Says {@code ready},
 * starts at the first line of its input, and answers with one line of numbers.
 */
final class ContendingProcess {
  private ContendingProcess() {}

  /** What is contended for; the answers of all processes together say who got it. */
  enum Contest {
    /** Every result of an increment. */
    INCREMENT {
      @Override
      List<Integer> run(Cache<String, Integer> cache, int times) {
        List<Integer> results = new ArrayList<>();
        for (int i = 0; i < times; i++) {
          results.add(cache.invoke("counter", (entry, arguments) -> {
            int next = entry.exists() ? entry.getValue() + 1 : 1;
            entry.setValue(next);
            return next;
          }));
        }
        return results;
      }
    },
    /** Every value that took the place of the one before. */
    REPLACE {
      @Override
      List<Integer> run(Cache<String, Integer> cache, int times) {
        List<Integer> results = new ArrayList<>();
        cache.putIfAbsent("counter", 0);
        while (results.size() < times) {
          int seen = cache.get("counter");
          if (cache.replace("counter", seen, seen + 1)) {
            results.add(seen + 1);
          }
        }
        return results;
      }
    },
    /** Every election won. */
    ELECT {
      @Override
      List<Integer> run(Cache<String, Integer> cache, int times) {
        List<Integer> results = new ArrayList<>();
        for (int i = 1; i <= 2 * times; i++) {
          if (cache.putIfAbsent("leader" + i, i)) {
            results.add(i);
          }
        }
        return results;
      }
    },
    /** Every entry taken, out of those that the test has put; by three ways of taking. */
    TAKE {
      @Override
      List<Integer> run(Cache<String, Integer> cache, int times) {
        List<Integer> results = new ArrayList<>();
        for (int i = 1; i <= 2 * times; i++) {
          if (took(cache, "job" + i, i)) {
            results.add(i);
          }
        }
        return results;
      }
    };

    abstract List<Integer> run(Cache<String, Integer> cache, int times);

    private static boolean took(Cache<String, Integer> cache, String key, int value) {
      return switch (value % 3) {
        case 0 -> cache.getAndRemove(key) != null;
        case 1 -> cache.remove(key, value);
        default ->
          cache.invoke(key, (entry, arguments) -> {
            boolean there = entry.exists();
            entry.remove();
            return there;
          });
      };
    }
  }

  static Cache<String, Integer> open(CacheManager manager) {
    return manager.createCache(
        "contended",
        new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class));
  }

  /** Arguments: the file, the contest, how often. */
  public static void main(String[] arguments) throws IOException {
    try (CacheManager manager = new HoldfastCachingProvider()
            .getCacheManager(Path.of(arguments[0]).toUri(), null, null);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      Cache<String, Integer> cache = open(manager);
      System.out.println("ready");
      in.readLine();
      StringBuilder answer = new StringBuilder();
      Contest.valueOf(arguments[1])
          .run(cache, Integer.parseInt(arguments[2]))
          .forEach(result -> answer.append(result).append(' '));
      System.out.println(answer);
    }
  }
}
