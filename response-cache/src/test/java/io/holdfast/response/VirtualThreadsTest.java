package io.holdfast.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many more callers than carrier threads, all of them in their calls at the same time. */
@Timeout(60)
class VirtualThreadsTest {

  private static final int CALLERS = 300;

  @TempDir
  Path directory;

  private static Thread start(Runnable work) throws ReflectiveOperationException {
    Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
    return (Thread) start.invoke(null, work);
  }

  @Test
  void answer_onVirtualThreads_callsAndFollowersHoldNoCarrier() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "this JVM has no virtual threads");
    var inTheirCalls = new CountDownLatch(CALLERS);
    var answered = new AtomicInteger();
    try (var manager = AskingProcess.open(directory.resolve("answers.db"));
        var responses = ResponseCache.over(AskingProcess.cache(manager)).build()) {
      var threads = new ArrayList<Thread>();
      for (int i = 0; i < 2 * CALLERS; i++) {
        // Two callers for each key: one is in the call, the other one waits for it.
        var key = ResponseKey.builder("test").part("i", i % CALLERS).build();
        threads.add(start(() -> {
          responses.get(key, () -> {
            inTheirCalls.countDown();
            try {
              // A call that holds its carrier keeps the others from starting, and this from ending.
              assertThat(inTheirCalls.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return "because";
          });
          answered.incrementAndGet();
        }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(answered).hasValue(2 * CALLERS);
      assertThat(responses.statistics().misses()).isEqualTo(CALLERS);
    }
  }
}
