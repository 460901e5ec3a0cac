package io.holdfast.jcache;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Makes random calls on two keys from three threads at once, again and again with new keys, and judges
 * the history of each key.
 */
final class RandomCalls implements AutoCloseable {
  static final int THREADS = 3;
  private static final int CALLS_PER_THREAD = 12;
  private static final int KINDS_PER_ROUND = 3;

  private final Cache<String, Integer> cache;
  private final List<CacheCall> kinds;
  private final Random random = new Random();
  private final CyclicBarrier start = new CyclicBarrier(THREADS);
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private int rounds;

  RandomCalls(Cache<String, Integer> cache, List<CacheCall> kinds) {
    this.cache = cache;
    this.kinds = kinds;
  }

  int rounds() {
    return rounds;
  }

  /** Runs rounds for so long; the first history that no order explains, or null. */
  @Nullable
  KeyHistory findViolation(long forMillis) throws Exception {
    long endNanos = System.nanoTime() + forMillis * 1_000_000;
    do {
      KeyHistory violation = playRound();
      if (violation != null) {
        return violation;
      }
    } while (System.nanoTime() < endNanos);
    return null;
  }

  private record Seen(String key, KeyHistory.Made made) {}

  private @Nullable KeyHistory playRound() throws Exception {
    rounds++;
    List<String> keys = List.of(rounds + "a", rounds + "b");
    List<CacheCall> chosen = someKinds();
    List<Future<List<Seen>>> running = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int thread = t;
      long seed = random.nextLong();
      running.add(threads.submit(() -> makeCalls(thread, keys, chosen, new Random(seed))));
    }
    List<Seen> all = new ArrayList<>();
    for (Future<List<Seen>> one : running) {
      all.addAll(one.get(60, SECONDS));
    }
    for (String key : keys) {
      KeyHistory history = new KeyHistory(
          all.stream().filter(seen -> seen.key().equals(key)).map(Seen::made).toList());
      if (!history.isLinearizable()) {
        return history;
      }
    }
    return null;
  }

  /**
   * A few kinds a round, as all of them at once seldom meet in the way that one fault needs; and always
   * get, which sees what others leave.
   */
  private List<CacheCall> someKinds() {
    List<CacheCall> shuffled = new ArrayList<>(kinds);
    Collections.shuffle(shuffled, random);
    List<CacheCall> few = new ArrayList<>(shuffled.subList(0, KINDS_PER_ROUND));
    few.add(CacheCall.GET);
    return few;
  }

  private List<Seen> makeCalls(
      int thread, List<String> keys, List<CacheCall> kindsOfRound, Random chosen) throws Exception {
    List<Seen> seen = new ArrayList<>();
    start.await(60, SECONDS);
    for (int i = 0; i < CALLS_PER_THREAD; i++) {
      CacheCall call = kindsOfRound.get(chosen.nextInt(kindsOfRound.size()));
      List<String> called = call.isBulk() ? keys : List.of(keys.get(chosen.nextInt(keys.size())));
      int a = chosen.nextInt(1, 4);
      int b = chosen.nextInt(1, 4);
      long startNanos = System.nanoTime();
      Map<String, Object> answers = call.perform(cache, called, a, b);
      long endNanos = System.nanoTime();
      for (String key : called) {
        seen.add(new Seen(
            key, new KeyHistory.Made(thread, call, a, b, answers.get(key), startNanos, endNanos)));
      }
    }
    return seen;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
