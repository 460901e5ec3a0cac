package io.holdfast.jcache;

import io.holdfast.store.Durability;
import io.holdfast.store.LoggedWrites;
import io.holdfast.store.WriteLedger;
import io.holdfast.store.WriteLog.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.TouchedExpiryPolicy;

/** Writes through the JCache API from several threads until it is killed; each has keys of its own. */
final class CacheWritingProcess {
  static final long RELAXED_DELAY_MILLIS = 50;

  private static final int KEYS = 60;
  private static final int WRITERS = 2;

  private final LoggedWrites writes = new LoggedWrites();
  private final Cache<String, Long> numbers;
  private final Cache<String, String> shortLived;
  private final AtomicLong nextNumber;

  private CacheWritingProcess(CacheManager manager, long firstNumber) {
    this.numbers = openNumbers(manager);
    this.shortLived = openShortLived(manager);
    this.nextNumber = new AtomicLong(firstNumber);
  }

  /** Arguments: the file, a seed, the durability, the first number to write. */
  public static void main(String[] arguments) {
    var process = new CacheWritingProcess(
        manager(Path.of(arguments[0]), Durability.valueOf(arguments[2])),
        Long.parseLong(arguments[3]));
    long seed = Long.parseLong(arguments[1]);
    for (int writer = 0; writer < WRITERS; writer++) {
      int number = writer;
      Random random = new Random(seed + writer);
      process.writes.repeat(() -> process.write(number, random));
    }
    Random random = new Random(seed - 1);
    process.writes.repeat(() -> process.useShortLived(random));
  }

  static CacheManager manager(Path file, Durability durability) {
    Properties properties = new Properties();
    properties.setProperty(
        HoldfastProperties.DURABILITY, durability.name().toLowerCase(Locale.ROOT));
    properties.setProperty(
        HoldfastProperties.RELAXED_MAX_DELAY_MILLIS, String.valueOf(RELAXED_DELAY_MILLIS));
    return new HoldfastCachingProvider().getCacheManager(file.toUri(), null, properties);
  }

  static Cache<String, Long> openNumbers(CacheManager manager) {
    return manager.createCache(
        "numbers", new MutableConfiguration<String, Long>().setTypes(String.class, Long.class));
  }

  /** Entries that are touched and swept all the time, so that access times and expiries are under way. */
  static Cache<String, String> openShortLived(CacheManager manager) {
    return manager.createCache(
        "shortLived",
        new MutableConfiguration<String, String>()
            .setTypes(String.class, String.class)
            .setExpiryPolicyFactory(
                TouchedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 100))));
  }

  private void useShortLived(Random random) {
    String key = "short" + random.nextInt(500);
    String text = String.valueOf(random.nextLong());
    shortLived.put(key, text + "/" + text.hashCode());
    shortLived.get("short" + random.nextInt(500));
  }

  private void write(int writer, Random random) {
    int kind = random.nextInt(1_000);
    if (kind == 0) {
      writes.clear(writer, numbers::clear);
    } else if (kind < 600) {
      String key = key(writer, random);
      long number = nextNumber.incrementAndGet();
      run(writer, Kind.RELAXED, List.of(key + "=" + number), () -> numbers.put(key, number));
    } else if (kind < 700) {
      putAll(writer, random);
    } else if (kind < 800) {
      invoke(writer, random);
    } else if (kind < 900) {
      String key = key(writer, random);
      run(writer, Kind.EACH, List.of(key + "=" + WriteLedger.ABSENT), () -> numbers.remove(key));
    } else {
      numbers.getAll(Set.of(key(writer, random)));
    }
  }

  private void putAll(int writer, Random random) {
    Map<String, Long> entries = new HashMap<>();
    List<String> states = new ArrayList<>();
    for (int i = 1 + random.nextInt(10); i > 0; i--) {
      String key = key(writer, random);
      if (!entries.containsKey(key)) {
        long number = nextNumber.incrementAndGet();
        entries.put(key, number);
        states.add(key + "=" + number);
      }
    }
    run(writer, Kind.EACH, states, () -> numbers.putAll(entries));
  }

  private void invoke(int writer, Random random) {
    String key = key(writer, random);
    long number = nextNumber.incrementAndGet();
    run(
        writer,
        Kind.EACH,
        List.of(key + "=" + number),
        () -> numbers.invoke(key, (entry, arguments) -> {
          entry.setValue(number);
          return null;
        }));
  }

  private void run(int writer, Kind kind, List<String> states, Runnable write) {
    writes.write(writer, kind, states, () -> {
      write.run();
      return true;
    });
  }

  private static String key(int writer, Random random) {
    return "key" + (random.nextInt(KEYS / WRITERS) * WRITERS + writer);
  }
}
