package io.holdfast.frameworks;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.acme.limits.Limits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rate limiter of bucket4j, whose every step is an entry processor on a byte array. */
final class RateLimiterTest {
  private static final int THREADS = 4;
  private static final int CALLS = 1_000;

  @TempDir
  Path directory;

  private Limits limits;

  @BeforeEach
  void start() {
    limits = new Limits(directory.resolve("limits.db").toUri());
  }

  @AfterEach
  void close() {
    limits.close();
  }

  @Test
  void tryConsume_manyThreadsOnANewBucket_letsExactlyItsCapacityPass() throws Exception {
    int permitted = inThreads(() -> {
      int mine = 0;
      for (int i = 0; i < CALLS; i++) {
        mine += limits.isCallPermitted("anna") ? 1 : 0;
      }
      return mine;
    });
    assertThat(permitted).isEqualTo(Limits.CALLS_PER_DAY);
  }

  @Test
  void tryConsume_afterARestart_findsTheBucketAsItWas() {
    for (int i = 0; i < Limits.CALLS_PER_DAY - 1; i++) {
      assertThat(limits.isCallPermitted("bert")).isTrue();
    }
    close();
    start();
    assertThat(limits.isCallPermitted("bert")).isTrue();
    assertThat(limits.isCallPermitted("bert")).isFalse();
    assertThat(limits.isCallPermitted("carla")).isTrue();
  }

  @Test
  void invoke_manyThreadsCountInAByteArray_losesNothing() throws Exception {
    inThreads(() -> {
      for (int i = 0; i < CALLS; i++) {
        limits.count("dora");
      }
      return CALLS;
    });
    assertThat(limits.count("dora")).isEqualTo(THREADS * CALLS + 1);
  }

  private static int inThreads(Callable<Integer> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    CountDownLatch start = new CountDownLatch(1);
    try {
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        results.add(threads.submit(() -> {
          start.await();
          return work.call();
        }));
      }
      start.countDown();
      int sum = 0;
      for (Future<Integer> result : results) {
        sum += result.get(1, MINUTES);
      }
      return sum;
    } finally {
      threads.shutdownNow();
    }
  }
}
