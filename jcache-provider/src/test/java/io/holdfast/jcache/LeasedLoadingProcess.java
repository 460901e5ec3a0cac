package io.holdfast.jcache;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.integration.CacheLoader;

/**
 * Gets one entry whose loader says {@code loading} and then waits for a line of input, which is the
 * value; says what it got.
 */
final class LeasedLoadingProcess {
  private LeasedLoadingProcess() {}

  /** Arguments: the file, the key. */
  public static void main(String[] arguments) {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (CacheManager manager = new HoldfastCachingProvider()
        .getCacheManager(Path.of(arguments[0]).toUri(), null, leasing())) {
      Cache<String, String> cache = open(manager, key -> {
        System.out.println("loading");
        return readLine(in);
      });
      System.out.println(cache.get(arguments[1]));
    }
  }

  static Properties leasing() {
    Properties properties = new Properties();
    properties.setProperty(HoldfastProperties.LEASES, "on");
    return properties;
  }

  static Cache<String, String> open(CacheManager manager, Function<String, String> load) {
    return manager.createCache(
        "reports",
        HoldfastConfiguration.builder(String.class, String.class)
            .loader(() -> new Loader(load), /* readThrough= */ true)
            .build());
  }

  private static String readLine(BufferedReader in) {
    try {
      return in.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Loader(Function<String, String> load) implements CacheLoader<String, String> {
    @Override
    public String load(String key) {
      return load.apply(key);
    }

    @Override
    public Map<String, String> loadAll(Iterable<? extends String> keys) {
      throw new UnsupportedOperationException();
    }
  }
}
