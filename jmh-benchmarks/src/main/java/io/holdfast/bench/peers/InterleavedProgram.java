package io.holdfast.bench.peers;

import com.sun.management.OperatingSystemMXBean;
import io.holdfast.bench.Entries;
import io.holdfast.bench.Scratch;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What {@link StoreBenchmark} measures, on a machine that is busy with other work: the stores take turns of two
 * seconds in one JVM, so that what disturbs disturbs all of them alike, and only processor time counts. After
 * its turn a store rests, and what it still does in the background counts as its own.
 *
 * <p>{@code java -cp jmh-benchmarks/target/benchmarks.jar io.holdfast.bench.peers.InterleavedProgram get 1024 12
 * SQLITE_BY_HAND,HOLDFAST 2}: operation ({@code get}, {@code put}, or {@code getAll} of 100 keys), bytes of a
 * value, rounds, stores, and how many threads operate at once, one if it is left out. Of each store's rounds, the
 * first third left out, prints the median per operation: of the calling threads' processor time, of the whole
 * process's, and of the wait. In brackets the ratio to the first store.
 */
public final class InterleavedProgram {
  private static final int KEYS = 20_000;
  private static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long REST_MILLIS = 1_200;
  private static final int STEP = 20;
  private static final int GOT = 100;

  private final String operation;
  private final String[] keys = new String[KEYS];
  private final String[] values;
  private final int threads;

  private InterleavedProgram(String operation, int valueBytes, int threads) {
    this.operation = operation;
    this.threads = threads;
    this.values = Entries.values(new Random(1), valueBytes);
    Arrays.setAll(keys, Entries::key);
  }

  /** A store and the nanoseconds per operation of each of its turns. */
  private static final class Contestant {
    private final StoreKind kind;
    private final TextStore store;
    private final double[] thread;
    private final double[] process;
    private final double[] wall;

    Contestant(StoreKind kind, TextStore store, int rounds) {
      this.kind = kind;
      this.store = store;
      this.thread = new double[rounds];
      this.process = new double[rounds];
      this.wall = new double[rounds];
    }
  }

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    var program = new InterleavedProgram(
        arguments[0],
        Integer.parseInt(arguments[1]),
        arguments.length > 4 ? Integer.parseInt(arguments[4]) : 1);
    int rounds = Integer.parseInt(arguments[2]);
    try (Scratch scratch = Scratch.create("holdfast-interleaved")) {
      List<Contestant> contestants = new ArrayList<>();
      for (String name : arguments[3].split(",", -1)) {
        StoreKind kind = StoreKind.valueOf(name);
        Path directory = Files.createDirectory(scratch.path().resolve(name));
        contestants.add(new Contestant(kind, program.filled(kind.open(directory)), rounds));
      }
      for (int round = 0; round < rounds; round++) {
        for (Contestant each : contestants) {
          program.takeTurn(each, round);
        }
      }
      print(contestants);
      for (Contestant each : contestants) {
        each.store.close();
      }
    }
  }

  private TextStore filled(TextStore store) throws Exception {
    for (String key : keys) {
      store.put(key, values[0]);
    }
    store.filled();
    return store;
  }

  /** What the threads of a turn did. */
  private record Work(long operations, long cpuNanos) {}

  private void takeTurn(Contestant contestant, int round) throws Exception {
    var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long processNanos = process.getProcessCpuTime();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<Work>> turns = new ArrayList<>();
    for (int seed = 0; seed < threads; seed++) {
      var random = new SplittableRandom(round * 31L + seed);
      turns.add(pool.submit(() -> work(contestant.store, random)));
    }
    long operations = 0;
    long cpuNanos = 0;
    for (Future<Work> turn : turns) {
      operations += turn.get().operations();
      cpuNanos += turn.get().cpuNanos();
    }
    pool.shutdown();
    contestant.thread[round] = (double) cpuNanos / operations;
    contestant.wall[round] = (double) threads * TURN_NANOS / operations;
    TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
    contestant.process[round] = (double) (process.getProcessCpuTime() - processNanos) / operations;
  }

  private Work work(TextStore store, SplittableRandom random) throws Exception {
    var times = ManagementFactory.getThreadMXBean();
    long cpuNanos = times.getCurrentThreadCpuTime();
    long endNanos = System.nanoTime() + TURN_NANOS;
    long operations = 0;
    do {
      for (int i = 0; i < STEP; i++) {
        operate(store, random);
      }
      operations += STEP;
    } while (System.nanoTime() - endNanos < 0);
    return new Work(operations, times.getCurrentThreadCpuTime() - cpuNanos);
  }

  private void operate(TextStore store, SplittableRandom random) throws Exception {
    switch (operation) {
      case "get" -> require(store.get(anyKey(random)) != null);
      case "put" -> store.put(anyKey(random), anyOf(values, random));
      case "getAll" -> {
        Set<String> some = new HashSet<>(2 * GOT);
        while (some.size() < GOT) {
          some.add(anyKey(random));
        }
        require(((BulkStore) store).getAll(some).size() == GOT);
      }
      default -> throw new IllegalArgumentException("no such operation: " + operation);
    }
  }

  private String anyKey(SplittableRandom random) {
    return anyOf(keys, random);
  }

  private static String anyOf(String[] some, SplittableRandom random) {
    return some[random.nextInt(some.length)];
  }

  private static void require(boolean isFound) {
    if (!isFound) {
      throw new IllegalStateException("an entry is missing");
    }
  }

  private static void print(List<Contestant> contestants) {
    Contestant first = contestants.get(0);
    for (Contestant each : contestants) {
      double thread = median(each.thread);
      double process = median(each.process);
      double wall = median(each.wall);
      System.out.printf(
          "%-16s threads %,8.0f ns (%.2f)  process %,8.0f ns (%.2f)  wait %,8.0f ns (%.2f)%n",
          each.kind,
          thread,
          thread / median(first.thread),
          process,
          process / median(first.process),
          wall,
          wall / median(first.wall));
    }
  }

  private static double median(double[] nanos) {
    double[] warm = Arrays.copyOfRange(nanos, nanos.length / 3, nanos.length);
    Arrays.sort(warm);
    return warm[warm.length / 2];
  }
}
