package io.holdfast.bench;

import io.holdfast.jcache.HoldfastConfiguration;
import io.holdfast.jcache.HoldfastProperties;
import io.holdfast.store.CacheFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;

/**
 * Measures what keeps a file bounded, through the JSR-107 API, and prints one JSON object: clean closes
 * after many puts, beside a raw write and fsync of 16 MB; the waits of a reader alone, beside a writer at
 * full speed and beside bursts; the sweep of expired entries, a twentieth of all, beside a writer; {@code clear}, the longest
 * wait of another writer meanwhile, and when the file is short again; how far eight threads exceed the
 * limit of a file.
 *
 * <p>{@code java -cp jmh-benchmarks/target/benchmarks.jar io.holdfast.bench.BoundedFileProgram
 * [entries [part…]]}, 1,000,000 entries and all parts by default: {@code close}, {@code read}, {@code
 * sweep}, {@code clear}, {@code quota}. {@code close} fills the file, so it always runs.
 */
public final class BoundedFileProgram {
  private static final int VALUE_BYTES = 100;
  private static final int READS = 200_000;
  private static final int BURST_ENTRIES = 20_000;
  private static final long QUOTA_BYTES = 64L << 20;
  private static final String FILE = "cache.db";

  private final Path directory;
  private final int entries;
  private final Results results = new Results();

  private BoundedFileProgram(Path directory, int entries) {
    this.directory = directory;
    this.entries = entries;
  }

  /** Runs all measurements. */
  public static void main(String[] arguments) throws Exception {
    int entries = arguments.length == 0 ? 1_000_000 : Integer.parseInt(arguments[0]);
    try (Scratch scratch = Scratch.create("holdfast-bounded")) {
      var program = new BoundedFileProgram(scratch.path(), entries);
      program.closeAfterPuts();
      Set<String> parts = Stream.of(arguments).skip(1).collect(Collectors.toSet());
      program.run(parts.isEmpty() ? Set.of("read", "sweep", "clear", "quota") : parts);
      System.out.println(program.results.json());
    }
  }

  private void run(Set<String> parts) throws Exception {
    if (parts.contains("read")) {
      readBesideWriters();
    }
    if (parts.contains("sweep")) {
      sweep();
    }
    if (parts.contains("clear")) {
      clear();
    }
    if (parts.contains("quota")) {
      exceedTheQuota();
    }
  }

  private void closeAfterPuts() throws IOException {
    results.put("entries", entries);
    CacheManager manager = open(FILE, new Properties());
    Cache<String, String> cache = cache(manager, "cache");
    long startNanos = System.nanoTime();
    for (int i = 0; i < entries; i++) {
      cache.put(Entries.key(i), "x".repeat(VALUE_BYTES));
    }
    results.put("microsPerPut", millisSince(startNanos) * 1_000 / entries);
    close(manager, "close");
    for (int round = 1; round <= 4; round++) {
      manager = open(FILE, new Properties());
      cache = cache(manager, "cache");
      var random = new SplittableRandom(round);
      for (int i = 0; i < entries / 20 * round; i++) {
        cache.put(Entries.key(random.nextInt(entries)), "y".repeat(VALUE_BYTES));
      }
      close(manager, "closeAgain" + round);
    }
    rawWriteAndSync();
  }

  private void close(CacheManager manager, String name) {
    results.put(name + "LogBytes", size(FILE + "-wal"));
    long startNanos = System.nanoTime();
    manager.close();
    results.put(name + "Millis", millisSince(startNanos));
  }

  private void rawWriteAndSync() throws IOException {
    var bytes = ByteBuffer.allocateDirect(16 << 20);
    try (var channel = FileChannel.open(
        directory.resolve("raw"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(bytes, 0);
      channel.force(true);
      bytes.rewind();
      long startNanos = System.nanoTime();
      channel.write(bytes, 0);
      channel.force(true);
      results.put("rawWriteAndSyncOf16MbMillis", millisSince(startNanos));
    }
  }

  private void readBesideWriters() throws Exception {
    try (CacheManager manager = open(FILE, new Properties())) {
      Cache<String, String> cache = cache(manager, "cache");
      read("warmUp", cache);
      read("readAlone", cache);
      var random = new SplittableRandom(1);
      var longestLog = new AtomicLong();
      try (var writer = new WritingThread(() -> {
        cache.put(Entries.key(random.nextInt(entries)), "z".repeat(VALUE_BYTES));
        if (random.nextInt(1_000) == 0) {
          longestLog.accumulateAndGet(size(FILE + "-wal"), Math::max);
        }
      })) {
        read("readBesideAWriter", cache);
        results.put("writerBesideReadsMaxMillis", writer.longestMillis());
      }
      results.put("longestLogBytes", longestLog.get());
      try (var writer = new WritingThread(() -> {
        Map<String, String> burst = new HashMap<>();
        for (int i = 0; i < BURST_ENTRIES; i++) {
          burst.put(Entries.key(random.nextInt(entries)), "b".repeat(VALUE_BYTES));
        }
        cache.putAll(burst);
        sleep(200);
      })) {
        read("readBesideBursts", cache);
        results.put("burstAndPauseMaxMillis", writer.longestMillis());
      }
    }
  }

  private void read(String name, Cache<String, String> cache) {
    var random = new SplittableRandom(2);
    long[] nanos = new long[READS];
    for (int i = 0; i < READS; i++) {
      String key = Entries.key(random.nextInt(entries));
      long startNanos = System.nanoTime();
      cache.get(key);
      nanos[i] = System.nanoTime() - startNanos;
    }
    results.putWaits(name, nanos);
  }

  private void sweep() throws Exception {
    int expiring = entries / 20;
    try (CacheManager manager = open(FILE, new Properties());
        CacheFile file = CacheFile.openExisting(directory.resolve(FILE))) {
      Cache<String, String> other = cache(manager, "other");
      cache(manager, "cache").close();
      var threeSeconds = new CreatedExpiryPolicy(new Duration(TimeUnit.SECONDS, 3));
      Cache<String, String> cache = manager.createCache(
          "cache",
          HoldfastConfiguration.builder(String.class, String.class)
              .heapEntries(10)
              .expiry(new FactoryBuilder.SingletonFactory<>(threeSeconds))
              .build());
      Map<String, String> few = new HashMap<>();
      for (int i = 0; i < expiring; i++) {
        few.put("expiring " + i, "e".repeat(VALUE_BYTES));
      }
      cache.putAll(few);
      long startNanos = System.nanoTime();
      long full = entriesIn(file);
      try (var writer = new WritingThread(() -> other.put("key", "value"))) {
        sleep(2_500);
        results.put("writerBeforeSweepMaxMillis", writer.longestMillis());
        while (entriesIn(file) > full - expiring && millisSince(startNanos) < 120_000) {
          sleep(5);
        }
        results.put("sweepExpired", expiring);
        results.put("sweepDoneAfterExpiryMillis", millisSince(startNanos) - 3_000);
        results.put("writerBesideSweepMaxMillis", writer.longestMillis());
      }
    }
  }

  private static long entriesIn(CacheFile file) {
    return file.caches().stream()
        .filter(cache -> cache.name().equals("cache"))
        .mapToLong(CacheFile.CacheSummary::entries)
        .sum();
  }

  private void clear() throws Exception {
    try (CacheManager manager = open(FILE, new Properties())) {
      Cache<String, String> cache = cache(manager, "cache");
      Cache<String, String> other = cache(manager, "other");
      long fullBytes = size(FILE);
      try (var writer = new WritingThread(() -> other.put("key", "value"))) {
        sleep(1_000);
        results.put("writerBeforeClearMaxMillis", writer.longestMillis());
        long startNanos = System.nanoTime();
        cache.clear();
        results.put("fileBytesBeforeClear", fullBytes);
        results.put("clearMillis", millisSince(startNanos));
        results.put("writerBesideClearMaxMillis", writer.longestMillis());
        while (size(FILE) > fullBytes / 5 && millisSince(startNanos) < 120_000) {
          sleep(20);
        }
        results.put("clearUntilFileIsAFifthMillis", millisSince(startNanos));
        results.put("writerBesideShrinkingMaxMillis", writer.longestMillis());
      }
    }
  }

  private void exceedTheQuota() throws Exception {
    Properties limited = new Properties();
    limited.setProperty(HoldfastProperties.FILE_BYTES, String.valueOf(QUOTA_BYTES));
    long largest = 0;
    try (CacheManager manager = open("quota.db", limited)) {
      Cache<String, String> cache = cache(manager, "cache");
      Thread[] writers = new Thread[8];
      for (int thread = 0; thread < writers.length; thread++) {
        int seed = thread;
        writers[thread] = new Thread(() -> {
          var random = new SplittableRandom(seed);
          for (int i = 0; i < entries / 16; i++) {
            cache.put(seed + "/" + i, "q".repeat(random.nextInt(10 * VALUE_BYTES)));
          }
        });
        writers[thread].start();
      }
      for (Thread writer : writers) {
        while (writer.isAlive()) {
          writer.join(10);
          largest = Math.max(largest, size("quota.db"));
        }
      }
    }
    results.put("quotaBytes", QUOTA_BYTES);
    results.put("quotaFileMaxBytes", Math.max(largest, size("quota.db")));
    results.put("quotaFileBytes", size("quota.db"));
  }

  private CacheManager open(String name, Properties properties) {
    return Caching.getCachingProvider()
        .getCacheManager(directory.resolve(name).toUri(), getClass().getClassLoader(), properties);
  }

  private static Cache<String, String> cache(CacheManager manager, String name) {
    return manager.createCache(
        name,
        HoldfastConfiguration.builder(String.class, String.class)
            .heapEntries(10)
            .build());
  }

  private long size(String name) {
    try {
      Path file = directory.resolve(name);
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException vanished) {
      return 0;
    }
  }

  private static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static double millisSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e6;
  }
}
