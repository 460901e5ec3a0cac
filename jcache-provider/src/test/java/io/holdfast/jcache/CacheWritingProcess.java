package io.holdfast.jcache;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;

/**
 * Writes through the JCache API until it is killed. Before each operation it prints a line with what it
 * is about to do, afterwards a line with a dot.
 */
final class CacheWritingProcess {
  static final int KEYS = 50;

  private CacheWritingProcess() {}

  /** Arguments: the file, a seed. */
  public static void main(String[] arguments) {
    Random random = new Random(Long.parseLong(arguments[1]));
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), /* autoFlush= */ false);
    var manager =
        new HoldfastCachingProvider().getCacheManager(Path.of(arguments[0]).toUri(), null, null);
    Cache<String, Integer> cache = open(manager);
    while (true) {
      Map<String, Integer> writes = new HashMap<>();
      int kind = random.nextInt(4);
      int count = kind == 0 ? 1 + random.nextInt(10) : 1;
      for (int i = 0; i < count; i++) {
        writes.put("key" + random.nextInt(KEYS), random.nextInt(1_000_000));
      }
      StringBuilder announcement = new StringBuilder();
      writes.forEach((key, value) -> announcement
          .append(key)
          .append('=')
          .append(kind == 3 ? "removed" : value)
          .append(' '));
      out.print(announcement.append('\n'));
      out.flush();
      perform(cache, kind, writes);
      out.print(".\n");
      out.flush();
    }
  }

  static Cache<String, Integer> open(javax.cache.CacheManager manager) {
    return manager.createCache(
        "numbers",
        new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class));
  }

  private static void perform(Cache<String, Integer> cache, int kind, Map<String, Integer> writes) {
    if (kind == 0) {
      cache.putAll(writes);
      return;
    }
    writes.forEach((key, value) -> {
      switch (kind) {
        case 1 -> cache.put(key, value);
        case 2 ->
          cache.invoke(key, (entry, arguments) -> {
            entry.setValue(value);
            return null;
          });
        default -> cache.remove(key);
      }
    });
  }
}
