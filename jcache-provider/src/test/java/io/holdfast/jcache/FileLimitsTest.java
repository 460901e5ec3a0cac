package io.holdfast.jcache;

import static io.holdfast.store.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits of a manager's file, as a cache's user sees them. */
final class FileLimitsTest {
  @TempDir
  Path directory;

  private static Properties limitedTo(String name, String value) {
    Properties properties = new Properties();
    properties.setProperty(name, value);
    return properties;
  }

  /** What was evicted for another cache must not be served from the heap, and counts. */
  @Test
  void put_anotherCacheFillsTheFile_leavesNoCopiesInTheHeap() throws Exception {
    try (var fixture =
        new ManagerFixture(directory, limitedTo(HoldfastProperties.FILE_ENTRIES, "100"))) {
      HoldfastCache<String, String> first =
          (HoldfastCache<String, String>) fixture.cache("first", String.class, String.class);
      first.enableStatistics(true);
      for (int i = 0; i < 90; i++) {
        first.put("key " + i, "value");
        first.get("key " + i);
      }
      Cache<String, String> second = fixture.cache("second", String.class, String.class);
      for (int i = 0; i < 400; i++) {
        second.put("key " + i, "value");
        second.get("key " + i);
      }

      AtomicInteger rows = new AtomicInteger();
      first.forEach(entry -> rows.incrementAndGet());
      assertThat(rows.get()).isLessThan(80);
      eventually("the heap forgets what was evicted", () -> answered(first) == rows.get());
      assertThat(first.statistics().getCacheEvictions()).isEqualTo(90 - rows.get());
    }
  }

  private static int answered(Cache<String, String> cache) {
    int answered = 0;
    for (int i = 0; i < 90; i++) {
      answered += cache.get("key " + i) == null ? 0 : 1;
    }
    return answered;
  }

  @Test
  void open_withAFileLimitThatIsNone_namesTheSetting() {
    assertThatThrownBy(() ->
            new ManagerFixture(directory, limitedTo(HoldfastProperties.FILE_BYTES, "1000")).close())
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("1048576");
  }
}
