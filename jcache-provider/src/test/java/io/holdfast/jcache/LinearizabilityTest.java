package io.holdfast.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation of {@link Cache} on one key takes effect at one moment between its call and its
 * return, whatever other threads do: JSR-107's "as if there existed a locking mechanism on each key".
 * Operations on several keys promise that for each key alone, and so they are judged.
 *
 * <p>The same settings have to find faults that are put in on purpose, else these tests fail. With
 * {@code -Dholdfast.concurrency.millis=60000} each model runs for a minute.
 */
@Timeout(900)
final class LinearizabilityTest {
  private static final long MODEL_MILLIS = Long.getLong("holdfast.concurrency.millis", 1_000);
  private static final long CONTROL_MILLIS = Math.max(30_000, MODEL_MILLIS);

  @TempDir
  Path directory;

  private final Properties properties = new Properties();
  private ManagerFixture fixture;

  @AfterEach
  void close() {
    fixture.close();
  }

  private Cache<String, Integer> cache(String heapEntries) {
    properties.setProperty(HoldfastProperties.HEAP_ENTRIES, heapEntries);
    fixture = new ManagerFixture(directory, properties);
    return fixture.cache("numbers", String.class, Integer.class);
  }

  private static void assertLinearizable(Cache<String, Integer> cache, List<CacheCall> kinds)
      throws Exception {
    try (var calls = new RandomCalls(cache, kinds, () -> {})) {
      KeyHistory violation = calls.findViolation(MODEL_MILLIS);
      assertThat(violation).as("after " + calls.rounds() + " rounds").isNull();
    }
  }

  @Test
  void operations_heapOfOneEntry_areAtomicPerKey() throws Exception {
    assertLinearizable(cache("1"), CacheCall.PER_KEY);
  }

  @Test
  void operations_heapOfManyEntries_areAtomicPerKey() throws Exception {
    assertLinearizable(cache("1000"), CacheCall.PER_KEY);
  }

  @Test
  void operations_withoutFile_areAtomicPerKey() throws Exception {
    properties.setProperty(HoldfastProperties.STORAGE, "heap");
    assertLinearizable(cache("1000"), CacheCall.PER_KEY);
  }

  @Test
  void operations_andClear_areAtomicPerKey() throws Exception {
    List<CacheCall> kinds = new ArrayList<>(CacheCall.PER_KEY);
    kinds.add(CacheCall.CLEAR);
    assertLinearizable(cache("1"), kinds);
  }

  private void assertCaught(UnaryOperator<Cache<String, Integer>> fault) throws Exception {
    try (var calls = new RandomCalls(fault.apply(cache("1")), CacheCall.PER_KEY, () -> {})) {
      KeyHistory violation = calls.findViolation(CONTROL_MILLIS);
      assertThat(violation).as("after " + calls.rounds() + " rounds").isNotNull();
    }
  }

  @Test
  void control_invokeThatIsNotAtomic_isCaught() throws Exception {
    assertCaught(BrokenCache::nonAtomicInvoke);
  }

  @Test
  void control_getAndReplaceThatIsNotAtomic_isCaught() throws Exception {
    assertCaught(BrokenCache::nonAtomicGetAndReplace);
  }

  @Test
  void control_getAllThatKeepsOldValues_isCaught() throws Exception {
    assertCaught(BrokenCache::staleGetAll);
  }
}
