package io.holdfast.jcache;

import io.holdfast.encryption.Keys;
import io.holdfast.encryption.ValueKey;
import io.holdfast.encryption.ValueKeys;
import java.net.URI;
import java.util.Properties;
import java.util.stream.IntStream;
import javax.cache.Cache;
import org.ehcache.core.spi.time.SystemTimeSource;

/** Brings all rows under one key, then under another, until it is killed. */
final class RotatingProcess {
  static final int ENTRIES = 2_000;
  static final ValueKey ONE = Keys.key("one", 1);
  static final ValueKey OTHER = Keys.key("other", 2);

  private RotatingProcess() {}

  static String value(int entry) {
    return "value " + entry + " " + "v".repeat(entry % 700);
  }

  static HoldfastConfiguration<Integer, String> configuration(ValueKeys keys) {
    return HoldfastConfiguration.builder(Integer.class, String.class)
        .encryptedWith(keys)
        .heapEntries(1)
        .build();
  }

  /**
   * Says {@code begun} once all entries are there and the first value is about to be encrypted anew.
   *
   * @param arguments the URI of the file
   */
  public static void main(String[] arguments) {
    var provider = new HoldfastCachingProvider(Monitors.load(), SystemTimeSource.INSTANCE);
    var manager = provider.getCacheManager(
        URI.create(arguments[0]), RotatingProcess.class.getClassLoader(), new Properties());
    Changing keys = new Changing();
    Cache<Integer, String> cache = manager.createCache("numbers", configuration(keys));
    IntStream.range(0, ENTRIES).forEach(i -> cache.putIfAbsent(i, value(i)));
    Encryption encryption = cache.unwrap(Encryption.class);
    System.out.println("begun");
    while (true) {
      keys.swap();
      encryption.renew();
    }
  }

  /** Both keys, now the one and now the other current. */
  private static final class Changing implements ValueKeys {
    private volatile ValueKeys keys = ValueKeys.of(ONE, OTHER);

    void swap() {
      keys = current().equals(ONE) ? ValueKeys.of(OTHER, ONE) : ValueKeys.of(ONE, OTHER);
    }

    @Override
    public ValueKey current() {
      return keys.current();
    }

    @Override
    public ValueKey find(String id) {
      return keys.find(id);
    }
  }
}
