package io.holdfast.bench;

import io.holdfast.jcache.HoldfastConfiguration;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;

/**
 * What an open file costs: fills one put by put, closes it, then opens it again and again up to the first
 * get, in this JVM and in fresh ones, and at last leaves it open with nothing to do.
 *
 * <p>{@code java -cp jmh-benchmarks/target/benchmarks.jar io.holdfast.bench.OpenAndIdleProgram 1000000
 * 30}: entries and seconds of idleness. Prints milliseconds, those of a fresh JVM from its {@code main} on with
 * the heap that it uses then, the names of our threads, and the CPU time of the process and of our threads while
 * idle.
 */
public final class OpenAndIdleProgram {
  private static final int VALUE_BYTES = 100;
  private static final int ROUNDS = 25;
  private static final int FRESH_ROUNDS = 5;
  private static final String FRESH = "fresh";

  private final Path directory;
  private final int entries;

  private OpenAndIdleProgram(Path directory, int entries) {
    this.directory = directory;
    this.entries = entries;
  }

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals(FRESH)) {
      new OpenAndIdleProgram(Path.of(arguments[1]), Integer.parseInt(arguments[2])).openHere();
      return;
    }
    try (Scratch scratch = Scratch.create("holdfast-open")) {
      var program = new OpenAndIdleProgram(scratch.path(), Integer.parseInt(arguments[0]));
      program.fill();
      for (int round = 1; round <= ROUNDS; round++) {
        program.openAndClose(round);
      }
      for (int round = 1; round <= FRESH_ROUNDS; round++) {
        program.openInFreshJvm();
      }
      program.idle(Integer.parseInt(arguments[1]));
    }
  }

  private CacheManager manager() {
    return Caching.getCachingProvider("io.holdfast.jcache.HoldfastCachingProvider")
        .getCacheManager(
            directory.resolve("cache.db").toUri(), getClass().getClassLoader(), new Properties());
  }

  private static Cache<String, String> cache(CacheManager manager) {
    return manager.createCache(
        "bench", HoldfastConfiguration.builder(String.class, String.class).build());
  }

  private void fill() {
    String value = "v".repeat(VALUE_BYTES);
    CacheManager manager = manager();
    Cache<String, String> cache = cache(manager);
    for (int i = 0; i < entries; i++) {
      cache.put(Entries.key(i), value);
    }
    long startNanos = System.nanoTime();
    manager.close();
    System.out.printf(
        "%d puts: %.1f ms to close%n", entries, (System.nanoTime() - startNanos) / 1e6);
  }

  private void openAndClose(int round) {
    long startNanos = System.nanoTime();
    CacheManager manager = manager();
    String value = cache(manager).get(Entries.key(entries / 2));
    long openNanos = System.nanoTime() - startNanos;
    startNanos = System.nanoTime();
    manager.close();
    System.out.printf(
        "round %d: %.1f ms to the first get (%s), %.1f ms to close%n",
        round,
        openNanos / 1e6,
        value == null ? "a miss" : "a hit",
        (System.nanoTime() - startNanos) / 1e6);
  }

  private void openInFreshJvm() throws IOException, InterruptedException {
    String java = ProcessHandle.current().info().command().orElse("java");
    Process process = new ProcessBuilder(
            java,
            "-cp",
            System.getProperty("java.class.path", ""),
            OpenAndIdleProgram.class.getName(),
            FRESH,
            directory.toString(),
            Integer.toString(entries))
        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the fresh JVM failed");
    }
  }

  private void openHere() {
    long startNanos = System.nanoTime();
    CacheManager manager = manager();
    String value = cache(manager).get(Entries.key(entries / 2));
    long openNanos = System.nanoTime() - startNanos;
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        "fresh JVM: %.1f ms to the first get (%s), %.1f MB of heap%n",
        openNanos / 1e6,
        value == null ? "a miss" : "a hit",
        (runtime.totalMemory() - runtime.freeMemory()) / 1e6);
    manager.close();
  }

  private void idle(int seconds) throws InterruptedException {
    try (CacheManager manager = manager()) {
      cache(manager).get(Entries.key(0));
      TimeUnit.SECONDS.sleep(2); // what the opening and the get left to do
      List<Thread> ours = Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().startsWith("holdfast"))
          .toList();
      long[] before = cpuNanos(ours);
      TimeUnit.SECONDS.sleep(seconds);
      long[] after = cpuNanos(ours);
      long nanos = LongStream.of(after).sum() - LongStream.of(before).sum();
      for (int i = 0; i < after.length; i++) {
        System.out.printf(
            "idle: %.3f ms of CPU a second in %s%n",
            (after[i] - before[i]) / 1e6 / seconds, ours.get(i).getName());
      }
      System.out.printf(
          "idle: %d threads, %.3f ms of CPU a second, %.3f %% of one processor%n",
          ours.size(), nanos / 1e6 / seconds, nanos / 1e7 / seconds);
    }
  }

  private static long[] cpuNanos(List<Thread> threads) {
    var beans = ManagementFactory.getThreadMXBean();
    return threads.stream()
        .mapToLong(thread -> beans.getThreadCpuTime(thread.getId()))
        .toArray();
  }
}
