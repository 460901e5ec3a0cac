package io.holdfast.bench;

import io.holdfast.jcache.HoldfastConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;

/**
 * Measures how long a reader of a file waits while somebody writes, through the JSR-107 API, and prints
 * one JSON object. Each condition has a control: the same writer on another file in the same JVM, which
 * takes the same processor time and cannot hold the reader up in any other way.
 *
 * <p>Wall time says how long a read took. Blocked time is what of it the reading thread neither ran nor waited
 * for a processor: locks, sleeps and the disk. On a busy machine only that one means anything.
 *
 * <p>The conditions take turns, round after round; of each figure the median of the rounds is printed.
 *
 * <p>{@code java -cp jmh-benchmarks/target/benchmarks.jar io.holdfast.bench.ReadStallProgram
 * [entries [rounds [reads]]]}, 200,000 entries, 5 rounds, 100,000 reads by default.
 */
public final class ReadStallProgram {
  private static final int VALUE_BYTES = 100;
  private static final int BURST_ENTRIES = 20_000;
  private static final int BURST_PAUSE_MILLIS = 200;

  private final int entries;
  private final int rounds;
  private final int reads;
  private final Map<String, List<long[]>> waits = new LinkedHashMap<>();
  private final Map<String, Long> writes = new LinkedHashMap<>();

  private ReadStallProgram(int entries, int rounds, int reads) {
    this.entries = entries;
    this.rounds = rounds;
    this.reads = reads;
  }

  /** Runs all conditions. */
  public static void main(String[] arguments) throws Exception {
    var program = new ReadStallProgram(
        argument(arguments, 0, 200_000),
        argument(arguments, 1, 5),
        argument(arguments, 2, 100_000));
    try (Scratch scratch = Scratch.create("holdfast-stalls");
        CacheManager read = open(scratch.path().resolve("read.db"));
        CacheManager other = open(scratch.path().resolve("other.db"))) {
      program.run(cache(read), cache(other));
      System.out.println(program.results().json());
    }
  }

  private static int argument(String[] arguments, int at, int otherwise) {
    return arguments.length > at ? Integer.parseInt(arguments[at]) : otherwise;
  }

  private void run(Cache<String, String> read, Cache<String, String> other) {
    fill(read);
    fill(other);
    for (int round = 0; round <= rounds; round++) {
      read("alone", read);
      measure("besideAWriterOfAnotherFile", read, oneByOne(other));
      measure("besideAWriter", read, oneByOne(read));
      measure("besideBurstsInAnotherFile", read, bursts(other));
      measure("besideBursts", read, bursts(read));
      if (round == 0) {
        waits.clear(); // warm-up
        writes.clear();
      }
    }
  }

  private void fill(Cache<String, String> cache) {
    Map<String, String> some = new HashMap<>();
    for (int i = 0; i < entries; i++) {
      some.put(Entries.key(i), "x".repeat(VALUE_BYTES));
      if (some.size() == BURST_ENTRIES || i == entries - 1) {
        cache.putAll(some);
        some.clear();
      }
    }
  }

  private Runnable oneByOne(Cache<String, String> cache) {
    var random = new SplittableRandom(1);
    return () -> cache.put(Entries.key(random.nextInt(entries)), "z".repeat(VALUE_BYTES));
  }

  private Runnable bursts(Cache<String, String> cache) {
    var random = new SplittableRandom(1);
    return () -> {
      Map<String, String> burst = new HashMap<>();
      for (int i = 0; i < BURST_ENTRIES; i++) {
        burst.put(Entries.key(random.nextInt(entries)), "b".repeat(VALUE_BYTES));
      }
      cache.putAll(burst);
      sleep(BURST_PAUSE_MILLIS);
    };
  }

  private void measure(String name, Cache<String, String> cache, Runnable write) {
    var written = new LongAdder();
    Runnable counted = () -> {
      write.run();
      written.increment();
    };
    try (var writer = new WritingThread(counted)) {
      read(name, cache);
      writer.longestMillis();
    }
    writes.merge(name, written.sum(), Long::sum);
  }

  private void read(String name, Cache<String, String> cache) {
    var random = new SplittableRandom(2);
    long[] nanos = new long[reads];
    long[] blockedNanos = new long[reads];
    try (var thread = new ThreadTimes()) {
      for (int i = 0; i < reads; i++) {
        String key = Entries.key(random.nextInt(entries));
        long busyBeforeNanos = thread.busyNanos();
        long startNanos = System.nanoTime();
        cache.get(key);
        nanos[i] = System.nanoTime() - startNanos;
        blockedNanos[i] = Math.max(0, nanos[i] - (thread.busyNanos() - busyBeforeNanos));
      }
    }
    add(name + "Wall", nanos);
    add(name + "Blocked", blockedNanos);
  }

  private void add(String name, long[] nanos) {
    Arrays.sort(nanos);
    waits.computeIfAbsent(name, unused -> new ArrayList<>()).add(nanos);
  }

  private Results results() {
    var results = new Results();
    results.put("entries", entries);
    results.put("rounds", rounds);
    results.put("readsPerRound", reads);
    waits.forEach((name, all) -> {
      results.put(name + "P50Micros", median(all, 0.5));
      results.put(name + "P99Micros", median(all, 0.99));
      results.put(name + "P999Micros", median(all, 0.999));
      results.put(name + "MaxMicros", median(all, 1));
    });
    writes.forEach((name, count) -> results.put(name + "Writes", count));
    return results;
  }

  private static double median(List<long[]> rounds, double quantile) {
    double[] micros = rounds.stream()
        .mapToDouble(sorted ->
            sorted[(int) Math.min(sorted.length - 1, sorted.length * quantile)] / 1e3)
        .sorted()
        .toArray();
    return micros[micros.length / 2];
  }

  private static CacheManager open(Path file) {
    return Caching.getCachingProvider()
        .getCacheManager(file.toUri(), ReadStallProgram.class.getClassLoader(), new Properties());
  }

  // So small a heap that almost every read goes to the file.
  private static Cache<String, String> cache(CacheManager manager) {
    return manager.createCache(
        "cache",
        HoldfastConfiguration.builder(String.class, String.class)
            .heapEntries(10)
            .build());
  }

  private static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
