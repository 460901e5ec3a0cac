package io.holdfast.jcache;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.cache.Cache;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Entry processors and loaders: atomic for their key, in nobody's way for others. */
@Timeout(90)
final class ProcessingTest {
  @TempDir
  Path directory;

  @AutoClose
  private ManagerFixture fixture;

  @AutoClose("shutdownNow")
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @BeforeEach
  void open() {
    fixture = new ManagerFixture(directory);
  }

  @Test
  void invoke_incrementsFromFourThreads_losesNone() throws Exception {
    Cache<String, Integer> cache = fixture.cache("counts", String.class, Integer.class);
    List<Future<?>> all = new java.util.ArrayList<>();
    for (int t = 0; t < 4; t++) {
      all.add(threads.submit(() -> {
        for (int i = 0; i < 250; i++) {
          cache.invoke("n", (entry, arguments) -> {
            entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
            return null;
          });
        }
      }));
    }
    for (Future<?> one : all) {
      one.get(60, SECONDS);
    }
    assertThat(cache.get("n")).isEqualTo(1000);
    fixture.reopen();
    assertThat(fixture.cache("counts", String.class, Integer.class).get("n")).isEqualTo(1000);
  }

  @Test
  void invoke_andPutsAndConditionalOperations_areAtomicTogether() throws Exception {
    Cache<String, Integer> cache = fixture.cache("counts", String.class, Integer.class);
    cache.put("n", 0);
    List<Future<?>> all = new java.util.ArrayList<>();
    for (int t = 0; t < 2; t++) {
      all.add(threads.submit(() -> {
        for (int i = 0; i < 200; i++) {
          cache.invoke("n", (entry, arguments) -> {
            entry.setValue(entry.getValue() + 1);
            return null;
          });
        }
      }));
      all.add(threads.submit(() -> {
        for (int done = 0; done < 200; ) {
          int seen = cache.get("n");
          done += cache.replace("n", seen, seen + 1) ? 1 : 0;
        }
      }));
    }
    for (Future<?> one : all) {
      one.get(60, SECONDS);
    }
    assertThat(cache.get("n")).isEqualTo(800);
  }

  @Test
  void invoke_absentEntryOfByteArrayCache_isCreated() {
    Cache<String, byte[]> cache = fixture.cache("buckets", String.class, byte[].class);
    byte[] result = cache.invoke("a", (entry, arguments) -> {
      assertThat(entry.exists()).isFalse();
      assertThat(entry.getValue()).isNull();
      entry.setValue(new byte[] {1, 2});
      return entry.getValue();
    });
    assertThat(result).containsExactly(1, 2);
    assertThat(cache.get("a")).containsExactly(1, 2);
  }

  /** One slow processor per run of the JVM must not stop work on any other key (design D9). */
  @Test
  void invoke_waiting_holdsUpNoOtherKeyAndNoReader() throws Exception {
    Cache<Integer, String> cache = fixture.cache("slow", Integer.class, String.class);
    cache.put(0, "before");
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Future<?> slow = threads.submit(() -> cache.invoke(0, (entry, arguments) -> {
      started.countDown();
      awaitQuietly(goOn);
      entry.setValue("after");
      return null;
    }));
    assertThat(started.await(30, SECONDS)).isTrue();
    Future<?> others = threads.submit(() -> {
      for (int i = 1; i <= 500; i++) {
        cache.put(i, "v");
      }
      cache.invokeAll(Set.of(501, 502), (entry, arguments) -> {
        entry.setValue("w");
        return null;
      });
    });
    others.get(60, SECONDS);
    assertThat(cache.get(0)).isEqualTo("before");
    goOn.countDown();
    slow.get(30, SECONDS);
    assertThat(cache.get(0)).isEqualTo("after");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void invokeAll_oneThrowing_failsThatKeyOnly() {
    Cache<String, String> cache = fixture.words();
    cache.putAll(Map.of("a", "1", "b", "2"));
    var results = cache.invokeAll(Set.of("a", "b", "c"), (entry, arguments) -> {
      if (entry.getKey().equals("a")) {
        throw new IllegalStateException("broken");
      }
      entry.setValue("new");
      return entry.getKey();
    });
    assertThat(results).containsOnlyKeys("a", "b", "c");
    assertThatThrownBy(results.get("a")::get)
        .isInstanceOf(EntryProcessorException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(results.get("b").get()).isEqualTo("b");
    assertThat(cache.getAll(Set.of("a", "b", "c")))
        .isEqualTo(Map.of("a", "1", "b", "new", "c", "new"));
  }

  /** Loads the key itself, once it is let. */
  private record Gated(CountDownLatch started, CountDownLatch goOn, boolean fails)
      implements CacheLoader<String, String> {
    @Override
    public String load(String key) {
      started.countDown();
      awaitQuietly(goOn);
      if (fails) {
        throw new IllegalStateException("the database is away");
      }
      return "loaded " + key;
    }

    @Override
    public Map<String, String> loadAll(Iterable<? extends String> keys) {
      Map<String, String> loaded = new java.util.HashMap<>();
      keys.forEach(key -> loaded.put(key, load(key)));
      return loaded;
    }
  }

  private Cache<String, String> loading(Gated loader) {
    return fixture
        .manager()
        .createCache(
            "loading",
            HoldfastConfiguration.builder(String.class, String.class)
                .loader(() -> loader, /* readThrough= */ true)
                .build());
  }

  @Test
  void get_missFromManyThreads_loadsOnce() throws Exception {
    CountDownLatch started = new CountDownLatch(2); // a second load would bring it to zero
    CountDownLatch goOn = new CountDownLatch(0);
    Cache<String, String> cache = loading(new Gated(started, goOn, false));
    List<Future<String>> all = new java.util.ArrayList<>();
    for (int t = 0; t < 8; t++) {
      all.add(threads.submit(() -> cache.get("a")));
    }
    for (Future<String> one : all) {
      assertThat(one.get(30, SECONDS)).isEqualTo("loaded a");
    }
    assertThat(started.getCount()).isEqualTo(1);
  }

  @Test
  void get_loaderThrowing_isALoaderException() {
    Cache<String, String> cache =
        loading(new Gated(new CountDownLatch(1), new CountDownLatch(0), true));
    assertThatThrownBy(() -> cache.get("a"))
        .isInstanceOf(CacheLoaderException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> cache.getAll(Set.of("a", "b")))
        .isInstanceOf(CacheLoaderException.class);
    assertThat(cache.containsKey("a")).isFalse();
  }

  @Test
  void get_whileAnotherKeyLoads_isNotHeldUp() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Cache<String, String> cache = loading(new Gated(started, goOn, false));
    cache.put("b", "there");
    Future<String> slow = threads.submit(() -> cache.get("a"));
    assertThat(started.await(30, SECONDS)).isTrue();
    assertThat(cache.get("b")).isEqualTo("there");
    cache.put("c", "put meanwhile");
    goOn.countDown();
    assertThat(slow.get(30, SECONDS)).isEqualTo("loaded a");
  }
}
