package io.holdfast.jcache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.store.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;

/** Puts each number that it is told under the key "shared", and says so when the put has returned. */
final class EchoingCacheProcess {

  private EchoingCacheProcess() {}

  /** Argument: the file. */
  public static void main(String[] arguments) throws IOException {
    try (var provider = new HoldfastCachingProvider();
        var in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      CacheManager manager =
          provider.getCacheManager(Path.of(arguments[0]).toUri(), null, new Properties());
      Cache<String, Integer> cache = open(manager);
      PrintStream out = new PrintStream(System.out, /* autoFlush= */ true);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        cache.put("shared", Integer.valueOf(line));
        out.println(line);
      }
    }
  }

  static Cache<String, Integer> open(CacheManager manager) {
    return manager.createCache(
        "numbers",
        new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class));
  }

  static Process start(Path file) throws IOException {
    return ChildJvm.start(EchoingCacheProcess.class, file.toString());
  }
}
