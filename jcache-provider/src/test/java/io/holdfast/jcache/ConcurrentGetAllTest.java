package io.holdfast.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrentGetAllTest {
  private static final int ROUNDS = 3_000;

  @TempDir
  Path directory;

  /**
   * Ehcache 3.11.1 lets a getAll fail with UnsupportedOperationException when it meets an entry that
   * another thread is just bringing into the heap. The caller must not notice.
   */
  @Test
  void getAll_whileOthersBringEntriesIntoTheHeap_findsAll() throws Exception {
    try (ManagerFixture fixture = new ManagerFixture(directory)) {
      Cache<String, String> words = fixture.words();
      Set<String> keys = IntStream.range(0, 8).mapToObj(i -> "k" + i).collect(Collectors.toSet());
      keys.forEach(key -> words.put(key, "v"));
      AtomicBoolean isDone = new AtomicBoolean();
      ExecutorService executor = Executors.newSingleThreadExecutor();
      try {
        Future<?> writer = executor.submit(() -> {
          while (!isDone.get()) {
            for (String key : keys) {
              words.put(key, "v"); // takes it out of the heap
              words.get(key); // brings it back
            }
          }
        });
        for (int i = 0; i < ROUNDS; i++) {
          assertThat(words.getAll(keys)).hasSize(keys.size());
        }
        isDone.set(true);
        writer.get(60, TimeUnit.SECONDS);
      } finally {
        isDone.set(true);
        executor.shutdownNow();
      }
    }
  }
}
