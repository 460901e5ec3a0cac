package io.holdfast.jcache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.store.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;

/**
 * One of several processes that use the same caches in all ways at once. Waits for a line before it
 * starts, prints what it did as numbers, and answers each further line with how many entries it has seen
 * expire.
 */
final class MixedCacheProcess {
  static final int INCREMENTS = 200;
  static final int ONCE_KEYS = 200;
  static final int MIXED = 800;
  static final int SHORT_LIVED = 200;
  static final long LIMIT = 100;
  static final long SHORT_LIFE_MILLIS = 1_500;

  private MixedCacheProcess() {}

  /** What one process did. */
  record Done(int increments, int firsts) {}

  /** The caches of one process. */
  record Caches(
      CacheManager manager,
      Cache<String, Integer> counters,
      Cache<String, Integer> once,
      Cache<Integer, String> limited,
      Cache<Integer, String> shortLived) {}

  /** Counts entries that expired here. */
  static final class Expired implements CacheEntryExpiredListener<Integer, String>, Serializable {
    private static final long serialVersionUID = 1L;
    static final AtomicInteger COUNT = new AtomicInteger();

    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {
      events.forEach(event -> COUNT.incrementAndGet());
    }
  }

  /** Arguments: the file, a seed. */
  public static void main(String[] arguments) throws IOException {
    try (var provider = new HoldfastCachingProvider();
        var in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      Caches caches = open(provider.getCacheManager(Path.of(arguments[0]).toUri(), null, null));
      PrintStream out = new PrintStream(System.out, /* autoFlush= */ true);
      out.println("ready");
      in.readLine();
      Done done = work(caches, new Random(Long.parseLong(arguments[1])));
      out.println(done.increments() + " " + done.firsts());
      while (in.readLine() != null) {
        out.println(Expired.COUNT.get());
      }
    }
  }

  static Caches open(CacheManager manager) {
    return new Caches(
        manager,
        manager.createCache(
            "counters",
            HoldfastConfiguration.builder(String.class, Integer.class).build()),
        manager.createCache(
            "once", HoldfastConfiguration.builder(String.class, Integer.class).build()),
        manager.createCache(
            "limited",
            HoldfastConfiguration.builder(Integer.class, String.class)
                .heapEntries(10)
                .diskEntries(LIMIT)
                .build()),
        manager.createCache(
            "short",
            HoldfastConfiguration.builder(Integer.class, String.class)
                .expiry(CreatedExpiryPolicy.factoryOf(
                    new Duration(TimeUnit.MILLISECONDS, SHORT_LIFE_MILLIS)))
                .listener(new MutableCacheEntryListenerConfiguration<>(
                    FactoryBuilder.factoryOf(new Expired()), null, false, true))
                .build()));
  }

  static Done work(Caches caches, Random random) {
    int firsts = 0;
    int increments = 0;
    for (int i = 0; i < MIXED; i++) {
      if (i < INCREMENTS) {
        increment(caches.counters(), random.nextBoolean());
        increments++;
      }
      if (i < ONCE_KEYS && caches.once().putIfAbsent("once" + i, i)) {
        firsts++;
      }
      change(caches.limited(), random);
      if (i % (MIXED / 10) == 0) {
        comeAndGo(caches.manager(), "passing" + ProcessHandle.current().pid());
      }
    }
    expire(caches.shortLived());
    return new Done(increments, firsts);
  }

  private static void comeAndGo(CacheManager manager, String name) {
    Cache<Integer, String> passing = manager.createCache(
        name, HoldfastConfiguration.builder(Integer.class, String.class).build());
    for (int i = 0; i < 10; i++) {
      passing.put(i, "passing");
    }
    passing.clear();
    manager.destroyCache(name);
  }

  /** Looks for each entry until it is dead, as the other processes do at the same time. */
  private static void expire(Cache<Integer, String> shortLived) {
    for (int i = 0; i < SHORT_LIVED; i++) {
      while (shortLived.get(i) != null) {
        Thread.onSpinWait();
      }
    }
  }

  private static void increment(Cache<String, Integer> counters, boolean byProcessor) {
    if (byProcessor) {
      counters.invoke("counter", (entry, arguments) -> {
        Integer value = entry.getValue();
        entry.setValue(value == null ? 1 : value + 1);
        return null;
      });
      return;
    }
    while (true) {
      Integer value = counters.get("counter");
      if (value == null
          ? counters.putIfAbsent("counter", 1)
          : counters.replace("counter", value, value + 1)) {
        return;
      }
    }
  }

  private static void change(Cache<Integer, String> limited, Random random) {
    if (random.nextInt(500) == 0) {
      limited.clear();
    }
    int key = random.nextInt(400);
    switch (random.nextInt(6)) {
      case 0 -> limited.remove(key);
      case 1 -> limited.getAndPut(key, "x".repeat(random.nextInt(500)));
      case 2 -> limited.putIfAbsent(key, "y".repeat(random.nextInt(500)));
      case 3 -> limited.get(key);
      default -> limited.put(key, "z".repeat(random.nextInt(500)));
    }
  }

  static Process start(Path file, long seed) throws IOException {
    return ChildJvm.start(MixedCacheProcess.class, file.toString(), String.valueOf(seed));
  }
}
