package io.holdfast.jcache;

import static io.holdfast.store.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import javax.cache.Cache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What costs an idle process processor time is how often its threads wake. */
final class IdleIT {
  private static final int MOST_WAKE_UPS_A_SECOND = 8;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Set<Thread> others = Thread.getAllStackTraces().keySet();

  @TempDir
  Path directory;

  @Test
  @EnabledOnOs(OS.LINUX)
  void openFile_withCopiesInTheHeapAndNobodyThere_wakesSeldom() throws Exception {
    try (var fixture = new ManagerFixture(directory, new Properties())) {
      Cache<String, String> words = fixture.words();
      words.put("key", "value");
      assertThat(words.get("key")).isEqualTo("value");

      eventually("its threads rest", () -> wakeUpsDuringOneSecond() <= MOST_WAKE_UPS_A_SECOND);
      assertThat(words.get("key")).isEqualTo("value");
    }
  }

  private long wakeUpsDuringOneSecond() {
    long before = wakeUps();
    try {
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return wakeUps() - before;
  }

  /** How often our threads have begun to wait; a wait that ends is a wake-up. */
  private long wakeUps() {
    long[] ours = Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("holdfast") && !others.contains(thread))
        .mapToLong(Thread::getId)
        .toArray();
    return LongStream.of(Arrays.stream(threads.getThreadInfo(ours))
            .mapToLong(ThreadInfo::getWaitedCount)
            .toArray())
        .sum();
  }
}
